//! The rules that the ReplicaSet controller follows.

use super::{Rule, STATUS};
use crate::reason::ReplicaSetReason;

rules! {}

pub(super) fn rule_of(reason: &ReplicaSetReason) -> &'static Rule {
    match &reason.act {
        _ => &STATUS,
    }
}
