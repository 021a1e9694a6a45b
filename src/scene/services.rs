//! Services and the endpoints behind them, as EndpointSlices list them.

use super::natural::natural;
use crate::api::{Endpoint, EndpointTarget, ObjectRef, Resource, Service};
use crate::cluster::Cluster;
use crate::controllers::endpoints::{has_slices, published};

/// A Service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceView {
    /// Which.
    pub object: ObjectRef,
    /// What its name leads to.
    pub lead: Lead,
    /// Endpoints that traffic goes to.
    pub ready: usize,
    /// All endpoints.
    pub all: usize,
    /// The first of them, by name.
    pub endpoints: Vec<EndpointView>,
}

/// What the name of a Service leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// One address, whichever pod answers.
    Address(String),
    /// The pods themselves.
    Headless,
    /// A name elsewhere.
    External(String),
    /// Whatever endpoints somebody writes: it has no selector.
    Unselected,
}

/// An endpoint of a Service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointView {
    /// The pod; none for an address that somebody wrote.
    pub pod: Option<ObjectRef>,
    /// The address.
    pub address: String,
    /// The name below that of the Service, where it has one.
    pub name: Option<String>,
    /// Whether traffic goes there.
    pub state: EndpointState,
}

/// Whether traffic goes to an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EndpointState {
    /// It does.
    Ready,
    /// The pod is not Ready.
    NotReady,
    /// The pod is being deleted, and still serves.
    Draining,
    /// The pod is being deleted, and serves no more.
    Terminating,
}

impl EndpointState {
    /// All of them.
    pub const ALL: [EndpointState; 4] =
        [EndpointState::Ready, EndpointState::NotReady, EndpointState::Draining, EndpointState::Terminating];

    /// A short name for style sheets and tests.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            EndpointState::Ready => "ready",
            EndpointState::NotReady => "unready",
            EndpointState::Draining => "draining",
            EndpointState::Terminating => "terminating",
        }
    }

    fn of(endpoint: &Endpoint) -> EndpointState {
        let conditions = endpoint.conditions;
        match (conditions.ready, conditions.terminating, conditions.serving) {
            (true, _, _) => EndpointState::Ready,
            (false, true, true) => EndpointState::Draining,
            (false, true, false) => EndpointState::Terminating,
            (false, false, _) => EndpointState::NotReady,
        }
    }
}

/// So many endpoints of a Service are shown one by one.
const SHOWN: usize = 12;

impl ServiceView {
    /// A Service at a moment.
    #[must_use]
    pub fn of(cluster: &Cluster, service: &Service) -> ServiceView {
        let listed = || published(cluster, service).flat_map(|slice| &slice.endpoints);
        let mut endpoints: Vec<EndpointView> = listed().map(EndpointView::of).collect();
        endpoints.sort_by(|a, b| natural(a.label(), b.label()));
        endpoints.truncate(SHOWN);
        let address = service.spec.cluster_ip.clone().unwrap_or_default();
        let lead = match &service.spec.external_name {
            Some(name) if service.spec.kind.as_deref() == Some("ExternalName") => Lead::External(name.clone()),
            _ if service.is_headless() => Lead::Headless,
            _ if has_slices(service) => Lead::Address(address),
            _ => Lead::Unselected,
        };
        ServiceView {
            object: service.reference(),
            lead,
            ready: listed().filter(|endpoint| endpoint.conditions.ready).count(),
            all: listed().count(),
            endpoints,
        }
    }
}

impl EndpointView {
    fn of(endpoint: &Endpoint) -> EndpointView {
        EndpointView {
            pod: endpoint.target_ref.as_ref().map(EndpointTarget::pod),
            address: endpoint.addresses.first().cloned().unwrap_or_default(),
            name: endpoint.hostname.clone(),
            state: EndpointState::of(endpoint),
        }
    }

    /// What it is called: its pod, else its address.
    #[must_use]
    pub fn label(&self) -> &str {
        self.pod.as_ref().map_or(self.address.as_str(), |pod| pod.name())
    }
}
