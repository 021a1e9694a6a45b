//! Traps: what has happened, and how to get out.

use super::words::list;
use crate::explain::scope::node;
use crate::explain::{Warning, code, text};
use crate::trap::Trap;

pub(super) fn warning(trap: &Trap) -> Warning {
    match trap {
        Trap::StuckRollout { set, pod, mended } => Warning {
            title: text!["卡住的滚动更新"],
            what: if *mended {
                text![
                    set,
                    "的模板已经换过了，但",
                    pod,
                    "还在运行坏的那一版。有序的 StatefulSet 要等它就绪才会替换任何 Pod，而它永远不会就绪。"
                ]
            } else {
                text![
                    set,
                    "的新模板跑不起来：",
                    pod,
                    "没法就绪。光把旧模板放回去还不够：有序的 StatefulSet 首先要等的就是这个 Pod。"
                ]
            },
            out: text!["先换上好的模板，再删除", pod, "。它会按好的模板重新创建。"],
        },
        Trap::OnDeleteKeepsCurrentRevision { set, current, update } => Warning {
            title: text!["不会变的当前修订版本"],
            what: text![
                set,
                "的所有 Pod 都已是",
                code(update),
                "，而 `status.currentRevision` 仍然是",
                code(current),
                "。更新策略为 `OnDelete` 时，控制器从不把发布标记为完成。"
            ],
            out: text!["改为比较 `status.updatedReplicas` 和 `status.replicas`，或者使用 `RollingUpdate`。"],
        },
        Trap::PartitionHolds { set, partition, pods } => Warning {
            title: text!["停在分区处"],
            what: text![
                set,
                "的发布只能走到这里：序号小于",
                *partition,
                "的 Pod 保持旧模板：",
                list(pods),
                "。就算删除其中一个，它也会按旧模板重新创建。"
            ],
            out: text!["调低 `spec.updateStrategy.rollingUpdate.partition`，就能更新更多 Pod；设为 0 则全部更新。"],
        },
        Trap::ClaimsStay { set, claims } => Warning {
            title: text!["留下来的 PVC"],
            what: text![
                "Pod 没有了，它们的 PVC 还在：",
                list(claims),
                "。除非另有设置，Kubernetes 从不删除",
                set,
                "保存的数据。以后同名的 Pod 会重新用上它们。"
            ],
            out: text!["数据可以丢的话，就删除这些 PVC；或者事先设置 `spec.persistentVolumeClaimRetentionPolicy`。"],
        },
        Trap::BudgetWithoutSlack { budget, desired } => Warning {
            title: text!["什么都不允许的预算"],
            what: text![
                budget,
                "要求",
                *desired,
                "个健康的 Pod，而一共就这么多。即使现在全部健康，也不允许任何驱逐：drain 永远不会结束。"
            ],
            out: text!["多运行一个 Pod，或者让预算少要求一个（`maxUnavailable: 1`）。"],
        },
        Trap::VolumeTiesPod { pod, volume, node: name } => Warning {
            title: text!["被卷绑在一个节点上"],
            what: text![
                "卷",
                volume,
                "只能在",
                node(name),
                "上使用，而这个节点现在不接收 Pod。",
                pod,
                "没法在别处运行。"
            ],
            out: text![
                "让节点恢复，或者 uncordon 它。数据可以丢的话，就把 PVC 和 Pod 一起删除：新的卷会创建在有空间的地方。"
            ],
        },
        Trap::TerminatingOnLostNode { pod, node: name } => Warning {
            title: text!["永远在终止"],
            what: text![
                "没有人能确认",
                pod,
                "在",
                node(name),
                "上已经停止，所以名称一直占着，而 StatefulSet 从不同时运行两个同名的 Pod。"
            ],
            out: text![
                "让节点恢复；如果确定机器已经关机，就给它打上污点 \
                 `node.kubernetes.io/out-of-service=nodeshutdown:NoExecute`。"
            ],
        },
        Trap::AdoptsStrangers { owner, pods } => Warning {
            title: text!["收养了外人的选择器"],
            what: text![
                owner,
                "接管了",
                list(pods),
                "：标签匹配它的选择器，又没有别的控制器。从现在起它们都算它的 Pod，多余时可能会删除。"
            ],
            out: text!["给每个工作负载一个独有的选择器。"],
        },
        Trap::AutoscalerOverrules { autoscaler, target, asked, set } => Warning {
            title: text!["两只手改一个数"],
            what: text![
                "有人把",
                target,
                "调整为",
                *asked,
                "个副本，",
                autoscaler,
                "又改成了",
                *set,
                "个。自动扩缩器只看指标，手动设置的数量留不住。"
            ],
            out: text![
                "修改",
                autoscaler,
                "的 `spec.minReplicas` 或 `spec.maxReplicas`，或者删除它。会反复应用的清单里，不要写 `spec.replicas`。"
            ],
        },
    }
}
