//! The grace period of a pod that is to end, running down.

use crate::scene::Grace;
use crate::ui::shared::use_shared;
use yew::prelude::*;

/// Properties of [`Countdown`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The grace period.
    pub grace: Grace,
}

/// What is left, as a bar and in words.
#[component]
pub fn Countdown(props: &Props) -> Html {
    let words = use_shared().words.stage_words;
    let grace = props.grace;
    let permille = grace.permille();
    let width = format!("{}.{}%", permille / 10, permille % 10);
    html! {
        <span class="grace" title={words.grace_note}>
            <svg class="grace-bar" aria-hidden="true"><rect class="grace-all" width="100%" height="4" rx="2" /><rect class="grace-left" {width} height="4" rx="2" /></svg>
            <span class="grace-text">{(words.grace)(grace.left, grace.whole)}</span>
        </span>
    }
}
