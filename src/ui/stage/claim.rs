//! A claim: beneath its ordinal, whether or not the pod is there.

use crate::scene::{ClaimState, ClaimView};
use crate::ui::icons::{Glyph, Icon};
use crate::ui::shared::{tag, use_shared};
use crate::ui::text::Name;
use yew::prelude::*;

/// Properties of [`ClaimChip`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The claim.
    pub claim: ClaimView,
    /// Whether it is shown at a slot, where being unused means being kept.
    pub slot: bool,
}

/// A claim, with its state as a word.
#[component]
pub fn ClaimChip(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let claim = &props.claim;
    let kept = claim.state == ClaimState::Bound && !claim.used;
    let state = match (kept, props.slot) {
        (true, true) => words.claim_kept,
        (true, false) => words.unused_claim,
        (false, _) => (words.claim_state)(claim.state),
    };
    let class = classes!("claim", format!("claim-{}", claim.state.key()), kept.then_some("kept"));
    let inside = html! {
        <>
            <Icon glyph={Glyph::Disk} />
            <Name class="claim-name" name={claim.object.name().to_owned()} />
            <span class="claim-state">
                if !claim.size.is_empty() { <span class="claim-size mono">{&claim.size}</span>{" "} }
                {state}
            </span>
        </>
    };
    if claim.state == ClaimState::Absent {
        html! { <div {class} data-object={tag(&claim.object)}>{inside}</div> }
    } else {
        html! { <button type="button" {class} data-object={tag(&claim.object)} onclick={shared.select(&claim.object)}>{inside}</button> }
    }
}
