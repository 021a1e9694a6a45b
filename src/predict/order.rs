//! Which pod comes or goes first, and what the one is called that takes a place.

use super::record::{PodDeed, Record, ordinal, workload_of};
use super::{Answer, Place, Prediction, Question, WrongRule};
use crate::actor::Actor;
use crate::api::{Kind, ObjectRef, Pod, Resource as _};
use std::rc::Rc;

pub(super) fn questions(record: &Record<'_>) -> Vec<Prediction> {
    let mut all = vec![];
    let mut sets: Vec<ObjectRef> = record.before.stateful_sets.iter().map(|set| set.reference()).collect();
    sets.extend(record.after.stateful_sets.iter().map(|set| set.reference()));
    sets.sort();
    sets.dedup();
    for set in sets {
        all.extend(first_deleted(record, &set));
        all.extend(first_created(record, &set));
    }
    all.extend(replacements(record));
    all
}

fn by_set<'r>(record: &Record<'_>, deeds: &'r [PodDeed], set: &ObjectRef) -> Vec<&'r PodDeed> {
    let of = |deed: &&PodDeed| {
        let owner = workload_of(&deed.pod, &record.after).or_else(|| workload_of(&deed.pod, record.before));
        deed.actor == Actor::StatefulSetController && owner.as_ref() == Some(set)
    };
    deeds.iter().filter(of).collect()
}

fn by_ordinal(pods: &[&PodDeed]) -> Vec<ObjectRef> {
    let mut pods: Vec<ObjectRef> = pods.iter().map(|deed| deed.pod.reference()).collect();
    pods.sort_by_key(|pod| ordinal(pod.name()));
    pods.dedup();
    pods
}

/// The first pod, the number of those that came or went in the same step, and that step.
fn first(deeds: &[&PodDeed]) -> Option<(Answer, usize)> {
    let first = deeds.first()?;
    let together = deeds.iter().take_while(|deed| deed.step == first.step).count();
    let answer = if together > 1 { Answer::Together } else { Answer::Pod(first.pod.reference()) };
    Some((answer, first.step))
}

fn first_deleted(record: &Record<'_>, set: &ObjectRef) -> Option<Prediction> {
    let deeds = by_set(record, &record.deleted, set);
    let (right, step) = first(&deeds)?;
    // Pods of the set when the first one goes: those that were there before, and those that came since.
    let there = |deed: &&PodDeed| deed.step < step;
    let made = by_set(record, &record.created, set);
    let mut pods: Vec<ObjectRef> = made.into_iter().filter(there).map(|deed| deed.pod.reference()).collect();
    let of_set = |pod: &&Rc<Pod>| workload_of(pod, record.before).as_ref() == Some(set);
    pods.extend(record.before.pods.within(&set.key.namespace).filter(of_set).map(|pod| pod.reference()));
    pods.sort_by_key(|pod| ordinal(pod.name()));
    pods.dedup();
    let gone = by_ordinal(&deeds);
    let concerned = |pod: Option<&ObjectRef>, rule| pod.cloned().map(|pod| (Answer::Pod(pod), rule));
    let wrong = [
        concerned(pods.first(), WrongRule::AscendingOrder),
        Some((Answer::Together, WrongRule::AllAtOnce)),
        concerned(gone.last(), WrongRule::OneByOne).filter(|_| right == Answer::Together),
        concerned(gone.first(), WrongRule::AscendingOrder),
        concerned(pods.get(pods.len() / 2), WrongRule::NoOrder),
    ];
    let place = Place { ask_at: step, decided_by: step };
    Prediction::of(Question::FirstDeleted(set.clone()), right, wrong.into_iter().flatten().collect(), place)
}

fn first_created(record: &Record<'_>, set: &ObjectRef) -> Option<Prediction> {
    let deeds = by_set(record, &record.created, set);
    let (right, step) = first(&deeds)?;
    let made = by_ordinal(&deeds);
    let spec = &record.after.stateful_sets.get(&set.key)?.spec;
    let last = i64::from(spec.start_ordinal()) + i64::from(spec.replicas()) - 1;
    let named = |ordinal: i64| ObjectRef::new(Kind::Pod, &set.key.namespace, &format!("{}-{ordinal}", set.name()));
    let first = made.first().and_then(|pod| ordinal(pod.name()))?;
    // Pods that do not come because the first ones never become Ready would have come by the wrong rules.
    if last <= first {
        return None;
    }
    let wrong = vec![
        (Answer::Pod(named(last)), WrongRule::DescendingOrder),
        (Answer::Together, WrongRule::AllAtOnce),
        (Answer::Pod(named(first)), WrongRule::OneByOne),
        (Answer::Pod(named(i64::midpoint(first, last))), WrongRule::NoOrder),
    ];
    let place = Place { ask_at: step, decided_by: step };
    Prediction::of(Question::FirstCreated(set.clone()), right, wrong, place)
}

/// What takes the place of a pod that somebody deleted or drove away.
fn replacements(record: &Record<'_>) -> Vec<Prediction> {
    let mut all: Vec<Prediction> = vec![];
    let outside = [Actor::User, Actor::TaintEviction, Actor::PodGarbageCollector];
    for deed in record.deleted.iter().filter(|deed| outside.contains(&deed.actor)) {
        let Some(owner) = workload_of(&deed.pod, record.before) else { continue };
        let pod = deed.pod.reference();
        if all.iter().any(|known| known.question == Question::Replacement(pod.clone())) {
            continue;
        }
        let after = record.created.iter().filter(|made| made.step > deed.step);
        let mut successors = after.filter(|made| workload_of(&made.pod, &record.after).as_ref() == Some(&owner));
        let same = Answer::SameName(pod.clone());
        let question = Question::Replacement(pod.clone());
        let asked = match owner.kind {
            Kind::StatefulSet => successors.find(|made| made.pod.reference() == pod).and_then(|made| {
                let spec = &record.after.stateful_sets.get(&owner.key)?.spec;
                let next = i64::from(spec.start_ordinal()) + i64::from(spec.replicas());
                let next = ObjectRef::new(Kind::Pod, &owner.key.namespace, &format!("{}-{next}", owner.name()));
                let wrong =
                    vec![(Answer::NextName(next), WrongRule::NextOrdinal), (Answer::RandomName, WrongRule::RandomName)];
                let place = Place { ask_at: deed.step, decided_by: made.step };
                Prediction::of(question, same, wrong, place)
            }),
            _ => successors.next().filter(|made| made.pod.reference() != pod).and_then(|made| {
                let next = ObjectRef::new(Kind::Pod, &owner.key.namespace, &format!("{}-0", owner.name()));
                let wrong = vec![(same, WrongRule::SameName), (Answer::NextName(next), WrongRule::NextOrdinal)];
                let place = Place { ask_at: deed.step, decided_by: made.step };
                Prediction::of(question, Answer::RandomName, wrong, place)
            }),
        };
        all.extend(asked);
    }
    all
}
