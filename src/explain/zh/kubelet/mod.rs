//! What the kubelet of a node did with a pod.

mod containers;

use super::process;
use super::words::{count, list, seconds};
use crate::api::{ObjectRef, Resource};
use crate::explain::facts::kubelet::{self as facts, AfterReady, claims_of, owner};
use crate::explain::facts::phase;
use crate::explain::scope::{Scope, Workload, node};
use crate::explain::words::Words;
use crate::explain::{Text, code, text, verbatim};
use crate::reason::KubeletReason;

pub(super) fn headline(reason: &KubeletReason) -> Text {
    match reason {
        KubeletReason::Accepted { pod, node: name } => text![node(name), "开始启动", pod],
        KubeletReason::Started { pod, node: name, ready: true, .. } => {
            text![pod, "在", node(name), "上运行，已就绪"]
        }
        KubeletReason::Started { pod, node: name, ready: false, .. } => {
            text![pod, "在", node(name), "上运行，还没有就绪"]
        }
        KubeletReason::BecameReady { pod, .. } => text![pod, "就绪"],
        KubeletReason::BecameUnready { pod, .. } => text![pod, "不再就绪"],
        KubeletReason::ImagePullFailed { pod, .. } => text![pod, "无法启动：镜像拉取不到"],
        KubeletReason::CrashLooping { pod, .. } => text![pod, "反复崩溃"],
        KubeletReason::Ended { pod, succeeded: true, .. } => text![pod, "已成功结束"],
        KubeletReason::Ended { pod, succeeded: false, .. } => text![pod, "已失败"],
        KubeletReason::Stopped { pod, node: name, .. } => text![pod, "已在", node(name), "上停止"],
        KubeletReason::Rejected { pod, node: name, .. } => text![node(name), "拒绝接收", pod],
        KubeletReason::Evicted { pod, node: name, .. } => text![node(name), "驱逐", pod],
        KubeletReason::DeadlineExceeded { pod, .. } => text![pod, "已失败：运行时间超限"],
        KubeletReason::GatesChanged { pod, ready: true, .. } => text![pod, "就绪：就绪门控已打开"],
        KubeletReason::GatesChanged { pod, ready: false, .. } => text![pod, "没有就绪：有就绪门控没打开"],
        KubeletReason::Container { pod, container, act, .. } => containers::headline(pod, container, act),
        KubeletReason::Removed { pod, .. } => text![pod, "消失了"],
    }
}

