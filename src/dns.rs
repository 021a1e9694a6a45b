//! The names that DNS gives Services and their pods, answered from Services and EndpointSlices alone.
//! Upstream: `kubernetes/dns docs/specification.md`, as CoreDNS serves it.

use crate::api::{Endpoint, EndpointSlice, Key, Pod, Service};
use crate::cluster::Cluster;
use crate::controllers::endpoints::published;

/// The domain of the cluster.
pub const CLUSTER_DOMAIN: &str = "cluster.local";

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordType {
    /// An address.
    A,
    /// The port and the host of a named port.
    Srv,
    /// Another name for the name.
    Cname,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The full name, without the dot at its end.
    pub name: String,
    /// What it stands for.
    pub data: RecordData,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordData {
    /// An address.
    A(String),
    /// A port of a host.
    Srv {
        /// The port.
        port: i32,
        /// The host's full name.
        target: String,
    },
    /// Another name.
    Cname(String),
}

impl RecordData {
    /// Whether a question of a type is answered with it: another name answers every question.
    #[must_use]
    pub fn answers(&self, kind: RecordType) -> bool {
        match self {
            RecordData::A(_) => kind == RecordType::A,
            RecordData::Srv { .. } => kind == RecordType::Srv,
            RecordData::Cname(_) => true,
        }
    }
}

/// What DNS says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// These records, in order.
    Records(Vec<Record>),
    /// The name exists, but has nothing of the type.
    NoData,
    /// NXDOMAIN: there is no such name.
    NoSuchName,
}

/// `<service>.<namespace>.svc.cluster.local`.
#[must_use]
pub fn service_name(service: &Service) -> String {
    format!("{}.{}.svc.{CLUSTER_DOMAIN}", service.metadata.name, service.metadata.namespace)
}

/// What DNS answers to a full name, with or without the dot at its end.
#[must_use]
pub fn resolve(cluster: &Cluster, name: &str, kind: RecordType) -> Answer {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let Some(service) = service_of(cluster, &name) else { return Answer::NoSuchName };
    let records = records_of_service(cluster, service);
    let below = format!(".{name}");
    let exists = records.iter().any(|record| record.name == name || record.name.ends_with(&below));
    let found: Vec<Record> =
        records.into_iter().filter(|record| record.name == name && record.data.answers(kind)).collect();
    match (found.is_empty(), exists) {
        (false, _) => Answer::Records(found),
        (true, true) => Answer::NoData,
        (true, false) => Answer::NoSuchName,
    }
}

/// What a pod of a namespace gets for a name that may lack its end: the pod's search domains are tried first, as for
/// every name with fewer than five dots (`/etc/resolv.conf` of `dnsPolicy: ClusterFirst`).
#[must_use]
pub fn resolve_from(cluster: &Cluster, namespace: &str, name: &str, kind: RecordType) -> Answer {
    let is_full = name.ends_with('.') || name.matches('.').count() >= 5;
    let searched =
        [format!("{namespace}.svc.{CLUSTER_DOMAIN}"), format!("svc.{CLUSTER_DOMAIN}"), CLUSTER_DOMAIN.to_owned()];
    let tried = searched.iter().filter(|_| !is_full).map(|domain| format!("{name}.{domain}"));
    tried
        .chain([name.to_owned()])
        .map(|name| resolve(cluster, &name, kind))
        .find(|answer| *answer != Answer::NoSuchName)
        .unwrap_or(Answer::NoSuchName)
}

/// The Service that a full name belongs to: its last labels are `<service>.<namespace>.svc.cluster.local`.
fn service_of<'a>(cluster: &'a Cluster, name: &str) -> Option<&'a Service> {
    let labels: Vec<&str> = name.strip_suffix(&format!(".svc.{CLUSTER_DOMAIN}"))?.split('.').collect();
    let [.., service, namespace] = labels.as_slice() else { return None };
    cluster.services.get(&Key::new(namespace, service)).map(|service| &**service)
}

/// Every record of a Service.
#[must_use]
pub fn records_of_service(cluster: &Cluster, service: &Service) -> Vec<Record> {
    let name = service_name(service);
    if service.spec.kind.as_deref() == Some("ExternalName") {
        let target = service.spec.external_name.as_deref().unwrap_or_default().trim_end_matches('.');
        return vec![Record { name, data: RecordData::Cname(target.into()) }];
    }
    if !service.is_headless() {
        return records_of_address(service, &name);
    }
    let mut records = vec![];
    for slice in published(cluster, service) {
        for endpoint in slice.endpoints.iter().filter(|endpoint| endpoint.conditions.ready) {
            records.extend(records_of_endpoint(&name, slice, endpoint));
        }
    }
    records.sort();
    records
}

/// One address and its named ports; a Service without one has no records.
fn records_of_address(service: &Service, name: &str) -> Vec<Record> {
    let Some(address) = service.spec.cluster_ip.as_ref().filter(|address| !address.is_empty()) else { return vec![] };
    let ports = service.spec.ports.iter().filter_map(|port| {
        let name_of_port = port_name(port.name.as_deref(), port.protocol.as_deref(), name)?;
        Some(Record { name: name_of_port, data: RecordData::Srv { port: port.port, target: name.into() } })
    });
    [Record { name: name.into(), data: RecordData::A(address.clone()) }].into_iter().chain(ports).collect()
}

fn records_of_endpoint(service: &str, slice: &EndpointSlice, endpoint: &Endpoint) -> Vec<Record> {
    let mut records = vec![];
    for address in &endpoint.addresses {
        let host = match &endpoint.hostname {
            Some(hostname) => format!("{hostname}.{service}"),
            None => format!("{}.{service}", address.replace('.', "-")),
        };
        records.push(Record { name: service.into(), data: RecordData::A(address.clone()) });
        records.push(Record { name: host.clone(), data: RecordData::A(address.clone()) });
        records.extend(slice.ports.iter().filter_map(|port| {
            let name = port_name(port.name.as_deref(), port.protocol.as_deref(), service)?;
            Some(Record { name, data: RecordData::Srv { port: port.port?, target: host.clone() } })
        }));
    }
    records
}

/// `_<port>._<protocol>.<service>`; a port without a name has none.
fn port_name(port: Option<&str>, protocol: Option<&str>, service: &str) -> Option<String> {
    let port = port.filter(|port| !port.is_empty())?;
    Some(format!("_{port}._{}.{service}", protocol.unwrap_or("TCP").to_ascii_lowercase()))
}

/// Every record that leads to a pod, of all headless Services that publish it.
#[must_use]
pub fn records_of_pod(cluster: &Cluster, pod: &Pod) -> Vec<Record> {
    let services = cluster.services.within(&pod.metadata.namespace).filter(|service| service.is_headless());
    services.flat_map(|service| records_of_pod_in(cluster, service, pod)).collect()
}

/// Every record of a headless Service that leads to a pod.
#[must_use]
pub fn records_of_pod_in(cluster: &Cluster, service: &Service, pod: &Pod) -> Vec<Record> {
    let is_pod = |endpoint: &&Endpoint| {
        endpoint.target_ref.as_ref().is_some_and(|target| target.uid == pod.metadata.uid) && endpoint.conditions.ready
    };
    let name = service_name(service);
    published(cluster, service)
        .filter(|_| service.is_headless())
        .flat_map(|slice| slice.endpoints.iter().filter(is_pod).map(move |endpoint| (slice, endpoint)))
        .flat_map(|(slice, endpoint)| records_of_endpoint(&name, slice, endpoint))
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
mod tests;
