//! What the selected object thinks of every node, laid over the nodes.

use crate::reason::{Plugin, Refusal, Verdict};
use crate::scheduler::Standing;
use crate::ui::icons::{Glyph, Icon};
use crate::ui::inspector::{Inspection, refusal_of};
use crate::ui::words::Words;
use std::collections::BTreeMap;
use yew::prelude::*;

/// What is laid over the nodes; nothing where nothing is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeOverlay {
    /// What it tells.
    pub title: String,
    /// What it says of each node.
    pub marks: BTreeMap<String, NodeMark>,
}

/// What is said of one node.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeMark {
    /// How it is to be seen.
    pub look: Look,
    /// The words.
    pub text: String,
}

/// How a mark is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The node was chosen.
    Chosen,
    /// It would do.
    Passes,
    /// It is refused.
    Refused,
}

impl NodeOverlay {
    /// What the inspected object thinks of the nodes, where that is looked at.
    #[must_use]
    pub fn of(inspection: &Inspection, words: &Words) -> NodeOverlay {
        let name = inspection.object.name();
        if let Some(view) = inspection.scheduling() {
            let marks = view.nodes.iter().filter_map(|node| {
                let (look, text) = match &node.standing {
                    Standing::Scored { total, .. } if view.tied > 1 && view.highest() == Some(*total) => {
                        (Look::Passes, format!("{total}, {}", words.stage_words.tied))
                    }
                    Standing::Scored { total, .. } => (Look::Passes, total.to_string()),
                    Standing::Only => (Look::Passes, words.stage_words.passes.into()),
                    // The taint is among the node's own chips.
                    Standing::Refused { plugin: Plugin::TaintToleration, .. } => {
                        (Look::Refused, refusal_of(words, Plugin::TaintToleration, None))
                    }
                    Standing::Refused { plugin, cause, .. } => {
                        (Look::Refused, refusal_of(words, *plugin, cause.as_ref()))
                    }
                    Standing::Unseen => return None,
                };
                let look = if view.winner() == Some(&node.node) { Look::Chosen } else { look };
                Some((node.node.clone(), NodeMark { look, text }))
            });
            return NodeOverlay { title: (words.stage_words.overlay_scheduling)(name), marks: marks.collect() };
        }
        let Some(verdicts) = inspection.verdicts() else { return NodeOverlay::default() };
        let marks = verdicts.iter().map(|verdict| {
            let (look, text) = match &verdict.verdict {
                Verdict::Runs { tolerated } => {
                    let look = if verdict.pod.is_some() { Look::Chosen } else { Look::Passes };
                    let text = match tolerated.first() {
                        None => words.stage_words.nothing_in_the_way.to_owned(),
                        Some((taint, toleration, added)) => format!(
                            "{} {}, {}",
                            words.stage_words.tolerates,
                            taint.key.rsplit('/').next().unwrap_or(&taint.key),
                            (words.stage_words.toleration)(toleration, *added)
                        ),
                    };
                    (look, text)
                }
                Verdict::Keeps(refusal) | Verdict::Refuses(refusal) => {
                    let unmet: Vec<String> = verdict.unmet.iter().map(|term| term.join(", ")).collect();
                    let text = match refusal {
                        Refusal::NodeAffinity if !unmet.is_empty() => unmet.join(" / "),
                        Refusal::Taint(taint) => taint.to_string(),
                        refusal => (words.refusal)(refusal),
                    };
                    (Look::Refused, text)
                }
            };
            (verdict.node.clone(), NodeMark { look, text })
        });
        NodeOverlay { title: (words.stage_words.overlay_verdicts)(name), marks: marks.collect() }
    }
}

/// A mark as a strip of its node.
pub fn strip(mark: &NodeMark) -> Html {
    let (class, glyph) = match mark.look {
        Look::Chosen => ("node-mark chosen", Glyph::Accepted),
        Look::Passes => ("node-mark passes", Glyph::Note),
        Look::Refused => ("node-mark refused", Glyph::Refused),
    };
    html! { <p {class} title={mark.text.clone()}><Icon {glyph} size={12} /><span>{&mark.text}</span></p> }
}
