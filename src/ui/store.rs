//! What the browser remembers between visits: the draft, the colours, which panes are shown.

use super::theme::Theme;
use crate::session::File;
use gloo_storage::{LocalStorage, Storage};

const DRAFT: &str = "setwise.draft.v1";
const THEME: &str = "setwise.theme";

/// Keeps the draft. Storage that is full or forbidden is no reason to disturb.
pub fn keep_draft(files: &[File]) {
    let pairs: Vec<(&str, &str)> = files.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
    let _full = LocalStorage::set(DRAFT, pairs);
}

/// Forgets the draft.
pub fn drop_draft() {
    LocalStorage::delete(DRAFT);
}

/// The draft that was kept.
#[must_use]
pub fn draft() -> Option<Vec<File>> {
    let pairs: Vec<(String, String)> = LocalStorage::get(DRAFT).ok()?;
    let files: Vec<File> = pairs.into_iter().map(|(name, text)| File { name, text }).collect();
    (!files.is_empty()).then_some(files)
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
