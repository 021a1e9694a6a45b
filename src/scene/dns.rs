//! Names in DNS that a StatefulSet's pods have, or lack.

use crate::api::{Key, ObjectRef, Pod, Resource, StatefulSet};
use crate::cluster::Cluster;
use crate::dns::{self, CLUSTER_DOMAIN};

/// What gives the pods of a StatefulSet their names.
#[derive(Clone, Debug, PartialEq)]
pub enum Naming {
    /// The headless Service that `serviceName` names.
    Headless {
        /// The Service.
        service: ObjectRef,
        /// Whether its selector picks the set's pods.
        selects: bool,
    },
    /// `serviceName` names a Service that is not headless: it has one address, the pods have no names.
    NotHeadless(ObjectRef),
    /// `serviceName` names a Service that does not exist.
    Missing(String),
    /// `serviceName` is not written.
    Unnamed,
}

impl Naming {
    /// How the pods of a set get their names.
    #[must_use]
    pub fn of(cluster: &Cluster, set: &StatefulSet) -> Naming {
        let Some(name) = set.spec.service_name.as_deref().filter(|name| !name.is_empty()) else {
            return Naming::Unnamed;
        };
        match cluster.services.get(&Key::new(&set.metadata.namespace, name)) {
            None => Naming::Missing(name.to_owned()),
            Some(service) if !service.is_headless() => Naming::NotHeadless(service.reference()),
            Some(service) => Naming::Headless {
                service: service.reference(),
                selects: service.selects(&set.spec.template.metadata.labels),
            },
        }
    }

    /// The Service that exists under the name.
    #[must_use]
    pub fn service(&self) -> Option<&ObjectRef> {
        match self {
            Naming::Headless { service, .. } | Naming::NotHeadless(service) => Some(service),
            Naming::Missing(_) | Naming::Unnamed => None,
        }
    }
}

/// The name of one pod in DNS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameView {
    /// DNS answers with the pod's address.
    Record(String),
    /// The name it will have; there is no record before the pod is Ready.
    NotYet(String),
    /// There will be no record: the Service is missing, not headless, or does not select the pod.
    Never,
}

impl NameView {
    /// The name of an ordinal's pod, which may not exist.
    #[must_use]
    pub fn of(cluster: &Cluster, naming: &Naming, namespace: &str, pod_name: &str, pod: Option<&Pod>) -> NameView {
        let Naming::Headless { service, selects: true } = naming else {
            return NameView::Never;
        };
        let name = format!("{pod_name}.{}.{namespace}.svc", service.name());
        let records = pod
            .zip(cluster.services.get(&service.key))
            .map(|(pod, service)| dns::records_of_pod_in(cluster, service, pod).into_iter().map(|record| record.name));
        let full = format!("{name}.{CLUSTER_DOMAIN}");
        let published = records.is_some_and(|mut names| names.any(|record| record == full));
        if published { NameView::Record(name) } else { NameView::NotYet(name) }
    }
}