pub(super) fn words(reason: &KubeletReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        KubeletReason::Accepted { pod, node: name } => {
            let claims: Vec<ObjectRef> = scope.pod(pod).map(|pod| claims_of(&pod)).unwrap_or_default();
            let bound = (!claims.is_empty()).then(|| text!["，它的 PVC 也已绑定"]);
            words
                .why(text![
                    "调度器把",
                    pod,
                    "绑定到了",
                    node(name),
                    bound,
                    "，所以那里的 kubelet 挂载卷、拉取镜像、启动容器。"
                ])
                .next(text!["所有容器都运行起来后，", pod, "的阶段就是 `Running`。"]);
            if !claims.is_empty() {
                words.evidence("PVC", list(claims));
            }
        }
        KubeletReason::Started { pod, node: name, ready, probed } => {
            words.why(match (ready, probed) {
                (true, false) => text![pod, "的所有容器都在运行。没有就绪探针，所以 Pod 马上算作就绪。"],
                (true, true) => text![pod, "的所有容器都在运行，第一次就绪检查就成功了。"],
                (false, true) => {
                    text![pod, "的所有容器都在运行。运行还不等于就绪：`readinessProbe` 要先成功。"]
                }
                (false, false) => {
                    text![pod, "的所有容器都在运行，但还没有报告就绪。运行还不等于就绪。"]
                }
            });
            words.evidence("节点", text![node(name)]);
            if let Some(address) = scope.pod(pod).and_then(|pod| pod.status.pod_ip.clone()) {
                words.evidence("地址", text![code(address)]);
            }
            words.next(if *ready {
                after_ready(pod, scope)
            } else {
                match owner(pod, scope) {
                    Some(Workload::StatefulSet(set)) if set.spec.is_ordered() => {
                        text!["在", pod, "就绪之前，", set.reference(), "不会往下走。"]
                    }
                    Some(_) | None => text!["在就绪之前，", pod, "收不到流量。"],
                }
            });
        }
        KubeletReason::BecameReady { pod, node: name, probed } => {
            words
                .why(match probed {
                    true => text![pod, "的就绪探针成功，所以它的 `Ready` 状况是 `True`。"],
                    false => text![pod, "的所有容器都报告就绪，所以它的 `Ready` 状况是 `True`。"],
                })
                .evidence("节点", text![node(name)])
                .next(after_ready(pod, scope));
        }
        KubeletReason::BecameUnready { pod, node: name } => {
            words
                .why(text![
                    pod,
                    "有容器没有通过就绪检查。Pod 继续运行：它会从 Service 里撤下，但不会因此重启，也不会有谁来替换它。"
                ])
                .evidence("节点", text![node(name)]);
            let follows = match owner(pod, scope) {
                Some(Workload::StatefulSet(set)) if set.spec.is_ordered() => {
                    text!["在", pod, "恢复就绪之前，", set.reference(), "不会创建、删除或更新别的 Pod。"]
                }
                Some(Workload::StatefulSet(_)) | None => text!["在恢复就绪之前，", pod, "收不到流量。"],
                Some(Workload::DaemonSet(set)) => {
                    text!["在", pod, "恢复就绪之前，", set.reference(), "把", node(name), "算作不可用。"]
                }
                Some(workload @ Workload::ReplicaSet(..)) => {
                    text![workload.reference(), "把它算作不可用，但不会另外创建一个。"]
                }
            };
            words.next(follows);
        }
        KubeletReason::ImagePullFailed { pod, node: name, image } => {
            words
                .why(text![
                    node(name),
                    "拉取不到",
                    code(image),
                    "。kubelet 会在 10 秒、20 秒……最长 5 分钟后重试；这期间容器的等待原因是 `ImagePullBackOff`。"
                ])
                .why(text![
                    "容器没有运行过，所以",
                    pod,
                    "的阶段一直是 `Pending`。它不会变成 `Failed`，也没有控制器会因此替换它。"
                ])
                .evidence("镜像", text![code(image)])
                .next(broken(pod, scope));
        }
        KubeletReason::CrashLooping { pod, image, .. } => {
            words
                .why(text![
                    pod,
                    "的容器每次启动后很快就退出。`restartPolicy: Always` 让 kubelet 在同一个 Pod 里重新启动它：先是马上，\
                     然后隔 10 秒、20 秒……最长 5 分钟。这段等待就是 `CrashLoopBackOff`。"
                ])
                .why(text!["阶段仍然是 `Running`，只是没有就绪，所以没有控制器会因此替换这个 Pod。"])
                .evidence("镜像", text![code(image)])
                .next(broken(pod, scope));
        }
        KubeletReason::Ended { pod, succeeded, .. } => {
            let ended = if *succeeded { crate::api::PodPhase::Succeeded } else { crate::api::PodPhase::Failed };
            words.why(text![
                pod,
                "的容器已经彻底结束，所以阶段是",
                phase(ended),
                "。这是最终状态：这个 Pod 不会再运行。"
            ]);
            let object = scope.pod(pod);
            if object.as_ref().is_some_and(|pod| pod.spec.restart_policy.as_deref().unwrap_or("Always") == "Always") {
                words.why(text![
                    "有 `restartPolicy: Always` 时，容器只是退出的话会重新启动。Pod 这样结束，是因为遭到驱逐或者节点拒绝接收。"
                ]);
            }
            if let Some(reason) = object.and_then(|pod| pod.status.reason.clone()) {
                words.evidence("原因", text![code(reason)]);
            }
            words.next(after_end(pod, scope));
        }
        KubeletReason::Stopped { pod, node: name, grace_seconds } => {
            words
                .why(text![
                    "删除 Pod 就是请容器停止（SIGTERM）；它们有",
                    seconds(*grace_seconds),
                    "宽限期，之后强行杀掉。",
                    pod,
                    "的容器已经停止。"
                ])
                .evidence("节点", text![node(name)])
                .evidence("宽限期", text![seconds(*grace_seconds)])
                .next(text![node(name), "的 kubelet 会移除 Pod 对象，名称随之空出来。"]);
        }
        KubeletReason::Rejected { pod, node: name, reason, message } => {
            words
                .why(text![
                    pod,
                    "不经调度器就绑定到了",
                    node(name),
                    "，或者情况在这期间变了。kubelet 会自己检查节点能不能接收 Pod，而这个不能。"
                ])
                .why(text!["阶段是 `Failed`，这是最终状态：不会重试，也不会换个节点再试。"])
                .evidence("原因", text![code(reason)])
                .evidence("消息", text![verbatim(message.trim_end())])
                .next(after_end(pod, scope));
        }
        KubeletReason::Evicted { pod, node: name, resource, qos, priority, behind } => {
            words
                .why(text![
                    node(name),
                    "的",
                    process::resource(*resource),
                    "不足，所以 kubelet 结束一些 Pod 来腾出资源：先是用量可能超过资源请求的，其中优先级低的在前，\
                     优先级相同的再看服务质量等级，低的在前。"
                ])
                .why(text![pod, "排在第一位。它马上以 `Failed` 结束，原因是 `Evicted`，不管干扰预算怎么说。"])
                .evidence("服务质量等级", text![code(qos)])
                .evidence("优先级", text![*priority])
                .evidence("排在它后面", count(*behind, "个 Pod"))
                .next(after_end(pod, scope));
        }
        KubeletReason::DeadlineExceeded { pod, seconds: limit, .. } => {
            words
                .why(text![
                    pod,
                    "最多可以运行",
                    seconds(*limit),
                    "（`activeDeadlineSeconds`），从 kubelet 接收它时算起。时间已到，所以容器强行停止，阶段变为 `Failed`，原因是 `DeadlineExceeded`。"
                ])
                .next(after_end(pod, scope));
        }
        KubeletReason::GatesChanged { pod, ready, closed, .. } => {
            words.why(match ready {
                true => text![pod, "的所有容器都就绪，`readinessGates` 里的每个状况也都是 `True`。"],
                false => text![
                    "光有容器就绪，",
                    pod,
                    "还不算就绪：它设置了 `readinessGates`，里面的每个状况也都要是 `True`。"
                ],
            });
            if !closed.is_empty() {
                words.evidence("没打开的门控", list(closed.iter().map(code)));
            }
            words.next(match ready {
                true => after_ready(pod, scope),
                false => text!["负责这个门控的一方要设置对应的状况。"],
            });
        }
        KubeletReason::Container { pod, container, act, .. } => {
            containers::words(&mut words, pod, container, act, scope);
        }
        KubeletReason::Removed { pod, node: name } => {
            words
                .why(text!["容器已经停止，所以", node(name), "的 kubelet 确认删除，对象随之移除。"])
                .next(after_removal(pod, name, scope));
            let claims = scope.pod(pod).map(|pod| claims_of(&pod)).unwrap_or_default();
            if !claims.is_empty() {
                words.evidence("这个 Pod 的 PVC", list(claims));
            }
        }
    }
    words
}

