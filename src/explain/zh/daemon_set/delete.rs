//! Why a DaemonSet deletes pods.

use super::nodes::because;
use crate::explain::facts::daemon_set::each_once;
use crate::explain::scope::node;
use crate::explain::words::Words;
use crate::explain::zh::words::{count, list};
use crate::explain::{Text, text};
use crate::reason::{DaemonDeletion, DaemonPodFate};

pub(super) fn fates(words: &mut Words, deleted: &[DaemonDeletion], surge: i64) {
    let (said, more) = each_once(deleted.iter().map(|deletion| fate(deletion, surge)));
    for sentence in said {
        words.why(sentence);
    }
    if more > 0 {
        words.why(text!["另外", count(more as i64, "个 Pod"), "也是这样，各在自己的节点上。"]);
    }
    if !deleted.is_empty() {
        words.evidence("删除", list(deleted.iter().map(|deletion| text![node(&deletion.node), "上的", &deletion.pod])));
    }
}

/// Why a pod is deleted. Fates that depend on no node are one sentence for all pods that share them.
fn fate(deletion: &DaemonDeletion, surge: i64) -> Text {
    match &deletion.fate {
        DaemonPodFate::NodeRefuses(refusal) => {
            text![node(&deletion.node), "不能再运行这个 DaemonSet 的 Pod：", because(refusal), "。"]
        }
        DaemonPodFate::NodeGone => {
            text![node(&deletion.node), "已经不存在，专为它创建的 Pod 哪里都运行不了。"]
        }
        DaemonPodFate::Ended => text![
            &deletion.pod,
            "已经结束。DaemonSet 会删除这样的 Pod 再创建一个；如果反复失败，间隔会从 1 秒起逐次加倍，直到 15 分钟。"
        ],
        DaemonPodFate::Excess => text![node(&deletion.node), "上这个 DaemonSet 的 Pod 太多了：最早的留下。"],
        DaemonPodFate::Outdated if surge > 0 => text!["模板变了，`maxSurge` 允许再替换一个旧 Pod。"],
        DaemonPodFate::Outdated => {
            text!["模板变了，`maxUnavailable` 允许再有一个节点没有可用的 Pod：旧 Pod 先走，新的随后就来。"]
        }
        DaemonPodFate::OutdatedUnavailable => text![&deletion.pod, "是旧的修订版本，反正也不可用，删除它不占额度。"],
        DaemonPodFate::Surpassed => {
            text![node(&deletion.node), "上的新 Pod 已经可用，旁边的旧 Pod 可以走了。"]
        }
    }
}
