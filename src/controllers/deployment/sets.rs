//! The ReplicaSets of a Deployment: which is the new one, their revisions and annotations.
//! Upstream: `pkg/controller/deployment/util/deployment_util.go`, `sync.go: getNewReplicaSet`.

use super::fences::{max_surge, new_replicas, replicas, size};
use crate::actor::View;
use crate::api::{
    Deployment, LAST_APPLIED, LabelSelector, ObjectMeta, PodTemplateSpec, ReplicaSet, ReplicaSetSpec, ReplicaSetStatus,
    Resource,
};
use crate::controllers::history::template_hash;
use crate::controllers::ownership::controller_reference;
use crate::reason::{Budget, Resize, ResizeCause};
use std::rc::Rc;

/// The label that keeps the pods of one ReplicaSet apart from those of another.
pub const HASH_LABEL: &str = "pod-template-hash";
/// The annotation with the number of a ReplicaSet's template, and of the Deployment's present one.
pub const REVISION: &str = "deployment.kubernetes.io/revision";
/// The annotation with the numbers that a ReplicaSet had before.
pub const REVISION_HISTORY: &str = "deployment.kubernetes.io/revision-history";
/// The annotation with the Deployment's size when the ReplicaSet was last scaled.
pub const DESIRED_REPLICAS: &str = "deployment.kubernetes.io/desired-replicas";
/// The annotation with the most pods that there could be then.
pub const MAX_REPLICAS: &str = "deployment.kubernetes.io/max-replicas";

/// Annotations of a Deployment that are not copied to its ReplicaSets (`annotationsToSkip`).
const NOT_COPIED: [&str; 6] =
    [LAST_APPLIED, REVISION, REVISION_HISTORY, DESIRED_REPLICAS, MAX_REPLICAS, "deprecated.deployment.rollback.to"];

/// Bytes that the annotation with earlier revisions has at most (`maxRevHistoryLengthInChars`).
const HISTORY_LENGTH: usize = 2000;

/// A ReplicaSet as it is stored and as it is going to be.
#[derive(Clone, Debug)]
pub struct Tracked {
    /// As it is stored; none where it is made by this sync.
    pub stored: Option<Rc<ReplicaSet>>,
    /// As it is going to be.
    pub set: ReplicaSet,
}

impl Tracked {
    /// A stored set.
    #[must_use]
    pub fn stored(set: Rc<ReplicaSet>) -> Tracked {
        Tracked { set: (*set).clone(), stored: Some(set) }
    }

    /// Pods it asks for.
    #[must_use]
    pub fn size(&self) -> i32 {
        self.set.spec.replicas.unwrap_or(1)
    }

    /// Whether it asks for pods.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.size() > 0
    }

    /// Pods it has available, by its status.
    #[must_use]
    pub fn available(&self) -> i32 {
        self.set.status.available_replicas
    }

    /// Pods it asked for before this sync.
    fn size_before(&self) -> i32 {
        self.stored.as_ref().map_or(self.size(), |stored| stored.spec.replicas.unwrap_or(1))
    }
}

/// A Deployment and its ReplicaSets in the course of one sync.
#[derive(Clone, Debug)]
pub struct Rollout<'a> {
    /// The Deployment.
    pub deployment: &'a Deployment,
    /// The ReplicaSet of the present template, if there is one.
    pub new: Option<Tracked>,
    /// The others, oldest first.
    pub old: Vec<Tracked>,
    /// What got another size so far.
    pub resized: Vec<Resize>,
}

impl<'a> Rollout<'a> {
    /// Finds the new set among those of a Deployment: the oldest whose template is the present one
    /// (`FindNewReplicaSet`).
    #[must_use]
    pub fn of(deployment: &'a Deployment, mut sets: Vec<Rc<ReplicaSet>>) -> Rollout<'a> {
        sets.sort_by(|a, b| creation_order(a).cmp(&creation_order(b)));
        let new = sets.iter().position(|set| equal_ignoring_hash(&deployment.spec.template, &set.spec.template));
        let new = new.map(|index| Tracked::stored(sets.remove(index)));
        Rollout { deployment, new, old: sets.into_iter().map(Tracked::stored).collect(), resized: vec![] }
    }

    /// All sets, the old ones first.
    pub fn all(&self) -> impl Iterator<Item = &Tracked> {
        self.old.iter().chain(&self.new)
    }

    /// Pods that all sets ask for together.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.all().map(|tracked| i64::from(tracked.size())).sum()
    }

