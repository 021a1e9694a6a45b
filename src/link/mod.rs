//! Links: everything that makes a moment of a run, short enough for the fragment of an address, which no server ever sees.
//!
//! `v1.` is followed by base64url of a checksum and raw deflate of the fields in [`fields`]. Version 1 is read for ever:
//! `tests/link/version-1` has links that must go on saying what they say. What a later Setwise adds is a field that
//! this one may pass over; what it may not pass over is a field with an even number, or a new version.

mod fields;
mod fragment;
pub mod message;
mod packed;
mod played;
mod snippet;
pub mod words;

pub use fragment::{Fragment, Options, Pane};
pub use played::play;
pub use snippet::{Shared, custom_element, iframe, markdown};

use crate::api::{ObjectRef, Time};
use crate::manifest::{MAX_BYTES, SourceFile};

/// The most characters of a link's fragment. Browsers take more; what people copy links through does not.
pub const MAX_CHARACTERS: usize = 1 << 17;
/// The most bytes that a link may unfold to: the manifests, and as much again for the rest as anybody types.
const MAX_UNFOLDED: usize = MAX_BYTES + (1 << 16);
/// The most files and commands of a link.
const MAX_ENTRIES: usize = 1_000;
/// What every link of this version begins with.
const VERSION: &str = "v1.";

/// A moment of a run, and what led to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The manifests.
    pub files: Vec<SourceFile>,
    /// What was typed after they were applied, in order.
    pub done: Vec<Deed>,
    /// The moment; none where the run is to be seen from its beginning.
    pub shown: Option<Shown>,
    /// The language of the page, as a BCP 47 tag; none where the reader's own is as good.
    pub language: Option<String>,
    /// What is open on the page.
    pub view: View,
}

/// A line that was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Time,
    /// How many looks the run had had; 0 for all that are due by then.
    pub turns: u64,
    /// `kubectl …` or `lab …`.
    pub line: String,
}

impl Deed {
    /// How many looks the run is to have had before it: a line without their number comes after all that is due.
    #[must_use]
    pub fn looks(&self) -> u64 {
        if self.turns == 0 && self.at > Time::ZERO { u64::MAX } else { self.turns }
    }
}

/// Where in the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// How many steps have happened.
    pub steps: usize,
    /// How many the whole run had: another number says that another version of Setwise plays it differently.
    pub of: usize,
}

/// What is open on the page, as far as it differs from the page that one comes to first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The manifests are hidden.
    pub hides_manifests: bool,
    /// The stage is a table.
    pub as_table: bool,
    /// Bookkeeping steps are shown.
    pub every: bool,
    /// The object that is looked at closely.
    pub selected: Option<ObjectRef>,
}

/// Why a link cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no link at all.
    Missing,
    /// A part of it is missing or changed.
    Damaged,
    /// It was made by a newer Setwise.
    TooNew,
    /// It is longer, or unfolds to more, than any link that Setwise makes.
    TooLarge,
}

/// There is more to say than a link may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// The characters that the link would have; more than [`MAX_CHARACTERS`], or 0 where the manifests alone are too many.
    pub characters: usize,
}

/// The moment as the fragment of an address, without `#`. The same moment gives the same link.
///
/// # Errors
/// Where the link would be longer than one may be.
pub fn encode(moment: &Moment) -> Result<String, TooLong> {
    let payload = fields::write(moment);
    if payload.len() > MAX_UNFOLDED || moment.files.len().max(moment.done.len()) > MAX_ENTRIES {
        return Err(TooLong { characters: 0 });
    }
    let link = format!("{VERSION}{}", packed::pack(&payload));
    if link.len() > MAX_CHARACTERS { Err(TooLong { characters: link.len() }) } else { Ok(link) }
}

/// The moment of a link: of the fragment alone, with `#` or without, or of a whole address.
///
/// # Errors
/// Where it is no link, or one that cannot be read.
pub fn decode(link: &str) -> Result<Moment, Problem> {
    Fragment::of(link).moment.unwrap_or(Err(Problem::Missing))
}

/// The moment of what stands for it, as in `v1.…`.
fn decode_data(data: &str) -> Result<Moment, Problem> {
    if data.len() > MAX_CHARACTERS {
        return Err(Problem::TooLarge);
    }
    let Some(packed) = data.strip_prefix(VERSION) else { return Err(Problem::TooNew) };
    fields::read(&packed::unpack(packed, MAX_UNFOLDED)?)
}

#[cfg(test)]
mod tests;
