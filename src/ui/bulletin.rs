//! What is said about the page as a whole, over it: that somebody came with a link, that a new version is ready.

use super::icons::{Glyph, Icon};
use super::shared::use_shared;
use crate::link;
use crate::session::Action;
use yew::prelude::*;

/// What there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bulletin {
    /// What is shown is what somebody linked to; the reader's own text was put aside.
    Linked,
    /// A link cannot be read; the reader's own text is there.
    BadLink(link::Problem),
    /// The run of a link had another number of steps where it was made.
    OtherRun {
        /// There.
        then: usize,
        /// Here.
        now: usize,
    },
    /// A new version is ready.
    Update,
}

/// Properties of [`BulletinLine`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What there is to say, if anything.
    pub bulletin: Option<Bulletin>,
    /// Whether the reader has a text that was put aside.
    pub kept: bool,
    /// It was read.
    pub onread: Callback<()>,
    /// The new version is wanted.
    pub onupdate: Callback<MouseEvent>,
}

/// The line; takes no room where there is nothing to say.
#[component]
pub fn BulletinLine(props: &Props) -> Html {
    let shared = use_shared();
    let (words, share) = (shared.words, shared.words.share_words);
    let text = props.bulletin.map(|bulletin| match bulletin {
        Bulletin::Linked => share.linked.to_owned(),
        Bulletin::BadLink(problem) => (share.problem)(problem).to_owned(),
        Bulletin::OtherRun { then, now } => (share.other_run)(then, now),
        Bulletin::Update => share.update.to_owned(),
    });
    let leads_back = props.kept && matches!(props.bulletin, Some(Bulletin::Linked | Bulletin::OtherRun { .. }));
    let onread = {
        let onread = props.onread.clone();
        Callback::from(move |_: MouseEvent| onread.emit(()))
    };
    // The element stays, so that what comes into it is announced.
    html! {
        <div class="bulletin" role="status">
            if let Some(text) = text {
                <span class="bulletin-text">{text}</span>
                if leads_back {
                    <button type="button" class="button" onclick={shared.on::<MouseEvent>(Action::RestoreKept)}>{share.back}</button>
                }
                if props.bulletin == Some(Bulletin::Update) {
                    <button type="button" class="button" onclick={props.onupdate.clone()}>{share.update_now}</button>
                }
                <button type="button" class="icon-plain" title={words.dismiss} aria-label={words.dismiss} onclick={onread}>
                    <Icon glyph={Glyph::Close} size={12} />
                </button>
            }
        </div>
    }
}
