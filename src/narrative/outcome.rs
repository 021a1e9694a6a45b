//! What a phase meant for one workload.

use crate::api::{Kind, Object, ObjectRef, Pod, Resource};
use crate::cluster::Cluster;
use crate::engine::Step;
use crate::turn::{PodTurn, Turn};
use std::collections::{BTreeMap, BTreeSet};

/// What came of a phase for a workload, or for a pod on its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The workload; the pod itself where nothing controls it.
    pub workload: ObjectRef,
    /// What happened to its pods.
    pub course: Course,
    /// How many of its pods are Ready at the end of the phase.
    pub ready: usize,
    /// How many it should have then; none where it is gone.
    pub wanted: Option<usize>,
}

/// What happened to the pods of a workload.
#[derive(Clone, Debug, PartialEq)]
pub enum Course {
    /// Pods were made, and none stopped.
    Started {
        /// In the order in which they were made.
        pods: Vec<ObjectRef>,
        /// Whether each was made only when the one before was Ready.
        one_by_one: bool,
    },
    /// Pods stopped, and none was made.
    Stopped {
        /// In the order in which they were told to stop.
        pods: Vec<ObjectRef>,
        /// Whether each was told to stop only when the one before was gone.
        one_by_one: bool,
    },
    /// Pods stopped, and others took their places.
    Replaced {
        /// Those that stopped, in that order.
        stopped: Vec<ObjectRef>,
        /// How many were made.
        made: usize,
        /// The most that ran beyond those that are wanted.
        most_beyond: usize,
        /// Whether each was told to stop only when every one made before was Ready.
        one_by_one: bool,
    },
    /// None was made and none stopped, but some became Ready or no longer are.
    Changed {
        /// How many became Ready.
        ready: usize,
        /// How many no longer are.
        unready: usize,
    },
}

/// The outcomes of some turns; the cluster is the one after them.
pub(super) fn outcomes(steps: &[Step], turns: &[PodTurn], cluster: &Cluster) -> Vec<Outcome> {
    let mut order: Vec<ObjectRef> = vec![];
    let mut of: BTreeMap<ObjectRef, Vec<&PodTurn>> = BTreeMap::new();
    for turn in turns {
        let workload = workload(steps, turn, cluster);
        if !of.contains_key(&workload) {
            order.push(workload.clone());
        }
        of.entry(workload).or_default().push(turn);
    }
    (order.into_iter())
        .filter_map(|workload| {
            let course = course(of.get(&workload)?);
            let (ready, wanted) = state(&workload, cluster);
            Some(Outcome { workload, course, ready, wanted })
        })
        .collect()
}

/// Whose pod it is: of a Deployment's ReplicaSet, the Deployment.
fn workload(steps: &[Step], turn: &PodTurn, cluster: &Cluster) -> ObjectRef {
    let changes = steps.get(turn.step).map(|step| step.changes.as_slice()).unwrap_or_default();
    let pods = changes.iter().flat_map(|change| [&change.after, &change.before]).flatten();
    let pod = pods.filter_map(Object::as_pod).find(|pod| pod.reference() == turn.pod);
    let owner = |pod: &Pod| {
        let owner = pod.metadata.controller()?;
        let owner = ObjectRef::new(Kind::parse(&owner.kind)?, &pod.metadata.namespace, &owner.name);
        let above = cluster.replica_sets.get(&owner.key).filter(|_| owner.kind == Kind::ReplicaSet);
        let above = above
            .and_then(|set| set.metadata.controller())
            .and_then(|above| Some(ObjectRef::new(Kind::parse(&above.kind)?, &pod.metadata.namespace, &above.name)));
        Some(above.unwrap_or(owner))
    };
    pod.and_then(|pod| owner(pod)).unwrap_or_else(|| turn.pod.clone())
}

fn course(turns: &[&PodTurn]) -> Course {
    let of = |wanted: Turn| turns.iter().filter(move |turn| turn.turn == wanted);
    let pods = |wanted: Turn| of(wanted).map(|turn| turn.pod.clone()).collect::<Vec<_>>();
    // What goes without being told to stop first has stopped, too.
    let mut stopped = pods(Turn::Stops);
    let told: BTreeSet<ObjectRef> = stopped.iter().cloned().collect();
    stopped.extend(pods(Turn::Gone).into_iter().filter(|gone| !told.contains(gone)));
    match (of(Turn::Created).count(), stopped.len()) {
        (0, 0) => Course::Changed { ready: of(Turn::Ready).count(), unready: of(Turn::Unready).count() },
        (_, 0) => {
            Course::Started { pods: pods(Turn::Created), one_by_one: alternates(turns, Turn::Created, Turn::Ready) }
        }
        (0, _) => Course::Stopped { pods: stopped, one_by_one: alternates(turns, Turn::Stops, Turn::Gone) },
        (made, _) => {
            let one_by_one = alternates(turns, Turn::Stops, Turn::Ready);
            Course::Replaced { stopped, made, most_beyond: most_beyond(turns), one_by_one }
        }
    }
}

/// Whether two turns alternate, beginning with the first: there is never a second one of the first before one of the second.
fn alternates(turns: &[&PodTurn], first: Turn, second: Turn) -> bool {
    let mut open = 0_usize;
    turns.iter().all(|turn| {
        if turn.turn == first {
            open += 1;
        } else if turn.turn == second {
            open = open.saturating_sub(1);
        }
        open <= 1
    })
}

/// How many more were made than had been told to stop, at most at any moment.
fn most_beyond(turns: &[&PodTurn]) -> usize {
    let mut beyond = 0_i64;
    let mut most = 0_i64;
    for turn in turns {
        match turn.turn {
            Turn::Created => beyond += 1,
            Turn::Stops => beyond -= 1,
            Turn::Ready | Turn::Unready | Turn::Gone => {}
        }
        most = most.max(beyond);
    }
    usize::try_from(most).unwrap_or_default()
}

fn state(workload: &ObjectRef, cluster: &Cluster) -> (usize, Option<usize>) {
    let number = |count: i32| usize::try_from(count).unwrap_or_default();
    let key = &workload.key;
    match workload.kind {
        Kind::StatefulSet => cluster.stateful_sets.get(key).map(|set| (set.status.ready_replicas, set.spec.replicas())),
        Kind::DaemonSet => {
            (cluster.daemon_sets.get(key)).map(|set| (set.status.number_ready, set.status.desired_number_scheduled))
        }
        Kind::Deployment => {
            cluster.deployments.get(key).map(|set| (set.status.ready_replicas, set.spec.replicas.unwrap_or(1)))
        }
        Kind::ReplicaSet => {
            cluster.replica_sets.get(key).map(|set| (set.status.ready_replicas, set.spec.replicas.unwrap_or(1)))
        }
        _ => cluster.pods.get(key).map(|pod| (i32::from(pod.is_ready()), 1)),
    }
    .map_or((0, None), |(ready, wanted)| (number(ready), Some(number(wanted))))
}
