//! The endpoints behind a Service. Upstream: `k8s.io/api/discovery/v1`.

use super::{Kind, ObjectMeta, ObjectRef};
use serde::{Deserialize, Serialize};

/// `discovery.k8s.io/v1 EndpointSlice`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EndpointSlice {
    /// Name, the label `kubernetes.io/service-name`, the Service as owner.
    pub metadata: ObjectMeta,
    /// `IPv4`.
    pub address_type: String,
    /// One for each pod, 100 at most.
    pub endpoints: Vec<Endpoint>,
    /// The ports of the Service as the pods have them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<EndpointPort>,
}

/// `discovery.k8s.io/v1 Endpoint`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Endpoint {
    /// The pod's address.
    pub addresses: Vec<String>,
    /// Whether traffic goes there.
    pub conditions: EndpointConditions,
    /// The pod's name in DNS, if it has one below this Service.
    pub hostname: Option<String>,
    /// The pod.
    pub target_ref: Option<EndpointTarget>,
    /// The pod's node.
    pub node_name: Option<String>,
    /// The node's zone, where the node has the label.
    pub zone: Option<String>,
}

/// `discovery.k8s.io/v1 EndpointConditions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EndpointConditions {
    /// Serving and not terminating, or published whatever its state.
    pub ready: bool,
    /// The pod is Ready.
    pub serving: bool,
    /// The pod is being deleted.
    pub terminating: bool,
}

impl Default for EndpointConditions {
    /// What is not written counts as well: such endpoints are ready and serve.
    fn default() -> Self {
        EndpointConditions { ready: true, serving: true, terminating: false }
    }
}

/// The pod of an endpoint, as `core/v1 ObjectReference`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EndpointTarget {
    /// `Pod`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// Its identity.
    pub uid: super::Uid,
}

impl EndpointTarget {
    /// The pod.
    #[must_use]
    pub fn pod(&self) -> ObjectRef {
        ObjectRef::new(Kind::Pod, &self.namespace, &self.name)
    }
}

/// `discovery.k8s.io/v1 EndpointPort`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EndpointPort {
    /// The Service port's name.
    pub name: Option<String>,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: Option<String>,
    /// The pod's port.
    pub port: Option<i32>,
    /// What is spoken there.
    pub app_protocol: Option<String>,
}
