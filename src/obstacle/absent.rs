//! Why a pod does not exist.

use super::{Cause, Moment, Question, told};
use crate::api::{Kind, ObjectRef, Resource, StatefulSet};
use crate::controllers::stateful_set::{ordinal_of, pod_name};
use crate::reason::{Held, Reason, StatefulSetAct};
use std::rc::Rc;

/// Why there is no pod of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Its set wants fewer pods.
    NotWanted {
        /// The set.
        set: ObjectRef,
        /// Its lowest and its highest ordinal; none where it wants no pod.
        ordinals: Option<(i32, i32)>,
    },
    /// Its set is ordered, and a lower ordinal comes first.
    ComesAfter {
        /// The set.
        set: ObjectRef,
        /// The pod of the lower ordinal.
        pod: ObjectRef,
    },
    /// Its set is being deleted.
    SetGoes {
        /// The set.
        set: ObjectRef,
    },
    /// Its set has not looked yet since something changed.
    ComesNext {
        /// The set.
        set: ObjectRef,
    },
    /// No set makes a pod of that name.
    NobodyMakesIt,
}

/// Why there is no pod of a name, and whom to ask next.
pub(super) fn cause(moment: Moment<'_>, pod: &ObjectRef) -> Option<(Cause, Option<Question>)> {
    let Some((set, ordinal)) = set_of(moment, pod) else { return Some((Cause::Absent(Absence::NobodyMakesIt), None)) };
    let reference = set.reference();
    let absent = |absence| Some((Cause::Absent(absence), None));
    if set.metadata.is_terminating() {
        return absent(Absence::SetGoes { set: reference });
    }
    let start = set.spec.start_ordinal();
    let last = start.saturating_add(set.spec.replicas()).saturating_sub(1);
    if ordinal < start || ordinal > last {
        let ordinals = (set.spec.replicas() > 0).then_some((start, last));
        return absent(Absence::NotWanted { set: reference, ordinals });
    }
    let told = told::standing(moment.steps, &reference);
    if let Some((id, step)) = told
        && let Reason::StatefulSet(reason) = &step.reason
        && is_about(&reason.act, pod)
        && !told::is_over(moment, id)
    {
        return told::cause(moment, &reference);
    }
    if let Some(lower) = first_hindrance(moment, set, ordinal) {
        let leads_to = Question::Object(lower.clone());
        return Some((Cause::Absent(Absence::ComesAfter { set: reference, pod: lower }), Some(leads_to)));
    }
    absent(Absence::ComesNext { set: reference })
}

/// The set that makes pods of such a name, and the ordinal.
fn set_of<'a>(moment: Moment<'a>, pod: &'a ObjectRef) -> Option<(&'a Rc<StatefulSet>, i32)> {
    let sets = moment.cluster.stateful_sets.within(&pod.key.namespace);
    sets.filter_map(|set| Some((set, ordinal_of(&set.metadata.name, pod.name())?))).next()
}

/// Whether what a set waits for keeps it from making just this pod.
fn is_about(act: &StatefulSetAct, pod: &ObjectRef) -> bool {
    match act {
        StatefulSetAct::WaitForPod { held: Held::Creation(held), .. } => held == pod,
        StatefulSetAct::ClaimTerminating { pod: held, .. }
        | StatefulSetAct::ClaimStale { pod: held, .. }
        | StatefulSetAct::NameTaken { pod: held }
        | StatefulSetAct::PodRefused { pod: held, .. } => held == pod,
        _ => false,
    }
}

/// The lowest ordinal below one that an ordered set has to have available first
/// (`pkg/controller/statefulset/stateful_set_control.go: processReplica`).
fn first_hindrance(moment: Moment<'_>, set: &StatefulSet, ordinal: i32) -> Option<ObjectRef> {
    if !set.spec.is_ordered() {
        return None;
    }
    let min_ready = set.spec.min_ready_seconds.unwrap_or(0);
    let mut lower = (set.spec.start_ordinal()..ordinal)
        .map(|lower| ObjectRef::new(Kind::Pod, &set.metadata.namespace, &pod_name(&set.metadata.name, lower)));
    lower.find(|pod| {
        let pod = moment.cluster.pods.get(&pod.key);
        pod.is_none_or(|pod| pod.is_terminating() || !pod.is_available(min_ready, moment.now))
    })
}
