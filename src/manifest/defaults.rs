//! What the API server fills in. Upstream: `pkg/apis/{apps,core,storage}/v1/defaults.go`.

mod autoscaler;

use crate::api::{
    ClaimTemplate, Container, DaemonSet, DaemonSetRollingUpdate, Deployment, DeploymentStrategyType, IntOrPercent,
    Object, Opaque, PersistentVolumeClaimSpec, PodManagementPolicy, PodSpec, Probe, ResourceRequirements,
    RetentionPolicyType, RollingUpdateDeployment, Service, StatefulSet, StatefulSetRollingUpdate, UpdateStrategyType,
    Volume,
};
use serde_json::json;
use std::rc::Rc;

/// Fills in what was left out.
pub fn apply(object: &mut Object) {
    if object.kind().is_namespaced() && object.metadata().namespace.is_empty() {
        object.metadata_mut().namespace = "default".into();
    }
    match object {
        Object::StatefulSet(set) => stateful_set(Rc::make_mut(set)),
        Object::DaemonSet(set) => daemon_set(Rc::make_mut(set)),
        Object::Pod(pod) => pod_spec_of_pod(Rc::make_mut(&mut Rc::make_mut(pod).spec)),
        Object::Service(it) => service(Rc::make_mut(it)),
        Object::PersistentVolumeClaim(claim) => {
            let claim = Rc::make_mut(claim);
            claim_spec(Rc::make_mut(&mut claim.spec));
            claim.status.phase.get_or_insert_with(|| "Pending".into());
        }
        Object::PersistentVolume(volume) => {
            let volume = Rc::make_mut(volume);
            or_text(&mut volume.spec.persistent_volume_reclaim_policy, "Retain");
            volume.spec.volume_mode.get_or_insert_with(|| "Filesystem".into());
            volume.status.phase.get_or_insert_with(|| "Pending".into());
        }
        Object::StorageClass(class) => {
            let class = Rc::make_mut(class);
            class.reclaim_policy.get_or_insert_with(|| "Delete".into());
            class.volume_binding_mode.get_or_insert_with(|| "Immediate".into());
        }
        Object::PriorityClass(class) => {
            Rc::make_mut(class).preemption_policy.get_or_insert_with(|| "PreemptLowerPriority".into());
        }
        Object::EndpointSlice(slice) => {
            for port in &mut Rc::make_mut(slice).ports {
                port.name.get_or_insert_default();
                or_text(&mut port.protocol, "TCP");
            }
        }
        Object::Node(node) => {
            let node = Rc::make_mut(node);
            if node.status.allocatable.is_empty() {
                node.status.allocatable = node.status.capacity.clone();
            }
        }
        Object::Deployment(it) => deployment(Rc::make_mut(it)),
        Object::ReplicaSet(set) => {
            let spec = Rc::make_mut(&mut Rc::make_mut(set).spec);
            spec.replicas.get_or_insert(1);
            pod_spec(&mut Rc::make_mut(&mut spec.template).spec);
        }
        Object::HorizontalPodAutoscaler(it) => autoscaler::fill(Rc::make_mut(it)),
        Object::PodDisruptionBudget(_) | Object::ControllerRevision(_) => {}
    }
}

/// Drops the fields whose feature gate is off, as the API server does before it stores an object, without a word:
/// `spec.updateStrategy.rollingUpdate.maxUnavailable` of a StatefulSet, unless the stored object has it already.
/// Upstream: `pkg/registry/apps/statefulset/strategy.go dropStatefulSetDisabledFields`.
pub fn drop_disabled_fields(object: &mut Object, old: Option<&Object>, max_unavailable_stateful_set: bool) {
    let rolling = |object: &Object| match object {
        Object::StatefulSet(set) => set.spec.update_strategy.rolling_update.as_ref()?.max_unavailable,
        _ => None,
    };
    if max_unavailable_stateful_set || rolling(object).is_none() || old.and_then(rolling).is_some() {
        return;
    }
    if let Object::StatefulSet(set) = object
        && let Some(rolling) = &mut Rc::make_mut(&mut Rc::make_mut(set).spec).update_strategy.rolling_update
    {
        rolling.max_unavailable = None;
    }
}

/// Go has no difference between an empty text and none for these fields.
fn or_text(field: &mut Option<String>, default: &str) {
    if field.as_deref().is_none_or(str::is_empty) {
        *field = Some(default.into());
    }
}

