//! How many there are at the end, at most, at least.

use super::record::{Record, has_images_of, pods_of, wanted, workload_of, workloads};
use super::{Answer, Place, Prediction, Question, WrongRule};
use crate::actor::Actor;
use crate::api::{Kind, Node, Object, ObjectRef, Resource as _};
use crate::cluster::Cluster;
use crate::engine::Step;
use crate::reason::{AutoscalerAct, Reason, UserReason};
use std::rc::Rc;

pub(super) fn questions(record: &Record<'_>) -> Vec<Prediction> {
    let mut all = pods_on_nodes(record);
    for workload in workloads(&record.after) {
        all.extend(updates(record, &workload));
        match workload.kind {
            Kind::DaemonSet => all.extend(nodes_with_pod(record, &workload)),
            _ => all.extend(replicas(record, &workload)),
        }
    }
    let mut sets: Vec<ObjectRef> = record.before.stateful_sets.iter().map(|set| set.reference()).collect();
    sets.sort();
    all.extend(sets.iter().filter_map(|set| claims(record, set)));
    all
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn ask(question: Question, right: i64, wrong: Vec<(i64, WrongRule)>, place: Place) -> Option<Prediction> {
    let wrong = wrong.into_iter().filter(|(number, _)| *number >= 0);
    let wrong = wrong.map(|(number, rule)| (Answer::Number(number), rule)).collect();
    Prediction::of(question, Answer::Number(right), wrong, place)
}

fn pods_on(cluster: &Cluster, node: &str) -> i64 {
    number(cluster.pods_on(node).count())
}

fn pods_on_nodes(record: &Record<'_>) -> Vec<Prediction> {
    let all = number(record.after.pods.len());
    let nodes = number(record.after.nodes.len()).max(1);
    // Only what somebody does to nodes, or a pod for every node, makes this worth asking.
    let about_nodes = record.steps().any(|(_, step)| match &step.reason {
        Reason::User(reason) => reason.subject().is_some_and(|object| object.kind == Kind::Node),
        Reason::DaemonSet(_) => !step.changes.is_empty(),
        _ => false,
    });
    if !about_nodes {
        return vec![];
    }
    let lost = |node: &Rc<Node>| {
        let name = node.metadata.name.as_str();
        (pods_on(record.before, name) - pods_on(&record.after, name)).max(0)
    };
    let gone: i64 = record.before.nodes.iter().map(lost).sum();
    let on_node = |node: &Rc<Node>| {
        let name = node.metadata.name.as_str();
        let (before, after) = (pods_on(record.before, name), pods_on(&record.after, name));
        let touches = |object: &Object| object.as_pod().is_some_and(|pod| pod.node() == Some(name));
        let decided = record.steps().rev().find(|(_, step)| {
            let mut objects = step.changes.iter().flat_map(|change| [&change.before, &change.after]);
            objects.any(|object| object.as_ref().is_some_and(touches))
        });
        let decided_by = decided.map_or_else(|| record.last_about(&node.reference()), |(id, _)| id);
        let wrong = vec![
            (before, WrongRule::NothingChanges),
            (0, WrongRule::EverythingLeaves),
            (before + gone, WrongRule::AllComeHere),
            ((all + nodes - 1) / nodes, WrongRule::EvenSpread),
            (number(record.after.daemon_sets.len()), WrongRule::EveryNode),
        ];
        let place = Place { ask_at: record.start, decided_by };
        ask(Question::PodsOnNode(node.reference()), after, wrong, place)
    };
    record.after.nodes.iter().filter_map(on_node).collect()
}

fn nodes_with_pod(record: &Record<'_>, set: &ObjectRef) -> Option<Prediction> {
    let count = |cluster: &Cluster| {
        let mut nodes: Vec<String> =
            pods_of(cluster, set).iter().filter_map(|pod| pod.node().map(str::to_owned)).collect();
        nodes.sort();
        nodes.dedup();
        number(nodes.len())
    };
    let acted = |step: &Step| {
        step.actor == Actor::DaemonSetController && step.reason.subject() == Some(set) && !step.changes.is_empty()
    };
    let changes_pods =
        |step: &Step| step.changes.iter().filter_map(|change| change.object()).any(|object| object.as_pod().is_some());
    let (decided_by, _) = record.steps().rev().find(|(_, step)| acted(step) && changes_pods(step))?;
    let untainted = record.after.nodes.iter().filter(|node| node.spec.taints.is_empty()).count();
    let wrong = vec![
        (number(record.after.nodes.len()), WrongRule::EveryNode),
        (number(untainted), WrongRule::OnlyUntainted),
        (1, WrongRule::OnePod),
        (count(record.before), WrongRule::NothingChanges),
    ];
    let place = Place { ask_at: record.start, decided_by };
    ask(Question::NodesWithPod(set.clone()), count(&record.after), wrong, place)
}

/// Of a workload whose images changed: how many pods have the new ones, how many there are at most and Ready at least.
fn updates(record: &Record<'_>, workload: &ObjectRef) -> Vec<Prediction> {
    let Some((old, _)) = wanted(record.before, workload) else { return vec![] };
    let Some((new, replicas)) = wanted(&record.after, workload) else { return vec![] };
    let pods_before = pods_of(record.before, workload);
    let images_differ = pods_before.iter().any(|pod| !has_images_of(pod, &new));
    if old == new || !images_differ || pods_before.len() < 2 {
        return vec![];
    }
    let pods = pods_of(&record.after, workload);
    let all = replicas.map_or_else(|| number(pods_before.len()), i64::from);
    let updated = number(pods.iter().filter(|pod| has_images_of(pod, &new)).count());
    let partition = record.after.stateful_sets.get(&workload.key).filter(|_| workload.kind == Kind::StatefulSet);
    let partition = partition.map_or(0, |set| i64::from(set.spec.partition()));
    let last = record.last_about(workload);
    let place = Place { ask_at: record.start, decided_by: last };
    let mut wrong = vec![(all, WrongRule::AllUpdated), (0, WrongRule::NothingUpdated)];
    if partition > 0 {
        wrong.insert(0, (partition.min(all), WrongRule::PartitionReversed));
    }
    wrong.push((1, WrongRule::FirstOnly));
    let mut asked: Vec<Prediction> =
        ask(Question::Updated(workload.clone()), updated, wrong, place).into_iter().collect();
    let Some(extremes) = record.extremes.get(workload) else { return asked };
    let (most, most_at) = extremes.most;
    let wrong =
        vec![(all, WrongRule::NoSurge), (all + 1, WrongRule::DeploymentSurge), (2 * all, WrongRule::NewBeforeOld)];
    let place = Place { ask_at: record.start, decided_by: most_at };
    asked.extend(ask(Question::MostAtOnce(workload.clone()), most.max(number(pods_before.len())), wrong, place));
    let ready_before = number(pods_before.iter().filter(|pod| pod.is_ready()).count());
    let (least, least_at) = extremes.least_ready;
    let wrong = vec![(all, WrongRule::NeverFewer), (all - 1, WrongRule::OneMissing), (0, WrongRule::AllAtOnce)];
    let place = Place { ask_at: record.start, decided_by: least_at };
    asked.extend(ask(Question::LeastReady(workload.clone()), least.min(ready_before), wrong, place));
    asked
}

fn replicas(record: &Record<'_>, workload: &ObjectRef) -> Option<Prediction> {
    let (_, before) = wanted(record.before, workload)?;
    let (_, after) = wanted(&record.after, workload)?;
    let (before, after) = (i64::from(before?), i64::from(after?));
    let loaded = record.steps().any(|(_, step)| matches!(&step.reason, Reason::User(UserReason::LoadSet { .. })));
    let of = |reason: &Reason| match reason {
        Reason::Autoscaler(reason) if reason.target.as_ref() == Some(workload) => Some(reason.clone()),
        _ => None,
    };
    let told: Vec<_> = record.steps().filter_map(|(id, step)| Some((id, of(&step.reason)?))).collect();
    let scaled = told
        .iter()
        .rev()
        .find(|(_, reason)| matches!(reason.act, AutoscalerAct::Scale { .. } | AutoscalerAct::ScaleIntoBounds { .. }));
    let looked = told.iter().find(|(_, reason)| loaded && reason.act != AutoscalerAct::RecordStatus);
    let (decided_by, reason) = scaled.or(looked)?;
    let spec = &record.after.autoscalers.get(&reason.autoscaler.key)?.spec;
    let wrong = vec![
        (i64::from(spec.max_replicas), WrongRule::StraightToMaximum),
        (before, WrongRule::NothingChanges),
        (before + (after - before).signum(), WrongRule::OneReplicaAtATime),
        (i64::from(spec.min_replicas.unwrap_or(1)), WrongRule::StraightToMinimum),
    ];
    let place = Place { ask_at: record.start, decided_by: *decided_by };
    ask(Question::Replicas(workload.clone()), after, wrong, place)
}

fn claims(record: &Record<'_>, set: &ObjectRef) -> Option<Prediction> {
    let spec = &record.before.stateful_sets.get(&set.key)?.spec;
    let prefixes: Vec<String> = (spec.volume_claim_templates.iter())
        .map(|template| format!("{}-{}-", template.metadata.name, set.name()))
        .collect();
    let of_set = |name: &str| {
        prefixes
            .iter()
            .any(|prefix| name.strip_prefix(prefix.as_str()).is_some_and(|ordinal| ordinal.parse::<u32>().is_ok()))
    };
    let count = |cluster: &Cluster| {
        number(cluster.claims.within(&set.key.namespace).filter(|claim| of_set(&claim.metadata.name)).count())
    };
    let (before, after) = (count(record.before), count(&record.after));
    let pods_before = number(pods_of(record.before, set).len());
    let pods_after = number(pods_of(&record.after, set).len());
    if before == 0 || pods_after >= pods_before {
        return None;
    }
    let went = record.steps().rev().find(|(_, step)| {
        step.changes.iter().any(|change| match (&change.before, &change.after) {
            (Some(before), None) => before.kind() == Kind::PersistentVolumeClaim && of_set(&before.metadata().name),
            _ => false,
        })
    });
    let stays = record.deleted.iter().find(|deed| workload_of(&deed.pod, record.before).as_ref() == Some(set));
    let decided_by = went.map(|(id, _)| id).or_else(|| stays.map(|deed| deed.step)).unwrap_or(record.start);
    let wrong = vec![
        (pods_after * number(prefixes.len()), WrongRule::ClaimsFollowPods),
        (before, WrongRule::ClaimsStay),
        (1, WrongRule::ClaimShared),
        (0, WrongRule::ClaimsFollowSet),
    ];
    let place = Place { ask_at: record.start, decided_by };
    ask(Question::ClaimsLeft(set.clone()), after, wrong, place)
}
