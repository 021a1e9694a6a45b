//! What stands in the way of an object, and what would change it.

use super::daemon_set::refused;
use super::words::{list, moment, seconds};
use crate::api::{Kind, ObjectRef, PodPhase};
use crate::explain::scope::node;
use crate::explain::{Text, code, text, verbatim};
use crate::obstacle::{Absence, Cause, Link, NodeLack, PodLack, Question, Remedy};

/// One cause as a sentence. What an actor told in a step is not said here but by the step's headline.
pub(super) fn cause(link: &Link) -> Option<Text> {
    let about = match &link.about {
        Question::Object(object) => object,
        Question::DaemonPod { set, .. } => set,
    };
    Some(match (&link.cause, &link.about) {
        (Cause::Told(_), _) => return None,
        (Cause::AboutToLook(_), _) => text![about, "等的东西已经有了。它的控制器马上会再看一次。"],
        (Cause::Absent(absence), _) => absent(about, absence),
        (Cause::Pod(lack), Question::Object(pod)) => of_pod(text![pod], lack),
        (Cause::Pod(lack), Question::DaemonPod { set, node: name }) => {
            of_pod(text![set, "在", node(name), "上的 Pod"], lack)
        }
        (Cause::Node(lack), _) => of_node(about, lack),
        (Cause::NodeRefused { refusal, keeps }, Question::DaemonPod { set, node: name }) => {
            let runs = if *keeps { "上启动 Pod：" } else { "上运行 Pod：" };
            text![set, "不在", node(name), runs, refused(refusal), "。"]
        }
        (Cause::NodeRefused { refusal, .. }, Question::Object(set)) => {
            text![set, "不在那里运行 Pod：", refused(refusal), "。"]
        }
        (Cause::Finalizers(finalizers), _) => kept_by(text![about], finalizers),
        (Cause::BudgetExhausted { healthy, desired }, _) => {
            text![about, "不允许驱逐：它的 Pod 中有", *healthy, "个健康，而任何时候都至少要有", *desired, "个。"]
        }
        (Cause::Unavailable { available, wanted }, _) => {
            text![about, "需要", *wanted, "个 Pod，其中", *available, "个可用。"]
        }
        (Cause::NoReadyEndpoint, _) => text![about, "没有地方可以转发流量：它选中的 Pod 没有一个就绪。"],
        (Cause::Missing, _) => text![about.kind.as_str(), about, "不存在。"],
    })
}

fn absent(pod: &ObjectRef, absence: &Absence) -> Text {
    match absence {
        Absence::NotWanted { set, ordinals: None } => {
            text!["不需要", pod, "：", set, "的 `spec.replicas` 是 0。"]
        }
        Absence::NotWanted { set, ordinals: Some((first, last)) } => {
            text!["不需要", pod, "：", set, "的 Pod 序号是", *first, "到", *last, "。"]
        }
        Absence::ComesAfter { pod: lower, .. } => {
            text![pod, "还没有创建：有序的 StatefulSet 一次只创建一个 Pod，序号小的先来，而", lower, "还不可用。"]
        }
        Absence::SetGoes { set } => text!["不会再创建", pod, "：", set, "正在删除。"],
        Absence::ComesNext { set } => text![set, "接下来就会创建", pod, "。"],
        Absence::NobodyMakesIt => text!["没有名为", pod, "的 Pod，也没有控制器会创建这个名称的 Pod。"],
    }
}