fn stateful_set(set: &mut StatefulSet) {
    let spec = Rc::make_mut(&mut set.spec);
    spec.pod_management_policy.get_or_insert(PodManagementPolicy::OrderedReady);
    let strategy = &mut spec.update_strategy;
    if strategy.kind.is_none() {
        strategy.kind = Some(UpdateStrategyType::RollingUpdate);
        strategy.rolling_update.get_or_insert_with(StatefulSetRollingUpdate::default);
    }
    // An explicit type without a block stays without one.
    if strategy.kind == Some(UpdateStrategyType::RollingUpdate)
        && let Some(rolling) = &mut strategy.rolling_update
    {
        rolling.partition.get_or_insert(0);
    }
    let retention = spec.persistent_volume_claim_retention_policy.get_or_insert_default();
    retention.when_deleted.get_or_insert(RetentionPolicyType::Retain);
    retention.when_scaled.get_or_insert(RetentionPolicyType::Retain);
    spec.replicas.get_or_insert(1);
    spec.revision_history_limit.get_or_insert(10);
    pod_spec(&mut Rc::make_mut(&mut spec.template).spec);
    spec.volume_claim_templates.iter_mut().for_each(claim_template);
}

fn daemon_set(set: &mut DaemonSet) {
    let spec = Rc::make_mut(&mut set.spec);
    let strategy = &mut spec.update_strategy;
    if *strategy.kind.get_or_insert(UpdateStrategyType::RollingUpdate) == UpdateStrategyType::RollingUpdate {
        let rolling = strategy.rolling_update.get_or_insert_with(DaemonSetRollingUpdate::default);
        rolling.max_unavailable.get_or_insert(IntOrPercent::Int(1));
        rolling.max_surge.get_or_insert(IntOrPercent::Int(0));
    }
    spec.revision_history_limit.get_or_insert(10);
    pod_spec(&mut Rc::make_mut(&mut spec.template).spec);
}

fn deployment(deployment: &mut Deployment) {
    let spec = Rc::make_mut(&mut deployment.spec);
    spec.replicas.get_or_insert(1);
    let strategy = &mut spec.strategy;
    if *strategy.kind.get_or_insert(DeploymentStrategyType::RollingUpdate) == DeploymentStrategyType::RollingUpdate {
        let rolling = strategy.rolling_update.get_or_insert_with(RollingUpdateDeployment::default);
        rolling.max_unavailable.get_or_insert(IntOrPercent::Percent(25));
        rolling.max_surge.get_or_insert(IntOrPercent::Percent(25));
    }
    spec.revision_history_limit.get_or_insert(10);
    spec.progress_deadline_seconds.get_or_insert(600);
    pod_spec(&mut Rc::make_mut(&mut spec.template).spec);
}

/// What pods and templates have in common.
fn pod_spec(spec: &mut PodSpec) {
    or_text(&mut spec.dns_policy, "ClusterFirst");
    or_text(&mut spec.restart_policy, "Always");
    or_text(&mut spec.scheduler_name, "default-scheduler");
    spec.security_context.get_or_insert_with(|| json!({}));
    spec.termination_grace_period_seconds.get_or_insert(30);
    spec.volumes.iter_mut().for_each(volume);
    for container in spec.init_containers.iter_mut().chain(&mut spec.containers) {
        self::container(container);
    }
}

/// Requests come from limits in pods only, not in templates.
fn pod_spec_of_pod(spec: &mut PodSpec) {
    pod_spec(spec);
    spec.enable_service_links.get_or_insert(true);
    if spec.host_network == Some(true) {
        for port in spec.containers.iter_mut().chain(&mut spec.init_containers).flat_map(|it| &mut it.ports) {
            if port.host_port.unwrap_or(0) == 0 {
                port.host_port = Some(port.container_port);
            }
        }
    }
    for container in spec.init_containers.iter_mut().chain(&mut spec.containers) {
        let ResourceRequirements { requests, limits, .. } = &mut container.resources;
        for (name, limit) in limits {
            requests.entry(name.clone()).or_insert_with(|| limit.clone());
        }
    }
}

fn container(container: &mut Container) {
    let policy = match container.image.as_deref().map(tag) {
        Some("latest") => "Always",
        _ => "IfNotPresent",
    };
    or_text(&mut container.image_pull_policy, policy);
    or_text(&mut container.termination_message_path, "/dev/termination-log");
    or_text(&mut container.termination_message_policy, "File");
    for port in &mut container.ports {
        or_text(&mut port.protocol, "TCP");
    }
    if let Some(env) = &mut container.env {
        references(env);
    }
    let probes = [&mut container.readiness_probe, &mut container.liveness_probe, &mut container.startup_probe];
    probes.into_iter().flatten().for_each(probe);
    if let Some(lifecycle) = &mut container.lifecycle {
        let hooks = [&mut lifecycle.post_start, &mut lifecycle.pre_stop];
        hooks.into_iter().flatten().for_each(|hook| http_get(&mut hook.http_get));
    }
}

