//! In English.

use crate::api::ObjectRef;
use crate::explain::{Text, code, text};
use crate::predict::{Answer, Blow, Deed, Question, WrongRule};

/// A question.
#[must_use]
pub fn question(question: &Question) -> Text {
    match question {
        Question::FirstDeleted(set) => text!["Which pod of ", named(set), " is deleted first?"],
        Question::FirstCreated(set) => text!["Which pod of ", named(set), " is created first?"],
        Question::WaitsFor { set, before } => match before {
            Deed::Create(pod) => text!["What does ", named(set), " wait for before it creates ", pod, "?"],
            Deed::ScaleDown(pod) => text!["What does ", named(set), " wait for before it deletes ", pod, "?"],
            Deed::Update(pod) => text!["What does ", named(set), " wait for before it updates ", pod, "?"],
        },
        Question::PodsOnNode(node) => text!["How many pods are on ", node, " after this?"],
        Question::NodesWithPod(set) => text!["On how many nodes does ", named(set), " have a pod after this?"],
        Question::Updated(workload) => text!["How many pods of ", named(workload), " run the new image after this?"],
        Question::ClaimsLeft(set) => text!["How many claims of ", named(set), " are left after this?"],
        Question::MostAtOnce(workload) => {
            text!["How many pods does ", named(workload), " have at most during this, without those being deleted?"]
        }
        Question::LeastReady(workload) => {
            text!["How many pods of ", named(workload), " are Ready at the lowest point of this?"]
        }
        Question::Replicas(workload) => text!["How many replicas does ", named(workload), " ask for after this?"],
        Question::Replacement(pod) => text!["What is the pod called that takes the place of ", pod, "?"],
        Question::Fate { pod, after } => match after {
            Blow::NodeDown(node) => text!["The node ", node, " falls silent. What becomes of ", pod, "?"],
            Blow::Crash => text!["A container of ", pod, " crashes. What becomes of the pod?"],
            Blow::ReadinessFails => text!["The readiness probe of ", pod, " fails. What becomes of the pod?"],
            Blow::LivenessFails => text!["The liveness probe of ", pod, " fails. What becomes of the pod?"],
            Blow::StartupFails => text!["The startup probe of ", pod, " fails. What becomes of the pod?"],
        },
    }
}

/// An answer.
#[must_use]
pub fn answer(answer: &Answer) -> Text {
    match answer {
        Answer::Number(number) => text![*number],
        Answer::Pod(pod) => text![pod],
        Answer::Together => text!["several at the same moment"],
        Answer::SameName(pod) => text!["again ", code(pod.name())],
        Answer::NextName(pod) => text![code(pod.name()), ", the next number"],
        Answer::RandomName => text!["a new name with random letters"],
        Answer::Scheduled(pod) => text![pod, " has to be bound to a node"],
        Answer::Running(pod) => text!["the containers of ", pod, " have to run"],
        Answer::Ready(pod) => text![pod, " has to be Ready"],
        Answer::Available(pod) => text![pod, " has to have been Ready for `minReadySeconds`"],
        Answer::Terminating(pod) => text!["the deletion of ", pod, " has to have begun"],
        Answer::Gone(pod) => text![pod, " has to be gone"],
        Answer::Nothing => text!["nothing"],
        Answer::Restarted => text!["its containers are started again in the same pod"],
        Answer::Replaced => text!["another pod takes its place"],
        Answer::StaysTerminating => text!["it stays Terminating, and no other pod takes its place"],
        Answer::Unready => text!["it stays, but is not Ready"],
        Answer::Untouched => text!["nothing: it stays as it is"],
    }
}

