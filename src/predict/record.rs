//! What happened in a stretch, as the questions need it: read from the changes, step by step.

use super::Stretch;
use crate::actor::Actor;
use crate::api::{Key, Kind, Object, ObjectRef, Pod, PodSpec, PodTemplateSpec, Resource as _};
use crate::cluster::Cluster;
use crate::engine::{Step, StepId};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A pod that came or was asked to go.
#[derive(Clone, Debug)]
pub(super) struct PodDeed {
    pub(super) step: StepId,
    pub(super) actor: Actor,
    pub(super) pod: Rc<Pod>,
}

/// How many pods of a workload there were, at most and at least.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extremes {
    /// The most that were not being deleted, and the step after which it was so.
    pub(super) most: (i64, StepId),
    /// The fewest that were Ready, and the step after which it was so.
    pub(super) least_ready: (i64, StepId),
}

/// What happened in a stretch.
pub(super) struct Record<'a> {
    pub(super) before: &'a Cluster,
    pub(super) after: Cluster,
    pub(super) steps: &'a [Step],
    pub(super) start: StepId,
    pub(super) end: StepId,
    pub(super) created: Vec<PodDeed>,
    pub(super) deleted: Vec<PodDeed>,
    pub(super) extremes: BTreeMap<ObjectRef, Extremes>,
}