/// What follows when a pod is Ready.
fn after_ready(pod: &ObjectRef, scope: Scope<'_>) -> Text {
    match owner(pod, scope) {
        Some(Workload::StatefulSet(set)) => {
            let reference = set.reference();
            let AfterReady { has_service, next, min_ready_seconds } = facts::after_ready(&set, pod, scope);
            let record = has_service.then(|| text![pod, "得到自己的 DNS 记录"]);
            match (record, next, min_ready_seconds) {
                (_, Some(next), Some(wanted)) => {
                    text!["连续就绪", seconds(wanted), "后，它才算可用，接着创建", next, "。"]
                }
                (Some(record), Some(next), _) => text![record, "，接着创建", next, "。"],
                (None, Some(next), _) => text!["接着创建", next, "。"],
                (Some(record), None, _) => text![record, "，", reference, "也知道它已经就位。"],
                (None, None, _) => text![reference, "知道它已经就位，再检查还有什么要做。"],
            }
        }
        Some(Workload::DaemonSet(set)) => text![set.reference(), "认为这个节点已经就位，继续往下走。"],
        Some(Workload::ReplicaSet(set, _)) if set.spec.min_ready_seconds.unwrap_or(0) > 0 => {
            let wanted = set.spec.min_ready_seconds.unwrap_or(0);
            text!["连续就绪", seconds(wanted), "后，它才算可用，计入", set.reference(), "。"]
        }
        Some(workload @ Workload::ReplicaSet(..)) => {
            text!["选中它的 Service 会给它发流量；对", workload.reference(), "来说，它已经可用。"]
        }
        None => text!["选中", pod, "的 Service 会给它发流量。"],
    }
}

