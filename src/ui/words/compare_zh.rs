//! Words of the comparison, of the run in short and of the rules, in Simplified Chinese.

use super::compare::CompareWords;
use super::zh::instant;

/// The words in Simplified Chinese.
pub static ZH: CompareWords = CompareWords {
    open: "对比",
    title: "同一时钟下的两次运行",
    which: "对比什么",
    preset: |id| match id {
        "statefulset-deployment" => {
            ("StatefulSet 与 Deployment", "启动三个 Pod，然后换镜像。", ["StatefulSet", "Deployment"])
        }
        "ordered-parallel" => (
            "OrderedReady 与 Parallel",
            "启动三个 Pod，然后缩到一个。",
            ["podManagementPolicy: OrderedReady", "podManagementPolicy: Parallel"],
        ),
        "partition" => ("partition 0 与 2", "三个 Pod 换镜像。", ["partition: 0", "partition: 2"]),
        "daemonset-replicaset" => {
            ("DaemonSet 与 ReplicaSet", "运行三个 Pod，然后加入一个节点。", ["DaemonSet", "ReplicaSet"])
        }
        "unavailable-surge" => (
            "maxUnavailable 与 maxSurge",
            "Deployment 换镜像。",
            ["maxUnavailable: 1, maxSurge: 0", "maxUnavailable: 0, maxSurge: 1"],
        ),
        _ => ("", "", ["", ""]),
    },
    own: "自己的清单，改一改",
    own_about: "两边开始时都是你的清单。改其中一边，再一起运行。",
    own_sides: ["左边", "右边"],
    commands: "然后在两边执行",
    commands_about: "每行一条 kubectl 命令，等两边都稳定下来才执行下一条。",
    run: "一起运行",
    has_errors: |side, count| format!("{side}：清单里有 {count} 个错误。Kubernetes 拒绝的部分没有运行。"),
    parting: "在哪里分开",
    no_parting: "没有分开：两边的 Pod 在同样的时间做同样的事。",
    to_parting: "看分开的那一刻",
    decided_by: "由此决定",
    now: "现在",
    moment: |moment, moments, at| format!("第 {moment} 步，共 {moments} 步，{}", instant(at)),
    story: "简要经过",
    story_empty: "还没有人做过什么。",
    phase_at: instant,
    rules: "全部规则",
    rules_about: |count| format!("这里的每一步都依据 Kubernetes 的规则，共 {count} 条，各附文档和对应的源码函数。"),
    find_rule: "查找规则",
    no_rule: "没有规则含有这些字。",
    documentation: "Kubernetes 文档",
    source: "源码",
};
