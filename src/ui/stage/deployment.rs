//! A Deployment: its ReplicaSets side by side, each with its pods.

use super::autoscaler::AutoscalerChip;
use super::pod_chip::PodChip;
use crate::scene::{DeploymentView, PodState, ReplicaSetView, RolloutBounds, SHOWN_PODS};
use crate::ui::icons::StateIcon;
use crate::ui::shared::{tag, use_shared};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`DeploymentCard`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The Deployment.
    pub deployment: Rc<DeploymentView>,
}

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
            if let Some(bounds) = &deployment.bounds { <Bounds bounds={*bounds} wanted={deployment.replicas} /> }
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
    let pods = set.pods.iter().map(
        |pod| html! { <li key={pod.uid.0.to_string()}><PodChip pod={pod.clone()} remark={pod.node.clone()} /></li> },
    );
    let all = set.counts.all();
    let more = all.saturating_sub(set.pods.len());
    let living = all - set.counts.of(PodState::Terminating);
    let to_come = usize::try_from(set.replicas).unwrap_or(0).saturating_sub(living);
    let ghosts = (0..to_come.min(SHOWN_PODS.saturating_sub(set.pods.len())))
        .map(|index| html! { <li key={format!("ghost-{index}")} class="ghost" aria-hidden="true"></li> });
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
            if all > set.pods.len() { <StateShares counts={set.counts} /> }
            if set.pods.is_empty() && to_come == 0 {
                <p class="vacant">{words.no_pods}</p>
            } else {
                <ul class="replica-pods">
                    {for pods}
                    {for ghosts}
                    if more > 0 { <li class="more">{(words.more_pods)(more)}</li> }
                    if to_come > 0 { <li class="more">{(words.stage_words.not_made)(to_come)}</li> }
                </ul>
            }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct BoundsProps {
    bounds: RolloutBounds,
    wanted: i32,
}

/// How far the strategy lets the numbers of pods go: how many there are, how many are available, and both limits.
#[component]
fn Bounds(props: &BoundsProps) -> Html {
    let words = use_shared().words;
    let bounds = &props.bounds;
    let whole = bounds.most.max(bounds.pods).max(1);
    let place = |count: i64| {
        let permille = count.clamp(0, whole) * 1_000 / whole;
        format!("{}.{}%", permille / 10, permille % 10)
    };
    html! {
        <div class="bounds">
            <svg class="bounds-bar" aria-hidden="true">
                <rect class="bounds-all" width="100%" y="2" height="10" rx="3" />
                <rect class="bounds-pods" width={place(bounds.pods)} y="2" height="10" rx="3" />
                <rect class="bounds-available" width={place(bounds.available)} y="2" height="10" rx="3" />
                <line class="bounds-limit" x1={place(bounds.fewest)} x2={place(bounds.fewest)} y1="0" y2="14" />
                <line class="bounds-wanted" x1={place(i64::from(props.wanted))} x2={place(i64::from(props.wanted))} y1="0" y2="14" />
            </svg>
            <p class="bounds-text">{(words.stage_words.bounds)(bounds)}</p>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SharesProps {
    counts: crate::scene::Counts,
}

/// Pods by state, as one bar and in words.
#[component]
fn StateShares(props: &SharesProps) -> Html {
    let words = use_shared().words;
    let all = props.counts.all().max(1);
    let percent = |count: usize| {
        let permille = count * 1_000 / all;
        format!("{}.{}%", permille / 10, permille % 10)
    };
    let mut from = 0;
    let bars: Vec<Html> = (props.counts.states())
        .map(|(state, count)| {
            let x = percent(from);
            from += count;
            html! { <rect class={format!("bar-{}", state.key())} {x} width={percent(count)} height="8" /> }
        })
        .collect();
    let said = props.counts.states().map(|(state, count)| {
        html! { <li class={format!("state-{}", state.key())}><StateIcon state={Some(state)} size={12} />{count}{" "}{(words.state)(state)}</li> }
    });
    html! {
        <div class="shares">
            <svg class="shares-bar" aria-hidden="true">{bars}</svg>
            <ul class="shares-list">{for said}</ul>
        </div>
    }
}
