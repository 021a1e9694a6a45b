//! A pod, small: on a node, in a band, on its own.

use super::countdown::Countdown;
use crate::scene::PodView;
use crate::ui::icons::StateIcon;
use crate::ui::shared::{tag, use_shared};
use crate::ui::text::Name;
use yew::prelude::*;

/// Properties of [`PodChip`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The pod.
    pub pod: PodView,
    /// Whether this is where it travels to.
    #[prop_or(false)]
    pub docked: bool,
    /// What else is to be said.
    #[prop_or_default]
    pub remark: Option<String>,
}

/// A pod as a chip: shape, name, and the state as a word for those who ask.
#[component]
pub fn PodChip(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let pod = &props.pod;
    let state = (words.state)(pod.state);
    let kind = pod.owner.as_ref().map_or("bare", |(kind, _)| if kind == "DaemonSet" { "daemon" } else { "stateful" });
    html! {
        <button type="button" class={classes!("pod-chip", format!("state-{}", pod.state.key()), kind)}
            data-object={tag(&pod.object)} data-dock={props.docked.then(|| tag(&pod.object))} data-home={(!props.docked).then(|| tag(&pod.object))}
            title={format!("{}: {state}", pod.object.name())} onclick={shared.select(&pod.object)}>
            <StateIcon state={Some(pod.state)} size={15} />
            <Name class="chip-name" name={pod.object.name().to_owned()} />
            <span class="chip-state">{pod.word.as_deref().unwrap_or(state)}</span>
            if let (Some(revision), false) = (pod.revision, pod.newest) {
                <span class="chip-old mono" title={(words.revision_note)(revision, false)}>{(words.revision)(revision)}</span>
            }
            if let Some(grace) = pod.grace { <Countdown {grace} /> }
            if let Some(remark) = &props.remark { <span class="chip-remark">{remark}</span> }
        </button>
    }
}