/// The image's tag; `latest` where it names neither a tag nor a digest. Upstream: `pkg/util/parsers`.
fn tag(image: &str) -> &str {
    let name = image.rsplit('/').next().unwrap_or(image);
    match (name.split_once('@'), name.rsplit_once(':')) {
        // With a digest alone there is no tag.
        (Some((name, _)), _) => name.rsplit_once(':').map_or("", |(_, tag)| tag),
        (None, Some((_, tag))) => tag,
        (None, None) if name.is_empty() => "",
        (None, None) => "latest",
    }
}

fn probe(probe: &mut Probe) {
    for (field, default) in [
        (&mut probe.timeout_seconds, 1),
        (&mut probe.period_seconds, 10),
        (&mut probe.success_threshold, 1),
        (&mut probe.failure_threshold, 3),
    ] {
        if field.unwrap_or(0) == 0 {
            *field = Some(default);
        }
    }
    http_get(&mut probe.http_get);
}

fn http_get(action: &mut Opaque) {
    if let Some(serde_json::Value::Object(get)) = action {
        or_value(get, "path", "/");
        or_value(get, "scheme", "HTTP");
    }
}

/// Fills in a field that is missing or, as Go sees it, empty.
fn or_value(
    fields: &mut serde_json::Map<String, serde_json::Value>,
    name: &str,
    default: impl Into<serde_json::Value>,
) {
    let is_missing = fields.get(name).is_none_or(|value| value.is_null() || value == "");
    if is_missing {
        fields.insert(name.into(), default.into());
    }
}

/// What refers to fields, resources and tokens: in variables, in projected volumes and in those of the downward API.
fn references(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, part) in fields.iter_mut() {
                if let Some(part) = part.as_object_mut() {
                    match name.as_str() {
                        "fieldRef" => or_value(part, "apiVersion", "v1"),
                        "resourceFieldRef" => or_value(part, "divisor", "0"),
                        "serviceAccountToken" => or_value(part, "expirationSeconds", 3600),
                        _ => {}
                    }
                }
                references(part);
            }
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(references),
        _ => {}
    }
}

fn volume(volume: &mut Volume) {
    let is_set = |(key, value): (&String, &serde_json::Value)| key != "name" && !value.is_null();
    let json = serde_json::to_value(&*volume).unwrap_or_default();
    if !json.as_object().is_some_and(|fields| fields.iter().any(is_set)) {
        volume.empty_dir = Some(json!({}));
    }
    for source in [&mut volume.config_map, &mut volume.secret, &mut volume.downward_api, &mut volume.projected] {
        if let Some(serde_json::Value::Object(source)) = source {
            source.entry("defaultMode").or_insert_with(|| 0o644.into());
        }
    }
    for source in [&mut volume.downward_api, &mut volume.projected].into_iter().flatten() {
        references(source);
    }
    if let Some(serde_json::Value::Object(image)) = &mut volume.image {
        let reference = image.get("reference").and_then(serde_json::Value::as_str).unwrap_or_default();
        let policy = if tag(reference) == "latest" { "Always" } else { "IfNotPresent" };
        or_value(image, "pullPolicy", policy);
    }
    if let Some(claim) = volume.ephemeral.as_mut().and_then(|source| source.pointer_mut("/volumeClaimTemplate/spec"))
        && let Some(claim) = claim.as_object_mut()
    {
        or_value(claim, "volumeMode", "Filesystem");
    }
    if let Some(serde_json::Value::Object(path)) = &mut volume.host_path {
        path.entry("type").or_insert_with(|| "".into());
    }
}

