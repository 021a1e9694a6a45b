//! Pods that a DaemonSet creates.

use crate::api::ObjectRef;
use crate::explain::facts::daemon_set::{cordoned, has_older_pod};
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::zh::words::{count, list};
use crate::explain::{code, text};

pub(super) fn on_nodes(
    words: &mut Words,
    set: &ObjectRef,
    scope: Scope<'_>,
    created_on: &[String],
    desired: i32,
    nodes: i32,
    surge: i64,
) {
    let updates = surge > 0 && created_on.iter().any(|name| has_older_pod(set, name, scope));
    if updates {
        words.why(text![
            "新模板的 Pod 先在旧 Pod 旁边启动，这样节点上一直有 Pod：",
            code(format!("maxSurge: {surge}")),
            "允许",
            count(surge, "个节点"),
            "暂时运行两个。"
        ]);
    } else {
        words.why(text![
            "DaemonSet 让每个符合条件的节点都有一个 Pod：",
            count(nodes, "个节点"),
            "里有",
            desired,
            "个符合条件，而",
            list(created_on.iter().map(|name| node(name))),
            "上还没有。"
        ]);
    }
    words.why(text!["每个 Pod 都是为一个节点创建的：亲和性里写着节点名，调度器只检查那里能不能放。"]);
    let cordoned = cordoned(created_on, scope);
    if !cordoned.is_empty() {
        words.why(text![
            list(&cordoned),
            "不可调度，但 DaemonSet 的 Pod 都能容忍：对 `node.kubernetes.io/unschedulable` 的容忍度，是控制器自动加上的。"
        ]);
    }
}
