//! In Simplified Chinese.

use crate::api::ObjectRef;
use crate::explain::{Text, code, text};
use crate::predict::{Answer, Blow, Deed, Question, WrongRule};

/// A question.
#[must_use]
pub fn question(question: &Question) -> Text {
    match question {
        Question::FirstDeleted(set) => text![named(set), " 最先删除哪个 Pod？"],
        Question::FirstCreated(set) => text![named(set), " 最先创建哪个 Pod？"],
        Question::WaitsFor { set, before } => match before {
            Deed::Create(pod) => text![named(set), " 在创建 ", pod, " 之前等待什么？"],
            Deed::ScaleDown(pod) => text![named(set), " 在删除 ", pod, " 之前等待什么？"],
            Deed::Update(pod) => text![named(set), " 在更新 ", pod, " 之前等待什么？"],
        },
        Question::PodsOnNode(node) => text!["这之后，", node, " 上有几个 Pod？"],
        Question::NodesWithPod(set) => text!["这之后，", named(set), " 在几个节点上有 Pod？"],
        Question::Updated(workload) => text!["这之后，", named(workload), " 有几个 Pod 运行新镜像？"],
        Question::ClaimsLeft(set) => text!["这之后，", named(set), " 还剩几个 PVC？"],
        Question::MostAtOnce(workload) => {
            text!["在这期间，", named(workload), " 最多同时有几个 Pod（正在终止的不算）？"]
        }
        Question::LeastReady(workload) => text!["在这期间，", named(workload), " 最少时有几个 Pod 就绪？"],
        Question::Replicas(workload) => text!["这之后，", named(workload), " 要求几个副本？"],
        Question::Replacement(pod) => text!["接替 ", pod, " 的 Pod 叫什么名字？"],
        Question::Fate { pod, after } => match after {
            Blow::NodeDown(node) => text!["节点 ", node, " 失联。", pod, " 会怎样？"],
            Blow::Crash => text![pod, " 的一个容器崩溃。这个 Pod 会怎样？"],
            Blow::ReadinessFails => text![pod, " 的就绪探针失败。这个 Pod 会怎样？"],
            Blow::LivenessFails => text![pod, " 的存活探针失败。这个 Pod 会怎样？"],
            Blow::StartupFails => text![pod, " 的启动探针失败。这个 Pod 会怎样？"],
        },
    }
}

/// An answer.
#[must_use]
pub fn answer(answer: &Answer) -> Text {
    match answer {
        Answer::Number(number) => text![*number],
        Answer::Pod(pod) => text![pod],
        Answer::Together => text!["几个 Pod 同时"],
        Answer::SameName(pod) => text!["还是 ", code(pod.name())],
        Answer::NextName(pod) => text![code(pod.name()), "，即下一个序号"],
        Answer::RandomName => text!["带随机字符的新名字"],
        Answer::Scheduled(pod) => text![pod, " 绑定到节点"],
        Answer::Running(pod) => text![pod, " 的容器运行起来"],
        Answer::Ready(pod) => text![pod, " 就绪"],
        Answer::Available(pod) => text![pod, " 就绪的时间达到 `minReadySeconds`"],
        Answer::Terminating(pod) => text![pod, " 开始删除"],
        Answer::Gone(pod) => text![pod, " 完全消失"],
        Answer::Nothing => text!["什么也不等"],
        Answer::Restarted => text!["容器在同一个 Pod 里重启"],
        Answer::Replaced => text!["另一个 Pod 接替它"],
        Answer::StaysTerminating => text!["它一直是 Terminating，没有别的 Pod 接替它"],
        Answer::Unready => text!["它留下来，但不再就绪"],
        Answer::Untouched => text!["没有变化，它保持原样"],
    }
}