impl<'a> Record<'a> {
    pub(super) fn of(stretch: &Stretch<'a>) -> Record<'a> {
        let range = stretch.range.clone();
        let mut record = Record {
            before: stretch.before,
            after: stretch.before.clone(),
            steps: stretch.steps,
            start: range.start,
            end: range.end,
            created: vec![],
            deleted: vec![],
            extremes: BTreeMap::new(),
        };
        let mut counts = Counts::of(stretch.before);
        for (id, step) in record.steps.iter().enumerate().skip(range.start).take(range.len()) {
            for change in &step.changes {
                let was = change.before.as_ref().and_then(Object::as_pod);
                let is = change.after.as_ref().and_then(Object::as_pod);
                let deed = |pod: &Rc<Pod>| PodDeed { step: id, actor: step.actor, pod: Rc::clone(pod) };
                match (was, is) {
                    (None, Some(pod)) => record.created.push(deed(pod)),
                    (Some(pod), None) if !pod.is_terminating() => record.deleted.push(deed(pod)),
                    (Some(was), Some(is)) if !was.is_terminating() && is.is_terminating() => {
                        record.deleted.push(deed(was));
                    }
                    _ => {}
                }
                record.after.apply(change);
                if was.is_some() || is.is_some() {
                    counts.follow(was, is, &record.after);
                }
            }
            counts.note(id, &mut record.extremes);
        }
        record
    }

    /// The steps of the stretch, each with its place.
    pub(super) fn steps(&self) -> impl DoubleEndedIterator<Item = (StepId, &'a Step)> + use<'a> {
        let (start, length) = (self.start, self.end - self.start);
        self.steps.iter().skip(start).take(length).enumerate().map(move |(index, step)| (start + index, step))
    }

    /// The last step of the stretch that is about an object and says something; else the first step.
    pub(super) fn last_about(&self, object: &ObjectRef) -> StepId {
        let about = |step: &Step| step.reason.subject() == Some(object) && !step.reason.is_bookkeeping();
        self.steps().rev().find(|(_, step)| about(step)).map_or(self.start, |(id, _)| id)
    }
}

/// Pods of each workload at a moment.
struct Counts {
    by_owner: BTreeMap<ObjectRef, (i64, i64)>,
    /// The workload of each pod, which may be gone before the pod is.
    owners: BTreeMap<Key, ObjectRef>,
    /// Whose count changed since the last note.
    touched: Vec<ObjectRef>,
}

impl Counts {
    fn of(cluster: &Cluster) -> Counts {
        let mut counts = Counts { by_owner: BTreeMap::new(), owners: BTreeMap::new(), touched: vec![] };
        for pod in cluster.pods.iter() {
            counts.follow(None, Some(pod), cluster);
        }
        counts
    }

    fn follow(&mut self, was: Option<&Rc<Pod>>, is: Option<&Rc<Pod>>, cluster: &Cluster) {
        if let Some(pod) = was
            && let Some(owner) = self.owners.remove(&pod.key())
        {
            self.add(&owner, pod, -1);
        }
        if let Some(pod) = is
            && let Some(owner) = workload_of(pod, cluster)
        {
            self.add(&owner, pod, 1);
            self.owners.insert(pod.key(), owner);
        }
    }

    fn add(&mut self, owner: &ObjectRef, pod: &Pod, sign: i64) {
        let (present, ready) = self.by_owner.entry(owner.clone()).or_default();
        *present += sign * i64::from(!pod.is_terminating());
        *ready += sign * i64::from(pod.is_ready() && !pod.is_terminating());
        self.touched.push(owner.clone());
    }

    /// Notes the counts after a step.
    fn note(&mut self, id: StepId, extremes: &mut BTreeMap<ObjectRef, Extremes>) {
        for owner in std::mem::take(&mut self.touched) {
            let (present, ready) = self.by_owner.get(&owner).copied().unwrap_or_default();
            let extreme = extremes.entry(owner).or_insert(Extremes { most: (present, id), least_ready: (ready, id) });
            if present > extreme.most.0 {
                extreme.most = (present, id);
            }
            if ready < extreme.least_ready.0 {
                extreme.least_ready = (ready, id);
            }
        }
    }
}

/// The StatefulSet, DaemonSet, Deployment or bare ReplicaSet that a pod belongs to.
pub(super) fn workload_of(pod: &Pod, cluster: &Cluster) -> Option<ObjectRef> {
    let namespace = &pod.metadata.namespace;
    let controller = pod.metadata.controller()?;
    let kind = Kind::parse(&controller.kind)?;
    let owner = ObjectRef::new(kind, namespace, &controller.name);
    if kind != Kind::ReplicaSet {
        return kind.is_workload().then_some(owner);
    }
    let set = cluster.replica_sets.get(&owner.key)?;
    match set.metadata.controller() {
        Some(above) if above.kind == Kind::Deployment.as_str() => {
            Some(ObjectRef::new(Kind::Deployment, namespace, &above.name))
        }
        _ => Some(owner),
    }
}

/// The template of a workload, and how many pods it wants; none of the latter for a DaemonSet.
pub(super) fn wanted(cluster: &Cluster, workload: &ObjectRef) -> Option<(Rc<PodTemplateSpec>, Option<i32>)> {
    match cluster.get(workload)? {
        Object::StatefulSet(set) => Some((Rc::clone(&set.spec.template), Some(set.spec.replicas()))),
        Object::DaemonSet(set) => Some((Rc::clone(&set.spec.template), None)),
        Object::Deployment(deployment) => {
            Some((Rc::clone(&deployment.spec.template), Some(deployment.spec.replicas.unwrap_or(1))))
        }
        _ => None,
    }
}

/// Every workload that makes pods by itself, and that is there.
pub(super) fn workloads(cluster: &Cluster) -> Vec<ObjectRef> {
    let sets = cluster.stateful_sets.iter().map(|set| set.reference());
    let daemons = cluster.daemon_sets.iter().map(|set| set.reference());
    let deployments = cluster.deployments.iter().map(|deployment| deployment.reference());
    sets.chain(daemons).chain(deployments).collect()
}

/// Pods of a workload that are not being deleted.
pub(super) fn pods_of(cluster: &Cluster, workload: &ObjectRef) -> Vec<Rc<Pod>> {
    let of = |pod: &&Rc<Pod>| !pod.is_terminating() && workload_of(pod, cluster).as_ref() == Some(workload);
    cluster.pods.within(&workload.key.namespace).filter(of).cloned().collect()
}

/// Whether a pod was made from a template, as far as its images tell.
pub(super) fn has_images_of(pod: &Pod, template: &PodTemplateSpec) -> bool {
    let images = |of: &PodSpec| -> Vec<Option<String>> { of.containers.iter().map(|it| it.image.clone()).collect() };
    images(&pod.spec) == images(&template.spec)
}

/// The ordinal at the end of a pod's name.
pub(super) fn ordinal(name: &str) -> Option<i64> {
    name.rsplit_once('-').and_then(|(_, ordinal)| ordinal.parse().ok())
}
