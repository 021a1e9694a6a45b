//! What a StatefulSet waits for before it goes on.

use super::record::Record;
use super::{Answer, Deed, Place, Prediction, Question, WrongRule, acts};
use crate::api::ObjectRef;
use crate::engine::StepId;
use crate::reason::{Held, Lack, Reason, StatefulSetAct};

pub(super) fn questions(record: &Record<'_>) -> Vec<Prediction> {
    let mut all: Vec<Prediction> = vec![];
    for (id, step) in record.steps() {
        let Reason::StatefulSet(reason) = &step.reason else { continue };
        let StatefulSetAct::WaitForPod { pod, held, .. } = &reason.act else { continue };
        let before = match held {
            Held::Creation(pod) => Deed::Create(pod.clone()),
            Held::ScaleDown(pod) => Deed::ScaleDown(pod.clone()),
            Held::Update(pod) => Deed::Update(pod.clone()),
            Held::Completion => continue,
        };
        let question = Question::WaitsFor { set: reason.set.clone(), before };
        if all.iter().any(|known| known.question == question) {
            continue;
        }
        let last = last_lack(record, id, &reason.set, pod);
        let (right, wrong) = options(pod, &last);
        all.extend(Prediction::of(question, right, wrong, Place { ask_at: id, decided_by: id }));
    }
    all
}

/// What the pod lacked last before the set went on or the stretch was over: the wait is over only with that.
fn last_lack(record: &Record<'_>, from: StepId, set: &ObjectRef, pod: &ObjectRef) -> Lack {
    let mut last = Lack::Unscheduled;
    for (_, step) in record.steps().filter(|(id, _)| *id >= from) {
        let Reason::StatefulSet(reason) = &step.reason else { continue };
        if reason.set != *set {
            continue;
        }
        match &reason.act {
            StatefulSetAct::WaitForPod { pod: other, lack, .. } if other == pod => last = lack.clone(),
            act if acts(act) => break,
            StatefulSetAct::WaitForPod { .. } => break,
            _ => {}
        }
    }
    last
}

fn options(pod: &ObjectRef, lack: &Lack) -> (Answer, Vec<(Answer, WrongRule)>) {
    let pod = || pod.clone();
    match lack {
        Lack::Unscheduled | Lack::NotRunning { .. } | Lack::NotReady { .. } => (
            Answer::Ready(pod()),
            vec![
                (Answer::Running(pod()), WrongRule::RunningIsEnough),
                (Answer::Scheduled(pod()), WrongRule::ScheduledIsEnough),
                (Answer::Nothing, WrongRule::NothingAwaited),
            ],
        ),
        Lack::NotAvailable { .. } => (
            Answer::Available(pod()),
            vec![
                (Answer::Ready(pod()), WrongRule::ReadyIsEnough),
                (Answer::Running(pod()), WrongRule::RunningIsEnough),
                (Answer::Nothing, WrongRule::NothingAwaited),
            ],
        ),
        Lack::Terminating => (
            Answer::Gone(pod()),
            vec![
                (Answer::Terminating(pod()), WrongRule::DeletionIsEnough),
                (Answer::Nothing, WrongRule::NothingAwaited),
            ],
        ),
    }
}
