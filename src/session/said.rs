//! What was typed or clicked, and what came of it, in the order in which it happened.

use crate::api::Time;
use crate::kubectl::{Exit, Stream};
use std::rc::Rc;

/// One line with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Its number, from 1.
    pub number: u32,
    /// The shown instant.
    pub at: Time,
    /// The command as it is typed; none for what has no command.
    pub line: Option<String>,
    /// Who gave it.
    pub by: By,
    /// What was printed.
    pub parts: Vec<(Stream, String)>,
    /// How it ended.
    pub exit: Exit,
    /// What the page adds.
    pub remarks: Vec<Remark>,
}

/// How a command came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody typed it.
    Typed,
    /// Somebody chose it from a menu.
    Chosen,
    /// The files were applied.
    Applied,
}

/// What the page has to say about a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is named after what happened")]
pub enum Remark {
    Forked { name: String, from: String, at: Time },
    Undone(Deed),
    Redone(Deed),
    NothingToUndo,
    NothingToRedo,
    Begun(String),
    Dropped(String),
    Cut,
}

/// Something that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A command.
    Line(String),
    /// A branch got a name: the one before, and the new one.
    Renamed(String, String),
    /// A branch was dropped.
    Dropped(String),
}

/// All that was said.
#[derive(Clone, Debug, Default)]
pub struct Dialogue {
    lines: Vec<Rc<Said>>,
    last: u32,
}

/// Lines that are kept.
const MOST: usize = 200;
/// Longer answers are cut, in bytes.
const LONGEST: usize = 200_000;

impl Dialogue {
    /// The lines, from old to new.
    #[must_use]
    pub fn lines(&self) -> &[Rc<Said>] {
        &self.lines
    }

    /// How many lines there ever were.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.last
    }

    pub(super) fn add(&mut self, mut said: Said) {
        self.last += 1;
        said.number = self.last;
        let mut room = LONGEST;
        for (_, text) in &mut said.parts {
            if text.len() > room {
                let end = (0..=room).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
                text.truncate(end);
                said.remarks.push(Remark::Cut);
            }
            room = room.saturating_sub(text.len());
        }
        said.parts.retain(|(_, text)| !text.is_empty());
        self.lines.push(Rc::new(said));
        if self.lines.len() > MOST {
            self.lines.remove(0);
        }
    }

    /// Adds to what was said of the last line.
    pub(super) fn remark(&mut self, remark: Remark) {
        if let Some(last) = self.lines.last_mut() {
            Rc::make_mut(last).remarks.push(remark);
        }
    }

    pub(super) fn clear(&mut self) {
        self.lines.clear();
    }
}
