//! What is wrong with a lesson, where, and how to mend it.

use super::{AsideKind, MAX_BYTES, MAX_FENCES, Pane};
use crate::manifest::yaml::Span;

/// Something to mend.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub kind: ProblemKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum ProblemKind {
    /// The text is too long.
    TooLarge,
    /// There are too many fenced blocks.
    TooManyFences,
    /// There are so many problems that the rest is not told.
    TooManyProblems,
    /// The file does not begin with front matter, or it does not end.
    NoFrontMatter,
    /// Front matter or a `predict` block is not YAML.
    NotYaml(String),
    /// It is YAML, but no mapping.
    NoMapping,
    /// A key has no meaning.
    UnknownKey {
        /// The key.
        key: String,
        /// The keys that have one.
        known: &'static [&'static str],
    },
    /// A key is missing.
    MissingKey(&'static str),
    /// A value is not a text.
    NotText(String),
    /// No lesson has this language.
    UnknownLanguage(String),
    /// There is no such pane.
    UnknownPane(String),
    /// Something of Markdown that lessons do not have.
    Markup(&'static str),
    /// A link that leads elsewhere than into the documentation of Kubernetes.
    LinkElsewhere(String),
    /// A passage begins with a mark that has no meaning.
    UnknownMark(String),
    /// Lists and passages are nested too deeply.
    TooDeep,
    /// A block of files, commands or questions stands inside a list or a passage.
    FenceInside,
    /// A fenced block has no end.
    OpenFence,
    /// A `yaml` block has no file name.
    NoFileName,
    /// A file name that commands cannot name.
    BadFileName(String),
    /// A word after the name of the fence has no meaning.
    UnknownWord {
        /// The word.
        word: String,
        /// The words that have one.
        known: &'static str,
    },
    /// A `console` block without commands.
    NoCommands,
    /// Output before the first command.
    OutputFirst,
    /// A command that a shell could not read.
    Command(String),
    /// No console block follows a question.
    NothingFollows,
    /// A manifest has no error although the lesson says so.
    NotWrong,
    /// A command failed, and the lesson does not say so.
    Failed {
        /// The command.
        command: String,
        /// What it printed.
        printed: String,
    },
    /// A command printed something else.
    Printed {
        /// The command.
        command: String,
        /// What was expected.
        expected: String,
        /// What it printed.
        printed: String,
        /// Where the lesson has what was expected.
        output: Span,
    },
    /// There is no such question about the run.
    NotAsked {
        /// What was asked for.
        ask: String,
        /// What can be asked of this run.
        possible: Vec<String>,
    },
    /// A question fits several objects.
    Ambiguous {
        /// What was asked for.
        ask: String,
        /// The objects.
        of: Vec<String>,
    },
    /// The run answers otherwise.
    Answer {
        /// The answer of the lesson.
        expected: String,
        /// The answer of the run.
        found: String,
        /// All the options.
        options: Vec<String>,
    },
}

impl ProblemKind {
    /// What is wrong, in one line without a full stop.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            ProblemKind::TooLarge => format!("the lesson is longer than {} KiB", MAX_BYTES >> 10),
            ProblemKind::TooManyFences => format!("the lesson has more than {MAX_FENCES} fenced blocks"),
            ProblemKind::TooManyProblems => "there are more problems than are told".into(),
            ProblemKind::NoFrontMatter => "the lesson has no front matter".into(),
            ProblemKind::NotYaml(why) => format!("this is not YAML: {why}"),
            ProblemKind::NoMapping => "here, keys with values are expected".into(),
            ProblemKind::UnknownKey { key, .. } => format!("the key `{key}` has no meaning here"),
            ProblemKind::MissingKey(key) => format!("the key `{key}` is missing"),
            ProblemKind::NotText(key) => format!("the value of `{key}` is not a text"),
            ProblemKind::UnknownLanguage(language) => format!("there is no language `{language}`"),
            ProblemKind::UnknownPane(pane) => format!("there is no pane `{pane}`"),
            ProblemKind::Markup(what) => format!("a lesson has no {what}"),
            ProblemKind::LinkElsewhere(url) => format!("the link leads to `{url}`"),
            ProblemKind::UnknownMark(mark) => format!("the mark `[!{mark}]` has no meaning"),
            ProblemKind::TooDeep => "lists and passages are nested too deeply".into(),
            ProblemKind::FenceInside => "a block that is played stands inside a list or a passage".into(),
            ProblemKind::OpenFence => "the fenced block has no end".into(),
            ProblemKind::NoFileName => "the manifest has no file name".into(),
            ProblemKind::BadFileName(name) => format!("`{name}` is no name for a manifest"),
            ProblemKind::UnknownWord { word, .. } => format!("the word `{word}` has no meaning here"),
            ProblemKind::NoCommands => "the console block has no commands".into(),
            ProblemKind::OutputFirst => "there is output before the first command".into(),
            ProblemKind::Command(why) => format!("the command cannot be read: {why}"),
            ProblemKind::NothingFollows => "no console block follows the question".into(),
            ProblemKind::NotWrong => "the manifest is marked as wrong and has no error".into(),
            ProblemKind::Failed { command, .. } => format!("the command failed: {}", first_line(command)),
            ProblemKind::Printed { command, .. } => {
                format!("the command printed something else: {}", first_line(command))
            }
            ProblemKind::NotAsked { ask, .. } => format!("the run gives no question `{ask}`"),
            ProblemKind::Ambiguous { ask, .. } => format!("`{ask}` can be asked of several objects"),
            ProblemKind::Answer { expected, found, .. } => format!("the run answers `{found}`, not `{expected}`"),
        }
    }

    /// How to mend it.
    #[must_use]
    pub fn mend(&self) -> String {
        match self {
            ProblemKind::TooLarge | ProblemKind::TooManyFences => "make two lessons of it".into(),
            ProblemKind::TooManyProblems => "mend the ones above first".into(),
            ProblemKind::NoFrontMatter => {
                "begin the file with a line `---`, the keys title, goal and language, and another line `---`".into()
            }
            ProblemKind::NotYaml(_) | ProblemKind::NoMapping => "write one `key: value` in each line".into(),
            ProblemKind::UnknownKey { known, .. } => format!("known are {}", known.join(", ")),
            ProblemKind::MissingKey(key) => format!("add a line `{key}: ...`"),
            ProblemKind::NotText(_) => "put it between quotes".into(),
            ProblemKind::UnknownLanguage(_) => "write `en` or `zh`".into(),
            ProblemKind::UnknownPane(_) => {
                format!("panes are {}", Pane::ALL.map(|(_, name)| name).join(", "))
            }
            ProblemKind::Markup(_) => {
                "headings, paragraphs, lists, quotations, emphasis, code and links are understood".into()
            }
            ProblemKind::LinkElsewhere(_) => {
                "links begin with https://kubernetes.io/; name other pages in words".into()
            }
            ProblemKind::UnknownMark(_) => {
                format!("marks are {}", AsideKind::MARKED.map(|(_, mark)| format!("[!{mark}]")).join(", "))
            }
            ProblemKind::TooDeep => "say it with fewer levels".into(),
            ProblemKind::FenceInside => {
                "end the list or the passage first, with an empty line and no indentation".into()
            }
            ProblemKind::OpenFence => "add a line with as many backticks as the block begins with".into(),
            ProblemKind::NoFileName => {
                "name it after the word: ```yaml web.yaml. A block that is only shown begins with ```text".into()
            }
            ProblemKind::BadFileName(_) => {
                "letters, digits, `.`, `-` and `_`, with .yaml, .yml or .json at the end, such as web.yaml".into()
            }
            ProblemKind::UnknownWord { known, .. } => format!("known here: {known}"),
            ProblemKind::NoCommands => "write commands, each after `$ `, and under each what it should print".into(),
            ProblemKind::OutputFirst => "begin every command with `$ `".into(),
            ProblemKind::Command(_) => "begin the lines in which it goes on with `> `".into(),
            ProblemKind::NothingFollows => "put the console block that answers it behind it".into(),
            ProblemKind::NotWrong => "take the word `wrong` away".into(),
            ProblemKind::Failed { printed, .. } => {
                format!("write what it prints under it, where it is meant to fail:\n{}", printed.trim_end())
            }
            ProblemKind::Printed { expected, printed, .. } => {
                format!("expected was:\n{expected}\nprinted was:\n{}", printed.trim_end())
            }
            ProblemKind::NotAsked { possible, .. } if possible.is_empty() => {
                "nothing can be asked of what follows; ask before a script in which something changes".into()
            }
            ProblemKind::NotAsked { possible, .. } => format!("this run can answer {}", possible.join(", ")),
            ProblemKind::Ambiguous { of, .. } => format!("add `of:` with one of {}", of.join(", ")),
            ProblemKind::Answer { options, .. } => format!("the options are {}", options.join(", ")),
        }
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
