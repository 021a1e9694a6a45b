//! What the API server does with a write: identity, versions, admission, and what deletion means.
//! Upstream: `k8s.io/apiserver/pkg/registry/generic/registry/store.go`, `pkg/registry/core/pod/strategy.go`.

use super::{pod_admission, priority, service_address};
use crate::actor::{ClusterSettings, Deletion, Write};
use crate::api::{Kind, Object, ObjectMeta, Pod, TaintEffect, Time, Toleration, Uid};
use crate::cluster::{Change, Cluster};
use crate::controllers::daemon_set::TEMPLATE_GENERATION;
use crate::controllers::garbage::{FOREGROUND, ORPHAN};
use crate::controllers::history::safe_encode;
use crate::controllers::node_lifecycle;
use crate::controllers::volume::{self, PV_PROTECTION, PVC_PROTECTION};
use crate::manifest::{defaults, validation};
use crate::reason::Propagation;
use std::rc::Rc;

/// `spec.terminationGracePeriodSeconds` where it is not written.
const DEFAULT_GRACE_SECONDS: i64 = 30;

/// Characters of a prefix before the five that are generated (`maxGeneratedNameLength`).
const MAX_GENERATED_PREFIX: usize = 58;

/// Counters that the API server hands out.
#[derive(Clone, Debug, Default)]
pub(super) struct ApiServer {
    uid: u64,
    version: u64,
}

/// Why a write was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    AlreadyExists,
    NotFound,
    /// A label of a pod that a controller made is no label.
    Invalid,
    /// Admission says no, in these words.
    Forbidden(String),
}

impl ApiServer {
    /// Turns a write into the change that it makes and makes it; none where nothing changes.
    pub(super) fn write(
        &mut self,
        cluster: &mut Cluster,
        settings: &ClusterSettings,
        write: Write,
        now: Time,
    ) -> Result<Option<Change>, Refused> {
        let change = match write {
            Write::Create(object) => Some(self.create(cluster, settings, object, now)?),
            Write::Update(object) => self.update(cluster, object, now)?,
            Write::Delete(deletion) => self.delete(cluster, &deletion, now)?,
        };
        if let Some(change) = &change {
            cluster.apply(change);
        }
        Ok(change)
    }

    fn create(
        &mut self,
        cluster: &Cluster,
        settings: &ClusterSettings,
        mut object: Object,
        now: Time,
    ) -> Result<Change, Refused> {
        self.uid += 1;
        let uid = Uid(self.uid);
        let kind = object.kind();
        let version = self.next_version();
        let metadata = object.metadata_mut();
        if kind.is_namespaced() && metadata.namespace.is_empty() {
            metadata.namespace = "default".into();
        }
        metadata.uid = uid;
        metadata.creation_timestamp = Some(now.whole_second());
        metadata.deletion_timestamp = None;
        metadata.deletion_grace_period_seconds = None;
        metadata.generation = i64::from(counts_generations(kind));
        metadata.resource_version = Some(version);
        if metadata.name.is_empty()
            && let Some(prefix) = metadata.generate_name.clone()
        {
            generate_name(cluster, &mut object, &prefix, uid);
        }
        if let Object::Pod(pod) = &object
            && !validation::labels(&pod.metadata.labels).is_empty()
        {
            return Err(Refused::Invalid);
        }
        if kind == Kind::Pod {
            // A template is defaulted less than a pod: requests come from limits here.
            defaults::apply(&mut object);
        }
        admit(cluster, settings, &mut object, now)?;
        if cluster.get(&object.reference()).is_some() {
            return Err(Refused::AlreadyExists);
        }
        stamp(&mut object, None, now);
        Ok(Change { before: None, after: Some(object) })
    }

    fn update(&mut self, cluster: &Cluster, mut object: Object, now: Time) -> Result<Option<Change>, Refused> {
        let before = cluster.get(&object.reference()).ok_or(Refused::NotFound)?;
        if before.metadata().uid != object.metadata().uid {
            return Err(Refused::NotFound);
        }
        if let Object::Service(service) = &mut object {
            service_address::allocate(cluster, Rc::make_mut(service));
        }
        if before == object {
            return Ok(None);
        }
        let metadata = object.metadata();
        let has_grace = metadata.deletion_grace_period_seconds.is_some_and(|seconds| seconds > 0);
        if metadata.is_terminating() && metadata.finalizers.is_empty() && !has_grace {
            return Ok(Some(Change { before: Some(before), after: None }));
        }
        let spec_changed = !same_spec(&before, &object);
        stamp(&mut object, Some(&before), now);
        let version = self.next_version();
        let metadata = object.metadata_mut();
        metadata.resource_version = Some(version);
        if spec_changed {
            metadata.generation += 1;
        }
        Ok(Some(Change { before: Some(before), after: Some(object) }))
    }

