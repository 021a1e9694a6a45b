//! What must hold for every question about every run: one right answer, right by the run itself, and wrong ones that differ
//! from it, each by a rule that is named. Tried on random runs; what is right is counted here anew, from the cluster alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "invariants/story.rs"]
#[allow(dead_code, reason = "the story has parts that other tests use")]
mod story;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use setwise::actor::Actor;
use setwise::api::{Kind, Object, ObjectRef, Pod};
use setwise::cluster::{Change, Cluster};
use setwise::engine::Timeline;
use setwise::explain::explain;
use setwise::predict::words::{en, zh};
use setwise::predict::{Answer, Deed, Prediction, Question, Stretch, predictions, stretches};
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;
use story::{played, story};

/// Pods of a workload that are not being deleted, by the name of their controller.
fn pods_of<'a>(cluster: &'a Cluster, workload: &ObjectRef) -> Vec<&'a Rc<Pod>> {
    let of = |pod: &&Rc<Pod>| {
        pod.metadata.controller().is_some_and(|owner| match workload.kind {
            Kind::Deployment => owner.kind == "ReplicaSet" && owner.name.starts_with(&format!("{}-", workload.name())),
            kind => owner.kind == kind.as_str() && owner.name == workload.name(),
        })
    };
    cluster.pods.iter().filter(of).filter(|pod| !pod.is_terminating()).collect()
}

fn image_of(cluster: &Cluster, workload: &ObjectRef) -> Option<String> {
    let template = match cluster.get(workload)? {
        Object::StatefulSet(set) => Rc::clone(&set.spec.template),
        Object::DaemonSet(set) => Rc::clone(&set.spec.template),
        Object::Deployment(deployment) => Rc::clone(&deployment.spec.template),
        _ => return None,
    };
    template.spec.containers[0].image.clone()
}

fn number(count: usize) -> Answer {
    Answer::Number(i64::try_from(count).unwrap())
}

/// The counts of something after each step of a stretch, and before it.
fn counts(timeline: &mut Timeline, range: &Range<usize>, count: impl Fn(&Cluster) -> usize) -> Vec<usize> {
    (range.start..=range.end)
        .map(|position| {
            timeline.seek(position);
            count(timeline.cluster())
        })
        .collect()
}

/// Pods that a StatefulSet asked to go, or made, in the first step of a stretch in which it did so.
fn first(timeline: &Timeline, range: &Range<usize>, set: &ObjectRef, deleted: bool) -> Vec<String> {
    for step in &timeline.steps()[range.clone()] {
        if step.actor != Actor::StatefulSetController || step.reason.subject() != Some(set) {
            continue;
        }
        let names: Vec<String> = (step.changes.iter())
            .filter_map(|change| {
                let was = change.before.as_ref().and_then(Object::as_pod);
                let is = change.after.as_ref().and_then(Object::as_pod);
                match (was, is) {
                    (None, Some(pod)) if !deleted => Some(pod.metadata.name.clone()),
                    (Some(was), None) if deleted && !was.is_terminating() => Some(was.metadata.name.clone()),
                    (Some(was), Some(is)) if deleted && !was.is_terminating() && is.is_terminating() => {
                        Some(is.metadata.name.clone())
                    }
                    _ => None,
                }
            })
            .collect();
        if !names.is_empty() {
            return names;
        }
    }
    vec![]
}

fn one_or_together(names: &[String]) -> Answer {
    match names {
        [one] => Answer::Pod(ObjectRef::new(Kind::Pod, "default", one)),
        _ => Answer::Together,
    }
}

