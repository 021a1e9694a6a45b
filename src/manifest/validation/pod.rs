//! Pods and pod templates. Upstream: `pkg/apis/core/validation/validation.go ValidatePodSpec`.

use super::field::{Errors, Field, is_equal};
use super::volume::{self, OfPod};
use super::{affinity, container, host, meta, names, pod_resources, resources, security};
use serde_json::Value;
use std::collections::BTreeSet;

const EFFECTS: [&str; 3] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/// A template; `claims` are the claim templates whose volumes its containers may mount.
pub(super) fn template(template: &Field, claims: Option<&Field>, errors: &mut Errors) {
    let meta = template.at("metadata");
    meta::labels(&meta.at("labels").called(template.at("labels").path), errors);
    meta::annotations(&meta.at("annotations").called(template.at("annotations").path), errors);
    let field = template.at("spec");
    pod_annotations(&meta.at("annotations").called(template.at("annotations").path), errors);
    spec(&field, OfPod { name: "", is_pod: false, claims }, errors);
    let ephemeral = field.at("ephemeralContainers");
    if !ephemeral.is_empty() {
        errors.forbidden(&ephemeral, "ephemeral containers not allowed in pod template");
    }
}

/// `ValidatePodSpecificAnnotations`.
fn pod_annotations(annotations: &Field, errors: &mut Errors) {
    const COST: &str = "controller.kubernetes.io/pod-deletion-cost";
    let cost = annotations.key(COST);
    let digits = cost.text().strip_prefix('-').unwrap_or(cost.text());
    let is_number = cost.text().parse::<i32>().is_ok() && (digits == "0" || !digits.starts_with(['0', '+']));
    if cost.is_set() && !is_number {
        errors.invalid(&cost, "must be a 32bit integer");
    }
}

pub(super) fn pod(pod: &Field, errors: &mut Errors) {
    meta::create(&pod.at("metadata"), true, names::dns_subdomain, errors);
    pod_spec(pod, errors);
    if !pod.at("spec").at("nodeName").is_empty() && !pod.at("spec").at("schedulingGates").is_empty() {
        errors.forbidden(&pod.at("spec").at("nodeName"), "cannot be set until all schedulingGates have been cleared");
    }
    if !pod.at("spec").at("ephemeralContainers").is_empty() {
        errors.forbidden(&pod.at("spec").at("ephemeralContainers"), "cannot be set on create");
    }
}

fn pod_spec(pod: &Field, errors: &mut Errors) {
    let field = pod.at("spec");
    pod_annotations(&pod.at("metadata").at("annotations"), errors);
    spec(&field, OfPod { name: pod.at("metadata").at("name").text(), is_pod: true, claims: None }, errors);
    if field.at("serviceAccountName").is_empty() {
        for source in field.at("volumes").items().flat_map(|volume| volume.at("projected").at("sources").items()) {
            let token = source.at("serviceAccountToken");
            if token.is_set() {
                errors.forbidden(&token, "must not be specified when serviceAccountName is not set");
            }
        }
    }
    for list in ["containers", "initContainers"] {
        for container in field.at(list).items() {
            let image = container.at("image");
            if image.text() != image.text().trim() {
                errors.invalid(&image, "must not have leading or trailing whitespace");
            }
        }
    }
}

/// Names of gates (`validateSchedulingGates`).
fn gates(gates: &Field, errors: &mut Errors) {
    let mut seen = BTreeSet::new();
    for gate in gates.items() {
        let name = gate.at("name");
        for message in names::label_key(name.text()) {
            errors.invalid_value(&gate, name.text(), &message);
        }
        if !seen.insert(name.text().to_string()) {
            errors.duplicate(&gate, name.text());
        }
    }
}

