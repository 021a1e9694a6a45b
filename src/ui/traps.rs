//! The traps that the run has walked into: told in full where one is walked into, listed by name while it stands.

use super::icons::{Glyph, Icon};
use super::shared::use_shared;
use super::text::Sentence;
use crate::explain::Warning;
use yew::prelude::*;

/// Properties of [`Traps`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The traps, with the names that style sheets and tests know them by.
    pub traps: Vec<(&'static str, Warning)>,
}

/// A card for each trap.
#[component]
pub fn Traps(props: &Props) -> Html {
    let words = use_shared().words;
    let cards = props.traps.iter().enumerate().map(|(index, (key, warning))| {
        html! {
            <section class="trap" key={format!("{key}-{index}")} data-trap={*key}>
                <h4><Icon glyph={Glyph::Warning} size={15} /><span>{words.trap}{words.colon}<Sentence text={warning.title.clone()} /></span></h4>
                <p><Sentence text={warning.what.clone()} /></p>
                <p><strong>{words.way_out}{words.colon}</strong><Sentence text={warning.out.clone()} /></p>
            </section>
        }
    });
    html! { <>{for cards}</> }
}

/// Traps that stand since an earlier step: each by its name, with the rest for those who ask.
#[component]
pub fn StandingTraps(props: &Props) -> Html {
    let words = use_shared().words;
    let items = props.traps.iter().enumerate().map(|(index, (key, warning))| {
        html! {
            <li key={format!("{key}-{index}")} data-trap={*key}>
                <details class="standing-trap">
                    <summary><Icon glyph={Glyph::Warning} size={13} /><Sentence text={warning.title.clone()} /></summary>
                    <p><Sentence text={warning.what.clone()} /></p>
                    <p><strong>{words.way_out}{": "}</strong><Sentence text={warning.out.clone()} /></p>
                </details>
            </li>
        }
    });
    html! {
        <section class="why-part" hidden={props.traps.is_empty()}>
            <h4>{words.stage_words.still_traps}</h4>
            <ul class="standing-traps">{for items}</ul>
        </section>
    }
}