/// What the run says, counted from the cluster; none where this test does not know.
fn truth(timeline: &mut Timeline, range: &Range<usize>, question: &Question) -> Option<Answer> {
    timeline.seek(range.end);
    let end = timeline.cluster().clone();
    match question {
        Question::FirstDeleted(set) => Some(one_or_together(&first(timeline, range, set, true))),
        Question::FirstCreated(set) => Some(one_or_together(&first(timeline, range, set, false))),
        Question::PodsOnNode(node) => {
            Some(number(end.pods.iter().filter(|pod| pod.node() == Some(node.name())).count()))
        }
        Question::NodesWithPod(set) => {
            let nodes: BTreeSet<&str> = pods_of(&end, set).iter().filter_map(|pod| pod.node()).collect();
            Some(number(nodes.len()))
        }
        Question::Updated(workload) => {
            let image = image_of(&end, workload);
            Some(number(pods_of(&end, workload).iter().filter(|pod| pod.spec.containers[0].image == image).count()))
        }
        Question::ClaimsLeft(set) => {
            let prefix = format!("data-{}-", set.name());
            Some(number(end.claims.iter().filter(|claim| claim.metadata.name.starts_with(&prefix)).count()))
        }
        Question::MostAtOnce(workload) => {
            counts(timeline, range, |cluster| pods_of(cluster, workload).len()).into_iter().max().map(number)
        }
        Question::LeastReady(workload) => {
            let ready = |cluster: &Cluster| pods_of(cluster, workload).iter().filter(|pod| pod.is_ready()).count();
            counts(timeline, range, ready).into_iter().min().map(number)
        }
        Question::Replicas(workload) => match end.get(workload)? {
            Object::Deployment(deployment) => deployment.spec.replicas.map(|it| Answer::Number(it.into())),
            Object::StatefulSet(set) => set.spec.replicas.map(|it| Answer::Number(it.into())),
            _ => None,
        },
        Question::Replacement(pod) => {
            let made = timeline.steps()[range.clone()].iter().flat_map(|step| &step.changes).any(|change| {
                change.before.is_none() && change.after.as_ref().is_some_and(|object| object.reference() == *pod)
            });
            Some(if made { Answer::SameName(pod.clone()) } else { Answer::RandomName })
        }
        Question::WaitsFor { .. } | Question::Fate { .. } => None,
    }
}

/// What a StatefulSet does to the pod that it held back happens only when what it waits for is so.
fn check_wait(timeline: &mut Timeline, range: &Range<usize>, before: &Deed, right: &Answer) {
    let (Deed::Create(held) | Deed::ScaleDown(held) | Deed::Update(held)) = before;
    let touches = |change: &Change| match before {
        Deed::Create(_) => change.before.is_none(),
        _ => change.after.as_ref().is_none_or(|object| object.metadata().is_terminating()),
    };
    let done = timeline.steps()[range.clone()].iter().position(|step| {
        step.actor == Actor::StatefulSetController
            && step.changes.iter().any(|change| change.object().unwrap().reference() == *held && touches(change))
    });
    let Some(done) = done else { return };
    timeline.seek(range.start + done);
    let pod = |name: &ObjectRef| timeline.cluster().pods.get(&name.key).cloned();
    match right {
        Answer::Ready(name) => assert!(pod(name).is_none_or(|pod| pod.is_ready()), "{held}: {name} is not Ready"),
        Answer::Gone(name) => assert!(pod(name).is_none_or(|pod| !pod.is_terminating()), "{held}: {name} is there"),
        other => panic!("no set of the stories waits for {other:?}"),
    }
}

/// What became of a pod, by its identity.
fn check_fate(timeline: &mut Timeline, range: &Range<usize>, pod: &ObjectRef, right: &Answer) {
    timeline.seek(range.start);
    let before = timeline.cluster().pods.get(&pod.key).cloned().unwrap();
    timeline.seek(range.end);
    let after = timeline.cluster().pods.get(&pod.key).filter(|after| after.metadata.uid == before.metadata.uid);
    match right {
        Answer::Replaced => assert!(after.is_none_or(|after| after.is_terminating()), "{pod}"),
        Answer::Unready => assert!(after.is_some_and(|after| !after.is_ready()), "{pod}"),
        Answer::Untouched => assert!(after.is_some_and(|after| !after.is_terminating()), "{pod}"),
        Answer::StaysTerminating => assert!(after.is_some_and(|after| after.is_terminating()), "{pod}"),
        Answer::Restarted => assert!(after.is_some(), "{pod}"),
        other => panic!("{other:?} is no fate"),
    }
}

