//! The stage as a table, for those who cannot see the picture or prefer words.

use crate::scene::{PodView, Scene, Slot};
use crate::ui::shared::use_shared;
use crate::ui::words::Words;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Table`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The stage.
    pub scene: Rc<Scene>,
}

/// One row a slot, a daemon pod, a pod on its own.
#[component]
pub fn Table(props: &Props) -> Html {
    let words = use_shared().words;
    let scene = &props.scene;
    let slots = scene.sets.iter().flat_map(|set| &set.slots).map(|slot| slot_row(words, slot));
    let daemons = scene
        .daemons
        .iter()
        .flat_map(|daemon| &daemon.waiting)
        .map(|(pod, node)| pod_row(words, pod, node.as_ref().map(|node| (words.for_node)(node))));
    let is_stateful = |pod: &&PodView| pod.owner.as_ref().is_none_or(|(kind, _)| kind != "StatefulSet");
    let placed =
        scene.nodes.iter().flat_map(|node| &node.pods).filter(is_stateful).map(|pod| pod_row(words, pod, None));
    let bare = scene.bare_pods.iter().filter(|pod| pod.node.is_none()).map(|pod| pod_row(words, pod, None));
    let replica_sets = scene.deployments.iter().flat_map(|deployment| &deployment.sets).chain(&scene.replica_sets);
    let unplaced = replica_sets.flat_map(|set| &set.pods).filter(|pod| pod.node.is_none());
    let unplaced = unplaced.map(|pod| pod_row(words, pod, None));
    let refusals = scene.nodes.iter().flat_map(|node| node.verdicts.iter().map(move |verdict| (node, verdict)));
    let refusals = refusals.filter_map(|(node, verdict)| match &verdict.verdict {
        crate::reason::Verdict::Runs { .. } => None,
        crate::reason::Verdict::Keeps(refusal) | crate::reason::Verdict::Refuses(refusal) => Some(html! {
            <tr><th scope="row">{verdict.set.name()}</th><td>{words.refused}</td><td>{node.object.name()}</td><td></td><td>{(words.refusal)(refusal)}</td></tr>
        }),
    });
    html! {
        <table class="table">
            <caption>{words.table_caption}</caption>
            <thead><tr>{for words.table_head.iter().map(|head| html! { <th scope="col">{head}</th> })}</tr></thead>
            <tbody>{for slots}{for daemons}{for placed}{for unplaced}{for bare}{for refusals}</tbody>
        </table>
    }
}

fn slot_row(words: &Words, slot: &Slot) -> Html {
    let claims =
        slot.claims.iter().map(|claim| format!("{}: {}", claim.object.name(), (words.claim_state)(claim.state)));
    let remarks: Vec<String> = slot.note.as_ref().map(words.note).into_iter().chain(claims).collect();
    match &slot.pod {
        Some(pod) => pod_row(words, pod, Some(remarks.join(words.semicolon))),
        None => html! {
            <tr>
                <th scope="row">{&slot.name}</th>
                <td>{slot.absent.as_ref().map_or_else(|| words.not_made_yet.into(), |absent| (words.absent)(absent).to_string())}</td>
                <td></td><td></td><td>{remarks.join(words.semicolon)}</td>
            </tr>
        },
    }
}

fn pod_row(words: &Words, pod: &PodView, remark: Option<String>) -> Html {
    html! {
        <tr>
            <th scope="row">{pod.object.name()}</th>
            <td>{(words.state)(pod.state)}{pod.word.as_ref().map(|word| format!(" ({word})"))}</td>
            <td>{pod.node.clone()}</td>
            <td>{pod.revision.map(words.revision)}</td>
            <td>{remark}</td>
        </tr>
    }
}
