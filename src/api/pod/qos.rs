//! Classes of service. Upstream: `pkg/apis/core/v1/helper/qos/qos.go: ComputePodQOS`.

use super::{Container, PodSpec};
use crate::api::Quantity;
use serde::{Deserialize, Serialize};
use std::fmt;

/// `core/v1 PodQOSClass`, first to be evicted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum QosClass {
    /// No container says what it needs.
    BestEffort,
    /// Some container says something.
    Burstable,
    /// Every container requests as much CPU and memory as it may use at most.
    Guaranteed,
}

impl fmt::Display for QosClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            QosClass::BestEffort => "BestEffort",
            QosClass::Burstable => "Burstable",
            QosClass::Guaranteed => "Guaranteed",
        })
    }
}

const COUNTED: [&str; 2] = ["cpu", "memory"];

impl PodSpec {
    /// The class of a pod with this spec.
    #[must_use]
    pub fn qos_class(&self) -> QosClass {
        let containers = || self.init_containers.iter().chain(&self.containers);
        let is_positive = |quantity: &&Quantity| quantity.milli() > 0;
        let says = |container: &Container| {
            let resources = &container.resources;
            let amount = |name: &str| {
                let amounts = resources.requests.get(name).into_iter().chain(resources.limits.get(name));
                amounts.filter(is_positive).count() > 0
            };
            COUNTED.into_iter().any(amount)
        };
        let is_guaranteed = |container: &Container| {
            let resources = &container.resources;
            COUNTED.into_iter().all(|name| {
                let limit = resources.limits.get(name).filter(is_positive);
                limit.is_some_and(|limit| {
                    resources.requests.get(name).is_none_or(|asked| asked.milli() == limit.milli())
                })
            })
        };
        if !containers().any(says) {
            QosClass::BestEffort
        } else if containers().all(is_guaranteed) {
            QosClass::Guaranteed
        } else {
            QosClass::Burstable
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a fixture that cannot be read has failed")]
mod tests {
    use super::*;
    use serde_json::json;

    fn class(resources: serde_json::Value) -> QosClass {
        let spec: PodSpec = serde_json::from_value(json!({ "containers": [{ "resources": resources }] })).unwrap();
        spec.qos_class()
    }

    #[test]
    fn the_class_follows_from_requests_and_limits() {
        assert_eq!(class(json!({})), QosClass::BestEffort);
        assert_eq!(class(json!({ "requests": { "example.com/gpu": "1" } })), QosClass::BestEffort);
        assert_eq!(class(json!({ "requests": { "cpu": "1" } })), QosClass::Burstable);
        assert_eq!(class(json!({ "limits": { "cpu": "1" } })), QosClass::Burstable);
        assert_eq!(class(json!({ "limits": { "cpu": "1", "memory": "1Gi" } })), QosClass::Guaranteed);
        let more = json!({ "limits": { "cpu": "1", "memory": "1Gi" }, "requests": { "cpu": "500m" } });
        assert_eq!(class(more), QosClass::Burstable);
    }
}
