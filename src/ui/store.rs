//! What the browser remembers between visits: the draft, the colours, which panes are shown.

use super::theme::Theme;
use crate::examples;
use crate::session::{Action, File, Session};
use gloo_storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};

const DRAFT: &str = "setwise.draft.v2";
const THEME: &str = "setwise.theme";

/// A file as it is kept: its name and its text.
type Pair = (String, String);

/// What was open.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Draft {
    files: Vec<Pair>,
    active: usize,
    example: Option<String>,
    /// What an example took the place of.
    kept: Option<Vec<Pair>>,
}

impl Draft {
    /// What is open.
    #[must_use]
    pub fn of(session: &Session) -> Draft {
        Draft {
            files: pairs(&session.files),
            active: session.active,
            example: session.example.map(str::to_owned),
            kept: session.kept.as_deref().map(pairs),
        }
    }

    /// The session that goes on with it.
    #[must_use]
    pub fn session(self) -> Session {
        let example = self.example.as_deref().and_then(examples::find);
        let pristine = example.map(|example| example.files()).unwrap_or_default();
        let mut session = Session::new(files(self.files), example.map(|example| example.id), pristine);
        session.kept = self.kept.map(files);
        session.apply(Action::OpenFile(self.active));
        session
    }
}

fn pairs(files: &[File]) -> Vec<Pair> {
    files.iter().map(|file| (file.name.clone(), file.text.clone())).collect()
}

fn files(pairs: Vec<Pair>) -> Vec<File> {
    pairs.into_iter().map(|(name, text)| File { name, text }).collect()
}

/// Keeps what is open. Says whether the browser took it: its storage may be full or forbidden.
#[must_use]
pub fn keep(session: &Session) -> bool {
    LocalStorage::set(DRAFT, Draft::of(session)).is_ok()
}

/// What was kept.
#[must_use]
pub fn draft() -> Option<Draft> {
    LocalStorage::get(DRAFT).ok().filter(|draft: &Draft| !draft.files.is_empty())
}

/// Keeps the colours.
pub fn keep_theme(theme: Theme) {
    let _full = LocalStorage::set(THEME, theme.key());
}

/// The colours that were kept.
#[must_use]
pub fn theme() -> Theme {
    LocalStorage::get::<String>(THEME).ok().and_then(|key| Theme::parse(&key)).unwrap_or_default()
}
