//! What there is to say about the files: one line above the button that applies.

use super::icons::{Glyph, Icon};
use super::shared::use_shared;
use crate::session::Action;
use yew::prelude::*;

/// What happened to the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A file was closed and can be brought back.
    Closed(String),
    /// The example is as it was; what was made of it is put aside.
    Reset,
    /// The browser does not keep the draft.
    NotKept,
    /// A file could not be read.
    Unreadable(String),
    /// A file is larger than what is read.
    TooLarge(String),
    /// What was to be exported could not be made.
    NotMade,
}

/// Properties of [`NoticeLine`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What there is to say, if anything.
    pub notice: Option<Notice>,
    /// It was read.
    pub onread: Callback<()>,
}

/// The line; takes no room where there is nothing to say.
#[component]
pub fn NoticeLine(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let undo = props.notice.as_ref().and_then(|notice| match notice {
        Notice::Closed(_) => Some(Action::ReopenFile),
        Notice::Reset => Some(Action::UndoReset),
        Notice::NotKept | Notice::Unreadable(_) | Notice::TooLarge(_) | Notice::NotMade => None,
    });
    let onread = {
        let onread = props.onread.clone();
        Callback::from(move |_: MouseEvent| onread.emit(()))
    };
    // The element stays, so that what comes into it is announced.
    html! {
        <div class="notice" role="status">
            if let Some(notice) = &props.notice {
                <span class="notice-text">{(words.notice)(notice)}</span>
                if let Some(undo) = undo {
                    <button type="button" class="notice-undo" onclick={shared.on::<MouseEvent>(undo)}>{words.undo}</button>
                }
                <button type="button" class="icon-plain" title={words.dismiss} aria-label={words.dismiss} onclick={onread}>
                    <Icon glyph={Glyph::Close} size={12} />
                </button>
            }
        </div>
    }
}
