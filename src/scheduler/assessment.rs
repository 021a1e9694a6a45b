//! What the scheduler thinks of every node for one pod: the filter that refuses it, or the score of each plugin. The same
//! functions decide a scheduling cycle; this keeps what the cycle does not need to tell.

use super::cycle::{LEFT_OUT, nominated};
use super::filters::{self, NodeFilters};
use super::scores;
use crate::actor::View;
use crate::api::{Key, NamedNodes, Node};
use crate::reason::{OnlyNode, Plugin, RefusalCause};
use std::rc::Rc;

/// What came of a look at all nodes for a pod.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// What keeps the pod off every node, before any is looked at.
    pub kept_off: Option<(Plugin, String)>,
    /// Every node, by name.
    pub nodes: Vec<NodeAssessment>,
    /// Why only one node came into question, if that was so.
    pub only: Option<OnlyNode>,
    /// How many nodes share the highest score: where there are several, Kubernetes chooses one at random.
    pub tied: usize,
}

/// What came of one node.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeAssessment {
    /// Its name.
    pub node: String,
    /// How it stands.
    pub standing: Standing,
}

/// How a node stands for a pod.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// A filter refuses it.
    Refused {
        /// The filter.
        plugin: Plugin,
        /// What it says, in Kubernetes' words; resources may give several.
        reasons: Vec<String>,
        /// What it is on the node.
        cause: Option<RefusalCause>,
    },
    /// It passes every filter, and nothing is to be compared.
    Only,
    /// It passes every filter.
    Scored {
        /// The weighted sum.
        total: i64,
        /// The score of each plugin, in the order in which they run.
        plugins: Vec<PluginScore>,
    },
    /// It was not looked at: another node had been set aside for the pod.
    Unseen,
}

/// The score that one plugin gives a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PluginScore {
    /// The plugin.
    pub plugin: &'static str,
    /// 0 to 100.
    pub score: i64,
    /// By how much it is multiplied.
    pub weight: i64,
}

/// What the scheduler thinks of every node for a pod that is there and not bound; none for any other.
#[must_use]
pub fn assess(view: View<'_>, pod: &Key) -> Option<Assessment> {
    let pod = view.cluster.pods.get(pod).filter(|pod| pod.node().is_none())?;
    if let Some(kept_off) = filters::pre_filter(view, pod) {
        return Some(Assessment { kept_off: Some(kept_off), nodes: vec![], only: None, tied: 0 });
    }
    let filters = NodeFilters::new(view, pod);
    if let Some(set_aside) = nominated(view, pod).filter(|node| filters.refusal(node).is_none()) {
        let nodes = view.cluster.nodes.iter().map(|node| NodeAssessment {
            node: node.metadata.name.clone(),
            standing: if Rc::ptr_eq(node, set_aside) { Standing::Only } else { Standing::Unseen },
        });
        let only = Some(OnlyNode::Nominated);
        return Some(Assessment { kept_off: None, nodes: nodes.collect(), only, tied: 1 });
    }
    let named = match pod.spec.named_nodes() {
        NamedNodes::Only(names) => Some(names),
        NamedNodes::Any | NamedNodes::Conflict => None,
    };
    let is_named = |node: &Node| named.as_ref().is_none_or(|names| names.contains(node.metadata.name.as_str()));
    let mut feasible: Vec<&Rc<Node>> = vec![];
    let mut nodes: Vec<NodeAssessment> = (view.cluster.nodes.iter())
        .map(|node| NodeAssessment {
            node: node.metadata.name.clone(),
            standing: match filters.refusal(node) {
                _ if !is_named(node) => {
                    Standing::Refused { plugin: Plugin::NodeAffinity, reasons: vec![LEFT_OUT.into()], cause: None }
                }
                Some(refusal) => {
                    let lack = || refusal.reasons.first().and_then(|reason| filters.lacks(node, reason));
                    let cause = match refusal.plugin {
                        Plugin::NodeResourcesFit => lack(),
                        plugin => filters.cause(node, plugin),
                    };
                    Standing::Refused {
                        plugin: refusal.plugin,
                        reasons: refusal.reasons.iter().map(ToString::to_string).collect(),
                        cause: cause.map(|cause| cause.cause),
                    }
                }
                None => {
                    feasible.push(node);
                    Standing::Only
                }
            },
        })
        .collect();
    let tied = score(view, &filters, &feasible, &mut nodes);
    let only = pod.spec.pinned_node().map(|_| OnlyNode::Pinned);
    Some(Assessment { kept_off: None, nodes, only, tied })
}

/// Scores the nodes that passed, unless there is but one, and says how many share the highest score.
fn score(view: View<'_>, filters: &NodeFilters<'_>, feasible: &[&Rc<Node>], nodes: &mut [NodeAssessment]) -> usize {
    if feasible.len() < 2 {
        return feasible.len();
    }
    let scores = scores::plugin_scores(view, filters, feasible);
    let mut best = (i64::MIN, 0);
    for (index, node) in nodes.iter_mut().filter(|node| node.standing == Standing::Only).enumerate() {
        let plugins: Vec<PluginScore> = (scores.iter())
            .map(|(plugin, weight, of)| PluginScore {
                plugin,
                weight: *weight,
                score: of.get(index).copied().unwrap_or_default(),
            })
            .collect();
        let total: i64 = plugins.iter().map(|score| score.score * score.weight).sum();
        best = match total.cmp(&best.0) {
            std::cmp::Ordering::Greater => (total, 1),
            std::cmp::Ordering::Equal => (total, best.1 + 1),
            std::cmp::Ordering::Less => best,
        };
        node.standing = Standing::Scored { total, plugins };
    }
    best.1
}
