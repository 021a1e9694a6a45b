//! From endpoints to slices with as few writes as possible.
//! Upstream: `k8s.io/endpointslice/reconciler.go: reconcileByAddressType, reconcileByPortMapping, finalize`.

use crate::actor::{Deletion, Write};
use crate::api::{
    Endpoint, EndpointPort, EndpointSlice, Labels, Object, ObjectMeta, ObjectRef, Resource, Service, Uid,
};
use crate::controllers::ownership::controller_reference;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Endpoints in one slice at most (`--max-endpoints-per-slice`).
pub const MAX_ENDPOINTS: usize = 100;
/// The label that ties a slice to its Service.
pub const SERVICE_NAME_LABEL: &str = "kubernetes.io/service-name";
/// The label that says who keeps a slice.
pub const MANAGED_BY_LABEL: &str = "endpointslice.kubernetes.io/managed-by";
/// Its value for the slices of this controller.
pub const MANAGED_BY: &str = "endpointslice-controller.k8s.io";
/// The label of slices whose Service has no address of its own.
pub const HEADLESS_LABEL: &str = "service.kubernetes.io/headless";

/// An endpoint is the same as long as its address, its host name and its pod's name are (`hashEndpoint`).
type Identity = (String, String, String);

fn identity(endpoint: &Endpoint) -> Identity {
    (
        endpoint.target_ref.as_ref().map(|target| target.name.clone()).unwrap_or_default(),
        endpoint.addresses.first().cloned().unwrap_or_default(),
        endpoint.hostname.clone().unwrap_or_default(),
    )
}

/// The endpoints that should be, by the ports that their pods have.
#[derive(Default)]
pub(super) struct Desired(Vec<(Vec<EndpointPort>, BTreeMap<Identity, Endpoint>)>);

impl Desired {
    pub(super) fn add(&mut self, ports: Vec<EndpointPort>, endpoint: Endpoint) {
        let index = self.0.iter().position(|(existing, _)| *existing == ports).unwrap_or_else(|| {
            self.0.push((ports, BTreeMap::new()));
            self.0.len() - 1
        });
        if let Some((_, endpoints)) = self.0.get_mut(index) {
            endpoints.insert(identity(&endpoint), endpoint);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|(_, endpoints)| endpoints.len()).sum()
    }

    pub(super) fn ready_pods(&self) -> BTreeMap<ObjectRef, Uid> {
        let endpoints = self.0.iter().flat_map(|(_, endpoints)| endpoints.values());
        endpoints
            .filter(|endpoint| endpoint.conditions.ready)
            .filter_map(|endpoint| endpoint.target_ref.as_ref())
            .map(|target| (target.pod(), target.uid))
            .collect()
    }
}

/// What becomes of the slices.
#[derive(Default)]
struct Plan {
    create: Vec<EndpointSlice>,
    update: Vec<EndpointSlice>,
    delete: Vec<Rc<EndpointSlice>>,
}

/// The writes that make the slices list what is desired.
pub(super) fn reconcile(service: &Service, existing: &[&Rc<EndpointSlice>], desired: Desired) -> Vec<Write> {
    let mut plan = Plan::default();
    for slice in existing.iter().filter(|slice| !desired.0.iter().any(|(ports, _)| *ports == slice.ports)) {
        plan.delete.push(Rc::clone(slice));
    }
    for (ports, endpoints) in desired.0 {
        let of_ports = existing.iter().filter(|slice| slice.ports == ports).map(|slice| &***slice);
        fill(&mut plan, service, &ports, of_ports, endpoints);
    }
    if existing.len() == plan.delete.len() && plan.create.is_empty() {
        placeholder(&mut plan, service);
    }
    finalize(plan, service)
}

