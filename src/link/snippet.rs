//! What an author copies to show a moment elsewhere. Nothing that a user wrote becomes markup.

use super::Moment;
use std::fmt::Write as _;

/// A moment that is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared<'a> {
    /// The address of the folder that the page is in, with its last slash.
    pub base: &'a str,
    /// The fragment, without `#`.
    pub fragment: &'a str,
    /// What to call it.
    pub title: &'a str,
}

/// The height that a frame gets which nobody resizes, in CSS pixels.
const HEIGHT: u32 = 720;

impl Shared<'_> {
    /// The address of the whole page.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}#{}", self.base, self.fragment)
    }
}

/// What a moment is called where nobody gave it a name: its files.
impl Moment {
    /// The names of the files, without their endings.
    #[must_use]
    pub fn title(&self) -> String {
        let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        let mut title = String::from("Setwise");
        for (index, file) in self.files.iter().take(3).enumerate() {
            let _infallible = write!(title, "{} {}", if index == 0 { ":" } else { "," }, stem(&file.name));
        }
        title
    }
}

/// A link in Markdown.
#[must_use]
pub fn markdown(shared: Shared) -> String {
    let title: String = shared.title.chars().flat_map(|char| escaped(char, "\\`*_[]<>&!")).collect();
    format!("[{title}]({})", shared.address())
}

fn escaped(char: char, special: &str) -> impl Iterator<Item = char> {
    let char = if char.is_control() { ' ' } else { char };
    special.contains(char).then_some('\\').into_iter().chain([char])
}

/// A frame, for pages that take no scripts.
#[must_use]
pub fn iframe(shared: Shared) -> String {
    format!(
        "<iframe src=\"{}embed.html#{}\" title=\"{}\" width=\"100%\" height=\"{HEIGHT}\" loading=\"lazy\" \
         allow=\"clipboard-write\"></iframe>",
        html(shared.base),
        html(shared.fragment),
        html(shared.title)
    )
}

/// The custom element, with a link for readers without scripts.
#[must_use]
pub fn custom_element(shared: Shared) -> String {
    format!(
        "<script src=\"{base}embed.js\" defer></script>\n\
         <setwise-playground link=\"{fragment}\">\n  <a href=\"{base}#{fragment}\">{title}</a>\n</setwise-playground>",
        base = html(shared.base),
        fragment = html(shared.fragment),
        title = html(shared.title)
    )
}

fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            char if char.is_control() => escaped.push(' '),
            char => escaped.push(char),
        }
    }
    escaped
}
