//! The fields that decide what the EndpointSlice controller does.

use super::Fields;
use crate::api::{Kind, ObjectRef};
use crate::reason::{EndpointsAct, EndpointsReason, Withdrawal};
use std::rc::Rc;

impl Fields<'_> {
    pub(super) fn endpoints(&mut self, reason: &EndpointsReason) {
        let Some(service) = self.scope.cluster.services.get(&reason.service.key).map(Rc::clone) else { return };
        let name = &reason.service;
        match &reason.act {
            EndpointsAct::Publish { left, .. } => {
                self.add(name, "spec.selector", &service.spec.selector);
                if service.spec.publish_not_ready_addresses == Some(true) {
                    self.add(name, "spec.publishNotReadyAddresses", &true);
                }
                if service.is_headless() {
                    self.add(name, "spec.clusterIP", &service.spec.cluster_ip);
                }
                for departure in left.iter().filter(|departure| departure.why == Withdrawal::NotReady).take(1) {
                    self.readiness_probes(&departure.pod);
                }
            }
            EndpointsAct::NoAddressYet { expected } => {
                self.add(name, "spec.selector", &service.spec.selector);
                expected.iter().take(1).for_each(|object| self.labels_of(object));
            }
            EndpointsAct::SelectsNothing { closest, .. } => {
                self.add(name, "spec.selector", &service.spec.selector);
                if let Some((object, _)) = closest {
                    self.labels_of(object);
                }
            }
            EndpointsAct::RecordStatus => {}
        }
    }

    /// The labels of a pod, or of the pods that a workload makes.
    fn labels_of(&mut self, object: &ObjectRef) {
        let Some(found) = self.scope.object(object) else { return };
        let path = if object.kind == Kind::Pod { "/metadata/labels" } else { "/spec/template/metadata/labels" };
        if let Some(labels) = found.to_json().pointer(path) {
            self.add(object, path.trim_start_matches('/').replace('/', "."), labels);
        }
    }
}
