//! Kinds of the built-in API and those that were removed.

/// A kind that the API server of v1.36 serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindInfo {
    /// Group and version: `apps/v1`.
    pub api_version: &'static str,
    /// The kind.
    pub kind: &'static str,
    /// Whether its objects live in a namespace.
    pub is_namespaced: bool,
    /// Its struct in the schema; none where its fields are not checked.
    pub schema: Option<&'static str>,
}

/// A version of a kind that the API server no longer serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The Kubernetes release that dropped it: `1.25`.
    pub since: &'static str,
    /// What serves the kind now; none where nothing does.
    pub now: Option<&'static str>,
}

/// What is known of a kind in a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// It is served.
    Served(KindInfo),
    /// It was, once.
    Removed(Removed),
    /// The kind exists in another version.
    OtherVersion(KindInfo),
    /// Neither the group nor the kind is built in: perhaps a custom resource.
    Unknown,
}

const fn info(
    api_version: &'static str,
    kind: &'static str,
    is_namespaced: bool,
    schema: Option<&'static str>,
) -> KindInfo {
    KindInfo { api_version, kind, is_namespaced, schema }
}

/// A kind whose schema is named like it.
const fn checked(api_version: &'static str, kind: &'static str) -> KindInfo {
    info(api_version, kind, true, Some(kind))
}

/// A kind of the cluster whose schema is named like it.
const fn checked_global(api_version: &'static str, kind: &'static str) -> KindInfo {
    info(api_version, kind, false, Some(kind))
}

const SERVED: &[KindInfo] = &[
    checked("v1", "Pod"),
    checked("v1", "Service"),
    checked("v1", "PersistentVolumeClaim"),
    checked_global("v1", "PersistentVolume"),
    checked_global("v1", "Node"),
    checked_global("v1", "Namespace"),
    checked("v1", "ConfigMap"),
    checked("v1", "Secret"),
    checked("v1", "ServiceAccount"),
    checked("apps/v1", "StatefulSet"),
    checked("apps/v1", "DaemonSet"),
    checked("apps/v1", "Deployment"),
    checked("apps/v1", "ReplicaSet"),
    checked("apps/v1", "ControllerRevision"),
    info("autoscaling/v2", "HorizontalPodAutoscaler", true, Some("v2.HorizontalPodAutoscaler")),
    info("autoscaling/v1", "HorizontalPodAutoscaler", true, Some("HorizontalPodAutoscaler(1)")),
    checked("policy/v1", "PodDisruptionBudget"),
    checked_global("storage.k8s.io/v1", "StorageClass"),
    checked_global("scheduling.k8s.io/v1", "PriorityClass"),
    checked("batch/v1", "Job"),
    checked("batch/v1", "CronJob"),
    info("v1", "Endpoints", true, None),
    info("v1", "Event", true, None),
    info("v1", "LimitRange", true, None),
    info("v1", "ResourceQuota", true, None),
    info("v1", "ReplicationController", true, None),
    info("v1", "PodTemplate", true, None),
    info("v1", "Binding", true, None),
    info("events.k8s.io/v1", "Event", true, None),
    checked("discovery.k8s.io/v1", "EndpointSlice"),
    info("networking.k8s.io/v1", "Ingress", true, None),
    info("networking.k8s.io/v1", "NetworkPolicy", true, None),
    info("networking.k8s.io/v1", "IngressClass", false, None),
    info("networking.k8s.io/v1", "IPAddress", false, None),
    info("networking.k8s.io/v1", "ServiceCIDR", false, None),
    info("rbac.authorization.k8s.io/v1", "Role", true, None),
    info("rbac.authorization.k8s.io/v1", "RoleBinding", true, None),
    info("rbac.authorization.k8s.io/v1", "ClusterRole", false, None),
    info("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", false, None),
    info("coordination.k8s.io/v1", "Lease", true, None),
    info("node.k8s.io/v1", "RuntimeClass", false, None),
    info("storage.k8s.io/v1", "VolumeAttachment", false, None),
    info("storage.k8s.io/v1", "VolumeAttributesClass", false, None),
    info("storage.k8s.io/v1", "CSIDriver", false, None),
    info("storage.k8s.io/v1", "CSINode", false, None),
    info("storage.k8s.io/v1", "CSIStorageCapacity", true, None),
    info("resource.k8s.io/v1", "ResourceClaim", true, None),
    info("resource.k8s.io/v1", "ResourceClaimTemplate", true, None),
    info("resource.k8s.io/v1", "ResourceSlice", false, None),
    info("resource.k8s.io/v1", "DeviceClass", false, None),
    info("apiextensions.k8s.io/v1", "CustomResourceDefinition", false, None),
    info("apiregistration.k8s.io/v1", "APIService", false, None),
    info("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", false, None),
    info("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", false, None),
    info("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", false, None),
    info("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", false, None),
    info("certificates.k8s.io/v1", "CertificateSigningRequest", false, None),
    info("flowcontrol.apiserver.k8s.io/v1", "FlowSchema", false, None),
    info("flowcontrol.apiserver.k8s.io/v1", "PriorityLevelConfiguration", false, None),
];

