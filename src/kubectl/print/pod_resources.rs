//! What a pod requests and is limited to as a whole. Upstream: `k8s.io/component-helpers/resource: PodRequests, PodLimits`.

use crate::api::{Container, Pod, Quantity, ResourceRequirements};
use std::collections::BTreeMap;

/// Amounts by resource.
pub type Amounts = BTreeMap<String, Quantity>;

/// What the pod requests.
#[must_use]
pub fn requests(pod: &Pod) -> Amounts {
    of(pod, |resources| &resources.requests)
}

/// What the pod is limited to.
#[must_use]
pub fn limits(pod: &Pod) -> Amounts {
    of(pod, |resources| &resources.limits)
}

/// Containers together, or what an init container needs with the sidecars before it, whichever is more; what is written
/// for the pod as a whole wins; overhead comes on top of what is named.
fn of(pod: &Pod, part: fn(&ResourceRequirements) -> &Amounts) -> Amounts {
    let amounts = |container: &Container| part(&container.resources).clone();
    let mut total = Amounts::new();
    for container in &pod.spec.containers {
        add(&mut total, &amounts(container));
    }
    let (mut sidecars, mut init) = (Amounts::new(), Amounts::new());
    for container in &pod.spec.init_containers {
        let mut needed = amounts(container);
        if container.is_sidecar() {
            add(&mut total, &needed);
            add(&mut sidecars, &needed);
            needed.clone_from(&sidecars);
        } else {
            add(&mut needed, &sidecars);
        }
        raise(&mut init, needed);
    }
    raise(&mut total, init);
    if let Some(own) = &pod.spec.resources {
        total.extend(part(own).iter().map(|(name, amount)| (name.clone(), amount.clone())));
    }
    let overhead = pod.spec.overhead.iter().filter(|(name, _)| total.contains_key(*name));
    let overhead: Amounts = overhead.map(|(name, amount)| (name.clone(), amount.clone())).collect();
    add(&mut total, &overhead);
    total
}

/// Adds amounts to others, in the form of the first.
pub fn add(total: &mut Amounts, more: &Amounts) {
    for (name, amount) in more {
        match total.get_mut(name) {
            Some(sum) => *sum = sum.plus(amount),
            None => {
                total.insert(name.clone(), amount.clone());
            }
        }
    }
}

fn raise(total: &mut Amounts, others: Amounts) {
    for (name, amount) in others {
        match total.get_mut(&name) {
            Some(known) if known.milli() >= amount.milli() => {}
            _ => {
                total.insert(name, amount);
            }
        }
    }
}