fn service(service: &mut Service) {
    let spec = &mut service.spec;
    or_text(&mut spec.session_affinity, "None");
    or_text(&mut spec.kind, "ClusterIP");
    for port in &mut spec.ports {
        or_text(&mut port.protocol, "TCP");
        if port.target_port.as_ref().is_none_or(|target| *target == 0 || *target == "") {
            port.target_port = Some(port.port.into());
        }
    }
    let timeout = spec.session_affinity_config.as_ref().and_then(|it| it.pointer("/clientIP/timeoutSeconds"));
    match spec.session_affinity.as_deref() {
        Some("ClientIP") if timeout.is_none_or(serde_json::Value::is_null) => {
            spec.session_affinity_config = Some(json!({ "clientIP": { "timeoutSeconds": 10_800 } }));
        }
        Some("None") => spec.session_affinity_config = None,
        _ => {}
    }
    let kind = spec.kind.as_deref().unwrap_or_default();
    let has_external_address = spec.external_ips.as_ref().and_then(|it| it.as_array()).is_some_and(|it| !it.is_empty());
    if matches!(kind, "NodePort" | "LoadBalancer") || kind == "ClusterIP" && has_external_address {
        or_text(&mut spec.external_traffic_policy, "Cluster");
    }
    if kind == "LoadBalancer" {
        spec.allocate_load_balancer_node_ports.get_or_insert_with(|| true.into());
    }
    if matches!(kind, "ClusterIP" | "NodePort" | "LoadBalancer") {
        spec.internal_traffic_policy.get_or_insert_with(|| "Cluster".into());
    }
}

fn claim_spec(spec: &mut PersistentVolumeClaimSpec) {
    spec.volume_mode.get_or_insert_with(|| "Filesystem".into());
}

fn claim_template(template: &mut ClaimTemplate) {
    template.api_version = Some("v1".into());
    template.kind = Some("PersistentVolumeClaim".into());
    claim_spec(Rc::make_mut(&mut template.spec));
    template.status = Some(json!({ "phase": "Pending" }));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::manifest::decode;
    use serde_json::Value;

    fn defaulted(value: Value) -> Object {
        let mut object = decode(&value).unwrap();
        apply(&mut object);
        object
    }

    #[test]
    fn an_explicit_rolling_update_gets_no_block() {
        let set = |strategy: Value| {
            defaulted(json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "a"},
                "spec": {"updateStrategy": strategy}}))
            .to_json()["spec"]["updateStrategy"]
                .clone()
        };
        assert_eq!(set(json!({})), json!({"type": "RollingUpdate", "rollingUpdate": {"partition": 0}}));
        assert_eq!(set(json!({"type": "RollingUpdate"})), json!({"type": "RollingUpdate"}));
        assert_eq!(
            set(json!({"type": "RollingUpdate", "rollingUpdate": {}})),
            json!({"type": "RollingUpdate", "rollingUpdate": {"partition": 0}})
        );
    }

    #[test]
    fn max_unavailable_of_a_stateful_set_is_dropped_while_its_gate_is_off() {
        let value = json!({"apiVersion": "apps/v1", "kind": "StatefulSet",
            "spec": {"updateStrategy": {"rollingUpdate": {"maxUnavailable": 2}}}});
        let kept = defaulted(value);
        let mut object = kept.clone();
        drop_disabled_fields(&mut object, None, true);
        assert_eq!(object, kept);
        drop_disabled_fields(&mut object, Some(&kept), false);
        assert_eq!(object, kept);
        drop_disabled_fields(&mut object, None, false);
        assert_ne!(object, kept);
    }

    #[test]
    fn requests_come_from_limits_in_pods_only() {
        let container = json!({"name": "c", "image": "a:1", "resources": {"limits": {"cpu": "1"}}});
        let pod = defaulted(json!({"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [container]}})).to_json();
        assert_eq!(pod["spec"]["containers"][0]["resources"]["requests"]["cpu"], "1");
        assert_eq!(pod["metadata"]["namespace"], "default");
        let set = defaulted(json!({"apiVersion": "apps/v1", "kind": "DaemonSet",
            "spec": {"template": {"spec": {"containers": [container]}}}}))
        .to_json();
        assert!(set["spec"]["template"]["spec"]["containers"][0]["resources"].get("requests").is_none());
        assert_eq!(set["spec"]["updateStrategy"]["rollingUpdate"], json!({"maxUnavailable": 1, "maxSurge": 0}));
    }

    #[test]
    fn the_tag_decides_when_an_image_is_pulled() {
        for (image, expected) in [
            ("nginx", "latest"),
            ("nginx:1", "1"),
            ("host:5000/nginx", "latest"),
            ("host:5000/nginx:2", "2"),
            ("nginx@sha256:abc", ""),
            ("nginx:latest@sha256:abc", "latest"),
            ("", ""),
        ] {
            assert_eq!(tag(image), expected, "{image}");
        }
    }
}