/// Version, kinds, the release that dropped them, what serves them now.
/// From the deprecation guide, <https://kubernetes.io/docs/reference/using-api/deprecation-guide/>.
const REMOVED: &[(&str, &[&str], &str, Option<&str>)] = &[
    ("autoscaling/v2beta1", &["HorizontalPodAutoscaler"], "1.25", Some("autoscaling/v2")),
    ("autoscaling/v2beta2", &["HorizontalPodAutoscaler"], "1.26", Some("autoscaling/v2")),
    ("apps/v1beta1", &["StatefulSet", "Deployment", "ControllerRevision"], "1.16", Some("apps/v1")),
    (
        "apps/v1beta2",
        &["StatefulSet", "DaemonSet", "Deployment", "ReplicaSet", "ControllerRevision"],
        "1.16",
        Some("apps/v1"),
    ),
    ("extensions/v1beta1", &["DaemonSet", "Deployment", "ReplicaSet"], "1.16", Some("apps/v1")),
    ("extensions/v1beta1", &["NetworkPolicy"], "1.16", Some("networking.k8s.io/v1")),
    ("extensions/v1beta1", &["Ingress"], "1.22", Some("networking.k8s.io/v1")),
    ("extensions/v1beta1", &["PodSecurityPolicy"], "1.16", None),
    ("networking.k8s.io/v1beta1", &["Ingress", "IngressClass"], "1.22", Some("networking.k8s.io/v1")),
    ("policy/v1beta1", &["PodDisruptionBudget"], "1.25", Some("policy/v1")),
    ("policy/v1beta1", &["PodSecurityPolicy"], "1.25", None),
    ("batch/v1beta1", &["CronJob"], "1.25", Some("batch/v1")),
    ("batch/v2alpha1", &["CronJob"], "1.21", Some("batch/v1")),
    ("discovery.k8s.io/v1beta1", &["EndpointSlice"], "1.25", Some("discovery.k8s.io/v1")),
    ("events.k8s.io/v1beta1", &["Event"], "1.25", Some("events.k8s.io/v1")),
    ("node.k8s.io/v1beta1", &["RuntimeClass"], "1.25", Some("node.k8s.io/v1")),
    ("storage.k8s.io/v1beta1", &["CSIStorageCapacity"], "1.27", Some("storage.k8s.io/v1")),
    (
        "storage.k8s.io/v1beta1",
        &["StorageClass", "VolumeAttachment", "CSIDriver", "CSINode"],
        "1.22",
        Some("storage.k8s.io/v1"),
    ),
    ("scheduling.k8s.io/v1beta1", &["PriorityClass"], "1.22", Some("scheduling.k8s.io/v1")),
    ("coordination.k8s.io/v1beta1", &["Lease"], "1.22", Some("coordination.k8s.io/v1")),
    (
        "rbac.authorization.k8s.io/v1beta1",
        &["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"],
        "1.22",
        Some("rbac.authorization.k8s.io/v1"),
    ),
    ("apiextensions.k8s.io/v1beta1", &["CustomResourceDefinition"], "1.22", Some("apiextensions.k8s.io/v1")),
    ("apiregistration.k8s.io/v1beta1", &["APIService"], "1.22", Some("apiregistration.k8s.io/v1")),
    (
        "admissionregistration.k8s.io/v1beta1",
        &["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"],
        "1.22",
        Some("admissionregistration.k8s.io/v1"),
    ),
    ("certificates.k8s.io/v1beta1", &["CertificateSigningRequest"], "1.22", Some("certificates.k8s.io/v1")),
];

/// All kinds that are served.
#[must_use]
pub fn served() -> &'static [KindInfo] {
    SERVED
}

/// Looks a kind up.
#[must_use]
pub fn lookup(api_version: &str, kind: &str) -> Lookup {
    if let Some(served) = SERVED.iter().find(|info| info.api_version == api_version && info.kind == kind) {
        return Lookup::Served(*served);
    }
    let removed = REMOVED.iter().find(|(version, kinds, ..)| *version == api_version && kinds.contains(&kind));
    if let Some((_, _, since, now)) = removed {
        return Lookup::Removed(Removed { since, now: *now });
    }
    match SERVED.iter().find(|info| info.kind == kind) {
        // A group that has a dot of its own is somebody's: `serving.knative.dev/v1 Service`.
        Some(info) if !is_custom(api_version) => Lookup::OtherVersion(*info),
        _ => Lookup::Unknown,
    }
}

/// Whether the group belongs to a custom resource.
fn is_custom(api_version: &str) -> bool {
    let Some((group, _)) = api_version.split_once('/') else { return false };
    group.contains('.') && !group.ends_with(".k8s.io")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_that_a_kind_names_is_there() {
        for info in SERVED {
            assert!(info.schema.is_none_or(|name| super::super::fields(name).is_some()), "{info:?}");
        }
    }

    #[test]
    fn every_simulated_kind_is_served_under_its_version() {
        for kind in crate::api::Kind::ALL {
            let Lookup::Served(info) = lookup(kind.api_version(), kind.as_str()) else { unreachable!("{kind}") };
            assert_eq!(info.is_namespaced, kind.is_namespaced());
            assert!(info.schema.is_some());
        }
    }

    #[test]
    fn a_kind_is_served_removed_elsewhere_or_unknown() {
        assert!(matches!(lookup("apps/v1beta1", "StatefulSet"), Lookup::Removed(Removed { since: "1.16", .. })));
        assert!(matches!(lookup("v1", "StatefulSet"), Lookup::OtherVersion(KindInfo { api_version: "apps/v1", .. })));
        assert_eq!(lookup("serving.knative.dev/v1", "Service"), Lookup::Unknown);
        assert_eq!(lookup("v1", "Frobnicator"), Lookup::Unknown);
    }
}
