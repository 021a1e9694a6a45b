//! What somebody asked for.

use super::words::{count, list, moment};
use super::{eviction, process, write};
use crate::api::{Kind, ObjectRef, PodPhase, Time};
use crate::explain::facts::phase;
use crate::explain::facts::user::{changed_workloads, have_names_of_their_own, storage_classes};
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{Text, code, text, verbatim};
use crate::reason::{ApplyOutcome, Propagation, UserReason};

pub(super) fn headline(reason: &UserReason) -> Text {
    match reason {
        UserReason::Apply { objects } => apply(objects),
        UserReason::Create { object } => text!["你创建", object],
        UserReason::Replace { object } => text!["你替换", object],
        UserReason::Label { object } => text!["你修改", object, "的标签"],
        UserReason::Annotate { object } => text!["你修改", object, "的注解"],
        UserReason::Scale { object, from, to } => text!["你把", object, "从", *from, "个副本调整为", *to, "个"],
        UserReason::SetImage { object, image } => text!["你把", object, "的镜像设为", code(image)],
        UserReason::Patch { object } => text!["你用 patch 修改", object],
        UserReason::RolloutUndo { object, revision, .. } => text!["你让", object, "回滚到修订版本", *revision],
        UserReason::RolloutRestart { object } => text!["你重启", object, "的 Pod"],
        UserReason::RolloutPause { object } => text!["你暂停", object, "的发布"],
        UserReason::RolloutResume { object } => text!["你恢复", object, "的发布"],
        UserReason::Delete { object, .. } => text!["你删除", object],
        UserReason::NodeAdded { node } => text![node, "加入集群"],
        UserReason::NodeDeleted { node } => text!["你删除 Node 对象", node],
        UserReason::NodeDown { node, silent: true, .. } => text![node, "没有消息了"],
        UserReason::NodeDown { node, silent: false, .. } => text![node, "上报自己没有就绪"],
        UserReason::NodeUp { node } => text![node, "恢复了"],
        UserReason::NodeLabelled { node } => text!["你修改", node, "的标签"],
        UserReason::NodeTainted { node, taints } if taints.is_empty() => text!["你去掉", node, "的污点"],
        UserReason::NodeTainted { node, .. } => text!["你修改", node, "的污点"],
        UserReason::Cordon { node, on: true } => text!["你把", node, "设为不可调度"],
        UserReason::Cordon { node, on: false } => text!["你让", node, "恢复调度"],
        UserReason::HoldReadiness { pod, ready: true } => text!["你让", pod, "通过就绪检查"],
        UserReason::HoldReadiness { pod, ready: false } => text!["你让", pod, "的就绪检查失败"],
        UserReason::EndPod { pod, phase: PodPhase::Failed } => text!["你让", pod, "失败"],
        UserReason::EndPod { pod, phase: PodPhase::Pending | PodPhase::Running | PodPhase::Succeeded } => {
            text!["你让", pod, "结束"]
        }
        UserReason::Process { pod, change, .. } => process::process_headline(pod, *change),
        UserReason::Images { pattern, broken } => process::images_headline(pattern, *broken),
        UserReason::NodePressure { node, resource, on } => process::pressure_headline(node, *resource, *on),
        UserReason::PodCondition { pod, on, .. } => process::condition_headline(pod, *on),
        UserReason::Evict { pod, draining, .. } => eviction::evicted_headline(pod, draining.as_ref()),
        UserReason::EvictionRefused { pod, refusal, .. } => eviction::refused_headline(pod, refusal),
        UserReason::DrainStarted { node, .. } => text!["开始腾空", node],
        UserReason::DrainEnded { node, left, .. } => eviction::drain_ended_headline(node, left),
        UserReason::LoadSet { measured, of, amount, .. } => {
            eviction::load_headline(measured, of.as_deref(), amount.as_deref())
        }
        UserReason::KubeletChanged => text!["你改变 kubelet 的行为"],
        UserReason::ClusterStarted { nodes, .. } => text!["集群就绪，有", count(*nodes as i64, "个节点")],
        UserReason::Refused { .. } => text!["API server 拒绝了一个请求"],
    }
}

