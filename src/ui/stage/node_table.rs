//! Nodes, verdicts about them, and very many nodes, as tables.

use super::field::Numbers;
use super::nodes::{bytes, cores, verdict_words};
use super::table::{Props, frame, name};
use crate::scene::NodeView;
use crate::ui::shared::use_shared;
use crate::ui::words::Words;
use yew::prelude::*;

/// One row a node; of very many nodes, those that are shown in full.
#[component]
pub fn NodeTable(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let near = props.scene.field.iter().flat_map(|field| &field.near);
    let rows = props.scene.nodes.iter().chain(near).map(|node| {
        html! {
            <tr>
                <th scope="row">{name(&shared, &node.object, props.pressable)}</th>
                <td>{state(words, node)}</td>
                <td>{(words.used_of)(&cores(node.cpu.used), &cores(node.cpu.total))}</td>
                <td>{(words.used_of)(&bytes(node.memory.used), &bytes(node.memory.total))}</td>
                <td>{node.pods.len()}</td>
                <td>{node.taints.iter().chain(&node.labels).cloned().collect::<Vec<_>>().join(", ")}</td>
            </tr>
        }
    });
    frame(words.stage_words.tables.nodes, &words.stage_words.tables.node_head, rows.collect())
}

fn state(words: &Words, node: &NodeView) -> String {
    let ready = if node.ready { words.node_ready } else { words.node_not_ready };
    let pressures = node.pressures.iter().map(|pressure| (words.stage_words.pressure)(pressure));
    let cordoned = node.cordoned.then(|| words.cordoned.to_owned());
    std::iter::once(ready.to_owned()).chain(cordoned).chain(pressures).collect::<Vec<_>>().join(", ")
}

/// One row for each DaemonSet and node.
#[component]
pub fn VerdictTable(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let near = props.scene.field.iter().flat_map(|field| &field.near);
    let judged = props.scene.nodes.iter().chain(near).flat_map(|node| node.verdicts.iter().map(move |it| (node, it)));
    let rows = judged.map(|(node, verdict)| {
        let (word, because) = verdict_words(words, verdict);
        html! {
            <tr>
                <th scope="row">{name(&shared, &verdict.set, props.pressable)}</th>
                <td>{node.object.name()}</td><td>{word}</td><td>{because}</td>
            </tr>
        }
    });
    frame(words.stage_words.tables.verdicts, &words.stage_words.tables.verdict_head, rows.collect())
}

/// What the squares of very many nodes say, where the picture does not say it already.
#[component]
pub fn FieldTable(props: &Props) -> Html {
    let words = use_shared().words;
    if props.scene.field.is_none() || !props.pressable {
        return html! {};
    }
    html! { <Numbers scene={props.scene.clone()} caption={words.stage_words.tables.field} /> }
}