/// What somebody believes who gives an answer by a wrong rule. A whole sentence.
#[must_use]
pub fn belief(rule: WrongRule) -> Text {
    match rule {
        WrongRule::AscendingOrder => text!["只有从最小序号开始，才会这样。"],
        WrongRule::DescendingOrder => text!["只有从最大序号开始，才会这样。"],
        WrongRule::NoOrder => text!["只有 Pod 之间没有顺序（像 Deployment 那样），才可能这样。"],
        WrongRule::AllAtOnce => text!["只有所有 Pod 同时处理，才会这样。"],
        WrongRule::OneByOne => text!["只有一个接一个地处理 Pod，才会这样。"],
        WrongRule::ScheduledIsEnough => text!["只有 Pod 分到节点就算数，才会这样。"],
        WrongRule::RunningIsEnough => text!["只有容器在运行就算数，才会这样。"],
        WrongRule::ReadyIsEnough => text!["只有 Pod 就绪一瞬间就算数，才会这样。"],
        WrongRule::DeletionIsEnough => text!["只有正在终止的 Pod 就当作已经消失，才会这样。"],
        WrongRule::NothingAwaited => text!["只有 Pod 之间互不等待，才会这样。"],
        WrongRule::NothingChanges => text!["只有一切保持原样，才会这样。"],
        WrongRule::EvenSpread => text!["只有 Pod 平均分布到所有节点，才会这样。"],
        WrongRule::EverythingLeaves => text!["只有节点上一个 Pod 都没有，才会这样。"],
        WrongRule::AllComeHere => text!["只有其他节点上的 Pod 都搬到这里，才会这样。"],
        WrongRule::EveryNode => text!["只有 DaemonSet 不看污点和标签、在每个节点上都运行，才会这样。"],
        WrongRule::OnlyUntainted => {
            text!["只有 DaemonSet 在所有没有污点的节点上运行、而且只在这些节点上运行，才会这样。"]
        }
        WrongRule::OnePod => text!["只有像 Deployment 那样，不写数量就是一个 Pod，才会这样。"],
        WrongRule::PartitionReversed => text!["只有更新的是分区以下的 Pod，而不是从分区开始的 Pod，才会这样。"],
        WrongRule::AllUpdated => text!["只有没有任何东西阻止更新，才会这样。"],
        WrongRule::NothingUpdated => text!["只有改变模板不影响已有的 Pod，才会这样。"],
        WrongRule::FirstOnly => text!["只有更新在第一个 Pod 之后自己停下，才会这样。"],
        WrongRule::ClaimsFollowPods => text!["只有 PVC 随它的 Pod 一起删除，才会这样。"],
        WrongRule::ClaimsFollowSet => text!["只有全部 PVC 都删除，才会这样。"],
        WrongRule::ClaimsStay => text!["只有 PVC 永远不会删除，才会这样。"],
        WrongRule::ClaimShared => text!["只有所有 Pod 共用一个 PVC，才会这样。"],
        WrongRule::DeploymentSurge => text!["只有像小的 Deployment 那样先多创建一个 Pod，才会这样。"],
        WrongRule::NoSurge => text!["只有从不在删除旧 Pod 之前创建新 Pod，才会这样。"],
        WrongRule::NewBeforeOld => text!["只有先创建所有新 Pod、再删除旧 Pod，才会这样。"],
        WrongRule::NeverFewer => text!["只有更新期间一个 Pod 也不缺，才会这样。"],
        WrongRule::OneMissing => text!["只有每次正好缺一个 Pod，才会这样。"],
        WrongRule::StraightToMaximum => text!["只有自动扩缩器直接跳到最大值，才会这样。"],
        WrongRule::StraightToMinimum => text!["只有自动扩缩器直接跳到最小值，才会这样。"],
        WrongRule::OneReplicaAtATime => text!["只有自动扩缩器每次只变一个副本，才会这样。"],
        WrongRule::NextOrdinal => text!["只有新 Pod 取下一个空闲序号，才会这样。"],
        WrongRule::RandomName => text!["只有名字是随机的（像 Deployment 那样），才会这样。"],
        WrongRule::SameName => text!["只有 Pod 有稳定的名字（像 StatefulSet 那样），才会这样。"],
        WrongRule::RestartsInPlace => text!["只有 kubelet 重启容器，才会这样。"],
        WrongRule::IsReplaced => text!["只有控制器换一个新的 Pod，才会这样。"],
        WrongRule::StaysTerminating => text!["只有 Pod 正在终止、又没有谁确认它已经停止，才会这样。"],
        WrongRule::OnlyTraffic => text!["只有 Ready 状况发生变化，才会这样。"],
        WrongRule::NothingHappens => text!["只有谁也不作反应，才会这样。"],
    }
}

fn named(object: &ObjectRef) -> Text {
    text![code(object.kind), " ", object]
}
