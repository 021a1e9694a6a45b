//! The console at a moment, made when somebody asks for it first.

use super::File;
use super::runs::Branch;
use crate::kubectl::Console;
use crate::kubectl::complete::{Completion, complete};
use std::cell::OnceCell;
use std::rc::Rc;

/// A moment of a branch, and what can be typed there.
#[derive(Clone, Debug)]
pub struct Desk {
    branch: Rc<Branch>,
    position: usize,
    files: Rc<Vec<File>>,
    console: Rc<OnceCell<Console>>,
}

impl PartialEq for Desk {
    fn eq(&self, other: &Desk) -> bool {
        self.is_at(&other.branch, other.position, &other.files)
    }
}

impl Desk {
    pub(super) fn new(branch: Rc<Branch>, position: usize, files: &[File]) -> Desk {
        Desk { branch, position, files: Rc::new(files.to_vec()), console: Rc::new(OnceCell::new()) }
    }

    pub(super) fn is_at(&self, branch: &Rc<Branch>, position: usize, files: &[File]) -> bool {
        Rc::ptr_eq(&self.branch, branch) && self.position == position && *self.files == files
    }

    /// The console.
    #[must_use]
    pub fn console(&self) -> &Console {
        self.console.get_or_init(|| {
            let mut console = self.branch.console_at(self.position);
            console.files.clone_from(&self.files);
            console
        })
    }

    /// What may stand at a place of a line.
    #[must_use]
    pub fn complete(&self, line: &str, cursor: usize) -> Completion {
        complete(self.console(), line, cursor)
    }
}
