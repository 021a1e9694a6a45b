//! Samples of what the EndpointSlice controller does.

use super::super::world::{agent, pod, web};
use crate::api::{Kind, ObjectRef};
use crate::engine::Step;
use crate::explain::tests::world::step;
use crate::reason::{Departure, EndpointsAct, EndpointsReason, LabelMiss, Reason, Withdrawal};

fn left(why: Withdrawal) -> EndpointsAct {
    let left = vec![Departure { pod: pod("web-1"), why }];
    EndpointsAct::Publish { entered: vec![], left, ready: 1, listed: 2 }
}

samples! {
    acts: EndpointsAct {
        EndpointsAct::Publish { .. } => [
            EndpointsAct::Publish { entered: vec![pod("web-0")], left: vec![], ready: 1, listed: 1 },
            EndpointsAct::Publish {
                entered: vec![pod("web-0"), pod("web-1"), pod("web-2")],
                left: vec![],
                ready: 3,
                listed: 3,
            },
            EndpointsAct::Publish {
                entered: vec![pod("web-2")],
                left: vec![
                    Departure { pod: pod("web-0"), why: Withdrawal::NotReady },
                    Departure { pod: pod("web-1"), why: Withdrawal::Terminating },
                ],
                ready: 1,
                listed: 3,
            },
            left(Withdrawal::Terminating),
            left(Withdrawal::NotReady),
            left(Withdrawal::Ended),
            left(Withdrawal::Unselected),
            EndpointsAct::Publish {
                entered: vec![],
                left: vec![Departure { pod: pod("web-1"), why: Withdrawal::Gone }],
                ready: 0,
                listed: 0,
            },
        ],
        EndpointsAct::NoAddressYet { .. } => [EndpointsAct::NoAddressYet { expected: vec![web()] }],
        EndpointsAct::SelectsNothing { .. } => [
            EndpointsAct::SelectsNothing { selector: vec![("app".into(), "shop".into())], closest: None },
            EndpointsAct::SelectsNothing {
                selector: vec![("app".into(), "agent".into()), ("tier".into(), "edge".into())],
                closest: Some((
                    agent(),
                    vec![LabelMiss { key: "tier".into(), wanted: "edge".into(), found: None }],
                )),
            },
            EndpointsAct::SelectsNothing {
                selector: vec![("app".into(), "Web".into())],
                closest: Some((
                    web(),
                    vec![LabelMiss { key: "app".into(), wanted: "Web".into(), found: Some("web".into()) }],
                )),
            },
        ],
        EndpointsAct::RecordStatus => [EndpointsAct::RecordStatus],
    }
}

pub(super) fn steps() -> Vec<Step> {
    let service = ObjectRef::new(Kind::Service, "default", "web");
    let reason = |act| Reason::Endpoints(EndpointsReason { service: service.clone(), act });
    acts().into_iter().map(|act| step(reason(act))).collect()
}
