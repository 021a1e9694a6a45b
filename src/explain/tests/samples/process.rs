//! Samples of what somebody makes happen inside containers and machines.

use super::text;
use crate::api::ProbeKind;
use crate::explain::tests::world::{node, pod};
use crate::reason::{NodeResource, ProcessChange, UserReason};

samples! {
    changes: ProcessChange {
        ProcessChange::Crash => [ProcessChange::Crash],
        ProcessChange::Succeeds(_) => [ProcessChange::Succeeds(ProbeKind::Readiness)],
        ProcessChange::Fails(_) => [
            ProcessChange::Fails(ProbeKind::Readiness),
            ProcessChange::Fails(ProbeKind::Liveness),
            ProcessChange::Fails(ProbeKind::Startup),
        ],
        ProcessChange::Hangs(_) => [ProcessChange::Hangs(ProbeKind::Liveness)],
        ProcessChange::IgnoresSigterm(_) => [ProcessChange::IgnoresSigterm(true), ProcessChange::IgnoresSigterm(false)],
    }
}

pub(super) fn crash() -> UserReason {
    UserReason::Process { pod: pod("web-1"), container: Some(text("web")), change: ProcessChange::Crash }
}

pub(super) fn pressure(resource: NodeResource, on: bool) -> UserReason {
    UserReason::NodePressure { node: node("worker-2"), resource, on }
}

/// Further samples: every change, every resource.
pub(super) fn reasons() -> Vec<UserReason> {
    let change = |change| UserReason::Process { pod: pod("web-1"), container: None, change };
    let pressures = NodeResource::ALL.into_iter().map(|resource| pressure(resource, resource != NodeResource::Pid));
    changes().into_iter().map(change).chain(pressures).collect()
}
