//! Whether a request fits. Upstream: `pkg/scheduler/framework/plugins/noderesources/fit.go: fitsRequest`.

use crate::api::Quantity;
use crate::cluster::Requested;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A resource that a node has too little of: milli-CPU for CPU, bytes or pieces for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insufficient {
    /// The resource; `pods` for the number of pods.
    pub resource: String,
    /// What the pod requests.
    pub requested: i64,
    /// What the pods of the node request.
    pub used: i64,
    /// What the node has.
    pub capacity: i64,
}

impl Insufficient {
    /// Kubernetes' words.
    #[must_use]
    pub fn reason(&self) -> Cow<'static, str> {
        match self.resource.as_str() {
            "pods" => "Too many pods".into(),
            "cpu" => "Insufficient cpu".into(),
            "memory" => "Insufficient memory".into(),
            name => format!("Insufficient {name}").into(),
        }
    }

    /// Whether an empty node of the size would not do either, so that evicting pods does not help.
    #[must_use]
    pub fn unresolvable(&self) -> bool {
        self.resource != "pods" && self.requested > self.capacity
    }
}

/// What a node of some size with pods on it lacks for one more.
#[must_use]
pub fn fits_request(
    request: &Requested,
    used: &Requested,
    allocatable: &BTreeMap<String, Quantity>,
) -> Vec<Insufficient> {
    let mut lacking = vec![];
    let pods = allocatable.get("pods").map_or(0, Quantity::value);
    if used.pods + 1 > pods {
        lacking.push(Insufficient { resource: "pods".into(), requested: 1, used: used.pods, capacity: pods });
    }
    let mut check = |name: &str, requested: i64, used: i64, capacity: i64| {
        if requested > 0 && requested > capacity.saturating_sub(used) {
            lacking.push(Insufficient { resource: name.into(), requested, used, capacity });
        }
    };
    check("cpu", request.cpu_milli, used.cpu_milli, allocatable.get("cpu").map_or(0, Quantity::milli));
    check("memory", request.memory, used.memory, allocatable.get("memory").map_or(0, Quantity::value));
    let whole = |milli: i64| milli.div_euclid(1000) + i64::from(milli.rem_euclid(1000) != 0);
    for (name, requested) in &request.other {
        let used = used.other.get(name).copied().unwrap_or(0);
        check(name, whole(*requested), whole(used), allocatable.get(name).map_or(0, Quantity::value));
    }
    lacking
}
