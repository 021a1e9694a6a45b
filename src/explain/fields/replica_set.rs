//! The fields that decide what the ReplicaSet controller does.

use super::Fields;
use crate::reason::ReplicaSetReason;

impl Fields<'_> {
    pub(super) fn replica_set(&mut self, reason: &ReplicaSetReason) {
        match &reason.act {
            _ => {}
        }
    }
}
