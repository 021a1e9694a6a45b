//! What the DaemonSet controller did or waits for, and what it thinks of nodes.

mod create;
mod delete;
mod nodes;

pub(super) use nodes::because as refused;
pub(super) use nodes::verdict;

use super::words::{count, list};
use crate::api::ObjectRef;
use crate::engine::Step;
use crate::explain::facts::daemon_set as facts;
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{DaemonDeletion, DaemonPodFate, DaemonSetAct, DaemonSetReason};

pub(super) fn headline(reason: &DaemonSetReason, step: &Step) -> Text {
    let set = &reason.set;
    match &reason.act {
        DaemonSetAct::Manage { created_on, deleted, .. } => match (created_on.as_slice(), deleted.as_slice()) {
            ([], []) => text![set, "管理自己的 Pod"],
            ([name], []) => text![set, "在", node(name), "上创建 Pod"],
            (names, []) => text![set, "在", names.len(), "个节点上各创建一个 Pod"],
            ([], [deletion]) => text!["删除", node(&deletion.node), "上的", &deletion.pod],
            ([], deletions) => text![set, "删除", count(deletions.len(), "个 Pod")],
            (names, deletions) => {
                text![set, "创建", count(names.len() as i64, "个 Pod"), "，删除", deletions.len(), "个"]
            }
        },
        DaemonSetAct::WaitForAvailable { nodes, .. } => match nodes.as_slice() {
            [] => text![set, "等待继续更新"],
            [name] => text![set, "等待", node(name), "上的 Pod 可用"],
            names => text![set, "等待", names.len(), "个节点上的 Pod 可用"],
        },
        DaemonSetAct::WaitForManualDelete { outdated } => {
            text![set, "等待你删除", count(*outdated, "个旧 Pod")]
        }
        DaemonSetAct::WaitForReady { nodes } => match nodes.as_slice() {
            [name] => text![set, "等待", node(name), "上的 Pod 就绪"],
            names => text![set, "等待", names.len(), "个节点上的 Pod 就绪"],
        },
        DaemonSetAct::Settled { desired: 0, .. } => text![set, "没有符合条件的节点"],
        DaemonSetAct::Settled { desired: 1, .. } => text![set, "已达到期望状态：唯一符合条件的节点在运行 Pod"],
        DaemonSetAct::Settled { desired, .. } => {
            text![set, "已达到期望状态：", *desired, "个符合条件的节点都在运行 Pod"]
        }
        DaemonSetAct::BeingDeleted => text![set, "正在删除，不再管理 Pod"],
        DaemonSetAct::RecordStatus => bookkeeping(set, step),
    }
}

/// What a sync that decided nothing wrote.
fn bookkeeping(set: &ObjectRef, step: &Step) -> Text {
    match facts::recorded(step) {
        Some(status) => {
            text![set, "在 status 里记录：", status.desired_number_scheduled, "个中", status.number_ready, "个就绪"]
        }
        None => text![set, "更新自己的记录"],
    }
}

pub(super) fn words(reason: &DaemonSetReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let set = &reason.set;
    match &reason.act {
        DaemonSetAct::Manage { created_on, deleted, desired, nodes, surge } => {
            if !created_on.is_empty() {
                create::on_nodes(&mut words, set, scope, created_on, *desired, *nodes, *surge);
            }
            delete::fates(&mut words, deleted, *surge);
            follows(&mut words, set, created_on, deleted);
            words.evidence("符合条件的节点", text![*desired, " / ", *nodes]);
            let refuses = |deletion: &DaemonDeletion| matches!(deletion.fate, DaemonPodFate::NodeRefuses(_));
            if !created_on.is_empty() || deleted.iter().any(refuses) {
                nodes::refused(&mut words, set, scope);
            }
        }
        DaemonSetAct::WaitForAvailable { nodes, budget, surge, outdated } => {
            wait_for_available(&mut words, set, scope, nodes, *budget, *surge, *outdated);
        }
        DaemonSetAct::WaitForManualDelete { outdated } => {
            words
                .why(text![
                    "模板变了，但策略是 `updateStrategy.type: OnDelete`，控制器从不为了更新而删除 Pod。在你动手之前，",
                    count(*outdated, "个 Pod"),
                    "停在旧的修订版本。"
                ])
                .next(text!["删除一个旧 Pod，它的节点就会得到一个新模板的 Pod。"])
                .evidence("旧 Pod", text![*outdated]);
        }
        DaemonSetAct::WaitForReady { nodes } => {
            words
                .why(text![
                    "每个符合条件的节点都有 Pod 了，只是",
                    list(nodes.iter().map(|name| node(name))),
                    "上的还不可用。"
                ])
                .why(text!["DaemonSet 不会因为 Pod 没有就绪就替换它；Pod 正在终止时，它的节点也不会有别的 Pod。"])
                .next(text!["变为可用后，", set, "就达到期望状态。"]);
        }
        DaemonSetAct::Settled { desired, refused: refusing } => {
            words.why(match desired {
                0 => text!["没有节点可以运行它的 Pod，所以没有事要做。"],
                _ => text!["每个符合条件的节点上，都有一个当前模板的、可用的 Pod，没有事要做。"],
            });
            if *refusing > 0 {
                words.why(text!["有", count(*refusing, "个节点"), "不符合条件：选择器、亲和性或污点把它挡在外面。"]);
            }
            words.evidence("符合条件的节点", text![*desired, " / ", desired.saturating_add(*refusing)]).next(text![
                "有节点加入，或者节点的标签、污点有变化时，",
                set,
                "会再次工作。"
            ]);
            nodes::refused(&mut words, set, scope);
        }
        DaemonSetAct::BeingDeleted if scope.is_orphaning(set) => {
            words
                .why(text!["只删除 DaemonSet，不删除 Pod：它要等 Pod 都去掉属主引用。"])
                .next(text!["Pod 没有了属主，继续运行。"]);
        }
        DaemonSetAct::BeingDeleted => {
            words
                .why(text!["正在删除的 DaemonSet 自己不再创建或删除 Pod：它拥有的对象由垃圾收集删除。"])
                .next(text!["所有节点上的 Pod 会同时消失。"]);
        }
        DaemonSetAct::RecordStatus => {
            words.why(text!["控制器在每次同步结束时数一遍节点和 Pod，把变化写下来。这只是记录，不做任何决定。"]);
            if let Some(set) = scope.daemon_set(set) {
                let status = &set.status;
                words
                    .evidence("就绪", text![status.number_ready, " / ", status.desired_number_scheduled])
                    .evidence("可用", text![status.number_available, " / ", status.desired_number_scheduled])
                    .evidence("最新", text![status.updated_number_scheduled, " / ", status.desired_number_scheduled]);
            }
        }
    }
    if let Some(revision) = &reason.new_revision {
        words.why(text!["对", set, "来说这是新模板，所以记录为", code(revision), "。"]);
    }
    words
}

