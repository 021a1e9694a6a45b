//! One side: what happens now, and its lanes on the common clock.

use crate::api::Time;
use crate::scene::{Axis, Lanes as LaneData};
use crate::ui::lanes::{Lanes, Position};
use crate::ui::shared::use_shared;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`SideView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What it is called.
    pub title: &'static str,
    /// What its shown step says.
    pub said: String,
    /// Its lanes.
    pub lanes: Rc<LaneData>,
    /// The common axis.
    pub axis: Rc<Axis>,
    /// The number of the shown moment.
    pub index: usize,
    /// How many moments there are.
    pub moments: usize,
    /// The shown instant.
    pub at: Time,
}

/// One side.
#[component]
pub fn SideView(props: &Props) -> Html {
    let words = use_shared().words;
    let zoom = use_state(|| 100_u32);
    let onzoom = {
        let zoom = zoom.clone();
        Callback::from(move |wish: crate::ui::brush::Zoom| zoom.set(wish.after(*zoom)))
    };
    let position = Position {
        step: props.index,
        steps: props.moments.saturating_sub(1),
        at: props.at,
        headline: props.said.clone(),
    };
    html! {
        <section class="compare-side" aria-label={props.title}>
            <h3>{props.title}</h3>
            <p class="compare-now"><span class="compare-note">{words.compare_words.now}{words.colon}</span>{&props.said}</p>
            <Lanes lanes={props.lanes.clone()} axis={props.axis.clone()} marks={Rc::new(vec![])} {position} zoom={*zoom} {onzoom} />
        </section>
    }
}
