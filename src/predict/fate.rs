//! What becomes of a pod that something happens to.

use super::record::{Record, workload_of};
use super::{Answer, Blow, Place, Prediction, Question, WrongRule};
use crate::api::{ObjectRef, Pod, ProbeKind, Resource as _};
use crate::engine::StepId;
use crate::reason::{ProcessChange, Reason, UserReason};
use std::rc::Rc;

/// What one may expect to become of a pod, each with the rule by which it would be so.
const FATES: [(Answer, WrongRule); 5] = [
    (Answer::Replaced, WrongRule::IsReplaced),
    (Answer::Restarted, WrongRule::RestartsInPlace),
    (Answer::StaysTerminating, WrongRule::StaysTerminating),
    (Answer::Unready, WrongRule::OnlyTraffic),
    (Answer::Untouched, WrongRule::NothingHappens),
];

pub(super) fn questions(record: &Record<'_>) -> Vec<Prediction> {
    let mut all: Vec<Prediction> = vec![];
    for (id, step) in record.steps() {
        let Reason::User(reason) = &step.reason else { continue };
        for (pod, after) in blows(record, reason) {
            let question = Question::Fate { pod: pod.reference(), after };
            if all.iter().any(|known| known.question == question) {
                continue;
            }
            let Some((right, decided_by)) = fate(record, id, &pod) else { continue };
            let Question::Fate { after, .. } = &question else { continue };
            // A process that fails leaves no pod Terminating; a silent node restarts none.
            let odd = match after {
                Blow::NodeDown(_) => Answer::Restarted,
                _ => Answer::StaysTerminating,
            };
            let wrong = FATES.into_iter().filter(|(answer, _)| *answer != odd).collect();
            all.extend(Prediction::of(question, right, wrong, Place { ask_at: id + 1, decided_by }));
        }
    }
    all
}

/// The pods that something happens to, and what.
fn blows(record: &Record<'_>, reason: &UserReason) -> Vec<(Rc<Pod>, Blow)> {
    match reason {
        UserReason::NodeDown { node, .. } => {
            let pods = record.before.pods_on(node.name()).filter(|pod| workload_of(pod, record.before).is_some());
            pods.map(|pod| (Rc::clone(pod), Blow::NodeDown(node.clone()))).collect()
        }
        UserReason::Process { pod, change, .. } => {
            let blow = match change {
                ProcessChange::Crash => Blow::Crash,
                ProcessChange::Fails(kind) | ProcessChange::Hangs(kind) => match kind {
                    ProbeKind::Readiness => Blow::ReadinessFails,
                    ProbeKind::Liveness => Blow::LivenessFails,
                    ProbeKind::Startup => Blow::StartupFails,
                },
                ProcessChange::Succeeds(_) | ProcessChange::IgnoresSigterm(_) => return vec![],
            };
            on(record, pod, blow)
        }
        UserReason::HoldReadiness { pod, ready: false } => on(record, pod, Blow::ReadinessFails),
        _ => vec![],
    }
}

fn on(record: &Record<'_>, pod: &ObjectRef, blow: Blow) -> Vec<(Rc<Pod>, Blow)> {
    let found = record.before.pods.get(&pod.key).filter(|pod| workload_of(pod, record.before).is_some());
    found.map(|pod| (Rc::clone(pod), blow)).into_iter().collect()
}

/// What became of a pod in the stretch, and the step by which it was so.
fn fate(record: &Record<'_>, blow: StepId, pod: &Rc<Pod>) -> Option<(Answer, StepId)> {
    let name = pod.reference();
    let changed = |seen: &dyn Fn(Option<&Rc<Pod>>) -> bool| {
        record.steps().filter(|(id, _)| *id > blow).find_map(|(id, step)| {
            let of_pod = |change: &&crate::cluster::Change| {
                change
                    .object()
                    .is_some_and(|object| object.reference() == name && object.metadata().uid == pod.metadata.uid)
            };
            let mut changes = step.changes.iter().filter(of_pod);
            changes.any(|change| seen(change.after.as_ref().and_then(crate::api::Object::as_pod))).then_some(id)
        })
    };
    let is = record.after.pods.get(&name.key).filter(|found| found.metadata.uid == pod.metadata.uid);
    match is {
        None => {
            let owner = workload_of(pod, record.before)?;
            let mut made = record.created.iter().filter(|made| made.step > blow);
            made.find(|made| workload_of(&made.pod, &record.after).as_ref() == Some(&owner))
                .map(|made| (Answer::Replaced, made.step))
        }
        Some(found) if found.is_terminating() => {
            // Where the workload has made another one already, the pod is replaced all the same.
            let owner = workload_of(pod, record.before)?;
            let mut made = record.created.iter().filter(|made| made.step > blow);
            let other = made.find(|made| workload_of(&made.pod, &record.after).as_ref() == Some(&owner));
            match other {
                Some(made) => Some((Answer::Replaced, made.step)),
                None => Some((Answer::StaysTerminating, changed(&|pod| pod.is_some_and(|pod| pod.is_terminating()))?)),
            }
        }
        Some(found) if restarts(found) > restarts(pod) => {
            let step = changed(&|after| after.is_some_and(|after| restarts(after) > restarts(pod)))?;
            Some((Answer::Restarted, step))
        }
        Some(found) if !found.is_ready() && pod.is_ready() => {
            Some((Answer::Unready, changed(&|pod| pod.is_some_and(|pod| !pod.is_ready()))?))
        }
        Some(_) => Some((Answer::Untouched, blow)),
    }
}

fn restarts(pod: &Pod) -> i32 {
    pod.status.container_statuses.iter().map(|status| status.restart_count).sum()
}
