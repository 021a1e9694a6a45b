//! A DaemonSet as a band above the nodes: its counts, and the pods that are on their way.

use super::pod_chip::PodChip;
use crate::scene::DaemonView;
use crate::ui::shared::{tag, use_shared};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`DaemonBand`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The set.
    pub daemon: Rc<DaemonView>,
}

/// The band.
#[component]
pub fn DaemonBand(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let daemon = &props.daemon;
    let waiting = daemon.waiting.iter().map(|(pod, node)| {
        html! { <li key={pod.uid.0.to_string()}><PodChip pod={pod.clone()} remark={node.as_ref().map(|node| (words.for_node)(node))} /></li> }
    });
    html! {
        <section class="band" aria-label={format!("DaemonSet {}", daemon.object.name())}>
            <h3>
                <button type="button" class="set-name" data-object={tag(&daemon.object)} onclick={shared.select(&daemon.object)}>
                    <span class="kind">{"DaemonSet"}</span>{" "}<span class="name">{daemon.object.name()}</span>
                </button>
            </h3>
            <ul class="facts">
                <li class="fact strong">{(words.daemon_counts)(daemon.ready, daemon.eligible, daemon.refused)}</li>
                if let (Some(revision), true) = (daemon.revision, daemon.updated < daemon.pods) {
                    <li class="fact updating">{(words.updated_of)(daemon.updated, daemon.pods, revision)}</li>
                    if daemon.on_delete { <li class="fact mono">{words.on_delete}</li> }
                }
                if daemon.terminating { <li class="fact ending">{words.being_deleted}</li> }
            </ul>
            if !daemon.waiting.is_empty() {
                <ul class="waiting-pods" aria-label={words.waiting_daemons}>{for waiting}</ul>
            }
        </section>
    }
}
