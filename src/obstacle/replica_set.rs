//! What a ReplicaSet lacks that has made its pods and says nothing more: some of them are not available.

use super::{Cause, Moment, Question};
use crate::api::{ObjectRef, Resource};
use crate::controllers::replica_set::{is_active, replicas};

/// Whether pods of a ReplicaSet are not available, and which to ask about.
pub(super) fn cause(moment: Moment<'_>, object: &ObjectRef) -> Option<(Cause, Option<Question>)> {
    let set = moment.cluster.replica_sets.get(&object.key)?;
    let min_ready = set.spec.min_ready_seconds.unwrap_or(0);
    let pods = || moment.cluster.pods_of(set.metadata.uid).filter(|pod| is_active(pod));
    let first = pods().find(|pod| !pod.is_available(min_ready, moment.now))?;
    let available = pods().filter(|pod| pod.is_available(min_ready, moment.now)).count();
    Some((Cause::Unavailable { available, wanted: replicas(set) }, Some(Question::Object(first.reference()))))
}
