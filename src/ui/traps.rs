//! The traps that the run has walked into at the shown moment.

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
