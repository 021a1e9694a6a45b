//! The resources that the API server of v1.36 serves, with the names by which they are typed.
//! Upstream: `kubectl api-resources` of a cluster without extensions.

use crate::api::Kind;

/// A resource as discovery describes it.
#[derive(Debug, PartialEq, Eq)]
pub struct Resource {
    /// The name in paths and on the command line: `statefulsets`.
    pub plural: &'static str,
    /// The kind as in a manifest: `StatefulSet`.
    pub kind: &'static str,
    /// Short names: `sts`.
    pub short: &'static [&'static str],
    /// The group; empty for the core.
    pub group: &'static str,
    /// The version within the group.
    pub version: &'static str,
    /// Whether its objects live in a namespace.
    pub is_namespaced: bool,
    /// Whether `kubectl get all` shows it.
    pub is_in_all: bool,
    /// What it is here.
    pub stored: Stored,
}

/// Where the objects of a resource are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// In the cluster: the kind is simulated.
    Simulated(Kind),
    /// Among the objects that are kept as they were written: nothing acts on them.
    Kept,
    /// They are the Events of the run.
    Events,
}

use Stored::{Events, Kept, Simulated};

macro_rules! resources {
    ($($plural:literal $kind:literal [$($short:literal)*] $group:literal $version:literal $namespaced:literal $all:literal $stored:expr;)*) => {
        &[$(Resource {
            plural: $plural,
            kind: $kind,
            short: &[$($short),*],
            group: $group,
            version: $version,
            is_namespaced: $namespaced,
            is_in_all: $all,
            stored: $stored,
        }),*]
    };
}