fn follows(words: &mut Words, set: &ObjectRef, created_on: &[String], deleted: &[DaemonDeletion]) {
    if !created_on.is_empty() {
        words.next(match created_on {
            [name] => text!["调度器把 Pod 绑定到", node(name), "，由那里的 kubelet 启动。"],
            _ => text!["调度器把每个 Pod 绑定到它的节点，由那里的 kubelet 启动。"],
        });
        return;
    }
    let Some(first) = deleted.first() else { return };
    words.next(match &first.fate {
        DaemonPodFate::NodeRefuses(_) | DaemonPodFate::NodeGone => text!["不会有别的来补位。"],
        DaemonPodFate::Excess | DaemonPodFate::Surpassed => {
            text![node(&first.node), "上只剩下一个", set, "的 Pod。"]
        }
        DaemonPodFate::Ended | DaemonPodFate::Outdated | DaemonPodFate::OutdatedUnavailable => {
            text!["旧 Pod 消失后，", set, "会在它的节点上创建新的：正在终止的还算在。"]
        }
    });
}

fn wait_for_available(
    words: &mut Words,
    set: &ObjectRef,
    scope: Scope<'_>,
    nodes: &[String],
    budget: i64,
    surge: bool,
    outdated: i32,
) {
    let now = (!nodes.is_empty()).then(|| text!["；现在是", list(nodes.iter().map(|name| node(name)))]);
    let limit = if surge {
        "可以同时运行新旧两个 Pod（`maxSurge`）"
    } else {
        "可以没有可用的 Pod（`maxUnavailable`）"
    };
    words.why(text!["更新期间最多有", count(budget, "个节点"), limit, now, "。"]);
    if let Some((name, reason)) = facts::broken(set, nodes, scope) {
        words.why(text![
            node(name),
            "上的 Pod 停在",
            code(reason),
            "。改好模板，就会马上替换它：不可用的 Pod 不占额度。"
        ]);
    }
    if !nodes.is_empty() {
        words.evidence("不可用的节点", list(nodes.iter().map(|name| node(name))));
    }
    words.evidence("额度", count(budget, "个节点")).evidence("剩余的旧 Pod", text![outdated]);
    words.next(text!["有新 Pod 变为可用后，就更新下一个节点：Setwise 按名称排序，Kubernetes 没有固定的顺序。"]);
}

pub(super) fn waiting(reason: &DaemonSetReason) -> Option<Text> {
    let set = &reason.set;
    let on = |nodes: &[String]| match nodes {
        [] => text!["一个 Pod"],
        nodes => text![list(nodes.iter().map(|name| node(name))), "上的 Pod"],
    };
    Some(match &reason.act {
        DaemonSetAct::WaitForAvailable { nodes, budget, surge, .. } => {
            let field = if *surge { "可以运行两个 Pod。" } else { "可以没有可用的 Pod。" };
            text![set, "等待", on(nodes), "变为可用。同时最多有", count(*budget, "个节点"), field]
        }
        DaemonSetAct::WaitForManualDelete { outdated } => {
            text![set, "等待你删除", count(*outdated, "个旧 Pod"), "。`OnDelete` 不会自己更新 Pod。"]
        }
        DaemonSetAct::WaitForReady { nodes } => text![set, "等待", on(nodes), "变为可用。"],
        DaemonSetAct::Manage { .. }
        | DaemonSetAct::Settled { .. }
        | DaemonSetAct::BeingDeleted
        | DaemonSetAct::RecordStatus => return None,
    })
}