fn apply(objects: &[(ObjectRef, ApplyOutcome)]) -> Text {
    match objects {
        [] => text!["你应用了一份空清单"],
        [(object, ApplyOutcome::Created)] => text!["你创建", object],
        [(object, ApplyOutcome::Configured)] => text!["你修改", object],
        [(object, ApplyOutcome::Unchanged)] => text!["你应用", object, "，没有变化"],
        objects if objects.len() <= 3 && have_names_of_their_own(objects) => {
            text!["你应用", list(objects.iter().map(|(object, _)| object))]
        }
        objects => text!["你应用", count(objects.len(), "个对象")],
    }
}

fn outcome(outcome: ApplyOutcome) -> &'static str {
    match outcome {
        ApplyOutcome::Created => "已创建",
        ApplyOutcome::Configured => "已修改",
        ApplyOutcome::Unchanged => "没有变化",
    }
}

pub(super) fn words(reason: &UserReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        UserReason::Apply { objects } => {
            words.why(if objects.iter().all(|(_, outcome)| *outcome == ApplyOutcome::Unchanged) {
                text!["集群里的这些对象已经和清单一致，所以什么都不变。"]
            } else {
                text!["API server 保存的是你想要的状态。让它变成现实的，是监听这些对象的控制器。"]
            });
            for (object, done) in objects.iter().take(8) {
                words.evidence(object.kind.as_str(), text![object, "：", outcome(*done)]);
            }
            follow_workload(&mut words, objects);
        }
        UserReason::Create { object } => write::create(&mut words, object),
        UserReason::Replace { object } => write::replace(&mut words, object),
        UserReason::Label { object } => write::label(&mut words, object),
        UserReason::Annotate { object } => write::annotate(&mut words, object),
        UserReason::Scale { object, from, to } => {
            words
                .why(text!["这只改了", object, "的 `spec.replicas`，别的都没动：模板不变，所以没有新的修订版本。"])
                .evidence("副本数", text![*from, " → ", *to]);
            words.next(scaled(object, *from, *to));
        }
        UserReason::SetImage { object, image } if object.kind == Kind::ReplicaSet => {
            words
                .why(text!["ReplicaSet 不会更新 Pod：", object, "改过的模板，只用于以后创建的 Pod。"])
                .evidence("镜像", text![code(image)])
                .next(text!["正在运行的 Pod 保持原样。要替换它们，得用 Deployment。"]);
        }
        UserReason::SetImage { object, image } => {
            words
                .why(text!["镜像属于", object, "的 Pod 模板，所以这会产生一个新的修订版本，并开始发布。"])
                .evidence("镜像", text![code(image)])
                .next(text!["先替换哪个 Pod、什么时候替换，由", object, "的更新策略决定。"]);
        }
        UserReason::Patch { object } => {
            words
                .why(text![
                    "只修改",
                    object,
                    "在 patch 里写到的字段，其他字段不变。改了 Pod 模板就会开始发布，改别的不会。"
                ])
                .next(text!["监听", object, "的控制器会检查有没有事要做。"]);
        }
        UserReason::RolloutUndo { object, unchanged: true, revision } => {
            words
                .why(text![object, "用的已经是修订版本", *revision, "的模板，没有什么可回滚的。"])
                .next(text!["之后什么也不会发生。"]);
        }
        UserReason::RolloutUndo { object, revision, .. } => {
            words
                .why(text![
                    "`kubectl rollout undo` 把修订版本",
                    *revision,
                    "的模板复制回",
                    object,
                    "。控制器并不知道什么是“回退”：对它来说，这只是又一次模板变更。"
                ])
                .evidence("修订版本", text![*revision])
                .next(match object.kind {
                    Kind::Deployment => text!["那个模板的 ReplicaSet 重新成为最新的，并得到下一个修订号。"],
                    _ => text!["那个修订版本得到下一个编号，Pod 的替换和普通更新一样。"],
                });
        }
        UserReason::RolloutRestart { object } => {
            words
                .why(text![
                    "这会把当前时间写进 Pod 模板的注解 `kubectl.kubernetes.io/restartedAt`。别的都不变，但在控制器看来，这是另一个模板。"
                ])
                .next(text![object, "的 Pod 会像普通更新一样逐个替换。"]);
        }
        UserReason::RolloutPause { object } => {
            words
                .why(text!["设置了 `spec.paused` 以后，改模板不会产生新的 ReplicaSet，已经开始的发布也会停在原地。"])
                .next(text![object, "仍然可以扩缩容：各个 ReplicaSet 按比例分到新的副本数。"]);
        }
        UserReason::RolloutResume { object } => {
            words
                .why(text![object, "的 `spec.paused` 去掉了，它的模板重新生效。"])
                .next(text!["暂停期间的所有改动合在一起，作为一次发布。"]);
        }
        UserReason::Delete { object, propagation, at_once } => delete(&mut words, object, *propagation, *at_once),
        UserReason::NodeAdded { node } => {
            words.why(text!["kubelet 注册了 Node 对象，从现在起可以把 Pod 放到", node, "。"]).next(text![
                "凡是认为",
                node,
                "符合条件的 DaemonSet，都会在上面创建一个 Pod。别处的 Pod 不会搬过来。"
            ]);
        }
        UserReason::NodeDeleted { node } => {
            words.why(text!["删除 Node 对象不会让机器停下来，只是告诉集群：", node, "不再是它的一部分。"]).next(text![
                "大约 40 秒后，Pod 垃圾收集会移除绑定在",
                node,
                "上的 Pod。"
            ]);
        }
        UserReason::NodeDown { node, silent, last_heartbeat, judged_at } => {
            down(&mut words, node, *silent, (*last_heartbeat, *judged_at));
        }
        UserReason::NodeUp { node } => {
            words.why(text![node, "的 kubelet 又开始上报，首先报告节点已经就绪。"]).next(text![
                "它会停掉这段时间里删除的 Pod，让它们终于可以消失，并启动新分给它的 Pod。",
                node,
                "的污点会去掉。"
            ]);
        }
        UserReason::NodeLabelled { node } => {
            words
                .why(text![
                    "节点选择器和节点亲和性看的是标签。调度器只在放置 Pod 时看；DaemonSet 还会删除不再匹配的节点上的 Pod。"
                ])
                .next(text!["每个 DaemonSet 都会重新判断", node, "。"]);
        }
        UserReason::NodeTainted { node, taints } => {
            words.why(match taints.is_empty() {
                true => text!["没有污点，", node, "就接收其他条件都符合的所有 Pod。"],
                false => {
                    text!["污点会挡住不容忍它的 Pod。`NoSchedule` 只管新 Pod，`NoExecute` 还会赶走正在运行的 Pod。"]
                }
            });
            for taint in taints {
                words.evidence("污点", text![code(taint)]);
            }
            words.next(text!["每个 DaemonSet 都会重新判断", node, "；调度器从下一个 Pod 起按它来。"]);
        }
        UserReason::Cordon { node, on: true } => {
            words
                .why(text![
                    "cordon 会设置",
                    node,
                    "的 `spec.unschedulable`：除了 DaemonSet 的 Pod，不再接收新 Pod。正在运行的会留下。"
                ])
                .next(text!["节点控制器会加上污点 `node.kubernetes.io/unschedulable`。"]);
        }
        UserReason::Cordon { node, on: false } => {
            words
                .why(text![node, "重新接收新 Pod。这段时间放到别处的 Pod 留在原处。"])
                .next(text!["节点控制器会去掉污点 `node.kubernetes.io/unschedulable`。"]);
        }
        UserReason::HoldReadiness { pod, ready } => {
            words.why(text!["这里模拟容器内部发生的事：从现在起，就绪检查的结果由你决定。"]).next(match ready {
                true => text!["kubelet 会把", pod, "的 `Ready` 状况写成 `True`。"],
                false => text!["kubelet 会把", pod, "的 `Ready` 状况写成 `False`。Pod 继续运行。"],
            });
        }
        UserReason::EndPod { pod, phase: wanted } => {
            words
                .why(text![
                    "这里模拟",
                    pod,
                    "的结束，比如被 kubelet 驱逐：阶段变为",
                    phase(*wanted),
                    "，到了这个阶段，Pod 不会再运行。"
                ])
                .next(text![
                    "StatefulSet 或 DaemonSet 会删除这个 Pod 再创建一个，ReplicaSet 只创建一个新的。没有控制器的话，它就保持原样。"
                ]);
        }
        UserReason::Process { pod, container, change } => {
            process::process(&mut words, pod, container.as_deref(), *change);
        }
        UserReason::Images { pattern, broken } => process::images(&mut words, pattern, *broken),
        UserReason::NodePressure { node, resource, on } => process::pressure(&mut words, node, *resource, *on),
        UserReason::PodCondition { pod, condition, .. } => process::condition(&mut words, pod, condition),
        UserReason::Evict { pod, grant, draining } => eviction::evicted(&mut words, pod, grant, draining.as_ref()),
        UserReason::EvictionRefused { pod, refusal, draining } => {
            eviction::refused(&mut words, pod, refusal, draining.as_ref());
        }
        UserReason::DrainStarted { node, pods, warnings } => {
            eviction::drain_started(&mut words, node, pods, warnings);
        }
        UserReason::DrainEnded { node, gone, left } => eviction::drain_ended(&mut words, node, *gone, left),
        UserReason::LoadSet { amount, shared, .. } => eviction::load(&mut words, amount.as_deref(), *shared),
        UserReason::KubeletChanged => {
            words.why(text!["这里模拟集群周围的环境：拉取镜像要多久，哪些镜像拉取不了。只影响从现在起启动的 Pod。"]);
        }
        UserReason::ClusterStarted { nodes, .. } => {
            words
                .why(text!["节点和 StorageClass 一开始就有，就像别人已经搭好的集群。"])
                .evidence("节点", text![*nodes]);
            let classes = storage_classes(scope);
            if !classes.is_empty() {
                words.evidence("StorageClass", list(&classes));
            }
        }
        UserReason::Refused { message } => {
            words
                .why(text!["API server 保存任何东西之前，都会先检查请求，而这个请求无效。"])
                .evidence("消息", text![verbatim(message)])
                .next(text!["什么也没有改变。"]);
        }
    }
    words
}