fn check(timeline: &mut Timeline, range: &Range<usize>, prediction: &Prediction) {
    let right: Vec<_> = prediction.options.iter().filter(|choice| choice.wrong_by.is_none()).collect();
    assert_eq!(right.len(), 1, "one right answer: {prediction:?}");
    assert!((3..=4).contains(&prediction.options.len()), "{prediction:?}");
    let keys: BTreeSet<String> = prediction.options.iter().map(|choice| choice.answer.key()).collect();
    assert_eq!(keys.len(), prediction.options.len(), "options differ: {prediction:?}");
    for words in [en::answer, zh::answer] {
        let told: BTreeSet<String> =
            prediction.options.iter().map(|choice| words(&choice.answer).to_string()).collect();
        assert_eq!(told.len(), prediction.options.len(), "options read differently: {prediction:?}");
    }
    assert!(range.contains(&prediction.decided_by), "{prediction:?} in {range:?}");
    assert!((range.start..range.end + 1).contains(&prediction.ask_at), "{prediction:?} in {range:?}");
    if let Some(truth) = truth(timeline, range, &prediction.question) {
        assert_eq!(right[0].answer, truth, "{prediction:?}");
    }
    match &prediction.question {
        Question::WaitsFor { before, .. } => check_wait(timeline, range, before, &right[0].answer),
        Question::Fate { pod, .. } => check_fate(timeline, range, pod, &right[0].answer),
        _ => {}
    }
    timeline.seek(prediction.decided_by + 1);
    let step = timeline.current().unwrap();
    assert!(!explain(step, timeline.cluster(), Default::default()).headline.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_question_has_one_right_answer_by_the_run_itself(story in story()) {
        let simulation = played(&story);
        let mut timeline = Timeline::new(simulation.steps().to_vec());
        for range in stretches(simulation.steps()) {
            timeline.seek(range.start);
            let before = timeline.cluster().clone();
            let stretch = Stretch { before: &before, steps: simulation.steps(), range: range.clone() };
            for prediction in predictions(&stretch) {
                check(&mut timeline, &range, &prediction);
            }
        }
    }
}

#[test]
fn stretches_cover_a_run_from_the_first_command_to_its_end() {
    let runner = &mut proptest::test_runner::TestRunner::deterministic();
    let story = story().new_tree(runner).unwrap().current();
    let simulation = played(&story);
    let all = stretches(simulation.steps());
    assert!(!all.is_empty());
    assert!(all.windows(2).all(|pair| pair[0].end == pair[1].start));
    assert_eq!(all.last().unwrap().end, simulation.steps().len());
    assert!(all.iter().all(|range| simulation.steps()[range.start].actor == Actor::User));
}

#[test]
fn random_runs_bring_about_every_question_that_they_can() {
    let runner = &mut proptest::test_runner::TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    for _ in 0..60 {
        let story = story().new_tree(runner).unwrap().current();
        let simulation = played(&story);
        let mut timeline = Timeline::new(simulation.steps().to_vec());
        for range in stretches(simulation.steps()) {
            timeline.seek(range.start);
            let stretch = Stretch { before: timeline.cluster(), steps: simulation.steps(), range };
            seen.extend(predictions(&stretch).iter().map(|prediction| prediction.question.key()));
        }
    }
    let all = [
        "claims-left",
        "fate",
        "first-created",
        "first-deleted",
        "least-ready",
        "most-at-once",
        "nodes-with-pod",
        "pods-on-node",
        "replacement",
        "replicas",
        "updated",
        "waits-for",
    ];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), all);
}
