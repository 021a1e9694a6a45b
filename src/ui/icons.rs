//! The shapes: each state of a pod has its own, so that colour is never the only sign.

use crate::scene::PodState;
use yew::prelude::*;

/// Properties of [`StateIcon`].
#[derive(Properties, PartialEq)]
pub struct StateProps {
    /// The state; none for a pod that does not exist.
    pub state: Option<PodState>,
    /// Its size in pixels.
    #[prop_or(20)]
    pub size: u32,
}

/// The shape of a state. The word beside it says the same.
#[component]
pub fn StateIcon(props: &StateProps) -> Html {
    let shape = match props.state {
        None => html! { <circle class="line dots" cx="10" cy="10" r="8" /> },
        Some(PodState::Pending) => html! { <circle class="line dashes" cx="10" cy="10" r="8" /> },
        Some(PodState::Creating) => html! {
            <><circle class="line" cx="10" cy="10" r="8" /><path class="fill" d="M10 2a8 8 0 0 1 0 16z" /></>
        },
        Some(PodState::Unready) => html! {
            <><circle class="line" cx="10" cy="10" r="8" /><circle class="fill" cx="10" cy="10" r="4" /></>
        },
        Some(PodState::Ready) => html! {
            <><circle class="fill" cx="10" cy="10" r="9" /><path class="mark" d="M5.8 10.4l2.7 2.7 5.6-6" /></>
        },
        Some(PodState::Trouble) => html! {
            <><path class="fill" d="M10 1.5l9 16H1z" /><path class="mark" d="M10 7.5v4.5M10 14.6v.2" /></>
        },
        Some(PodState::Terminating) => html! {
            <><circle class="line" cx="10" cy="10" r="8" /><rect class="fill" x="6.5" y="6.5" width="7" height="7" rx="1" /></>
        },
        Some(PodState::Failed) => html! {
            <><path class="fill" d="M6.3 1h7.4L19 6.3v7.4L13.7 19H6.3L1 13.7V6.3z" />
            <path class="mark" d="M6.8 6.8l6.4 6.4M13.2 6.8l-6.4 6.4" /></>
        },
        Some(PodState::Succeeded) => html! {
            <><circle class="line" cx="10" cy="10" r="8" /><path class="line" d="M6 10.3l2.7 2.7L14 7.3" /></>
        },
    };
    let size = props.size.to_string();
    html! { <svg class="state-icon" viewBox="0 0 20 20" width={size.clone()} height={size} aria-hidden="true">{shape}</svg> }
}

/// A small drawing by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is named as what it shows")]
pub enum Glyph {
    Disk,
    Refused,
    Accepted,
    Close,
    Play,
    Pause,
    Replay,
    Forward,
    Back,
    Start,
    End,
    Plus,
    Chevron,
    Wait,
    Link,
    Error,
    Warning,
    Note,
    Panel,
    Table,
    Service,
    Clock,
    /// Two things side by side.
    Compare,
    Open,
    Save,
    Record,
    Share,
    Undo,
    Redo,
    Branch,
    Pencil,
    Script,
}

impl Glyph {
    /// All of them.
    pub const ALL: [Glyph; 27] = [
        Glyph::Disk,
        Glyph::Refused,
        Glyph::Accepted,
        Glyph::Close,
        Glyph::Play,
        Glyph::Pause,
        Glyph::Replay,
        Glyph::Forward,
        Glyph::Back,
        Glyph::Start,
        Glyph::End,
        Glyph::Plus,
        Glyph::Chevron,
        Glyph::Wait,
        Glyph::Link,
        Glyph::Error,
        Glyph::Warning,
        Glyph::Note,
        Glyph::Panel,
        Glyph::Table,
        Glyph::Service,
        Glyph::Clock,
        Glyph::Compare,
        Glyph::Open,
        Glyph::Save,
        Glyph::Record,
        Glyph::Share,
    ];
}

/// Properties of [`Icon`].
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// Which.
    pub glyph: Glyph,
    /// Its size in pixels.
    #[prop_or(16)]
    pub size: u32,
}

