//! What the scheduler's words for a refused node mean, and what it is on the node.

use super::super::words::{count, either, is};
use crate::explain::facts::amounts;
use crate::explain::scope::node;
use crate::explain::{Text, code, text};
use crate::reason::{Plugin, RefusalCause, Refused, RefusedNode};

/// What a refusal means, with one of the nodes as an example; none where the words say it themselves.
pub(super) fn meaning(refused: &Refused) -> Option<Text> {
    let mut text = summary(refused)?;
    if let Some(example) = &refused.example {
        text.say(" ").say(cause(example, refused));
    }
    Some(text)
}

/// What a refusal means.
pub(super) fn summary(refused: &Refused) -> Option<Text> {
    let nodes = refused.nodes;
    let counted = count(nodes, "node");
    let nodes_have = text![counted.clone(), either(nodes, " has", " have")];
    Some(match (refused.plugin, refused.text.as_str()) {
        (Plugin::TaintToleration, _) => {
            text![nodes_have, " a taint that the pod does not tolerate: see `tolerations`."]
        }
        (Plugin::NodeUnschedulable, _) => text![counted, " ", is(nodes as i64), " cordoned."],
        (Plugin::NodeName, _) => return None,
        (Plugin::NodeAffinity, "node(s) didn't satisfy plugin(s) [NodeAffinity]") => match nodes {
            1 => text![
                "The pod's node affinity names the nodes that it may go to, and the other node is not among them."
            ],
            _ => text![
                "The pod's node affinity names the nodes that it may go to; the other ",
                nodes,
                " do not come into question."
            ],
        },
        (Plugin::NodeAffinity, "pod affinity terms conflict") => {
            text!["The pod's node affinity asks for two names at once, and no node has two."]
        }
        (Plugin::NodeAffinity, _) => text![
            counted,
            either(nodes, " lacks", " lack"),
            " the labels that `nodeSelector` or node affinity asks for."
        ],
        (Plugin::NodePorts, _) => text![nodes_have, " a pod on the same host port already: see `hostPort`."],
        (Plugin::NodeResourcesFit, "Too many pods") => text![nodes_have, " as many pods as it takes."],
        (Plugin::NodeResourcesFit, _) => {
            text![nodes_have, " too little left: the sum of `resources.requests` counts, not what the pods really use."]
        }
        (Plugin::VolumeRestrictions, _) => {
            text![
                "A claim of the pod has access mode `ReadWriteOncePod`, and another pod uses it: one pod at a time may."
            ]
        }
        (Plugin::VolumeZone, _) => text![
            "A volume of the pod carries the labels of a zone or region, and ",
            counted,
            " ",
            is(nodes as i64),
            " elsewhere."
        ],
        (Plugin::VolumeBinding, "pod has unbound immediate PersistentVolumeClaims") => text![
            "A claim of the pod has no volume yet. With `volumeBindingMode: Immediate` the volume comes first and the node \
             after it."
        ],
        (Plugin::VolumeBinding, "node(s) didn't match PersistentVolume's node affinity") => {
            text!["The pod's volume is out of reach of ", counted, ": a bound volume keeps its pod where the data is."]
        }
        (Plugin::VolumeBinding, "node(s) didn't find available persistent volumes to bind") => {
            text!["No free volume within reach of ", counted, " fits the claim."]
        }
        (Plugin::VolumeBinding, words) if words.ends_with("is being deleted") => {
            text!["The pod's claim is being deleted."]
        }
        (Plugin::VolumeBinding, words) if words.ends_with("not found") => {
            text!["The pod names a claim that does not exist."]
        }
        (Plugin::VolumeBinding, _) => return None,
        (Plugin::PodTopologySpread, words) if words.ends_with("(missing required label)") => {
            text![
                counted,
                either(nodes, " lacks", " lack"),
                " the label that `topologySpreadConstraints` spreads over."
            ]
        }
        (Plugin::PodTopologySpread, _) => {
            text!["On ", counted, " the pod would make its domain too full: see `topologySpreadConstraints`."]
        }
        (Plugin::InterPodAffinity, "node(s) didn't match pod affinity rules") => {
            text![counted, " ", is(nodes as i64), " not near a pod that `podAffinity` asks for."]
        }
        (Plugin::InterPodAffinity, "node(s) didn't match pod anti-affinity rules") => {
            text![counted, " ", is(nodes as i64), " near a pod that `podAntiAffinity` keeps away from."]
        }
        (Plugin::InterPodAffinity, _) => {
            text![counted, " ", is(nodes as i64), " near a pod whose own `podAntiAffinity` keeps this one away."]
        }
    })
}

/// What it is on one node.
fn cause(example: &RefusedNode, refused: &Refused) -> Text {
    let name = node(&example.node);
    match &example.cause {
        RefusalCause::Taint(taint) => text![name, " has ", code(taint), "."],
        RefusalCause::Label { key, wanted } => text![name, " lacks ", code(format!("{key}={wanted}")), "."],
        RefusalCause::Resource { name: resource, requested, free, capacity } => {
            let of = |amount: i64| code(amounts::of_resource(resource, amount));
            match resource.as_str() {
                "pods" => text![name, " takes ", *capacity, "."],
                _ if requested > capacity => {
                    text![name, " has ", of(*capacity), " in all, and the pod requests ", of(*requested), "."]
                }
                _ => text![
                    name,
                    either(refused.nodes, " lacks some: ", " lacks least: "),
                    "the pod requests ",
                    of(*requested),
                    ", and ",
                    of((*free).max(0)),
                    " of ",
                    of(*capacity),
                    " is left."
                ],
            }
        }
        RefusalCause::Port(port) => text!["On ", name, " it is ", *port, "."],
        RefusalCause::Skew { topology_key, domain, skew, least, max_skew } => text![
            "With it, ",
            code(format!("{topology_key}={domain}")),
            " would have ",
            *skew,
            " more than the emptiest domain, which has ",
            *least,
            "; `maxSkew` is ",
            *max_skew,
            "."
        ],
        RefusalCause::NoDomain { topology_key } => text![name, " has no label ", code(topology_key), "."],
        RefusalCause::Neighbours { topology_key, domain } => {
            text!["What counts as near to ", name, " is ", code(format!("{topology_key}={domain}")), "."]
        }
    }
}