fn of_pod(pod: Text, lack: &PodLack) -> Text {
    match lack {
        PodLack::SchedulerToCome => text![pod, "还没有节点：调度器还没处理它。"],
        PodLack::NodeSilent { node: name } => text![
            pod,
            "要靠",
            node(name),
            "的 kubelet，而它没有任何消息：没有人启动容器、检查容器，也没有人确认容器已经停止。"
        ],
        PodLack::Stopping { until } => {
            text![pod, "正在停止。最晚可以拖到", moment(*until), "，之后强行杀掉。"]
        }
        PodLack::Finalizers(finalizers) => kept_by(pod, finalizers),
        PodLack::Image { container, image, reason } => {
            text![pod, "的容器", code(container), "没有启动：拉取不到镜像", code(image), "（", code(reason), "）。"]
        }
        PodLack::Crash { container, exit_code, restarts } => text![
            pod,
            "的容器",
            code(container),
            "反复退出",
            exit_code.map(|exit_code| text!["，退出码", exit_code]),
            match restarts {
                0 => text!["。"],
                restarts => text!["，已重启", *restarts, "次。"],
            },
            "每次重启都要比上一次等得更久（`CrashLoopBackOff`）。"
        ],
        PodLack::CannotStart { container, reason } => {
            text![pod, "的容器", code(container), "无法启动：", code(reason), "。"]
        }
        PodLack::Initializing { container, number, total } => text![
            pod,
            "正在运行 Init 容器",
            code(container),
            "，第",
            *number,
            "个，共",
            *total,
            "个。Init 容器逐个运行，全部完成后才启动 Pod 的主容器。"
        ],
        PodLack::Starting => text![pod, "正在启动：kubelet 挂载卷、拉取镜像、启动容器。"],
        PodLack::StartupProbe { container } => {
            text![pod, "里容器", code(container), "的启动探针还没有成功。在那之前，别的探针不运行，Pod 也不会就绪。"]
        }
        PodLack::ReadinessProbe { container, failed: true } => {
            text![pod, "在运行但没有就绪：容器", code(container), "的就绪探针失败。它不会因此重启，只是收不到流量。"]
        }
        PodLack::ReadinessProbe { container, failed: false } => {
            text![pod, "在运行但还没有就绪：容器", code(container), "的就绪探针至今没有成功过。"]
        }
        PodLack::NotReady => text![pod, "在运行，但它的 `Ready` 状况不是 `True`。"],
        PodLack::Gates(gates) => {
            text![pod, "的容器都就绪了，但就绪门控还没有全部打开：", list(gates.iter().map(code)), "。"]
        }
        PodLack::NotAvailable { until, seconds: min_ready } => text![
            pod,
            "已就绪，但要连续就绪",
            seconds(*min_ready),
            "（`minReadySeconds`）才算可用，也就是到",
            moment(*until),
            "。"
        ],
        PodLack::Ended { phase, reason, .. } => text![
            pod,
            if *phase == PodPhase::Succeeded { "已经成功结束" } else { "已经失败" },
            reason.as_ref().map(|reason| text!["（", code(reason), "）"]),
            "，不会再运行。"
        ],
        PodLack::OldUntilDeleted { set } => {
            text![pod, "运行正常，用的是", set, "的旧模板。更新策略是 `OnDelete`，所以在有人删除它之前都不变。"]
        }
        PodLack::OldByPartition { set, partition } => {
            text![pod, "运行正常，用的是", set, "的旧模板。它的序号小于分区值", *partition, "，所以不更新。"]
        }
        PodLack::OldUntilItsTurn { set } => {
            text![pod, "运行正常，用的是", set, "的旧模板。Pod 逐个更新，序号大的先来，还没轮到它。"]
        }
    }
}

fn kept_by(object: Text, finalizers: &[String]) -> Text {
    text![
        object,
        "正在删除。设置 finalizer 的一方把它们去掉之前，对象一直存在：",
        list(finalizers.iter().map(code)),
        "。"
    ]
}

fn of_node(node: &ObjectRef, lack: &NodeLack) -> Text {
    match lack {
        NodeLack::Missing => text!["没有节点", node, "。"],
        NodeLack::Silent { since } => text![
            node,
            "的 kubelet 没有心跳",
            since.map(|since| text!["；从", moment(since), "起，节点算作失联"]),
            "。上面的 Pod 是否还在运行，没有人知道。"
        ],
        NodeLack::NotReady { message } => text![
            "据 kubelet 上报，",
            node,
            "没有就绪",
            message.as_ref().map(|message| text!["：", verbatim(message)]),
            "。"
        ],
        NodeLack::Cordoned => text![node, "不可调度：正在运行的 Pod 会留下，新 Pod 不会放上去。"],
        NodeLack::Pressure { condition } => text![node, "资源紧张：", code(condition), "为 `True`。"],
    }
}