    fn delete(&mut self, cluster: &Cluster, deletion: &Deletion, now: Time) -> Result<Option<Change>, Refused> {
        let before = cluster.get(&deletion.object).ok_or(Refused::NotFound)?;
        if deletion.uid.is_some_and(|uid| uid != before.metadata().uid) {
            return Err(Refused::NotFound);
        }
        let mut after = before.clone();
        let grace = before.as_pod().map(|pod| grace_seconds(pod, deletion.grace_seconds));
        let metadata = after.metadata_mut();
        let finalizer = match deletion.propagation {
            Propagation::Background => None,
            Propagation::Foreground => Some(FOREGROUND),
            Propagation::Orphan => Some(ORPHAN),
        };
        if let Some(finalizer) = finalizer.filter(|finalizer| grace.is_none() && !metadata.has_finalizer(finalizer)) {
            metadata.finalizers.push(finalizer.into());
        }
        match grace {
            Some(seconds) if seconds > 0 => {
                let deadline = now.plus_seconds(seconds);
                if metadata.deletion_timestamp.is_some_and(|set| set <= deadline) {
                    return Ok(None);
                }
                metadata.deletion_timestamp = Some(deadline);
                metadata.deletion_grace_period_seconds = Some(seconds);
            }
            _ if metadata.finalizers.is_empty() => return Ok(Some(Change { before: Some(before), after: None })),
            _ if metadata.is_terminating() && metadata.deletion_grace_period_seconds.is_none_or(|left| left == 0) => {
                return Ok(None);
            }
            _ => {
                metadata.deletion_timestamp = Some(now);
                metadata.deletion_grace_period_seconds = Some(0);
            }
        }
        // `rest.BeforeDelete` counts the wish to delete as a change of the object.
        if metadata.generation > 0 {
            metadata.generation += 1;
        }
        metadata.resource_version = Some(self.next_version());
        Ok(Some(Change { before: Some(before), after: Some(after) }))
    }

    fn next_version(&mut self) -> String {
        self.version += 1;
        self.version.to_string()
    }
}

/// Seconds of grace for a pod (`CheckGracefulDelete`): none for one that is not bound or has ended.
fn grace_seconds(pod: &Pod, asked: Option<i64>) -> i64 {
    if pod.node().is_none() || pod.status.phase.is_terminal() {
        return 0;
    }
    match asked.or(pod.spec.termination_grace_period_seconds).unwrap_or(DEFAULT_GRACE_SECONDS) {
        negative if negative < 0 => 1,
        seconds => seconds,
    }
}

