//! What the scheduler's words for a refused node mean, and what it is on the node.

use crate::explain::facts::amounts;
use crate::explain::scope::node;
use crate::explain::zh::words::count;
use crate::explain::{Text, code, text};
use crate::reason::{Plugin, RefusalCause, Refused, RefusedNode};

/// What a refusal means, with one of the nodes as an example; none where the words say it themselves.
pub(super) fn meaning(refused: &Refused) -> Option<Text> {
    let mut text = summary(refused)?;
    if let Some(example) = &refused.example {
        text.say(cause(example, refused));
    }
    Some(text)
}

/// What a refusal means.
pub(super) fn summary(refused: &Refused) -> Option<Text> {
    let nodes = refused.nodes;
    let counted = count(nodes, "个节点");
    Some(match (refused.plugin, refused.text.as_str()) {
        (Plugin::TaintToleration, _) => text![counted, "有 Pod 不容忍的污点：见 `tolerations`。"],
        (Plugin::NodeUnschedulable, _) => text![counted, "不可调度（cordon）。"],
        (Plugin::NodeName, _) => return None,
        (Plugin::NodeAffinity, "node(s) didn't satisfy plugin(s) [NodeAffinity]") => {
            text!["Pod 的节点亲和性写明了可以去哪些节点，其余", counted, "不在其中。"]
        }
        (Plugin::NodeAffinity, "pod affinity terms conflict") => {
            text!["Pod 的节点亲和性同时要求两个名称，而没有节点有两个名称。"]
        }
        (Plugin::NodeAffinity, _) => text![counted, "缺少 `nodeSelector` 或节点亲和性要求的标签。"],
        (Plugin::NodePorts, _) => text![counted, "上已有 Pod 占用同一个主机端口：见 `hostPort`。"],
        (Plugin::NodeResourcesFit, "Too many pods") => text![counted, "上的 Pod 数已达上限。"],
        (Plugin::NodeResourcesFit, _) => {
            text![counted, "剩余的资源不够：算的是 `resources.requests` 之和，不是 Pod 的实际用量。"]
        }
        (Plugin::VolumeRestrictions, _) => {
            text!["Pod 有一个 PVC 的访问模式是 `ReadWriteOncePod`，而别的 Pod 正在使用：一次只能有一个 Pod 用。"]
        }
        (Plugin::VolumeZone, _) => text!["Pod 的一个卷带有可用区或地域的标签，而", counted, "在别处。"],
        (Plugin::VolumeBinding, "pod has unbound immediate PersistentVolumeClaims") => {
            text!["Pod 的一个 PVC 还没有卷。`volumeBindingMode: Immediate` 表示先有卷，再选节点。"]
        }
        (Plugin::VolumeBinding, "node(s) didn't match PersistentVolume's node affinity") => {
            text![counted, "访问不到 Pod 的卷：卷一旦绑定，Pod 就只能待在数据所在的地方。"]
        }
        (Plugin::VolumeBinding, "node(s) didn't find available persistent volumes to bind") => {
            text![counted, "访问得到的空闲卷里，没有适合这个 PVC 的。"]
        }
        (Plugin::VolumeBinding, words) if words.ends_with("is being deleted") => text!["Pod 的 PVC 正在删除。"],
        (Plugin::VolumeBinding, words) if words.ends_with("not found") => text!["Pod 写的 PVC 不存在。"],
        (Plugin::VolumeBinding, _) => return None,
        (Plugin::PodTopologySpread, words) if words.ends_with("(missing required label)") => {
            text![counted, "缺少 `topologySpreadConstraints` 用来分布的标签。"]
        }
        (Plugin::PodTopologySpread, _) => {
            text!["把 Pod 放到", counted, "上，所在的拓扑域就会太满：见 `topologySpreadConstraints`。"]
        }
        (Plugin::InterPodAffinity, "node(s) didn't match pod affinity rules") => {
            text![counted, "附近没有 `podAffinity` 要求的 Pod。"]
        }
        (Plugin::InterPodAffinity, "node(s) didn't match pod anti-affinity rules") => {
            text![counted, "附近有 `podAntiAffinity` 要避开的 Pod。"]
        }
        (Plugin::InterPodAffinity, _) => text![counted, "附近的 Pod 用自己的 `podAntiAffinity` 挡住了它。"],
    })
}

/// What it is on one node.
fn cause(example: &RefusedNode, refused: &Refused) -> Text {
    let name = node(&example.node);
    match &example.cause {
        RefusalCause::Taint(taint) => text![name, "上有", code(taint), "。"],
        RefusalCause::Label { key, wanted } => text![name, "缺少", code(format!("{key}={wanted}")), "。"],
        RefusalCause::Resource { name: resource, requested, free, capacity } => {
            let of = |amount: i64| code(amounts::of_resource(resource, amount));
            match resource.as_str() {
                "pods" => text![name, "最多接收", *capacity, "个。"],
                _ if requested > capacity => {
                    text![name, "总共只有", of(*capacity), "，而 Pod 请求", of(*requested), "。"]
                }
                _ => text![
                    name,
                    if refused.nodes == 1 { "不够：Pod 请求" } else { "差得最少：Pod 请求" },
                    of(*requested),
                    "，而",
                    of(*capacity),
                    "里还剩",
                    of((*free).max(0)),
                    "。"
                ],
            }
        }
        RefusalCause::Port(port) => text![name, "上占用的是", *port, "。"],
        RefusalCause::Skew { topology_key, domain, skew, least, max_skew } => text![
            "加上它，",
            code(format!("{topology_key}={domain}")),
            "会比最空的拓扑域多",
            *skew,
            "个，后者有",
            *least,
            "个；`maxSkew` 是",
            *max_skew,
            "。"
        ],
        RefusalCause::NoDomain { topology_key } => text![name, "没有标签", code(topology_key), "。"],
        RefusalCause::Neighbours { topology_key, domain } => {
            text![name, "的“附近”是指", code(format!("{topology_key}={domain}")), "。"]
        }
    }
}