fn spec(spec: &Field, of: OfPod, errors: &mut Errors) {
    if !spec.at("terminationGracePeriodSeconds").is_set() {
        errors.required(&spec.at("terminationGracePeriodSeconds"), "");
    }
    let volumes = volume::volumes(&spec.at("volumes"), of, errors);
    resource_claims(&spec.at("resourceClaims"), errors);
    let pod = container::Pod { spec, volumes: &volumes };
    container::containers(pod, errors);
    container::init_containers(pod, errors);
    pod_resources::resources(spec, errors);
    if spec.at("hostNetwork").value == &Value::Bool(true) {
        host_network(spec, of.is_pod, errors);
    }
    errors.one_of(&spec.at("restartPolicy"), &["Always", "OnFailure", "Never"], true);
    errors.one_of(&spec.at("dnsPolicy"), &["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"], true);
    meta::labels(&spec.at("nodeSelector"), errors);
    security::of_pod(spec, errors);
    affinity::affinity(&spec.at("affinity"), errors);
    host::dns(spec, errors);
    for gate in spec.at("readinessGates").items() {
        meta::label_key(&gate.at("conditionType"), errors);
    }
    gates(&spec.at("schedulingGates"), errors);
    affinity::spread(&spec.at("topologySpreadConstraints"), errors);
    host::users(spec, errors);
    host::name_override(spec, errors);
    let formed = |name: &str, form: meta::NameForm, errors: &mut Errors| {
        let field = spec.at(name);
        if !field.is_empty() {
            errors.all_invalid(&field, form(field.text()));
        }
    };
    formed("serviceAccountName", names::dns_subdomain, errors);
    formed("nodeName", names::dns_subdomain, errors);
    let deadline = spec.at("activeDeadlineSeconds");
    if deadline.is_set() && !(1..=i64::from(i32::MAX)).contains(&deadline.int()) {
        errors.invalid(&deadline, "must be between 1 and 2147483647, inclusive");
    }
    // A StatefulSet gives its pods both, whatever the template says.
    if of.claims.is_none() {
        formed("hostname", names::dns_label, errors);
        formed("subdomain", names::dns_label, errors);
    }
    tolerations(&spec.at("tolerations"), errors);
    host::aliases(&spec.at("hostAliases"), errors);
    formed("priorityClassName", names::dns_subdomain, errors);
    let runtime = spec.at("runtimeClassName");
    if runtime.is_set() {
        errors.all_invalid(&runtime, names::dns_subdomain(runtime.text()));
    }
    if spec.at("preemptionPolicy").is_set() {
        errors.one_of(&spec.at("preemptionPolicy"), &["PreemptLowerPriority", "Never"], true);
    }
    for (name, amount) in spec.at("overhead").entries() {
        let amount = amount.called(spec.at("overhead").at("limits").key(name).path);
        resources::of_container(name, &amount, errors);
        resources::amount(name, &amount, errors);
    }
    host::system(spec, errors);
    file_keys(spec, errors);
}

/// `validatePodResourceClaims`.
fn resource_claims(claims: &Field, errors: &mut Errors) {
    let mut seen = BTreeSet::new();
    for claim in claims.items() {
        let name = claim.at("name");
        if name.is_empty() {
            errors.required(&name, "");
        } else if !seen.insert(name.text()) {
            errors.duplicate(&name, name.text());
        } else {
            errors.all_invalid(&name, names::dns_label(name.text()));
        }
        let sources = [claim.at("resourceClaimName"), claim.at("resourceClaimTemplateName")];
        let problem = match sources.iter().filter(|source| source.is_set()).count() {
            0 => Some("must specify one of: `resourceClaimName`, `resourceClaimTemplateName`"),
            1 => None,
            _ => Some("at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified"),
        };
        if let Some(problem) = problem {
            let [by_name, by_template] = &sources;
            let value = serde_json::json!({
                "Name": name.text(),
                "ResourceClaimName": by_name.value,
                "ResourceClaimTemplateName": by_template.value,
            });
            errors.invalid_value(&claim, value, problem);
        }
        for source in sources.iter().filter(|source| source.is_set()) {
            errors.all_invalid(source, names::dns_subdomain(source.text()));
        }
    }
}

