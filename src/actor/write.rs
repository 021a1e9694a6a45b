//! What an actor asks for.

use crate::api::{Object, ObjectRef, Time, Uid};
use crate::reason::{Propagation, Reason};

/// The outcome of one look at the cluster.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pass {
    /// What to write, in order.
    pub writes: Vec<Write>,
    /// Why; none where there was nothing to do and nothing to wait for.
    pub reason: Option<Reason>,
    /// When to look again even if nothing changes.
    pub again_at: Option<Time>,
}

impl Pass {
    /// Nothing to do.
    #[must_use]
    pub fn nothing() -> Pass {
        Pass::default()
    }

    /// Nothing to do before an instant.
    #[must_use]
    pub fn again_at(at: Time) -> Pass {
        Pass { again_at: Some(at), ..Pass::default() }
    }

    /// Writes with their reason.
    #[must_use]
    pub fn of(writes: Vec<Write>, reason: Reason) -> Pass {
        Pass { writes, reason: Some(reason), again_at: None }
    }
}

/// A request to the API server.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// Makes an object.
    Create(Object),
    /// Replaces an object that exists. The API server raises `generation` if the spec differs.
    Update(Object),
    /// Asks for an object's deletion.
    Delete(Deletion),
}

/// A request to delete an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Deletion {
    /// Which.
    pub object: ObjectRef,
    /// Only if it is this one still.
    pub uid: Option<Uid>,
    /// Seconds of grace for a pod; none means the pod's own.
    pub grace_seconds: Option<i64>,
    /// How its dependents are treated.
    pub propagation: Propagation,
}

impl Deletion {
    /// A deletion as controllers ask for it: the pod's own grace, background propagation.
    #[must_use]
    pub fn of(object: ObjectRef, uid: Uid) -> Write {
        Write::Delete(Deletion { object, uid: Some(uid), grace_seconds: None, propagation: Propagation::Background })
    }

    /// A deletion without grace, as the kubelet confirms it.
    #[must_use]
    pub fn at_once(object: ObjectRef, uid: Uid) -> Write {
        Write::Delete(Deletion { object, uid: Some(uid), grace_seconds: Some(0), propagation: Propagation::Background })
    }
}
