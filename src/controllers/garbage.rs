//! Garbage collection: what goes when its owner goes. Upstream: `pkg/controller/garbagecollector`.

use crate::actor::{Deletion, Pass, View, Write};
use crate::api::{Kind, Object, ObjectRef, OwnerReference};
use crate::cluster::Cluster;
use crate::reason::{GarbageReason, Propagation, Reason};

/// The finalizer of foreground deletion.
pub const FOREGROUND: &str = "foregroundDeletion";
/// The finalizer of orphaning deletion.
pub const ORPHAN: &str = "orphan";

/// One look at an object: as a dependent and as an owner.
#[must_use]
pub fn sync(view: View<'_>, reference: &ObjectRef) -> Pass {
    let Some(object) = view.cluster.get(reference) else { return Pass::nothing() };
    let metadata = object.metadata();
    if metadata.is_terminating() && metadata.has_finalizer(ORPHAN) {
        return orphan_dependents(view, &object);
    }
    if metadata.is_terminating() && metadata.has_finalizer(FOREGROUND) {
        return release_owner(view, &object);
    }
    if metadata.is_terminating() || metadata.owner_references.is_empty() {
        return Pass::nothing();
    }
    delete_dependent(view, object)
}

/// `attemptToDeleteItem`: goes when no owner is left that exists and stays.
fn delete_dependent(view: View<'_>, mut object: Object) -> Pass {
    let mut solid = vec![];
    let mut foreground: Option<OwnerReference> = None;
    let mut dangling: Option<OwnerReference> = None;
    for owner in &object.metadata().owner_references {
        if !can_be_looked_up(owner, &object) {
            // An error, which leaves the object alone.
            return Pass::nothing();
        }
        match find(view.cluster, owner, &object.metadata().namespace) {
            None => dangling = Some(owner.clone()),
            Some(found) if found.metadata().is_terminating() && found.metadata().has_finalizer(FOREGROUND) => {
                foreground = Some(owner.clone());
            }
            Some(_) => solid.push(owner.clone()),
        }
    }
    let reference = object.reference();
    if !solid.is_empty() {
        if solid.len() == object.metadata().owner_references.len() {
            return Pass::nothing();
        }
        let Some(owner) = dangling.or(foreground) else { return Pass::nothing() };
        object.metadata_mut().owner_references = solid;
        let reason = GarbageReason::OwnerGone { owner: reference_to(&owner, &reference), object: reference };
        return Pass::of(vec![Write::Update(object)], Reason::Garbage(reason));
    }
    let uid = object.metadata().uid;
    // What is deleted before its owner waits for its own dependents in turn.
    let write = Write::Delete(Deletion {
        object: reference.clone(),
        uid: Some(uid),
        grace_seconds: None,
        propagation: propagation(&object, foreground.is_some() && view.cluster.dependents(uid).next().is_some()),
    });
    let reason = match (foreground, dangling) {
        (Some(owner), _) => {
            GarbageReason::ForegroundDependent { owner: reference_to(&owner, &reference), object: reference }
        }
        (None, Some(owner)) => GarbageReason::OwnerGone { owner: reference_to(&owner, &reference), object: reference },
        (None, None) => return Pass::nothing(),
    };
    Pass::of(vec![write], Reason::Garbage(reason))
}

/// How the dependents of a dependent are treated: as its finalizers ask, else first where its own owner waits for it.
fn propagation(object: &Object, first: bool) -> Propagation {
    if object.metadata().has_finalizer(ORPHAN) {
        Propagation::Orphan
    } else if first || object.metadata().has_finalizer(FOREGROUND) {
        Propagation::Foreground
    } else {
        Propagation::Background
    }
}

/// Whether an owner is of a kind that is known, and can own the object: what has no namespace cannot be owned by what has
/// one (`namespacedOwnerOfClusterScopedObjectErr`).
fn can_be_looked_up(owner: &OwnerReference, object: &Object) -> bool {
    Kind::parse(&owner.kind).is_some_and(|kind| !kind.is_namespaced() || object.kind().is_namespaced())
}

/// `processDeletingDependentsItem`: an owner in foreground deletion goes when nothing that blocks it is left.
fn release_owner(view: View<'_>, object: &Object) -> Pass {
    let uid = object.metadata().uid;
    let blocking = view.cluster.dependents(uid).filter(|dependent| {
        view.cluster.get(dependent).is_some_and(|dependent| {
            dependent
                .metadata()
                .owner_references
                .iter()
                .any(|owner| owner.uid == uid && owner.block_owner_deletion == Some(true))
        })
    });
    let (owner, left) = (object.reference(), blocking.count());
    if left > 0 {
        return Pass::of(vec![], Reason::Garbage(GarbageReason::WaitsForDependents { owner, left }));
    }
    let write = Write::Update(without_finalizer(object, FOREGROUND));
    Pass::of(vec![write], Reason::Garbage(GarbageReason::OwnerReleased { owner }))
}

/// `orphanDependents`: the dependents lose their owner, then the owner goes.
fn orphan_dependents(view: View<'_>, object: &Object) -> Pass {
    let uid = object.metadata().uid;
    let dependents: Vec<ObjectRef> = view.cluster.dependents(uid).cloned().collect();
    let mut writes: Vec<Write> = (dependents.iter().filter_map(|dependent| view.cluster.get(dependent)))
        .map(|mut dependent| {
            dependent.metadata_mut().owner_references.retain(|owner| owner.uid != uid);
            Write::Update(dependent)
        })
        .collect();
    writes.push(Write::Update(without_finalizer(object, ORPHAN)));
    Pass::of(writes, Reason::Garbage(GarbageReason::Orphaned { owner: object.reference(), dependents }))
}

fn without_finalizer(object: &Object, finalizer: &str) -> Object {
    let mut object = object.clone();
    object.metadata_mut().finalizers.retain(|set| set != finalizer);
    object
}

/// The owner that a reference means: the same identity, not only the same name.
fn find(cluster: &Cluster, owner: &OwnerReference, namespace: &str) -> Option<Object> {
    let kind = Kind::parse(&owner.kind)?;
    let namespace = if kind.is_namespaced() { namespace } else { "" };
    cluster.get(&ObjectRef::new(kind, namespace, &owner.name)).filter(|found| found.metadata().uid == owner.uid)
}

/// An owner as an object reference; one of an unknown kind is shown as the dependent's own kind would be.
fn reference_to(owner: &OwnerReference, dependent: &ObjectRef) -> ObjectRef {
    ObjectRef::new(Kind::parse(&owner.kind).unwrap_or(dependent.kind), &dependent.key.namespace, &owner.name)
}
