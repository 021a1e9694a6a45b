//! The fragment of an address: a moment, an example, and how to show it. `#v1.…&theme=dark&panes=stage,why`.

use super::fields::is_language;
use super::{Moment, Problem, decode_data};

/// What stands behind `#`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    /// The moment, or why it cannot be read; none where there is none.
    pub moment: Option<Result<Moment, Problem>>,
    /// What the host of the page wants.
    pub options: Options,
}

/// What the host of a page wants. What is not understood is passed over, so that a later option does not break a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// An example by its name.
    pub example: Option<String>,
    /// Nothing is shown until the host hands over manifests.
    pub blank: bool,
    /// How many steps have happened at the shown moment.
    pub step: Option<usize>,
    /// Whether the run plays by itself.
    pub autoplay: bool,
    /// Whether the manifests can only be read.
    pub locked: bool,
    /// The panes that are shown; empty for all.
    pub panes: Vec<Pane>,
    /// `light`, `dark` or `auto`.
    pub theme: Option<String>,
    /// A language, as a BCP 47 tag.
    pub language: Option<String>,
}

/// A part of the page that a host may leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pane {
    /// The editor.
    Manifests,
    /// Sets, nodes, claims.
    Stage,
    /// What happened and why.
    Explanation,
    /// The transport and the lanes.
    Timeline,
}

impl Pane {
    /// All of them.
    pub const ALL: [Pane; 4] = [Pane::Manifests, Pane::Stage, Pane::Explanation, Pane::Timeline];

    /// Its name in an address and in an attribute.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Pane::Manifests => "manifests",
            Pane::Stage => "stage",
            Pane::Explanation => "explanation",
            Pane::Timeline => "timeline",
        }
    }
}

impl Options {
    /// Whether a pane is shown.
    #[must_use]
    pub fn shows(&self, pane: Pane) -> bool {
        self.panes.is_empty() || self.panes.contains(&pane)
    }
}

impl Fragment {
    /// Reads what stands behind the first `#`; all of it where there is none.
    #[must_use]
    pub fn of(address: &str) -> Fragment {
        let text = address.trim();
        let text = text.split_once('#').map_or(text, |(_, fragment)| fragment);
        let mut fragment = Fragment::default();
        for part in text.split('&') {
            match part.split_once('=') {
                Some((name, value)) => fragment.options.set(name, value),
                None if is_data(part) => fragment.moment = Some(decode_data(part)),
                None => fragment.options.set(part, ""),
            }
        }
        fragment
    }
}

/// Whether it is, or was meant to be, `v1.…`, of this version or another.
fn is_data(part: &str) -> bool {
    let version = part.strip_prefix('v').and_then(|rest| rest.split_once('.')).map(|(version, _)| version);
    version.is_some_and(|version| !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Options {
    fn set(&mut self, name: &str, value: &str) {
        let is_on = !matches!(value, "false" | "0" | "no");
        match name {
            "example" => self.example = Some(value.to_owned()),
            "step" => self.step = value.parse().ok(),
            "blank" => self.blank = is_on,
            "autoplay" => self.autoplay = is_on,
            "locked" => self.locked = is_on,
            "panes" => {
                let named = |pane: &Pane| value.split(',').any(|name| name.trim() == pane.name());
                self.panes = Pane::ALL.into_iter().filter(named).collect();
            }
            "theme" if matches!(value, "light" | "dark" | "auto") => self.theme = Some(value.to_owned()),
            "lang" if is_language(value) => self.language = Some(value.to_owned()),
            _ => {}
        }
    }
}
