//! What the browser remembers between visits: the draft, the colours, which panes are shown.

use super::host;
use super::theme::Theme;
use crate::examples::{self, EXAMPLES};
use crate::language::Language;
use crate::session::{Action, File, Session};
use serde::{Deserialize, Serialize};
use web_sys::Storage;

const DRAFT: &str = "setwise.draft.v2";
const THEME: &str = "setwise.theme";
/// Read by `static/boot.js`, before the program is there.
const LANGUAGE: &str = "setwise.language";

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
            // An example as it is may be another one after an update of the page.
            files: if session.example.is_some() && !session.is_edited() { vec![] } else { pairs(&session.files) },
            active: session.active,
            example: session.example.map(str::to_owned),
            kept: session.kept.as_deref().map(pairs),
        }
    }

    /// The session that goes on with it.
    #[must_use]
    pub fn session(self) -> Session {
        let first = || EXAMPLES.first().filter(|_| self.files.is_empty());
        let example = self.example.as_deref().and_then(examples::find).or_else(first);
        let pristine = example.map(|example| example.files()).unwrap_or_default();
        let files_now = if self.files.is_empty() { pristine.clone() } else { files(self.files) };
        let mut session = Session::new(files_now, example.map(|example| example.id), pristine);
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
    // What is tried out inside another page is no draft of this one.
    if host::is_embedded() {
        return true;
    }
    serde_json::to_string(&Draft::of(session)).is_ok_and(|draft| set(DRAFT, &draft))
}

/// What was kept.
#[must_use]
pub fn draft() -> Option<Draft> {
    if host::is_embedded() {
        return None;
    }
    let draft: Draft = serde_json::from_str(&get(DRAFT)?).ok()?;
    (!draft.files.is_empty() || draft.example.is_some() || draft.kept.is_some()).then_some(draft)
}

/// Keeps the colours. Where that cannot be, the next visit begins with those of the system.
pub fn keep_theme(theme: Theme) {
    let _forgotten = set(THEME, theme.key());
}

/// The colours that were kept.
#[must_use]
pub fn theme() -> Theme {
    get(THEME).and_then(|key| Theme::parse(&key)).unwrap_or_default()
}

/// Keeps the language. Where that cannot be, the next visit begins with that of the browser.
pub fn keep_language(language: Language) {
    let _forgotten = set(LANGUAGE, language.key());
}

/// The storage; none where the visitor forbids it, for which browsers throw.
fn storage() -> Option<Storage> {
    gloo_utils::window().local_storage().ok()?
}

fn set(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}
