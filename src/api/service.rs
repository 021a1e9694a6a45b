//! Services. Upstream: `k8s.io/api/core/v1 Service`.

use super::{Labels, ObjectMeta, Opaque};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `core/v1 Service`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Service {
    /// Name and labels.
    pub metadata: ObjectMeta,
    /// Selector and ports.
    pub spec: ServiceSpec,
    /// Of load balancers, which are not simulated: always empty.
    pub status: Opaque,
}

/// `core/v1 ServiceSpec`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ServiceSpec {
    /// `None` makes the Service headless; the API server gives any other one an address.
    #[serde(rename = "clusterIP")]
    pub cluster_ip: Option<String>,
    /// Labels of the pods behind it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub selector: Labels,
    /// Its ports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<ServicePort>,
    /// Whether pods that are not Ready have DNS records.
    pub publish_not_ready_addresses: Option<bool>,
    /// `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Whether a LoadBalancer has node ports.
    pub allocate_load_balancer_node_ports: Opaque,
    /// `clusterIP` as a list.
    #[serde(rename = "clusterIPs")]
    pub cluster_ips: Opaque,
    /// Not simulated.
    #[serde(rename = "externalIPs")]
    pub external_ips: Opaque,
    /// The name that DNS answers with, for type `ExternalName`.
    pub external_name: Option<String>,
    /// Not simulated.
    pub external_traffic_policy: Option<String>,
    /// Not simulated.
    pub health_check_node_port: Opaque,
    /// Not simulated.
    pub internal_traffic_policy: Option<String>,
    /// `IPv4`: the cluster has one family.
    pub ip_families: Opaque,
    /// Not simulated.
    pub ip_family_policy: Option<String>,
    /// Not simulated.
    pub load_balancer_class: Option<String>,
    /// Not simulated.
    #[serde(rename = "loadBalancerIP")]
    pub load_balancer_ip: Option<String>,
    /// Not simulated.
    pub load_balancer_source_ranges: Opaque,
    /// Not simulated.
    pub session_affinity: Option<String>,
    /// Not simulated.
    pub session_affinity_config: Opaque,
    /// Not simulated.
    pub traffic_distribution: Option<String>,
}

/// `core/v1 ServicePort`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ServicePort {
    /// The port's name; named ports have SRV records.
    pub name: Option<String>,
    /// The Service's port.
    pub port: i32,
    /// The pod's port, by number or name.
    pub target_port: Opaque,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: Option<String>,
    /// Not simulated.
    pub app_protocol: Option<String>,
    /// The port on every node, for the types NodePort and LoadBalancer.
    pub node_port: Option<i32>,
}

impl Service {
    /// Whether DNS answers with the pods themselves instead of one address.
    #[must_use]
    pub fn is_headless(&self) -> bool {
        self.spec.cluster_ip.as_deref() == Some("None")
    }

    /// Whether a pod's labels put it behind the Service. Without a selector, none are.
    #[must_use]
    pub fn selects(&self, labels: &Labels) -> bool {
        !self.spec.selector.is_empty() && self.spec.selector.iter().all(|(key, value)| labels.get(key) == Some(value))
    }
}
