//! What an embedded page and its host say to each other: `postMessage`, version 1, documented in `docs/embedding/messages.md`.
//!
//! Every message is an object with `setwise: 1` and a `type`. What has another shape is not for us and is passed over.

use super::Pane;
use serde::{Deserialize, Serialize};

/// The version of the protocol.
pub const VERSION: u8 = 1;
/// The most characters of a message, as JSON: the manifests, escaped.
pub const MAX_MESSAGE: usize = 4 << 20;

/// What a host asks for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Wish {
    /// Show other manifests, an example, or the moment of a link.
    Load {
        /// Manifests.
        #[serde(default)]
        files: Vec<NamedText>,
        /// An example by its name.
        #[serde(default)]
        example: Option<String>,
        /// A link, or its fragment.
        #[serde(default)]
        link: Option<String>,
        /// How many steps have happened at the shown moment.
        #[serde(default)]
        step: Option<usize>,
        /// Whether to play.
        #[serde(default)]
        autoplay: bool,
    },
    /// Show the moment after so many steps.
    Seek {
        /// The steps.
        step: usize,
    },
    /// Play.
    Play,
    /// Stand still.
    Pause,
    /// Other colours, another language, other panes; what is not named stays.
    Options {
        /// `light`, `dark` or `auto`.
        #[serde(default)]
        theme: Option<String>,
        /// A language, as a BCP 47 tag.
        #[serde(default)]
        lang: Option<String>,
        /// Whether the manifests can only be read.
        #[serde(default)]
        locked: Option<bool>,
        /// The panes that are shown; empty for all.
        #[serde(default)]
        panes: Option<Vec<PaneName>>,
    },
}

/// A manifest that a host hands over.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct NamedText {
    /// The file's name.
    #[serde(default)]
    pub name: String,
    /// The text.
    pub text: String,
}

/// A pane by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names of `Pane`")]
pub enum PaneName {
    Manifests,
    Stage,
    Explanation,
    Timeline,
}

impl From<PaneName> for Pane {
    fn from(name: PaneName) -> Pane {
        match name {
            PaneName::Manifests => Pane::Manifests,
            PaneName::Stage => Pane::Stage,
            PaneName::Explanation => Pane::Explanation,
            PaneName::Timeline => Pane::Timeline,
        }
    }
}

/// What the page tells its host. Nothing of what the reader wrote is in it, so it may be sent to whoever frames the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum News {
    /// The page takes wishes.
    Ready,
    /// The page would like to be so high.
    Resize {
        /// CSS pixels.
        height: u32,
    },
    /// Another moment is shown.
    Step {
        /// Steps that have happened.
        step: usize,
        /// Steps of the whole run.
        of: usize,
        /// The virtual time, in milliseconds since the run began.
        at: u64,
    },
    /// The last moment is shown.
    Finished,
    /// A wish could not be carried out.
    Problem {
        /// Why, in the language of the page.
        message: String,
    },
}

/// The version, which every message carries.
#[derive(Deserialize)]
struct Envelope {
    setwise: u8,
}

/// The wish in a message, given as JSON; none where it is none of ours, of another version or of another shape.
#[must_use]
pub fn read(json: &str) -> Option<Wish> {
    if json.len() > MAX_MESSAGE {
        return None;
    }
    let envelope: Envelope = serde_json::from_str(json).ok()?;
    (envelope.setwise == VERSION).then(|| serde_json::from_str(json).ok())?
}

/// A message as JSON.
#[must_use]
pub fn write(news: &News) -> String {
    /// The news with the version before it.
    #[derive(Serialize)]
    struct Sent<'a> {
        setwise: u8,
        #[serde(flatten)]
        news: &'a News,
    }
    serde_json::to_string(&Sent { setwise: VERSION, news }).unwrap_or_default()
}
