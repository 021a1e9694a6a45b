//! The stage as tables, for those who cannot see the picture or prefer words: all that the picture shows.

use super::node_table::{FieldTable, NodeTable, VerdictTable};
use super::workload_table::{ServiceTable, WorkloadTable};
use crate::api::ObjectRef;
use crate::scene::{ClaimView, PodView, Scene, Slot};
use crate::ui::shared::{Shared, tag, use_shared};
use crate::ui::words::Words;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Table`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The stage.
    pub scene: Rc<Scene>,
    /// Whether names are buttons that select: where the tables cannot be seen, nothing in them takes the focus.
    pub pressable: bool,
}

/// A table for each kind of thing that is there.
#[component]
pub fn Table(props: &Props) -> Html {
    let (scene, pressable) = (&props.scene, props.pressable);
    html! {
        <>
            <WorkloadTable scene={scene.clone()} {pressable} />
            <PodTable scene={scene.clone()} {pressable} />
            <ServiceTable scene={scene.clone()} {pressable} />
            <ClaimTable scene={scene.clone()} {pressable} />
            <NodeTable scene={scene.clone()} {pressable} />
            <VerdictTable scene={scene.clone()} {pressable} />
            <FieldTable scene={scene.clone()} {pressable} />
        </>
    }
}

/// A name at the head of a row.
pub(super) fn name(shared: &Shared, object: &ObjectRef, pressable: bool) -> Html {
    if pressable {
        html! {
            <button type="button" class="table-name" data-object={tag(object)} onclick={shared.select(object)}>{object.name()}</button>
        }
    } else {
        html! { {object.name()} }
    }
}

/// The frame of a table; nothing where it has no rows.
pub(super) fn frame(caption: &'static str, head: &[&'static str], rows: Vec<Html>) -> Html {
    html! {
        <table class="table" hidden={rows.is_empty()}>
            <caption>{caption}</caption>
            <thead><tr>{for head.iter().map(|head| html! { <th scope="col">{head}</th> })}</tr></thead>
            <tbody>{for rows}</tbody>
        </table>
    }
}

/// One row a pod, and one a slot that has none.
#[component]
fn PodTable(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let scene = &props.scene;
    let row = |pod: &PodView, remark: Option<String>| pod_row(&shared, pod, remark, props.pressable);
    let slots = scene.sets.iter().flat_map(|set| &set.slots).map(|slot| slot_row(&shared, slot, props.pressable));
    let daemons = scene
        .daemons
        .iter()
        .flat_map(|daemon| &daemon.waiting)
        .map(|(pod, node)| row(pod, node.as_ref().map(|node| (words.for_node)(node))));
    let is_stateful = |pod: &&PodView| pod.owner.as_ref().is_none_or(|(kind, _)| kind != "StatefulSet");
    let near = scene.field.iter().flat_map(|field| &field.near);
    let docked = scene.nodes.iter().chain(near).flat_map(|node| &node.pods).filter(is_stateful);
    let placed = docked.map(|pod| row(pod, None));
    let bare = scene.bare_pods.iter().filter(|pod| pod.node.is_none()).map(|pod| row(pod, None));
    let replica_sets = scene.deployments.iter().flat_map(|deployment| &deployment.sets).chain(&scene.replica_sets);
    let unplaced = replica_sets.flat_map(|set| &set.pods).filter(|pod| pod.node.is_none());
    let unplaced = unplaced.map(|pod| row(pod, None));
    let rows = slots.chain(daemons).chain(placed).chain(unplaced).chain(bare).collect();
    frame(words.table_caption, &words.table_head, rows)
}

fn slot_row(shared: &Shared, slot: &Slot, pressable: bool) -> Html {
    let words = shared.words;
    let claims =
        slot.claims.iter().map(|claim| format!("{}: {}", claim.object.name(), (words.claim_state)(claim.state)));
    let remarks: Vec<String> = slot.note.as_ref().map(words.note).into_iter().chain(claims).collect();
    match &slot.pod {
        Some(pod) => pod_row(shared, pod, Some(remarks.join(words.semicolon)), pressable),
        None => html! {
            <tr>
                <th scope="row">{&slot.name}</th>
                <td>{slot.absent.as_ref().map_or_else(|| words.not_made_yet.into(), |absent| (words.absent)(absent).to_string())}</td>
                <td></td><td></td><td>{remarks.join(words.semicolon)}</td>
            </tr>
        },
    }
}

fn pod_row(shared: &Shared, pod: &PodView, remark: Option<String>, pressable: bool) -> Html {
    let words = shared.words;
    let grace = pod.grace.map(|grace| (words.stage_words.grace)(grace.left, grace.whole));
    let remarks: Vec<String> = remark.filter(|remark| !remark.is_empty()).into_iter().chain(grace).collect();
    html! {
        <tr>
            <th scope="row">{name(shared, &pod.object, pressable)}</th>
            <td>{(words.state)(pod.state)}{pod.word.as_ref().map(|word| format!(" ({word})"))}</td>
            <td>{pod.node.clone()}</td>
            <td>{pod.revision.map(words.revision)}</td>
            <td>{remarks.join(words.semicolon)}</td>
        </tr>
    }
}

/// One row a claim.
#[component]
fn ClaimTable(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let scene = &props.scene;
    let claims = scene.sets.iter().flat_map(|set| &set.slots).flat_map(|slot| &slot.claims).chain(&scene.bare_claims);
    let rows = claims.map(|claim| claim_row(words, &shared, claim, props.pressable));
    frame(words.stage_words.tables.claims, &words.stage_words.tables.claim_head, rows.collect())
}

fn claim_row(words: &Words, shared: &Shared, claim: &ClaimView, pressable: bool) -> Html {
    let is_there = claim.state != crate::scene::ClaimState::Absent;
    let kept = claim.state == crate::scene::ClaimState::Bound && !claim.used;
    let state = if kept { words.unused_claim } else { "" };
    html! {
        <tr>
            <th scope="row">{name(shared, &claim.object, pressable && is_there)}</th>
            <td>{(words.claim_state)(claim.state)}if kept { {", "}{state} }</td>
            <td>{&claim.size}</td>
            <td>{claim.volume.clone()}</td>
        </tr>
    }
}