/// What somebody believes who gives an answer by a wrong rule. A whole sentence.
#[must_use]
pub fn belief(rule: WrongRule) -> Text {
    match rule {
        WrongRule::AscendingOrder => text!["This would be so if the lowest ordinal came first."],
        WrongRule::DescendingOrder => text!["This would be so if the highest ordinal came first."],
        WrongRule::NoOrder => text!["This could be so if the pods had no order, like those of a Deployment."],
        WrongRule::AllAtOnce => text!["This would be so if all of them were handled at the same moment."],
        WrongRule::OneByOne => text!["This would be so if one pod came after the other."],
        WrongRule::ScheduledIsEnough => text!["This would be so if a pod that has a node were enough."],
        WrongRule::RunningIsEnough => text!["This would be so if running containers were enough."],
        WrongRule::ReadyIsEnough => text!["This would be so if a pod had to be Ready only for a moment."],
        WrongRule::DeletionIsEnough => text!["This would be so if a pod that is being deleted counted as gone."],
        WrongRule::NothingAwaited => text!["This would be so if the pods did not wait for each other."],
        WrongRule::NothingChanges => text!["This would be so if everything stayed as it was."],
        WrongRule::EvenSpread => text!["This would be so if pods were spread evenly over all nodes."],
        WrongRule::EverythingLeaves => text!["This would be so if the node had no pod at all."],
        WrongRule::AllComeHere => text!["This would be so if pods moved here from the other nodes."],
        WrongRule::EveryNode => {
            text!["This would be so if a DaemonSet ran on every node, whatever its taints and labels."]
        }
        WrongRule::OnlyUntainted => {
            text!["This would be so if a DaemonSet ran on every node without taints and on no other."]
        }
        WrongRule::OnePod => text!["This would be so if, as in a Deployment, no number meant one pod."],
        WrongRule::PartitionReversed => {
            text!["This would be so if the pods below the partition were updated, not those from it on."]
        }
        WrongRule::AllUpdated => text!["This would be so if nothing held the update back."],
        WrongRule::NothingUpdated => text!["This would be so if a changed template touched no existing pod."],
        WrongRule::FirstOnly => text!["This would be so if the update stopped by itself after the first pod."],
        WrongRule::ClaimsFollowPods => text!["This would be so if a claim were deleted with its pod."],
        WrongRule::ClaimsFollowSet => text!["This would be so if all claims were deleted."],
        WrongRule::ClaimsStay => text!["This would be so if no claim were ever deleted."],
        WrongRule::ClaimShared => text!["This would be so if all pods shared one claim."],
        WrongRule::DeploymentSurge => {
            text!["This would be so if one extra pod were made first, as a small Deployment does."]
        }
        WrongRule::NoSurge => text!["This would be so if no pod were ever made before an old one is deleted."],
        WrongRule::NewBeforeOld => text!["This would be so if all new pods were made before any old one goes."],
        WrongRule::NeverFewer => text!["This would be so if no pod were ever missing during an update."],
        WrongRule::OneMissing => text!["This would be so if exactly one pod were missing at a time."],
        WrongRule::StraightToMaximum => text!["This would be so if the autoscaler went straight to its maximum."],
        WrongRule::StraightToMinimum => text!["This would be so if the autoscaler went straight to its minimum."],
        WrongRule::OneReplicaAtATime => text!["This would be so if the autoscaler changed the number by one."],
        WrongRule::NextOrdinal => text!["This would be so if a new pod got the next free number."],
        WrongRule::RandomName => text!["This would be so if the name were random, as in a Deployment."],
        WrongRule::SameName => text!["This would be so if the pod had a stable name, as in a StatefulSet."],
        WrongRule::RestartsInPlace => text!["This would be so if the kubelet started the containers again."],
        WrongRule::IsReplaced => text!["This would be so if the controller replaced the pod."],
        WrongRule::StaysTerminating => {
            text!["This would be so if the pod were deleted and nobody confirmed that it has stopped."]
        }
        WrongRule::OnlyTraffic => text!["This would be so if only the Ready condition changed."],
        WrongRule::NothingHappens => text!["This would be so if nobody reacted."],
    }
}

fn named(object: &ObjectRef) -> Text {
    text![code(object.kind), " ", object]
}