/// What follows when a workload gets another size.
fn scaled(object: &ObjectRef, from: i32, to: i32) -> Text {
    match (object.kind, to > from, to < from) {
        (Kind::Deployment, true, _) | (Kind::Deployment, _, true) => {
            text!["Deployment 控制器会把新的副本数分给", object, "的 ReplicaSet。"]
        }
        (Kind::StatefulSet, true, _) => text![object, "的控制器会创建缺少的 Pod，序号小的先来。"],
        (Kind::StatefulSet, _, true) => text![object, "的控制器会删除多余的 Pod，序号大的先走。"],
        (_, true, _) => text![object, "的控制器会创建缺少的 Pod。"],
        (_, _, true) => text![object, "的控制器会删除多余的 Pod，影响最小的先走。"],
        _ => text!["数量没有变，之后什么也不会发生。"],
    }
}

/// Which controllers an apply wakes.
fn follow_workload(words: &mut Words, objects: &[(ObjectRef, ApplyOutcome)]) {
    match changed_workloads(objects).as_slice() {
        [] => {}
        [set] if set.kind == Kind::DaemonSet => {
            words.next(text!["DaemonSet 控制器会为", *set, "逐个判断节点。"]);
        }
        [set] if set.kind == Kind::Deployment => {
            words.next(text!["Deployment 控制器会查找与", *set, "的模板对应的 ReplicaSet。"]);
        }
        [set] => {
            words.next(text![set.kind.as_str(), "控制器会比较", *set, "现有的 Pod 和期望的 Pod。"]);
        }
        sets => {
            words.next(text![list(sets.iter().copied()), "的控制器会比较实际状态和期望状态。"]);
        }
    }
}