/// Every resource, in the order of discovery: the core group first, then the groups by preference.
pub static RESOURCES: &[Resource] = resources! {
    "bindings" "Binding" [] "" "v1" true false Kept;
    "componentstatuses" "ComponentStatus" ["cs"] "" "v1" false false Kept;
    "configmaps" "ConfigMap" ["cm"] "" "v1" true false Kept;
    "endpoints" "Endpoints" ["ep"] "" "v1" true false Kept;
    "events" "Event" ["ev"] "" "v1" true false Events;
    "limitranges" "LimitRange" ["limits"] "" "v1" true false Kept;
    "namespaces" "Namespace" ["ns"] "" "v1" false false Kept;
    "nodes" "Node" ["no"] "" "v1" false false Simulated(Kind::Node);
    "persistentvolumeclaims" "PersistentVolumeClaim" ["pvc"] "" "v1" true false Simulated(Kind::PersistentVolumeClaim);
    "persistentvolumes" "PersistentVolume" ["pv"] "" "v1" false false Simulated(Kind::PersistentVolume);
    "pods" "Pod" ["po"] "" "v1" true true Simulated(Kind::Pod);
    "podtemplates" "PodTemplate" [] "" "v1" true false Kept;
    "replicationcontrollers" "ReplicationController" ["rc"] "" "v1" true true Kept;
    "resourcequotas" "ResourceQuota" ["quota"] "" "v1" true false Kept;
    "secrets" "Secret" [] "" "v1" true false Kept;
    "serviceaccounts" "ServiceAccount" ["sa"] "" "v1" true false Kept;
    "services" "Service" ["svc"] "" "v1" true true Simulated(Kind::Service);
    "mutatingadmissionpolicies" "MutatingAdmissionPolicy" [] "admissionregistration.k8s.io" "v1" false false Kept;
    "mutatingadmissionpolicybindings" "MutatingAdmissionPolicyBinding" [] "admissionregistration.k8s.io" "v1" false false Kept;
    "mutatingwebhookconfigurations" "MutatingWebhookConfiguration" [] "admissionregistration.k8s.io" "v1" false false Kept;
    "validatingadmissionpolicies" "ValidatingAdmissionPolicy" [] "admissionregistration.k8s.io" "v1" false false Kept;
    "validatingadmissionpolicybindings" "ValidatingAdmissionPolicyBinding" [] "admissionregistration.k8s.io" "v1" false false Kept;
    "validatingwebhookconfigurations" "ValidatingWebhookConfiguration" [] "admissionregistration.k8s.io" "v1" false false Kept;
    "customresourcedefinitions" "CustomResourceDefinition" ["crd" "crds"] "apiextensions.k8s.io" "v1" false false Kept;
    "apiservices" "APIService" [] "apiregistration.k8s.io" "v1" false false Kept;
    "controllerrevisions" "ControllerRevision" [] "apps" "v1" true false Simulated(Kind::ControllerRevision);
    "daemonsets" "DaemonSet" ["ds"] "apps" "v1" true true Simulated(Kind::DaemonSet);
    "deployments" "Deployment" ["deploy"] "apps" "v1" true true Simulated(Kind::Deployment);
    "replicasets" "ReplicaSet" ["rs"] "apps" "v1" true true Simulated(Kind::ReplicaSet);
    "statefulsets" "StatefulSet" ["sts"] "apps" "v1" true true Simulated(Kind::StatefulSet);
    "horizontalpodautoscalers" "HorizontalPodAutoscaler" ["hpa"] "autoscaling" "v2" true true Simulated(Kind::HorizontalPodAutoscaler);
    "cronjobs" "CronJob" ["cj"] "batch" "v1" true true Kept;
    "jobs" "Job" [] "batch" "v1" true true Kept;
    "certificatesigningrequests" "CertificateSigningRequest" ["csr"] "certificates.k8s.io" "v1" false false Kept;
    "leases" "Lease" [] "coordination.k8s.io" "v1" true false Kept;
    "endpointslices" "EndpointSlice" [] "discovery.k8s.io" "v1" true false Simulated(Kind::EndpointSlice);
    "flowschemas" "FlowSchema" [] "flowcontrol.apiserver.k8s.io" "v1" false false Kept;
    "prioritylevelconfigurations" "PriorityLevelConfiguration" [] "flowcontrol.apiserver.k8s.io" "v1" false false Kept;
    "ingressclasses" "IngressClass" [] "networking.k8s.io" "v1" false false Kept;
    "ingresses" "Ingress" ["ing"] "networking.k8s.io" "v1" true false Kept;
    "ipaddresses" "IPAddress" ["ip"] "networking.k8s.io" "v1" false false Kept;
    "networkpolicies" "NetworkPolicy" ["netpol"] "networking.k8s.io" "v1" true false Kept;
    "servicecidrs" "ServiceCIDR" [] "networking.k8s.io" "v1" false false Kept;
    "runtimeclasses" "RuntimeClass" [] "node.k8s.io" "v1" false false Kept;
    "poddisruptionbudgets" "PodDisruptionBudget" ["pdb"] "policy" "v1" true false Simulated(Kind::PodDisruptionBudget);
    "clusterrolebindings" "ClusterRoleBinding" [] "rbac.authorization.k8s.io" "v1" false false Kept;
    "clusterroles" "ClusterRole" [] "rbac.authorization.k8s.io" "v1" false false Kept;
    "rolebindings" "RoleBinding" [] "rbac.authorization.k8s.io" "v1" true false Kept;
    "roles" "Role" [] "rbac.authorization.k8s.io" "v1" true false Kept;
    "deviceclasses" "DeviceClass" [] "resource.k8s.io" "v1" false false Kept;
    "resourceclaims" "ResourceClaim" [] "resource.k8s.io" "v1" true false Kept;
    "resourceclaimtemplates" "ResourceClaimTemplate" [] "resource.k8s.io" "v1" true false Kept;
    "resourceslices" "ResourceSlice" [] "resource.k8s.io" "v1" false false Kept;
    "priorityclasses" "PriorityClass" ["pc"] "scheduling.k8s.io" "v1" false false Simulated(Kind::PriorityClass);
    "csidrivers" "CSIDriver" [] "storage.k8s.io" "v1" false false Kept;
    "csinodes" "CSINode" [] "storage.k8s.io" "v1" false false Kept;
    "csistoragecapacities" "CSIStorageCapacity" [] "storage.k8s.io" "v1" true false Kept;
    "storageclasses" "StorageClass" ["sc"] "storage.k8s.io" "v1" false false Simulated(Kind::StorageClass);
    "volumeattachments" "VolumeAttachment" [] "storage.k8s.io" "v1" false false Kept;
    "volumeattributesclasses" "VolumeAttributesClass" ["vac"] "storage.k8s.io" "v1" false false Kept;
};