/// Variables that are read from a file of a volume (`validateFileKeyRefVolumes`).
fn file_keys(spec: &Field, errors: &mut Errors) {
    let volumes: Vec<_> = spec.at("volumes").items().collect();
    for list in ["initContainers", "containers"] {
        for variable in spec.at(list).items().flat_map(|container| container.at("env").items()) {
            let source = variable.at("valueFrom").at("fileKeyRef");
            if !source.is_set() {
                continue;
            }
            let name = source.at("volumeName");
            match volumes.iter().find(|volume| volume.at("name").text() == name.text()) {
                None => errors.not_found(&name),
                Some(volume) if !volume.at("emptyDir").is_set() => {
                    errors.invalid_value(&name, name.text(), "referenced volume must be of type emptyDir");
                }
                Some(_) => {}
            }
        }
    }
}

fn host_network(spec: &Field, is_pod: bool, errors: &mut Errors) {
    for port in spec.at("containers").items().flat_map(|container| container.at("ports").items()) {
        let (host, inner) = (port.at("hostPort"), port.at("containerPort"));
        if (is_pod || host.int() != 0) && host.int() != inner.int() {
            errors.invalid_value(&host, host.int(), "must match `containerPort` when `hostNetwork` is true");
        }
    }
}

fn tolerations(tolerations: &Field, errors: &mut Errors) {
    for toleration in tolerations.items() {
        let (key, operator, value, effect) =
            (toleration.at("key"), toleration.at("operator"), toleration.at("value"), toleration.at("effect"));
        if !key.is_empty() {
            meta::label_key(&key, errors);
        } else if operator.text() != "Exists" {
            let detail = "operator must be Exists when `key` is empty, which means \"match all values and all keys\"";
            errors.invalid_value(&operator, operator.text(), detail);
        }
        if toleration.at("tolerationSeconds").is_set() && effect.text() != "NoExecute" {
            errors.invalid_value(&effect, effect.text(), "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        match operator.text() {
            "" | "Equal" => {
                let messages = names::label_value(value.text());
                if !messages.is_empty() {
                    errors.invalid_value(&operator, value.text(), &messages.join(";"));
                }
            }
            "Exists" if !value.is_empty() => {
                errors.invalid_value(&operator, value.text(), "value must be empty when `operator` is 'Exists'");
            }
            "Exists" => {}
            // Alpha, off: gate TaintTolerationComparisonOperators.
            text @ ("Lt" | "Gt") => errors.not_supported(&operator, text, &["Equal", "Exists", "Lt", "Gt"]),
            text => errors.not_supported(&operator, text, &["Equal", "Exists"]),
        }
        errors.one_of(&effect, &EFFECTS, false);
    }
}

/// Taints of a node, under the path that upstream gives them.
pub(super) fn taints(taints: &Field, errors: &mut Errors) {
    let mut seen = BTreeSet::new();
    for taint in taints.items() {
        let (key, value, effect) = (taint.at("key"), taint.at("value"), taint.at("effect"));
        meta::label_key(&key, errors);
        let messages = names::label_value(value.text());
        if !messages.is_empty() {
            errors.invalid_value(&value, value.text(), &messages.join(";"));
        }
        errors.one_of(&effect, &EFFECTS, true);
        if !seen.insert((effect.text().to_string(), key.text().to_string())) {
            errors.duplicate(&taint, taint.value.clone());
            if let Some(error) = errors.0.last_mut() {
                error.detail = "taints must be unique by key and effect pair".into();
            }
        }
    }
}

/// The node selector of a gated pod may get more labels (`validateNodeSelectorMutation`).
fn narrowed_selector(old: &Field, new: &Field, errors: &mut Errors) {
    let kept = |(key, value): (&str, Field)| new.entries().any(|(other, own)| other == key && own.value == value.value);
    if !old.entries().all(kept) {
        errors.invalid(new, "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
    }
}

/// The required node affinity of a gated pod may get more requirements in each of its terms, or be set where there was
/// none (`validateNodeAffinityMutation`).
fn narrowed_affinity(old: &Field, new: &Field, errors: &mut Errors) {
    const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
    let (old, new) = (old.at(REQUIRED).at("nodeSelectorTerms"), new.at(REQUIRED).at("nodeSelectorTerms"));
    if old.is_empty() || is_equal(old.value, new.value) {
        return;
    }
    if old.items().count() != new.items().count() {
        errors.invalid(&new, "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
        return;
    }
    for (before, after) in old.items().zip(new.items()) {
        let both_empty = |term: &Field| term.at("matchExpressions").is_empty() && term.at("matchFields").is_empty();
        let begins = |list: &str| {
            let (before, after) = (before.at(list), after.at(list));
            before.items().count() <= after.items().count()
                && before.items().zip(after.items()).all(|(old, new)| is_equal(old.value, new.value))
        };
        if both_empty(&before) && !both_empty(&after) || !begins("matchExpressions") || !begins("matchFields") {
            errors.invalid(&after, "only additions are allowed (no mutations or deletions)");
        }
    }
}

const MAY_CHANGE: &str = "pod updates may not change fields other than \
    `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only \
    additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was \
    previously negative)";

pub(super) fn pod_update(old: &Field, new: &Field, errors: &mut Errors) {
    pod_spec(new, errors);
    let (old, new) = (old.at("spec"), new.at("spec"));
    for list in ["containers", "initContainers"] {
        let (before, after) = (old.at(list), new.at(list));
        if before.items().count() != after.items().count() {
            errors.forbidden(&after, "pod updates may not add or remove containers");
            return;
        }
        for container in after.items() {
            let image = container.at("image");
            if image.is_empty() {
                errors.required(&image, "");
            }
        }
    }
    let (before, after) = (old.at("activeDeadlineSeconds"), new.at("activeDeadlineSeconds"));
    if after.is_set() && before.is_set() && before.int() < after.int() {
        errors.invalid(&after, "must be less than or equal to previous value");
        return;
    }
    if !after.is_set() && before.is_set() {
        errors.invalid(&after, "must not update from a positive integer to nil value");
    }
    let without_seconds = |toleration: &Field| {
        let mut value = toleration.value.clone();
        if let Some(fields) = value.as_object_mut() {
            fields.remove("tolerationSeconds");
        }
        value
    };
    let after = new.at("tolerations");
    if !old
        .at("tolerations")
        .items()
        .all(|old| after.items().any(|new| is_equal(&without_seconds(&old), &without_seconds(&new))))
    {
        errors.forbidden(&after, "existing toleration can not be modified except its tolerationSeconds");
    }
    let gates = new.at("schedulingGates");
    for gate in gates.items() {
        let name = gate.at("name");
        if !old.at("schedulingGates").items().any(|old| old.at("name").text() == name.text()) {
            let detail = format!("only deletion is allowed, but found new scheduling gate '{}'", name.text());
            errors.forbidden(&name, &detail);
        }
    }
    let is_gated = !old.at("schedulingGates").is_empty();
    if is_gated {
        narrowed_selector(&old.at("nodeSelector"), &new.at("nodeSelector"), errors);
        let affinity = |spec: &Field<'_>| -> Value { spec.at("affinity").at("nodeAffinity").value.clone() };
        let (before, after) = (affinity(&old), affinity(&new));
        let place = new.at("affinity").at("nodeAffinity");
        narrowed_affinity(&Field::root(&before), &Field::root(&after).called(place.path), errors);
    }
    let grace = |spec: &Field| spec.at("terminationGracePeriodSeconds").int();
    let may_set_grace = grace(&old) < 0 && grace(&new) == 1;
    let fixed = |spec: &Field| {
        let mut value = spec.value.clone();
        if let Some(fields) = value.as_object_mut() {
            fields.remove("activeDeadlineSeconds");
            fields.remove("tolerations");
            fields.remove("schedulingGates");
            // The scheduler's field.
            fields.remove("nodeName");
            if may_set_grace {
                fields.remove("terminationGracePeriodSeconds");
            }
            if is_gated {
                fields.remove("nodeSelector");
                if let Some(affinity) = fields.get_mut("affinity").and_then(Value::as_object_mut) {
                    affinity.remove("nodeAffinity");
                }
            }
            for list in ["containers", "initContainers"] {
                let containers = fields.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
                containers.filter_map(Value::as_object_mut).for_each(|container| {
                    container.remove("image");
                });
            }
        }
        value
    };
    if !is_equal(&fixed(&old), &fixed(&new)) {
        errors.forbidden(&new, MAY_CHANGE);
    }
}
