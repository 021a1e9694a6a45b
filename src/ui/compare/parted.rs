//! Where two runs part: what each side does there, why, and which fields decide.

use crate::explain::{PartingTold, SideTold};
use crate::ui::icons::{Glyph, Icon};
use crate::ui::shared::use_shared;
use crate::ui::text::Sentence;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Parted`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Where they part, in words; none where they do not.
    pub told: Option<Rc<PartingTold>>,
    /// What the sides are called.
    pub sides: [&'static str; 2],
    /// Goes to the moment.
    pub ongo: Option<Callback<()>>,
}

/// The card.
#[component]
pub fn Parted(props: &Props) -> Html {
    let page = use_shared().words;
    let words = page.compare_words;
    let Some(told) = &props.told else { return html! { <p class="parting">{words.no_parting}</p> } };
    let sides = told.sides.iter().zip(props.sides).map(|(side, title)| {
        let SideTold { what, why, decided_by, .. } = side;
        html! {
            <section class="parting-side">
                <h4>{title}</h4>
                <p class="parting-what"><Sentence text={what.clone()} /></p>
                {for why.iter().map(|why| html! { <p><Sentence text={why.clone()} /></p> })}
                if !decided_by.is_empty() {
                    <p class="parting-fields"><span>{words.decided_by}{page.colon}</span>{for decided_by.iter().map(|field| html! {
                        <code>{format!("{}: {}", field.path, field.value)}</code>
                    })}</p>
                }
            </section>
        }
    });
    html! {
        <section class="parting" aria-labelledby="parting-title">
            <header>
                <h3 id="parting-title">{words.parting}</h3>
                if let Some(ongo) = &props.ongo {
                    <button type="button" class="button" onclick={ongo.reform(|_: MouseEvent| ())}><Icon glyph={Glyph::Clock} size={14} />{words.to_parting}</button>
                }
            </header>
            <p class="parting-headline"><Sentence text={told.headline.clone()} /></p>
            <div class="compare-sides">{for sides}</div>
        </section>
    }
}