/// Five characters after the prefix (`names.SimpleNameGenerator`), drawn from the object's identity.
///
/// The prefix is cut so that the whole is a label.
fn generate_name(cluster: &Cluster, object: &mut Object, prefix: &str, uid: Uid) {
    let prefix: String = prefix.chars().take(MAX_GENERATED_PREFIX).collect();
    let mut draw = uid.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    loop {
        let mixed = (draw ^ draw >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        object.metadata_mut().name = format!("{prefix}{}", safe_encode(mixed ^ mixed >> 32, 5));
        if cluster.get(&object.reference()).is_none() {
            return;
        }
        draw = draw.wrapping_add(1);
    }
}

/// Taints that every pod tolerates for a while, each with the seconds.
fn default_tolerations(settings: &ClusterSettings) -> [(&'static str, i64); 2] {
    [
        (node_lifecycle::NOT_READY, settings.not_ready_toleration_seconds()),
        (node_lifecycle::UNREACHABLE, settings.unreachable_toleration_seconds()),
    ]
}

/// Whether a toleration is one that admission adds.
pub(super) fn is_default_toleration(settings: &ClusterSettings, toleration: &Toleration) -> bool {
    let is_added =
        |(key, seconds): (&str, i64)| toleration.key == key && toleration.toleration_seconds == Some(seconds);
    default_tolerations(settings).into_iter().any(is_added)
}

/// What admission adds to a new object.
fn admit(cluster: &Cluster, settings: &ClusterSettings, object: &mut Object, now: Time) -> Result<(), Refused> {
    match object {
        Object::Pod(pod) => {
            let pod = Rc::make_mut(pod);
            priority::admit(cluster, pod).map_err(Refused::Forbidden)?;
            if !pod.spec.scheduling_gates.is_empty() {
                let message = "Scheduling is blocked due to non-empty scheduling gates";
                pod.set_condition("PodScheduled", "False", Some("SchedulingGated"), Some(message), now);
            }
            let draw = pod.metadata.uid.0;
            let spec = Rc::make_mut(&mut pod.spec);
            for (key, seconds) in default_tolerations(settings) {
                let covers = |toleration: &Toleration| {
                    (toleration.key == key || toleration.key.is_empty())
                        && toleration.effect.is_none_or(|effect| effect == TaintEffect::NoExecute)
                };
                if !spec.tolerations.iter().any(covers) {
                    let mut added = Toleration::exists(key, TaintEffect::NoExecute);
                    added.toleration_seconds = Some(seconds);
                    spec.tolerations.push(added);
                }
            }
            pod_admission::admit(spec, draw);
        }
        Object::Node(node) if !node.is_ready() => {
            let taint = node_lifecycle::taint(node_lifecycle::NOT_READY, TaintEffect::NoSchedule, now);
            if !node.spec.taints.iter().any(|set| set.is_same(&taint)) {
                Rc::make_mut(node).spec.taints.push(taint);
            }
        }
        Object::PersistentVolumeClaim(claim) => {
            let default = volume::default_class(cluster).map(|class| class.metadata.name.clone());
            let claim = Rc::make_mut(claim);
            if claim.spec.storage_class_name.is_none() && default.is_some() {
                Rc::make_mut(&mut claim.spec).storage_class_name = default;
            }
            add_finalizer(&mut claim.metadata, PVC_PROTECTION);
            claim.status.phase = Some("Pending".into());
        }
        Object::PersistentVolume(volume) => {
            add_finalizer(&mut Rc::make_mut(volume).metadata, PV_PROTECTION);
        }
        Object::Service(service) => service_address::allocate(cluster, Rc::make_mut(service)),
        _ => {}
    }
    Ok(())
}

fn add_finalizer(metadata: &mut ObjectMeta, finalizer: &str) {
    if !metadata.has_finalizer(finalizer) {
        metadata.finalizers.push(finalizer.into());
    }
}

/// What the API server notes on an object about its changes: since when a volume is in its phase, and how often the
/// template of a DaemonSet has changed.
fn stamp(object: &mut Object, before: Option<&Object>, now: Time) {
    match (object, before) {
        (Object::PersistentVolume(volume), before) => {
            let phase = match before {
                Some(Object::PersistentVolume(before)) => before.status.phase.as_ref(),
                _ => None,
            };
            if volume.status.phase.as_ref() != phase {
                Rc::make_mut(volume).status.last_phase_transition_time = Some(now.whole_second());
            }
        }
        (Object::DaemonSet(set), before) => {
            let number = match before {
                Some(Object::DaemonSet(before)) => {
                    let last = before.metadata.annotations.get(TEMPLATE_GENERATION).and_then(|text| text.parse().ok());
                    last.unwrap_or(1) + i64::from(before.spec.template != set.spec.template)
                }
                _ => 1,
            };
            if set.metadata.annotations.get(TEMPLATE_GENERATION) != Some(&number.to_string()) {
                Rc::make_mut(set).metadata.annotations.insert(TEMPLATE_GENERATION.into(), number.to_string());
            }
        }
        _ => {}
    }
}

/// Whether the API server counts the changes of a kind in `metadata.generation` (`PrepareForCreate` of its strategy).
fn counts_generations(kind: Kind) -> bool {
    match kind {
        Kind::Pod
        | Kind::StatefulSet
        | Kind::DaemonSet
        | Kind::Deployment
        | Kind::ReplicaSet
        | Kind::PodDisruptionBudget
        | Kind::PriorityClass
        | Kind::EndpointSlice => true,
        Kind::Node
        | Kind::StorageClass
        | Kind::PersistentVolume
        | Kind::PersistentVolumeClaim
        | Kind::Service
        | Kind::HorizontalPodAutoscaler
        | Kind::ControllerRevision => false,
    }
}

/// Whether a pod is only bound to a node, which is no change of what is asked for (`assignPod`).
fn is_binding(before: &Pod, after: &Pod) -> bool {
    let mut unbound = (*after.spec).clone();
    unbound.node_name.clone_from(&before.spec.node_name);
    before.node().is_none() && after.node().is_some() && unbound == *before.spec
}

/// Whether what is asked for is the same; the rest is status and metadata.
fn same_spec(a: &Object, b: &Object) -> bool {
    match (a, b) {
        (Object::Pod(a), Object::Pod(b)) => Rc::ptr_eq(&a.spec, &b.spec) || a.spec == b.spec || is_binding(a, b),
        (Object::StatefulSet(a), Object::StatefulSet(b)) => Rc::ptr_eq(&a.spec, &b.spec) || a.spec == b.spec,
        (Object::DaemonSet(a), Object::DaemonSet(b)) => Rc::ptr_eq(&a.spec, &b.spec) || a.spec == b.spec,
        (Object::Deployment(a), Object::Deployment(b)) => Rc::ptr_eq(&a.spec, &b.spec) || a.spec == b.spec,
        (Object::ReplicaSet(a), Object::ReplicaSet(b)) => Rc::ptr_eq(&a.spec, &b.spec) || a.spec == b.spec,
        (Object::PodDisruptionBudget(a), Object::PodDisruptionBudget(b)) => a.spec == b.spec,
        (Object::EndpointSlice(a), Object::EndpointSlice(b)) => a.endpoints == b.endpoints && a.ports == b.ports,
        // These kinds have no generation of their own.
        _ => true,
    }
}