/// What becomes of a pod that cannot run.
fn broken(pod: &ObjectRef, scope: Scope<'_>) -> Text {
    match owner(pod, scope) {
        Some(Workload::StatefulSet(set)) if set.spec.is_ordered() => {
            text![set.reference(), "停在这里。改好模板，再删除", pod, "：只换模板，不会替换它。"]
        }
        Some(Workload::ReplicaSet(set, None)) => {
            text!["改好", set.reference(), "的模板，再删除", pod, "：没有 Deployment 的 ReplicaSet 不会更新 Pod。"]
        }
        Some(workload) if workload.updates_by_hand() => {
            text!["改好模板，再删除", pod, "：更新策略是 `OnDelete`，", workload.reference(), "不会自己替换它。"]
        }
        Some(workload) => text!["改好模板，", workload.reference(), "就会通过滚动更新替换", pod, "。"],
        None => text!["kubelet 会一直重试；没有控制器管理的 Pod，不会有谁来替换。"],
    }
}

/// What follows when a pod has ended for good.
fn after_end(pod: &ObjectRef, scope: Scope<'_>) -> Text {
    match owner(pod, scope) {
        Some(Workload::ReplicaSet(set, _)) => {
            text![set.reference(), "另外创建一个来补位，", pod, "保持原样。"]
        }
        Some(workload) => text![workload.reference(), "会删除", pod, "，再创建一个来补位。"],
        None => text!["没有控制器管理", pod, "，所以不会有谁来替换它。"],
    }
}

/// What follows when a pod's object is gone.
fn after_removal(pod: &ObjectRef, name: &str, scope: Scope<'_>) -> Text {
    match owner(pod, scope) {
        Some(Workload::StatefulSet(set)) if set.metadata.is_terminating() => text!["不会有别的来补位。"],
        Some(Workload::DaemonSet(set)) if set.metadata.is_terminating() => text!["不会有别的来补位。"],
        Some(Workload::StatefulSet(set)) => {
            let reference = set.reference();
            match facts::is_wanted(&reference, pod, scope) {
                true => text!["名称空了出来，", reference, "会重新创建", pod, "，用同样的 PVC。"],
                false => text![reference, "不再需要它，接着检查还有什么要做。"],
            }
        }
        Some(Workload::DaemonSet(set)) => {
            text!["如果", node(name), "仍然符合条件，", set.reference(), "会在那里再创建一个 Pod。"]
        }
        Some(Workload::ReplicaSet(set, _)) => {
            text!["从要求删除的那一刻起，", set.reference(), "就不再计入它；如果需要补位，那时就已经创建了。"]
        }
        None => text!["不会有别的来补位。"],
    }
}
