//! The rules that the EndpointSlice controller follows.

use super::{Rule, STATUS};
use crate::reason::{EndpointsAct, EndpointsReason, Withdrawal};

rules! {
    READY_ENDPOINTS {
        "service-ready-endpoints",
        "A Service publishes Ready pods",
        "Service 发布就绪的 Pod",
        "concepts/services-networking/endpoint-slices/#conditions",
        "pkg/controller/endpointslice/endpointslice_controller.go: syncService"
    }
    TERMINATING_ENDPOINTS {
        "service-terminating-endpoints",
        "A terminating pod gets no new traffic",
        "正在终止的 Pod 不接新流量",
        "concepts/services-networking/endpoint-slices/#terminating",
        "pkg/controller/endpointslice/endpointslice_controller.go: syncService"
    }
    SERVICE_SELECTOR {
        "service-selector",
        "Labels put pods behind a Service",
        "标签让 Pod 成为 Service 的后端",
        "concepts/services-networking/service/#defining-a-service",
        "pkg/controller/endpointslice/endpointslice_controller.go: syncService"
    }
}

pub(super) fn rule_of(reason: &EndpointsReason) -> &'static Rule {
    match &reason.act {
        EndpointsAct::Publish { entered, left, .. } => {
            let terminating = left.iter().any(|departure| departure.why == Withdrawal::Terminating);
            if entered.is_empty() && terminating { &TERMINATING_ENDPOINTS } else { &READY_ENDPOINTS }
        }
        EndpointsAct::NoAddressYet { .. } | EndpointsAct::SelectsNothing { .. } => &SERVICE_SELECTOR,
        EndpointsAct::RecordStatus => &STATUS,
    }
}