    /// Pods of all sets that are available, by their status.
    #[must_use]
    pub fn available(&self) -> i64 {
        self.all().map(|tracked| i64::from(tracked.available())).sum()
    }

    /// The numbers that decide, as they are before the sync.
    #[must_use]
    pub fn budget(&self) -> Budget {
        let new = self.new.as_ref();
        Budget {
            replicas: i64::from(replicas(self.deployment)),
            surge: max_surge(self.deployment),
            unavailable: super::fences::max_unavailable(self.deployment),
            total: (self.all().filter(|tracked| tracked.stored.is_some()))
                .map(|tracked| i64::from(tracked.size_before()))
                .sum(),
            available: self.available(),
            new_unavailable: new.map_or(0, |new| i64::from(new.size_before()) - i64::from(new.available())),
        }
    }

    /// The highest revision of the old sets (`MaxRevision`).
    fn highest_old_revision(&self) -> i64 {
        self.old.iter().map(|tracked| revision_of(&tracked.set.metadata)).max().unwrap_or(0)
    }

    /// Brings the revision and the annotations of the new set up to date; the revision it had where it was an old set
    /// before (`SetNewReplicaSetAnnotations`).
    pub fn refresh_new(&mut self) -> Option<(i64, i64)> {
        let next = self.highest_old_revision() + 1;
        let deployment = self.deployment;
        let new = self.new.as_mut()?;
        let reused = annotate(deployment, &mut new.set, next);
        let wanted = deployment.spec.min_ready_seconds;
        if new.set.spec.min_ready_seconds.unwrap_or(0) != wanted.unwrap_or(0) {
            Rc::make_mut(&mut new.set.spec).min_ready_seconds = wanted;
        }
        reused
    }

    /// Makes the set of the present template, as large as it may be (`getNewReplicaSet`).
    ///
    /// # Errors
    /// The name that it would get, where a ReplicaSet of another template or owner has it.
    pub fn create_new(&mut self, view: View<'_>) -> Result<(), String> {
        let deployment = self.deployment;
        let template = &deployment.spec.template;
        let hash = pod_template_hash(template, deployment.status.collision_count);
        let name = set_name(&deployment.metadata.name, &hash);
        let key = crate::api::Key::new(&deployment.metadata.namespace, &name);
        if view.cluster.replica_sets.contains(&key) {
            return Err(name);
        }
        let mut template = (**template).clone();
        template.metadata.labels.insert(HASH_LABEL.into(), hash.clone());
        let mut selector: LabelSelector = deployment.spec.selector.clone().unwrap_or_default();
        selector.match_labels.insert(HASH_LABEL.into(), hash);
        let mut set = ReplicaSet {
            metadata: ObjectMeta {
                name,
                namespace: deployment.metadata.namespace.clone(),
                labels: template.metadata.labels.clone(),
                owner_references: vec![controller_reference(deployment)],
                ..Default::default()
            },
            spec: Rc::new(ReplicaSetSpec {
                replicas: Some(new_replicas(deployment, self.total(), 0)),
                min_ready_seconds: deployment.spec.min_ready_seconds,
                selector: Some(selector),
                template: Rc::new(template),
            }),
            status: ReplicaSetStatus::default(),
        };
        annotate(deployment, &mut set, self.highest_old_revision() + 1);
        note_size(deployment, &mut set);
        self.new = Some(Tracked { stored: None, set });
        Ok(())
    }

    /// The set of a place, old ones first as [`Rollout::all`] has them.
    fn at(&mut self, index: usize) -> Option<&mut Tracked> {
        match index.checked_sub(self.old.len()) {
            None => self.old.get_mut(index),
            Some(0) => self.new.as_mut(),
            Some(_) => None,
        }
    }

    /// Gives a set another size and notes the Deployment's size with it; whether the size changed (`scaleReplicaSet`).
    pub(super) fn resize(&mut self, index: usize, to: i32, cause: ResizeCause) -> bool {
        let deployment = self.deployment;
        let Some(tracked) = self.at(index) else { return false };
        let from = tracked.size();
        note_size(deployment, &mut tracked.set);
        if from == to {
            return false;
        }
        Rc::make_mut(&mut tracked.set.spec).replicas = Some(to);
        let set = tracked.set.reference();
        self.resized.push(Resize { set, from, to, cause });
        true
    }