/// A small drawing that only decorates what a word beside it says.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    let shape = match props.glyph {
        Glyph::Disk => html! {
            <><path d="M2.5 4c0-1.2 2.5-2.2 5.5-2.2s5.5 1 5.5 2.2v8c0 1.2-2.5 2.2-5.5 2.2S2.5 13.2 2.5 12z" />
            <path d="M2.5 4c0 1.2 2.5 2.2 5.5 2.2s5.5-1 5.5-2.2" /></>
        },
        Glyph::Refused => html! { <><circle cx="8" cy="8" r="6.5" /><path d="M4.5 8h7" /></> },
        Glyph::Accepted => html! { <path d="M3 8.5l3.3 3.3L13 4.8" /> },
        Glyph::Close => html! { <path d="M4 4l8 8M12 4l-8 8" /> },
        Glyph::Play => html! { <path class="solid" d="M4.5 2.5v11l9-5.5z" /> },
        Glyph::Pause => html! { <path class="solid" d="M4 2.5h2.8v11H4zM9.2 2.5H12v11H9.2z" /> },
        Glyph::Replay => html! { <><path d="M3.5 8a4.8 4.8 0 1 0 1.6-3.6" /><path d="M5.3 1.4L5 4.6l3.2.3" /></> },
        Glyph::Forward => html! { <><path class="solid" d="M4 3v10l7-5z" /><path d="M12.5 3v10" /></> },
        Glyph::Back => html! { <><path class="solid" d="M12 3v10L5 8z" /><path d="M3.5 3v10" /></> },
        Glyph::Start => html! { <path class="solid" d="M2 3h1.7v10H2zM8.6 3v10L4 8zM14 3v10L9.2 8z" /> },
        Glyph::End => html! { <path class="solid" d="M12.3 3H14v10h-1.7zM7.4 3v10L12 8zM2 3v10l4.8-5z" /> },
        Glyph::Plus => html! { <path d="M8 3v10M3 8h10" /> },
        Glyph::Chevron => html! { <path d="M4 6l4 4 4-4" /> },
        Glyph::Wait => {
            html! { <><path d="M4 2h8M4 14h8M5 2c0 3 2.2 4.3 3 6-.8 1.7-3 3-3 6M11 2c0 3-2.2 4.3-3 6 .8 1.7 3 3 3 6" /></> }
        }
        Glyph::Link => html! { <path d="M6.5 3H3v10h10V9.5M9.5 2.5h4v4M13 3L7.5 8.5" /> },
        Glyph::Error => {
            html! { <><path class="solid" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" /><path class="mark" d="M5.5 5.5l5 5M10.5 5.5l-5 5" /></> }
        }
        Glyph::Warning => {
            html! { <><path class="solid" d="M8 1l7.5 13.5H.5z" /><path class="mark" d="M8 6v4M8 12v.2" /></> }
        }
        Glyph::Note => html! { <><circle cx="8" cy="8" r="6.5" /><path d="M8 7.2v4M8 4.8v.2" /></> },
        Glyph::Table => {
            html! { <><rect x="2" y="2.5" width="12" height="11" rx="1.5" /><path d="M2 6.2h12M2 9.8h12M6.5 6.2v7.3" /></> }
        }
        Glyph::Panel => html! { <><rect x="2" y="2.5" width="12" height="11" rx="1.5" /><path d="M6.2 2.5v11" /></> },
        Glyph::Service => {
            html! { <><circle cx="8" cy="3.5" r="2" /><circle cx="3.5" cy="12.5" r="2" /><circle cx="12.5" cy="12.5" r="2" /><path d="M7 5.3L4.5 10.7M9 5.3l2.5 5.4" /></> }
        }
        Glyph::Open => html! { <path d="M1.8 12.8V3.2h4.4l1.6 2h5.4v2M1.8 12.8l2.2-5.6h10.4l-2.2 5.6z" /> },
        Glyph::Undo => html! { <path d="M6 3L2.5 6.5 6 10M2.5 6.5H10a3.5 3.5 0 0 1 0 7H6" /> },
        Glyph::Redo => html! { <path d="M10 3l3.5 3.5L10 10M13.5 6.5H6a3.5 3.5 0 0 0 0 7h4" /> },
        Glyph::Branch => {
            html! { <><circle cx="4" cy="3.5" r="1.8" /><circle cx="4" cy="12.5" r="1.8" /><circle cx="12" cy="5.5" r="1.8" /><path d="M4 5.3v5.4M12 7.3c0 2.6-4.6 2-7.2 3.8" /></> }
        }
        Glyph::Pencil => html! { <path d="M2.5 13.5l.8-3.2 7.6-7.6 2.4 2.4-7.6 7.6zM9.5 4.1l2.4 2.4" /> },
        Glyph::Script => {
            html! { <><rect x="2.5" y="2" width="11" height="12" rx="1.5" /><path d="M5 5.5h6M5 8h6M5 10.5h3.5" /></> }
        }
        Glyph::Save => html! { <path d="M8 2v8M4.6 6.8L8 10.2l3.4-3.4M2.5 13.5h11" /> },
        Glyph::Record => html! { <circle class="solid" cx="8" cy="8" r="5" /> },
        Glyph::Compare => {
            html! { <><rect x="1.8" y="3" width="5.2" height="10" rx="1.2" /><rect x="9" y="3" width="5.2" height="10" rx="1.2" /></> }
        }
        Glyph::Share => {
            html! { <><circle cx="12" cy="3.5" r="1.8" /><circle cx="4" cy="8" r="1.8" /><circle cx="12" cy="12.5" r="1.8" /><path d="M5.6 7.1l4.8-2.7M5.6 8.9l4.8 2.7" /></> }
        }
        Glyph::Clock => html! { <><circle cx="8" cy="8" r="6.3" /><path d="M8 4.5V8l2.5 1.7" /></> },
    };
    let size = props.size.to_string();
    html! { <svg class="glyph" viewBox="0 0 16 16" width={size.clone()} height={size} aria-hidden="true">{shape}</svg> }
}

/// The mark of the page: ordinals, the last one yet to come.
#[component]
pub fn Logo() -> Html {
    html! {
        <svg class="logo" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
            <rect class="one" x="1" y="12" width="5" height="9" rx="1.5" />
            <rect class="two" x="8.5" y="7" width="5" height="14" rx="1.5" />
            <rect class="three" x="16" y="1.8" width="5" height="19.2" rx="1.5" />
        </svg>
    }
}
