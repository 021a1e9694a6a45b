//! The rules that the EndpointSlice controller follows.

use super::{Rule, STATUS};
use crate::reason::{EndpointsAct, EndpointsReason, Withdrawal};

rules! {
    READY_ENDPOINTS {
        "service-ready-endpoints",
        "A Service publishes Ready pods",
        "Service 发布就绪的 Pod",
        "A Service sends traffic to pods that match its selector and are Ready. The EndpointSlice lists the \
         others too, marked as not ready. `publishNotReadyAddresses` counts every pod as ready.",
        "Service 把流量发给与选择器匹配且就绪的 Pod。EndpointSlice 里也列着其余的，标为未就绪。设置 `publishNotReadyAddresses` 后，\
         所有 Pod 都当作就绪。",
        "concepts/services-networking/endpoint-slices/#conditions",
        "pkg/controller/endpointslice/endpointslice_controller.go: syncService"
    }
    TERMINATING_ENDPOINTS {
        "service-terminating-endpoints",
        "A terminating pod gets no new traffic",
        "正在终止的 Pod 不接新流量",
        "A pod that is being terminated is no longer ready for new traffic, whatever its probe says. As long \
         as it still answers, it is listed as serving and terminating.",
        "正在终止的 Pod 不再接收新流量，不管探针怎么说。只要它还能应答，就会标为 serving 和 terminating。",
        "concepts/services-networking/endpoint-slices/#terminating",
        "pkg/controller/endpointslice/endpointslice_controller.go: syncService"
    }
    SERVICE_SELECTOR {
        "service-selector",
        "Labels put pods behind a Service",
        "标签让 Pod 成为 Service 的后端",
        "Only labels connect a Service with pods. Names and owners do not matter. A selector that matches \
         nothing is no error: the Service simply has no endpoints.",
        "Service 与 Pod 之间只靠标签相连，与名称和属主无关。选择器什么都没选中并不算错，只是这个 Service 没有端点。",
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