impl Resource {
    /// The singular name: `statefulset`.
    #[must_use]
    pub fn singular(&self) -> String {
        self.kind.to_ascii_lowercase()
    }

    /// The name with its group, as in error messages: `statefulsets.apps`.
    #[must_use]
    pub fn qualified(&self) -> String {
        match self.group {
            "" => self.plural.to_owned(),
            group => format!("{}.{group}", self.plural),
        }
    }

    /// The singular name with its group, as `kubectl` prints what it did: `statefulset.apps`.
    #[must_use]
    pub fn qualified_singular(&self) -> String {
        match self.group {
            "" => self.singular(),
            group => format!("{}.{group}", self.singular()),
        }
    }

    /// Group and version, as in a manifest.
    #[must_use]
    pub fn api_version(&self) -> String {
        match self.group {
            "" => self.version.to_owned(),
            group => format!("{group}/{}", self.version),
        }
    }

    /// The simulated kind; none where nothing acts on the objects.
    #[must_use]
    pub fn simulated(&self) -> Option<Kind> {
        match self.stored {
            Simulated(kind) => Some(kind),
            Kept | Events => None,
        }
    }

    /// The resource of a simulated kind.
    #[must_use]
    pub fn of(kind: Kind) -> Option<&'static Resource> {
        RESOURCES.iter().find(|resource| resource.stored == Simulated(kind))
    }

    /// The resource of a kind in a version, as in a manifest.
    #[must_use]
    pub fn of_manifest(api_version: &str, kind: &str) -> Option<&'static Resource> {
        RESOURCES.iter().find(|resource| resource.kind == kind && resource.api_version() == api_version)
    }

    /// The resource of a name as it is typed: plural, singular, short, or one of these with a group, or version and group
    /// (`sts`, `statefulset.apps`, `statefulsets.v1.apps`). Case does not matter.
    #[must_use]
    pub fn named(typed: &str) -> Option<&'static Resource> {
        let typed = typed.to_ascii_lowercase();
        let (name, group) = typed.split_once('.').map_or((typed.as_str(), None), |(name, group)| (name, Some(group)));
        RESOURCES.iter().find(|resource| {
            let in_group = group.is_none_or(|group| {
                let versioned = group.strip_prefix(resource.version).map(|rest| rest.trim_start_matches('.'));
                group == resource.group || versioned == Some(resource.group)
            });
            in_group && (resource.plural == name || resource.singular() == name || resource.short.contains(&name))
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn every_simulated_kind_has_its_resource() {
        for kind in Kind::ALL {
            let resource = Resource::of(kind).unwrap();
            assert_eq!((resource.kind, resource.qualified()), (kind.as_str(), kind.plural().to_owned()));
            assert_eq!(
                (resource.api_version(), resource.is_namespaced),
                (kind.api_version().to_owned(), kind.is_namespaced())
            );
        }
    }

    #[test]
    fn a_resource_answers_to_every_name_that_kubectl_takes() {
        for typed in [
            "sts",
            "statefulset",
            "statefulsets",
            "StatefulSet",
            "statefulset.apps",
            "statefulsets.v1.apps",
            "STS.apps",
        ] {
            assert_eq!(Resource::named(typed).unwrap().kind, "StatefulSet", "{typed}");
        }
        assert_eq!(Resource::named("po").unwrap().kind, "Pod");
        assert_eq!(Resource::named("ns").unwrap().kind, "Namespace");
        for typed in ["foo", "statefulset.batch", ""] {
            assert_eq!(Resource::named(typed), None, "{typed}");
        }
    }
}