/// What would change something.
pub(super) fn remedy(remedy: &Remedy) -> Text {
    match remedy {
        Remedy::Wait { until: None } => text!["什么都不用做：它会自己继续。"],
        Remedy::Wait { until: Some(until) } => text!["什么都不用做：最晚到", moment(*until), "，它会自己继续。"],
        Remedy::SetImage { workload, .. } => text!["给", workload, "换一个能拉取、也能运行的镜像。"],
        Remedy::UndoRollout { workload } => text!["让", workload, "回到之前的模板。"],
        Remedy::DeletePod { pod, stuck: true } => {
            text!["然后删除", pod, "。有序的 StatefulSet 会一直等坏掉的 Pod 就绪；即使模板已经改好，也不会替换它。"]
        }
        Remedy::DeletePod { pod, stuck: false } => text!["删除", pod, "。"],
        Remedy::AnswerProbe { pod, container } => {
            text![pod, "的容器", code(container), "要能通过就绪探针。看看探针检查什么，再看看容器在做什么。"]
        }
        Remedy::OpenGates(gates) => {
            text!["由负责", list(gates.iter().map(code)), "的一方把这个状况设为 `True`。"]
        }
        Remedy::MakeRoom => text!["加一个有空余资源的节点，或者在某个节点上腾出资源，或者减少资源请求。"],
        Remedy::Tolerate { taint, .. } => text!["在 Pod 模板里加上对", code(taint), "的容忍度，或者去掉这个污点。"],
        Remedy::Label { key, value, .. } => {
            text!["给一个节点打上标签", code(format!("{key}={value}")), "，或者改用某个节点已有的标签。"]
        }
        Remedy::SatisfyFilter { text: words } => {
            text!["修改 Pod 或节点，让这一条不再成立：", verbatim(words), "。"]
        }
        Remedy::RemoveGates { pod } => text!["去掉", pod, "的调度门控。"],
        Remedy::Create(object) => text!["创建", object.kind.as_str(), object, "。"],
        Remedy::AddVolume { claim } => {
            text!["加一个适合", claim, "的卷，或者指定一个能制备卷的 StorageClass。"]
        }
        Remedy::UseClaim { claim } => {
            text!["创建一个使用", claim, "的 Pod。它的 StorageClass 要等到有 Pod 使用，才在 Pod 运行的地方创建卷。"]
        }
        Remedy::StopUsing { object, user } => match user.kind {
            Kind::Pod => text![user, "在使用", object, "。这个 Pod 一消失，阻碍也就没有了。"],
            _ => text![user, "在使用", object, "。要先删除它。"],
        },
        Remedy::LowerPartition { set } => text!["调低", set, "的分区值，更新更多 Pod。"],
        Remedy::Resume { deployment } => text!["恢复", deployment, "的发布。"],
        Remedy::ScaleUp { .. } => text!["增加副本数。"],
        Remedy::BringBack { node: name } => text!["让", node(name), "恢复。"],
        Remedy::OutOfService { node: name } => text![
            "如果确定机器已经关机，就声明",
            node(name),
            "停止服务。这样不用它确认，就能移除上面的 Pod，并卸下它们的卷。"
        ],
        Remedy::Uncordon { node: name } => text!["让", node(name), "恢复调度。"],
        Remedy::RelievePressure { node: name } => text!["让", node(name), "上的 Pod 少用一些，或者挪走几个。"],
        Remedy::RemoveFinalizers(finalizers) => text![
            "由设置",
            list(finalizers.iter().map(code)),
            "的一方做完它的事，再把它去掉。手动去掉，就跳过了它本来要做的事。"
        ],
        Remedy::ChangeLimit { autoscaler, most: true } => text!["调高", autoscaler, "的 `spec.maxReplicas`。"],
        Remedy::ChangeLimit { autoscaler, most: false } => text!["调低", autoscaler, "的 `spec.minReplicas`。"],
        Remedy::MakeMeasurable => {
            text!["使用率是用量占资源请求的比例：容器要有 `resources.requests`，还要有测到的用量。"]
        }
        Remedy::RelaxBudget { budget } => text!["让", budget, "少要求一些，或者运行比它要求的更多的 Pod。"],
        Remedy::Agree { object } => text!["让", object, "的选择器和目标 Pod 的标签一致。"],
    }
}
