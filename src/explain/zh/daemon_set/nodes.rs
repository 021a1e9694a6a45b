//! What a DaemonSet thinks of nodes.

use crate::api::ObjectRef;
use crate::explain::facts::daemon_set::refusals;
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::zh::words::count;
use crate::explain::{Text, code, text};
use crate::reason::{Refusal, Verdict};

/// The nodes that the set refuses, each with its reason.
pub(super) fn refused(words: &mut Words, set: &ObjectRef, scope: Scope<'_>) {
    let (refusals, more) = refusals(set, scope);
    for (name, refusal) in &refusals {
        words.evidence("不放置", text![node(name), "：", because(refusal)]);
    }
    if more > 0 {
        words.evidence("不放置", text!["另有", count(more as i64, "个节点")]);
    }
}

/// What keeps a pod off a node.
pub(in crate::explain::zh) fn because(refusal: &Refusal) -> Text {
    match refusal {
        Refusal::NodeName(name) => text!["模板指定的是节点", node(name)],
        Refusal::NodeSelector { key, wanted, found: Some(found) } => {
            text!["选择器要求", code(format!("{key}={wanted}")), "，节点上是", code(format!("{key}={found}"))]
        }
        Refusal::NodeSelector { key, wanted, found: None } => {
            text!["选择器要求", code(format!("{key}={wanted}")), "，节点没有这个标签"]
        }
        Refusal::NodeAffinity => text!["必须满足的节点亲和性没有一条匹配"],
        Refusal::Taint(taint) => text!["不容忍污点", code(taint)],
    }
}

/// `放置`, or `不放置：` with the reason.
pub(in crate::explain::zh) fn verdict(verdict: &Verdict) -> Text {
    match verdict {
        Verdict::Runs { tolerated } => {
            let added = tolerated.iter().find(|(_, _, added)| *added);
            text!["放置", added.map(|(taint, _, _)| text!["；自动容忍", code(&taint.key)])]
        }
        Verdict::Keeps(refusal) => text!["不启动 Pod：", because(refusal), "；已有的会留下"],
        Verdict::Refuses(refusal) => text!["不放置：", because(refusal)],
    }
}
