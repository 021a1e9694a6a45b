//! Lessons: Markdown files whose manifests and commands are played, and whose expected output and predictions are checked.
//!
//! A file begins with front matter; then come prose, fenced `yaml` blocks that are files, fenced `console` blocks that are
//! typed, and fenced `predict` blocks that ask before the next console block what it will bring about. [`read`] gives typed
//! data without markup, so that a page never shows a lesson's text as HTML.

mod expectation;
mod fence;
mod front;
mod mend;
mod play;
mod problem;
mod prose;
mod read;
mod same;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that finds something else than it made has failed")]
mod tests;

pub use mend::mend;
pub use play::{Asked, Played, PlayedScript, play};
pub use problem::{Problem, ProblemKind};
pub use read::{MAX_BYTES, MAX_FENCES, MAX_PROBLEMS, Reading, read};
pub use same::differences;

pub use crate::language::Language;
use crate::manifest::yaml::Span;

/// A part of the page that a lesson may take away from the learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pane {
    /// The manifests cannot be changed.
    Editor,
    /// No commands can be typed.
    Console,
    /// The explanation is hidden.
    Explanation,
    /// The timeline is hidden.
    Timeline,
}

impl Pane {
    /// All of them, with their names in front matter.
    pub const ALL: [(Pane, &'static str); 4] = [
        (Pane::Editor, "editor"),
        (Pane::Console, "console"),
        (Pane::Explanation, "explanation"),
        (Pane::Timeline, "timeline"),
    ];
}

/// A lesson.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// Its title.
    pub title: String,
    /// What one can do after it, in one sentence.
    pub goal: String,
    /// The language of its prose.
    pub language: Language,
    /// Panes that are locked.
    pub locked: Vec<Pane>,
    /// What it consists of, in order.
    pub blocks: Vec<Block>,
}

/// A part of a lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading.
    Heading {
        /// From 1 to 6.
        level: u8,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// The number of the first item; none where items have no numbers.
        start: Option<u64>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A passage with a purpose of its own, or a quotation.
    Aside {
        /// What it is for.
        kind: AsideKind,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// Text that is shown as it is and not played.
    Listing {
        /// The word after the fence; may be empty.
        language: String,
        /// The text.
        text: String,
    },
    /// A manifest that commands can name.
    File(File),
    /// Commands that are typed.
    Script(Script),
    /// A question before the next script.
    Predict(Predict),
}

/// What a passage is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsideKind {
    /// A quotation.
    Quote,
    /// `[!TRY]`: something to do.
    Try,
    /// `[!TRAP]`: what goes wrong easily.
    Trap,
    /// `[!TAKEAWAY]`: what to remember.
    Takeaway,
    /// `[!NOTE]`: something beside the point.
    Note,
}

impl AsideKind {
    /// Those that have a mark, with it.
    pub const MARKED: [(AsideKind, &'static str); 4] = [
        (AsideKind::Try, "TRY"),
        (AsideKind::Trap, "TRAP"),
        (AsideKind::Takeaway, "TAKEAWAY"),
        (AsideKind::Note, "NOTE"),
    ];
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Plain words.
    Words(String),
    /// Something one could type at a cluster.
    Code(String),
    /// Stressed.
    Emphasis(Vec<Inline>),
    /// Stressed more.
    Strong(Vec<Inline>),
    /// A link into the documentation of Kubernetes.
    Link {
        /// What is shown.
        text: Vec<Inline>,
        /// Where it leads; begins with `https://kubernetes.io/`.
        url: String,
    },
}

/// A manifest.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Whether it has an error on purpose.
    pub is_wrong: bool,
    /// Where the text stands.
    pub span: Span,
}

/// Commands that are typed one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    /// What they are for.
    pub purpose: Purpose,
    /// The commands.
    pub commands: Vec<Typed>,
    /// Where they stand.
    pub span: Span,
}

/// What a script is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The learner reads and runs it.
    Shown,
    /// One way to do what the lesson asks for; hidden until asked for.
    Solution,
    /// What is to be seen when it is done.
    Check,
}

/// One command with what is to be seen after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// The command, of one line or more.
    pub text: String,
    /// What it should print; none where nothing is expected. A line `...` stands for any lines, `...` in a line for any words.
    pub expected: Option<Vec<String>>,
    /// Where the command stands.
    pub span: Span,
    /// Where what it should print stands; empty where nothing is expected.
    pub output: Span,
}

/// A question that is made from the run of the next script.
#[derive(Clone, Debug, PartialEq)]
pub struct Predict {
    /// The short name of the question, such as `first-deleted`.
    pub ask: String,
    /// What it is about, such as `statefulset/web`; none where the question is asked of one object only.
    pub of: Option<String>,
    /// What the run has to answer, such as `web-2`.
    pub answer: Option<String>,
    /// Where it stands.
    pub span: Span,
}

impl Lesson {
    /// The files, in order; of those with one name the last one counts at the end.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.blocks.iter().filter_map(|block| match block {
            Block::File(file) => Some(file),
            _ => None,
        })
    }

    /// The predictions, in order.
    pub fn predictions(&self) -> impl Iterator<Item = &Predict> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Predict(predict) => Some(predict),
            _ => None,
        })
    }

    /// How many passages there are of a kind.
    #[must_use]
    pub fn count_asides(&self, wanted: AsideKind) -> usize {
        let is_wanted = |block: &&Block| matches!(block, Block::Aside { kind, .. } if *kind == wanted);
        self.blocks.iter().filter(is_wanted).count()
    }
}
