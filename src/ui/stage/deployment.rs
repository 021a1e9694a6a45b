//! A Deployment: its ReplicaSets side by side, each with its pods.

use super::autoscaler::AutoscalerChip;
use super::pod_chip::PodChip;
use crate::scene::{DeploymentView, ReplicaSetView};
use crate::ui::shared::{tag, use_shared};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`DeploymentCard`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The Deployment.
    pub deployment: Rc<DeploymentView>,
}

/// More pods than this in one ReplicaSet are counted.
const CHIPS: usize = 24;

/// A Deployment.
#[component]
pub fn DeploymentCard(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let deployment = &props.deployment;
    let strategy = if deployment.recreate { words.recreate } else { words.rolling_update };
    let sets = deployment.sets.iter().map(|set| {
        html! { <ReplicaSetCard key={set.object.name()} set={Rc::new(set.clone())} of_deployment={true} /> }
    });
    let title = format!("deployment-{}-{}", deployment.object.key.namespace, deployment.object.name());
    html! {
        <section class="deployment" aria-labelledby={title.clone()}>
            <header class="section-head">
                <h3 id={title}>
                    <button type="button" class="set-name" data-object={tag(&deployment.object)} onclick={shared.select(&deployment.object)}>
                        <span class="kind">{"Deployment"}</span>{" "}<span class="name">{deployment.object.name()}</span>
                    </button>
                </h3>
                <ul class="facts">
                    <li class="fact strong">{(words.ready_of)(deployment.ready, deployment.replicas)}</li>
                    <li class="fact mono" title={strategy.1}>{strategy.0}</li>
                    if let (Some(revision), true) = (deployment.revision, deployment.updated < deployment.pods) {
                        <li class="fact updating">{(words.updated_of)(deployment.updated, deployment.pods, revision)}</li>
                    }
                    if deployment.paused { <li class="fact ending">{words.paused}</li> }
                    if deployment.timed_out { <li class="fact stuck">{words.timed_out}</li> }
                    if deployment.terminating { <li class="fact ending">{words.being_deleted}</li> }
                    if deployment.kept > 0 { <li class="fact">{(words.kept_sets)(deployment.kept)}</li> }
                </ul>
                if let Some(autoscaler) = &deployment.autoscaler { <AutoscalerChip autoscaler={autoscaler.clone()} /> }
            </header>
            if !deployment.sets.is_empty() { <ul class="replica-sets">{for sets}</ul> }
        </section>
    }
}

/// Properties of [`ReplicaSetCard`].
#[derive(Properties, PartialEq)]
pub struct SetProps {
    /// The set.
    pub set: Rc<ReplicaSetView>,
    /// Whether a Deployment owns it, which then names it.
    pub of_deployment: bool,
}

/// A ReplicaSet with its pods, or the room that they will take.
#[component]
pub fn ReplicaSetCard(props: &SetProps) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let set = &props.set;
    let pods = set.pods.iter().take(CHIPS).map(
        |pod| html! { <li key={pod.uid.0.to_string()}><PodChip pod={pod.clone()} remark={pod.node.clone()} /></li> },
    );
    let more = set.pods.len().saturating_sub(CHIPS);
    let old = props.of_deployment && !set.newest;
    html! {
        <li class={classes!("replica-set", old.then_some("old"))}>
            <div class="replica-head">
                <button type="button" class="set-name" data-object={tag(&set.object)} onclick={shared.select(&set.object)}>
                    <span class="kind">{"ReplicaSet"}</span>{" "}<span class="replica-name mono">{set.object.name()}</span>
                </button>
                if let Some(revision) = set.revision { <span class="replica-revision mono">{(words.revision)(revision)}</span> }
                <span class="replica-count">{(words.ready_of)(set.ready, set.replicas)}</span>
            </div>
            <p class="replica-image mono">{set.images.join(", ")}</p>
            if set.pods.is_empty() {
                <p class="vacant">{words.no_pods}</p>
            } else {
                <ul class="replica-pods">
                    {for pods}
                    if more > 0 { <li class="more">{(words.more_pods)(more)}</li> }
                </ul>
            }
        </li>
    }
}