fn delete(words: &mut Words, object: &ObjectRef, propagation: Propagation, at_once: bool) {
    match object.kind {
        Kind::Pod => {
            words.why(match at_once {
                true => text!["立即移除", object, "：它没有在节点上运行，或者你没有给它留时间。"],
                false => text![object, "标记为正在终止。容器要在宽限期内停止；kubelet 确认之前，对象一直存在。"],
            });
            words.next(text!["如果有控制器管理它，就会再创建一个；StatefulSet 会用同样的名称、同样的 PVC。"]);
        }
        Kind::PersistentVolumeClaim => {
            words.why(match at_once {
                true => text![object, "立即消失：没有 Pod 在使用它。"],
                false => text![object, "标记为正在终止。只要还有 Pod 在使用，就有 finalizer 保留它。"],
            });
            words.next(text!["数据是否一起删除，由它的卷的回收策略决定。"]);
        }
        Kind::StatefulSet | Kind::DaemonSet | Kind::Deployment | Kind::ReplicaSet => {
            words.why(match propagation {
                Propagation::Background => text![object, "立即消失，之后由垃圾收集删除它拥有的对象。"],
                Propagation::Foreground => text![object, "标记为正在终止，要等它拥有的对象全部消失后才会消失。"],
                Propagation::Orphan if object.kind == Kind::Deployment => {
                    text![object, "消失，它的 ReplicaSet 留下，继续管理自己的 Pod。"]
                }
                Propagation::Orphan => text![object, "消失，它的 Pod 留下，没有属主，继续运行。"],
            });
            if object.kind == Kind::StatefulSet && propagation != Propagation::Orphan {
                words.why(text!["Pod 不会按顺序停止。PVC 会留下，除非 `whenDeleted` 是 `Delete`。"]);
            }
        }
        Kind::Node
        | Kind::StorageClass
        | Kind::PriorityClass
        | Kind::PersistentVolume
        | Kind::Service
        | Kind::EndpointSlice
        | Kind::HorizontalPodAutoscaler
        | Kind::PodDisruptionBudget
        | Kind::ControllerRevision => {
            words.why(match at_once {
                true => text![object, "立即消失。"],
                false => text![object, "标记为正在终止，等没有东西保留它时就会消失。"],
            });
        }
    }
}

fn down(words: &mut Words, node: &ObjectRef, silent: bool, (last_heartbeat, judged_at): (Time, Time)) {
    if silent {
        words
            .why(text![node, "背后的机器关了机，或者断了网。集群还不知道：它只会发现心跳不再来。"])
            .evidence("最后一次心跳", text![moment(last_heartbeat)])
            .evidence("发现时间", text![moment(judged_at)])
            .next(text![
                "在",
                moment(judged_at),
                "之前，一切看起来照旧，Service 仍会给它的 Pod 发流量。之后",
                node,
                "算作失联。"
            ]);
    } else {
        words
            .why(text![node, "的 kubelet 还在上报，但说自己运行不了 Pod。修好之前，它既不启动也不停止任何 Pod。"])
            .next(text![node, "会打上污点 `node.kubernetes.io/not-ready`，先是 NoSchedule，再是 NoExecute。"]);
    }
}