/// `reconcileByPortMapping`: slices keep what they have, changed ones are filled up first, then the fullest unchanged
/// one that takes all the rest, then new ones.
fn fill<'a>(
    plan: &mut Plan,
    service: &Service,
    ports: &[EndpointPort],
    existing: impl Iterator<Item = &'a EndpointSlice>,
    mut endpoints: BTreeMap<Identity, Endpoint>,
) {
    let wanted_labels = labels(service);
    let mut changed: Vec<EndpointSlice> = vec![];
    let mut unchanged: Vec<&EndpointSlice> = vec![];
    let mut emptied: Vec<EndpointSlice> = vec![];
    for slice in existing {
        let kept: Vec<Endpoint> =
            slice.endpoints.iter().filter_map(|endpoint| endpoints.remove(&identity(endpoint))).collect();
        if kept == slice.endpoints && slice.metadata.labels == wanted_labels {
            unchanged.push(slice);
            continue;
        }
        let is_empty = kept.is_empty();
        let slice = EndpointSlice { endpoints: kept, ..with_labels(slice, &wanted_labels) };
        if is_empty { emptied.push(slice) } else { changed.push(slice) }
    }
    changed.sort_by_key(|slice| std::cmp::Reverse(slice.endpoints.len()));
    changed.iter_mut().for_each(|slice| top_up(slice, &mut endpoints));
    while !endpoints.is_empty() {
        let fits = |slice: &&EndpointSlice| slice.endpoints.len() + endpoints.len() <= MAX_ENDPOINTS;
        let fullest = unchanged.iter().copied().filter(fits).max_by_key(|slice| slice.endpoints.len());
        let mut slice = match fullest {
            Some(fullest) => {
                unchanged.retain(|slice| slice.metadata.name != fullest.metadata.name);
                fullest.clone()
            }
            None => match emptied.pop() {
                Some(slice) => slice,
                None => new_slice(service, ports),
            },
        };
        top_up(&mut slice, &mut endpoints);
        if slice.metadata.name.is_empty() { plan.create.push(slice) } else { changed.push(slice) }
    }
    plan.update.append(&mut changed);
    plan.delete.extend(emptied.into_iter().map(Rc::new));
}

fn top_up(slice: &mut EndpointSlice, endpoints: &mut BTreeMap<Identity, Endpoint>) {
    while slice.endpoints.len() < MAX_ENDPOINTS {
        let Some((_, endpoint)) = endpoints.pop_first() else { return };
        slice.endpoints.push(endpoint);
    }
}

/// A Service always has a slice: where no other is left, an empty one without ports.
fn placeholder(plan: &mut Plan, service: &Service) {
    let empty = new_slice(service, &[]);
    let is_placeholder = |slice: &Rc<EndpointSlice>| {
        slice.endpoints.is_empty() && slice.ports.is_empty() && slice.metadata.labels == empty.metadata.labels
    };
    match plan.delete.as_slice() {
        [only] if is_placeholder(only) => plan.delete.clear(),
        _ => plan.create.push(empty),
    }
}

/// A slice that would be deleted beside one that would be made is used for it instead.
fn finalize(mut plan: Plan, service: &Service) -> Vec<Write> {
    while let (Some(old), Some(slice)) = (plan.delete.first(), plan.create.last()) {
        let metadata = ObjectMeta { labels: slice.metadata.labels.clone(), ..old.metadata.clone() };
        plan.update.push(EndpointSlice { metadata, ..slice.clone() });
        plan.create.pop();
        plan.delete.remove(0);
    }
    if service.metadata.is_terminating() {
        plan.create.clear();
    }
    let object = |slice: EndpointSlice| Object::EndpointSlice(Rc::new(slice));
    (plan.create.into_iter().map(|slice| Write::Create(object(slice))))
        .chain(plan.update.into_iter().map(|slice| Write::Update(object(slice))))
        .chain(plan.delete.iter().map(|slice| Deletion::of(slice.reference(), slice.metadata.uid)))
        .collect()
}

fn with_labels(slice: &EndpointSlice, labels: &Labels) -> EndpointSlice {
    EndpointSlice {
        metadata: ObjectMeta { labels: labels.clone(), ..slice.metadata.clone() },
        address_type: slice.address_type.clone(),
        endpoints: vec![],
        ports: slice.ports.clone(),
    }
}

/// The labels of a Service's slices: the Service's own, and those of the controller (`setEndpointSliceLabels`).
fn labels(service: &Service) -> Labels {
    let mut labels = service.metadata.labels.clone();
    labels.remove(HEADLESS_LABEL);
    labels.insert(SERVICE_NAME_LABEL.into(), service.metadata.name.clone());
    labels.insert(MANAGED_BY_LABEL.into(), MANAGED_BY.into());
    if service.is_headless() {
        labels.insert(HEADLESS_LABEL.into(), String::new());
    }
    labels
}

fn new_slice(service: &Service, ports: &[EndpointPort]) -> EndpointSlice {
    EndpointSlice {
        metadata: ObjectMeta {
            generate_name: Some(format!("{}-", service.metadata.name)),
            namespace: service.metadata.namespace.clone(),
            labels: labels(service),
            owner_references: vec![controller_reference(service)],
            ..Default::default()
        },
        address_type: "IPv4".into(),
        endpoints: vec![],
        ports: ports.to_vec(),
    }
}