    /// The place of the new set.
    pub(super) fn new_index(&self) -> usize {
        self.old.len()
    }
}

/// Creation, then name: `ReplicaSetsByCreationTimestamp`.
fn creation_order(set: &ReplicaSet) -> (Option<crate::api::Time>, &str) {
    (set.metadata.creation_timestamp, &set.metadata.name)
}

/// The number of a template, by the annotation; 0 where there is none (`Revision`).
#[must_use]
pub fn revision_of(metadata: &ObjectMeta) -> i64 {
    metadata.annotations.get(REVISION).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// A number in an annotation of a set (`getIntFromAnnotation`).
#[must_use]
pub fn number_in(set: &ReplicaSet, annotation: &str) -> Option<i32> {
    set.metadata.annotations.get(annotation)?.parse().ok()
}

/// Whether two templates differ in nothing but the label that the controller adds (`EqualIgnoreHash`).
#[must_use]
pub fn equal_ignoring_hash(a: &PodTemplateSpec, b: &PodTemplateSpec) -> bool {
    if a.spec != b.spec || a.metadata.annotations != b.metadata.annotations {
        return false;
    }
    let labels = |template: &PodTemplateSpec| {
        let mut metadata = template.metadata.clone();
        metadata.labels.remove(HASH_LABEL);
        metadata
    };
    labels(a) == labels(b)
}

/// Copies the Deployment's annotations, raises the revision, and keeps the one before; what it was and is, where it was
/// another before.
fn annotate(deployment: &Deployment, set: &mut ReplicaSet, next: i64) -> Option<(i64, i64)> {
    for (key, value) in &deployment.metadata.annotations {
        if !NOT_COPIED.contains(&key.as_str()) {
            set.metadata.annotations.insert(key.clone(), value.clone());
        }
    }
    let had = set.metadata.annotations.get(REVISION).cloned();
    let before = match &had {
        Some(text) if !text.is_empty() => text.parse().ok()?,
        _ => 0_i64,
    };
    if before >= next {
        return None;
    }
    set.metadata.annotations.insert(REVISION.into(), next.to_string());
    let had = had?;
    let history = set.metadata.annotations.get(REVISION_HISTORY).cloned().unwrap_or_default();
    let mut earlier: Vec<&str> = history.split(',').filter(|text| !text.is_empty()).collect();
    earlier.push(&had);
    let length = |texts: &[&str]| texts.iter().map(|text| text.len() + 1).sum::<usize>();
    while length(&earlier) > HISTORY_LENGTH + 1 && earlier.len() > 1 {
        earlier.remove(0);
    }
    let history = earlier.join(",");
    set.metadata.annotations.insert(REVISION_HISTORY.into(), history);
    Some((before, next))
}

/// Notes the Deployment's size and the most pods there may be (`SetReplicasAnnotations`).
fn note_size(deployment: &Deployment, set: &mut ReplicaSet) {
    let desired = i64::from(replicas(deployment));
    let annotations = &mut set.metadata.annotations;
    annotations.insert(DESIRED_REPLICAS.into(), desired.to_string());
    annotations.insert(MAX_REPLICAS.into(), size(desired + max_surge(deployment)).to_string());
}

/// A short, stable hash of a template and the number of collisions so far (`controller.ComputeHash`).
///
/// The bytes of Kubernetes depend on how Go prints structs; any stable hash does.
fn pod_template_hash(template: &PodTemplateSpec, collisions: Option<i32>) -> String {
    match collisions {
        None => template_hash(template),
        Some(collisions) => {
            let mut salted = template.clone();
            salted.metadata.generate_name = Some(collisions.to_string());
            template_hash(&salted)
        }
    }
}

/// `<deployment>-<hash>`, the first part cut so that the whole is a name (`generateReplicaSetName`).
fn set_name(deployment: &str, hash: &str) -> String {
    let room = 253_usize.saturating_sub(hash.len() + 1);
    let base: String = deployment.chars().take(room).collect();
    format!("{base}-{hash}")
}
