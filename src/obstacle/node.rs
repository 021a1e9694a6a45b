//! What is wrong with a node.

use super::{Cause, Moment, Question, told};
use crate::api::ObjectRef;
use crate::api::Time;

/// What is wrong with a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeLack {
    /// It does not exist.
    Missing,
    /// Nothing is heard of its kubelet.
    Silent {
        /// Since when it does not count as Ready.
        since: Option<Time>,
    },
    /// Its kubelet reports that it is not Ready.
    NotReady {
        /// What it says.
        message: Option<String>,
    },
    /// It is cordoned: pods that are there stay, new ones are not placed.
    Cordoned,
    /// It runs short of something.
    Pressure {
        /// The condition: `MemoryPressure`.
        condition: String,
    },
}

/// What is wrong with a node, and whom to ask next.
pub(super) fn cause(moment: Moment<'_>, node: &ObjectRef) -> Option<(Cause, Option<Question>)> {
    let lack = |lack| Some((Cause::Node(lack), None));
    let Some(found) = moment.cluster.node(node.name()) else { return lack(NodeLack::Missing) };
    if let Some(ready) = found.ready_condition().filter(|condition| condition.status != "True") {
        if ready.status == "Unknown" {
            return lack(NodeLack::Silent { since: ready.last_transition_time });
        }
        return lack(NodeLack::NotReady { message: ready.message.clone() });
    }
    if found.is_cordoned() {
        return lack(NodeLack::Cordoned);
    }
    let pressed = found
        .status
        .conditions
        .iter()
        .find(|condition| condition.kind.ends_with("Pressure") && condition.status == "True");
    if let Some(condition) = pressed {
        return lack(NodeLack::Pressure { condition: condition.kind.clone() });
    }
    told::cause(moment, node)
}
