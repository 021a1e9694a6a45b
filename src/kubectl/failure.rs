//! Why a command did not do what it was asked, as `kubectl` prints it.
//! Upstream: `k8s.io/kubectl/pkg/cmd/util/helpers.go: checkErr`.

use crate::engine::{Refusal, StatusReason};

/// Why a command failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The client says so.
    Client(String),
    /// The API server says so: its reason and its message.
    Server(String, String),
    /// An object is not valid; the whole sentence.
    Invalid(String),
    /// Several things went wrong.
    Several(Vec<Failure>),
    /// What there is to say was said; the command ends with an exit code.
    Said(u8),
    /// It would wait for ever: nothing that it waits for is going to happen.
    Waits,
}

pub(super) type Outcome = Result<(), Failure>;

impl Failure {
    /// A failure that the client finds.
    pub fn client(text: impl Into<String>) -> Failure {
        Failure::Client(text.into())
    }

    /// A mistake in how a command is called (`cmdutil.UsageErrorf`); `command` is its path.
    pub(super) fn usage(command: &str, text: impl AsRef<str>) -> Failure {
        Failure::Client(format!("{}\nSee 'kubectl {command} -h' for help and examples", text.as_ref()))
    }

    /// There is no such object.
    pub(super) fn not_found(resource: &str, name: &str) -> Failure {
        Failure::Server("NotFound".into(), format!("{resource} \"{name}\" not found"))
    }

    /// The same with what was being done to which file (`cmdutil.AddSourceToErr`).
    #[must_use]
    pub(super) fn while_doing(self, verb: &str, source: Option<&str>) -> Failure {
        match (self, source) {
            (Failure::Server(reason, message), Some(source)) => {
                Failure::Server(reason, format!("error when {verb} \"{source}\": {message}"))
            }
            (failure, _) => failure,
        }
    }

    /// What is printed to standard error; ends with a newline unless it is empty.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Failure::Client(text) if text.starts_with("error: ") => format!("{text}\n"),
            Failure::Client(text) => format!("error: {text}\n"),
            Failure::Several(failures) => failures.iter().map(Failure::one_of_several).collect(),
            other => other.one_of_several(),
        }
    }

    /// One of several is printed without `error: `.
    fn one_of_several(&self) -> String {
        match self {
            Failure::Client(text) | Failure::Invalid(text) => format!("{text}\n"),
            Failure::Server(reason, message) if reason.is_empty() => format!("Error from server: {message}\n"),
            Failure::Server(reason, message) => format!("Error from server ({reason}): {message}\n"),
            Failure::Several(failures) => failures.iter().map(Failure::one_of_several).collect(),
            Failure::Said(_) | Failure::Waits => String::new(),
        }
    }

    /// All failures as one: none, the only one, or several.
    ///
    /// # Errors
    /// Where there is one at least.
    pub(super) fn all(mut failures: Vec<Failure>) -> Outcome {
        match failures.len() {
            0 => Ok(()),
            1 => failures.pop().map_or(Ok(()), Err),
            _ => Err(Failure::Several(failures)),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        let reason = match refusal.reason() {
            Some(StatusReason::NotFound) => "NotFound",
            Some(StatusReason::AlreadyExists) => "AlreadyExists",
            Some(StatusReason::Forbidden) => "Forbidden",
            Some(StatusReason::Invalid) => return Failure::Invalid(refusal.0),
            None => return Failure::Client(refusal.0),
        };
        Failure::Server(reason.into(), refusal.0)
    }
}
