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

/// The autoscaler: the load beside its target, the wanted number of pods between its bounds.
#[component]
pub fn AutoscalerChip(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let autoscaler = &props.autoscaler;
    let (least, most) = autoscaler.bounds;
    let scale = place(autoscaler.desired - least, most - least);
    html! {
        <button type="button" class="autoscaler" data-object={tag(&autoscaler.object)} onclick={shared.select(&autoscaler.object)}>
            <span class="autoscaler-name"><span class="kind">{"HPA"}</span>{" "}<span class="mono">{autoscaler.object.name()}</span></span>
            if let Some((current, wanted)) = autoscaler.utilization {
                // The target is in the middle: twice the target is the end.
                <svg class="gauge" aria-hidden="true">
                    <rect class="gauge-all" width="100%" y="3" height="6" rx="3" />
                    if let Some(current) = current {
                        <rect class={classes!("gauge-load", (current > wanted).then_some("over"))} width={place(current, wanted.saturating_mul(2))} y="3" height="6" rx="3" />
                    }
                    <line class="gauge-target" x1="50%" x2="50%" y1="0" y2="12" />
                </svg>
                <span class="autoscaler-load">{(words.stage_words.load_of)(current, wanted)}</span>
            }
            <svg class="gauge" aria-hidden="true">
                <rect class="gauge-all" width="100%" y="5" height="2" rx="1" />
                <circle class="gauge-scale" cx={scale} cy="6" r="4" />
            </svg>
            <span class="autoscaler-bounds">{(words.stage_words.scale_of)(autoscaler.desired, least, most)}</span>
        </button>
    }
}

/// A part of a whole, as a place of a drawing.
fn place(part: i32, whole: i32) -> String {
    let permille = i64::from(part.max(0)) * 1_000 / i64::from(whole.max(1));
    let permille = permille.min(1_000);
    format!("{}.{}%", permille / 10, permille % 10)
}
