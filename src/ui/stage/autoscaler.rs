//! An autoscaler at what it scales: its bounds, and the load beside what the load should be.

use crate::scene::AutoscalerView;
use crate::ui::shared::{tag, use_shared};
use yew::prelude::*;

/// Properties of [`AutoscalerChip`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The autoscaler.
    pub autoscaler: AutoscalerView,
}

/// The autoscaler, in one line.
#[component]
pub fn AutoscalerChip(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let autoscaler = &props.autoscaler;
    html! {
        <button type="button" class="autoscaler" data-object={tag(&autoscaler.object)} onclick={shared.select(&autoscaler.object)}>
            <span class="kind">{"HPA"}</span>{" "}<span class="mono">{autoscaler.object.name()}</span>
            <span class="autoscaler-bounds">{(words.autoscaler_bounds)(autoscaler.bounds.0, autoscaler.bounds.1)}</span>
            if let Some((current, wanted)) = autoscaler.utilization {
                <span class="autoscaler-load">{(words.autoscaler_load)(current, wanted)}</span>
            }
        </button>
    }
}
