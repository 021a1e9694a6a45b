//! Nodes as cards; many nodes as tiles.

use super::overlay::{NodeMark, NodeOverlay, strip};
use super::pod_chip::PodChip;
use crate::reason::{Refusal, Verdict};
use crate::scene::{NodeView, Usage, VerdictView};
use crate::ui::icons::{Glyph, Icon, StateIcon};
use crate::ui::shared::{tag, use_shared};
use crate::ui::words::Words;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Nodes`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The nodes.
    pub nodes: Rc<Vec<NodeView>>,
    /// What the selected object thinks of them.
    pub overlay: Rc<NodeOverlay>,
}

/// More nodes than this are drawn as tiles.
const CARDS: usize = 40;
/// More pods than this on one card are counted.
const CHIPS: usize = 12;

/// All nodes.
#[component]
pub fn Nodes(props: &Props) -> Html {
    let words = use_shared().words;
    let tiles = props.nodes.len() > CARDS;
    let cards = props.nodes.iter().map(|node| {
        let (key, node) = (node.object.name().to_owned(), Rc::new(node.clone()));
        let mark = props.overlay.marks.get(&key).cloned();
        if tiles {
            html! { <NodeTile {key} {node} {mark} /> }
        } else {
            html! { <NodeCard {key} {node} {mark} /> }
        }
    });
    html! {
        <section class="nodes" aria-label={format!("{} {}", words.nodes, props.nodes.len())} hidden={props.nodes.is_empty()}>
            <header class="section-head"><h3><span class="kind">{words.nodes}</span>{" "}<span class="name">{props.nodes.len()}</span></h3>
                if !props.overlay.marks.is_empty() { <p class="overlay-title">{&props.overlay.title}</p> }
            </header>
            <div class={classes!("node-grid", tiles.then_some("tiles"))}>{for cards}</div>
        </section>
    }
}

/// Properties of [`NodeCard`].
#[derive(Properties, PartialEq)]
pub struct NodeProps {
    /// The node.
    pub node: Rc<NodeView>,
    /// What the selected object thinks of it.
    pub mark: Option<NodeMark>,
}

/// A node in full.
#[component]
pub fn NodeCard(props: &NodeProps) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let node = &props.node;
    let refused_by: Vec<String> = node.verdicts.iter().filter_map(refusing_taint).collect();
    let taints = node.taints.iter().map(|taint| {
        let class = classes!("chip", "taint", refused_by.contains(taint).then_some("refusing"));
        html! { <li {class} data-taint={format!("{} {taint}", node.object.name())} title={taint.clone()}>{shortened(taint)}</li> }
    });
    let labels =
        node.labels.iter().map(|label| html! { <li class="chip" title={label.clone()}>{shortened(label)}</li> });
    let pods = node.pods.iter().take(CHIPS).map(|pod| {
        html! { <li key={pod.uid.0.to_string()}><PodChip pod={pod.clone()} docked={true} /></li> }
    });
    let more = node.pods.len().saturating_sub(CHIPS);
    let verdicts =
        node.verdicts.iter().map(|verdict| html! { <VerdictRow key={verdict.set.name()} verdict={verdict.clone()} /> });
    html! {
        <article class={classes!("node", (!node.ready).then_some("down"), node.cordoned.then_some("cordoned"), (!node.pressures.is_empty()).then_some("pressed"))} aria-label={node.object.name().to_owned()}>
            <header class="node-head">
                <h4><button type="button" class="node-name mono" data-object={tag(&node.object)} onclick={shared.select(&node.object)}>{node.object.name()}</button></h4>
                {readiness(words, node)}
            </header>
            {for props.mark.iter().map(strip)}
            if !node.taints.is_empty() || !node.labels.is_empty() || !node.pressures.is_empty() || node.cordoned {
                <ul class="chips">
                    if node.cordoned { <li class="chip cordon" title={words.cordoned_note}>{words.cordoned}</li> }
                    {for node.pressures.iter().map(|pressure| pressure_chip(words, pressure))}
                    {for taints}{for labels}
                </ul>
            }
            <div class="bars">
                <UsageBar label={words.cpu} usage={node.cpu} used={cores(node.cpu.used)} total={cores(node.cpu.total)} />
                <UsageBar label={words.memory} usage={node.memory} used={bytes(node.memory.used)} total={bytes(node.memory.total)} />
            </div>
            <ul class="docked">
                {for pods}
                if more > 0 { <li class="more">{(words.more_pods)(more)}</li> }
                if node.pods.is_empty() { <li class="vacant">{words.no_pods}</li> }
            </ul>
            if !node.verdicts.is_empty() { <ul class="verdicts">{for verdicts}</ul> }
        </article>
    }
}

#[component]
fn NodeTile(props: &NodeProps) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let node = &props.node;
    let refuses = node.verdicts.iter().any(|verdict| !matches!(verdict.verdict, Verdict::Runs { .. }));
    let dots = node.pods.iter().map(|pod| {
        html! {
            <span class={format!("dot state-{}", pod.state.key())} key={pod.uid.0.to_string()} data-dock={tag(&pod.object)} data-object={tag(&pod.object)}
                title={format!("{}: {}", pod.object.name(), (words.state)(pod.state))}><StateIcon state={Some(pod.state)} size={12} /></span>
        }
    });
    html! {
        <article class={classes!("tile", (!node.ready).then_some("down"), node.cordoned.then_some("cordoned"))} aria-label={node.object.name().to_owned()}>
            {tile_remark(words, node)}
            <h4><button type="button" class="node-name mono" data-object={tag(&node.object)} onclick={shared.select(&node.object)}>{node.object.name()}</button></h4>
            <div class="dots">{for dots}
                if refuses { <span class="dot-refused" title={words.refused}><Icon glyph={Glyph::Refused} size={12} /></span> }
            </div>
            {for props.mark.iter().map(strip)}
        </article>
    }
}

/// What is wrong with a node, beside its colour.
fn tile_remark(words: &Words, node: &NodeView) -> Html {
    let pressure = node.pressures.first().map(|pressure| (words.stage_words.pressure)(pressure));
    let remark = match (node.ready, node.cordoned) {
        (false, _) => Some(words.node_not_ready.to_owned()),
        (true, true) => Some(words.cordoned.to_owned()),
        (true, false) => pressure,
    };
    html! { if let Some(remark) = remark { <span class="tile-remark">{remark}</span> } }
}

fn pressure_chip(words: &Words, pressure: &str) -> Html {
    html! {
        <li class="chip pressure" title={pressure.to_owned()}><Icon glyph={Glyph::Warning} size={11} />{(words.stage_words.pressure)(pressure)}</li>
    }
}

fn readiness(words: &Words, node: &NodeView) -> Html {
    if node.ready {
        html! { <span class="node-ready">{words.node_ready}</span> }
    } else {
        html! { <span class="node-ready not"><Icon glyph={Glyph::Warning} size={12} />{words.node_not_ready}</span> }
    }
}

#[derive(Properties, PartialEq)]
struct BarProps {
    label: &'static str,
    usage: Usage,
    used: String,
    total: String,
}

#[component]
fn UsageBar(props: &BarProps) -> Html {
    let words = use_shared().words;
    let permille = props.usage.permille();
    let width = format!("{}.{}%", permille / 10, permille % 10);
    html! {
        <p class="bar-row" title={(words.requested)(&props.used, &props.total)}>
            <span class="bar-label">{props.label}</span>
            <svg class="usage" aria-hidden="true"><rect class="usage-all" width="100%" height="100%" rx="3" /><rect class="usage-part" {width} height="100%" rx="3" /></svg>
            <span class="bar-value">{(words.used_of)(&props.used, &props.total)}</span>
        </p>
    }
}

#[derive(Properties, PartialEq)]
struct VerdictProps {
    verdict: VerdictView,
}

#[component]
fn VerdictRow(props: &VerdictProps) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let VerdictView { set, verdict, present } = &props.verdict;
    let (class, glyph) = match verdict {
        Verdict::Runs { .. } if *present => ("yes", Glyph::Accepted),
        Verdict::Runs { .. } => ("may", Glyph::Accepted),
        Verdict::Keeps(_) | Verdict::Refuses(_) => ("no", Glyph::Refused),
    };
    let (word, why) = verdict_words(words, &props.verdict);
    html! {
        <li class={classes!("verdict", class)}>
            <Icon {glyph} size={14} />
            <span><strong>{set.name()}{" "}{word}</strong>if let Some(why) = why { {words.colon}{why} }</span>
        </li>
    }
}

/// A verdict in a word, and why.
pub(super) fn verdict_words(words: &Words, verdict: &VerdictView) -> (&'static str, Option<String>) {
    match &verdict.verdict {
        Verdict::Runs { .. } if verdict.present => (words.placed, None),
        Verdict::Runs { .. } => (words.will_be_placed, None),
        Verdict::Keeps(refusal) if verdict.present => (words.keeps, Some((words.refusal)(refusal))),
        Verdict::Keeps(refusal) | Verdict::Refuses(refusal) => (words.refused, Some((words.refusal)(refusal))),
    }
}

/// The taint for which a set keeps off a node.
fn refusing_taint(verdict: &VerdictView) -> Option<String> {
    match &verdict.verdict {
        Verdict::Keeps(Refusal::Taint(taint)) | Verdict::Refuses(Refusal::Taint(taint)) => Some(taint.to_string()),
        _ => None,
    }
}

/// A qualified name without its domain, which the title shows.
fn shortened(text: &str) -> String {
    let key_end = text.find(['=', ':']).unwrap_or(text.len());
    text[..key_end].rfind('/').map_or_else(|| text.to_owned(), |slash| format!("…{}", &text[slash..]))
}

pub(super) fn cores(milli: i64) -> String {
    match (milli / 1000, milli % 1000) {
        (whole, 0) => whole.to_string(),
        (0, part) if part < 100 => format!("{part}m"),
        (whole, part) => format!("{whole}.{}", (part + 50).min(999) / 100),
    }
}

pub(super) fn bytes(bytes: i64) -> String {
    const GI: f64 = 1_073_741_824.0;
    const MI: f64 = 1_048_576.0;
    let amount = bytes as f64;
    match amount {
        0.0 => "0".into(),
        amount if amount >= GI && (amount / GI).fract() < 0.05 => format!("{:.0}Gi", amount / GI),
        amount if amount >= GI => format!("{:.1}Gi", amount / GI),
        amount => format!("{:.0}Mi", amount / MI),
    }
}
