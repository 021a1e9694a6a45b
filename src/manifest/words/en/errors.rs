//! What an error means and how to mend it.

use crate::manifest::diagnostic::DiagnosticCode;
use crate::manifest::field_error::{FieldError, FieldErrorKind};
use crate::manifest::schema::{Lookup, Removed};

/// A document that is a list or a scalar.
pub(in crate::manifest) fn not_an_object() -> String {
    "A manifest is a mapping that begins with `apiVersion:` and `kind:`. This document is something else.".into()
}

/// An object in a namespace that nobody has made.
pub(in crate::manifest) fn namespace_missing(namespace: &str) -> String {
    format!(
        "No document before this one makes the namespace \"{namespace}\". Make it first (`kind: Namespace`), or leave \
         `namespace` out: then it is `default`."
    )
}

/// An object of a kind that has no effect here: message and explanation.
pub(in crate::manifest) fn not_simulated(kind: &str, name: &str) -> (String, String) {
    let explanation = format!(
        "Kubernetes accepts this {kind}. Setwise does not simulate the kind: it is listed and has no effect here."
    );
    (format!("{kind} \"{name}\" is valid, not simulated"), explanation)
}

/// A field that has no effect here, and what happens in its place: message and explanation.
pub(in crate::manifest) fn field_not_simulated(path: &str, instead: &str) -> (String, String) {
    let explanation = format!("Kubernetes heeds this field. Setwise does not simulate it: {instead}.");
    (format!("{path} is valid, not simulated"), explanation)
}

/// A kind that is not served in a version.
pub(in crate::manifest) fn no_matches(kind: &str, api_version: &str, lookup: Lookup) -> String {
    match lookup {
        Lookup::Removed(Removed { since, now }) => {
            let advice = match now {
                Some(now) if api_version == "autoscaling/v2beta1" => format!(
                    "Use {now}: there `targetAverageUtilization: 80` is `target: {{type: Utilization, averageUtilization: 80}}`."
                ),
                Some(now) if now == "apps/v1" => {
                    format!("Use {now}: there `spec.selector` has to be written, and it cannot be changed later.")
                }
                Some(now) => format!("Use {now}; some fields may be named otherwise there."),
                None => "Nothing serves the kind any more.".into(),
            };
            format!("{kind} in {api_version} was removed in Kubernetes {since}. {advice}")
        }
        Lookup::OtherVersion(info) => {
            format!("There is no {kind} in {api_version}. Kubernetes serves it in {}.", info.api_version)
        }
        Lookup::Served(_) | Lookup::Unknown => format!(
            "Kubernetes has no kind {kind} in {api_version}. Kinds that are not built in need a \
             CustomResourceDefinition first. Look for a misspelling; capital letters count."
        ),
    }
}

/// What an object cannot do without.
pub(in crate::manifest) fn missing(path: &str) -> &'static str {
    match path {
        "metadata.name" => "Every object needs a name: write it as `name` below `metadata`.",
        "kind" => "Without `kind` nobody knows what this is: write for example `kind: StatefulSet`.",
        _ => "Without `apiVersion` nobody knows how to read this: write for example `apiVersion: apps/v1`.",
    }
}

pub(in crate::manifest) fn unknown_field(of: &str, field: &str, meant: Option<&str>) -> String {
    let of = of.trim_start_matches("v2.").trim_end_matches("(1)");
    let about = match (of, field) {
        ("DaemonSetSpec", "replicas") => {
            return "A DaemonSet has no `replicas`: it runs one pod on every node that is eligible. Remove the field."
                .into();
        }
        ("ResourceMetricSource", "targetAverageUtilization") => {
            return "That is how autoscaling/v2beta1 wrote it. In v2 it is `target: {type: Utilization, \
                    averageUtilization: …}`."
                .into();
        }
        ("LabelSelector", _) => {
            return format!(
                "The selector of a workload has its labels below `matchLabels`: write `{field}` there. Only a Service has \
                 them in the selector itself."
            );
        }
        (_, "apiVersion" | "kind") => " They belong at the top of the document.",
        _ => "",
    };
    match meant {
        Some(meant) => format!("{of} has no field `{field}`; `{meant}` is probably meant."),
        None => format!(
            "{of} has no field `{field}`.{about} Look for a misspelling, and whether the line is indented as it should be."
        ),
    }
}

pub(in crate::manifest) fn wrong_type(error: &FieldError) -> String {
    let field = error.path.rsplit('.').next().unwrap_or(&error.path);
    // `labels[version]`: the key of a map is what is written.
    let field = field
        .strip_suffix(']')
        .and_then(|it| it.split_once('['))
        .map_or(field, |(list, key)| if key.bytes().all(|byte| byte.is_ascii_digit()) { list } else { key });
    if field == "matchLabels" {
        return "The selector of a Service has its labels in itself: write them without `matchLabels`, which belongs to \
                workloads."
            .into();
    }
    let detail = &error.detail;
    if detail.starts_with("quantities") {
        return format!("`{field}` is an amount such as `100m`, `0.5`, `64Mi` or `1Gi`; capital letters count.");
    }
    let wanted = detail.rsplit(' ').next().unwrap_or_default();
    let what = match wanted {
        "string" => "text: put the value in quotes",
        "int32" | "int64" => "a whole number, without quotes",
        "bool" => "`true` or `false`, without quotes",
        _ if wanted.starts_with("[]") => "a list: begin every item with `- `",
        _ if wanted.starts_with("map[") => "keys with values, one a line: `key: value`",
        _ => "a block of fields, indented below it",
    };
    format!("`{field}` has to be {what}.")
}

pub(in crate::manifest) fn validation(kind: &str, code: DiagnosticCode, error: &FieldError) -> String {
    let field = error.path.rsplit('.').next().unwrap_or(&error.path);
    match code {
        DiagnosticCode::SelectorRequired => {
            return format!(
                "A {kind} finds its pods by their labels. `spec.selector` says by which; it has to name labels that the \
                 template gives to the pods."
            );
        }
        DiagnosticCode::SelectorMismatch => {
            return format!(
                "The {kind} would not find the pods that it makes: the labels in `spec.template.metadata.labels` do not \
                 satisfy `spec.selector`."
            );
        }
        _ => {}
    }
    if let Some(text) = special(error) {
        return text.into();
    }
    let detail = error.detail.trim_end_matches('.');
    match error.kind {
        FieldErrorKind::Required if detail.is_empty() => format!("`{field}` is missing here and has to be set."),
        FieldErrorKind::Required => format!("`{field}` is missing here: {detail}."),
        FieldErrorKind::NotSupported => {
            format!("`{field}` can have only the values that are listed; capital letters count.")
        }
        FieldErrorKind::Forbidden if detail.is_empty() => format!("`{field}` may not be set here. Remove it."),
        FieldErrorKind::Forbidden => format!("`{field}` may not be so here: {detail}."),
        FieldErrorKind::NotFound => format!("`{field}` names something that is not there. Look for a misspelling."),
        FieldErrorKind::Duplicate => format!("Each `{field}` has to be another; this one is taken."),
        FieldErrorKind::TooLong | FieldErrorKind::TooMany => format!("`{field}` has to be shorter."),
        FieldErrorKind::Invalid if detail.is_empty() => format!("`{field}` cannot have this value."),
        FieldErrorKind::Invalid => form(detail).map_or_else(
            || match detail.split(' ').next() {
                Some("must" | "may" | "cannot") => format!("`{field}` cannot have this value: it {detail}."),
                _ => format!("`{field}` cannot have this value: {detail}."),
            },
            Into::into,
        ),
        FieldErrorKind::Unknown | FieldErrorKind::Type => format!("`{field}` cannot be read."),
    }
}

/// The form that a value has to have, for one that does not match upstream's regular expression.
fn form(detail: &str) -> Option<&'static str> {
    if !detail.contains("regex used") {
        return None;
    }
    Some(if detail.contains("valid percent") {
        "Write a whole number, such as 2, or a percentage, such as 25%."
    } else if detail.contains("a valid label must") {
        "The value of a label has at most 63 letters, digits, dashes, underscores and dots, no spaces, and begins and ends \
         with a letter or a digit."
    } else if detail.contains("name part") || detail.contains("a valid label key") {
        "The name of a label has letters, digits, dashes, underscores and dots, and may have a domain and a slash before \
         it: `example.com/tier`."
    } else if detail.contains("subdomain") {
        "A name has small letters, digits, dashes and dots only, and begins and ends with a letter or a digit."
    } else {
        "A name has small letters, digits and dashes only, and begins and ends with a letter or a digit."
    })
}

/// Errors that need more than the rule.
fn special(error: &FieldError) -> Option<&'static str> {
    let path = error.path.as_str();
    Some(match error.kind {
        FieldErrorKind::NotFound if path.contains("volumeMounts") => {
            "A container mounts a volume that the pod does not have. Add it to `volumes`, or to `volumeClaimTemplates` of \
             a StatefulSet."
        }
        FieldErrorKind::NotSupported if path.ends_with("template.spec.restartPolicy") => {
            "A controller keeps its pods running, so that their containers are always started again. Remove the field, or \
             use a Job for work that ends."
        }
        FieldErrorKind::Required if error.detail == "cannot be 0 when maxSurge is 0" => {
            "With both at 0 no pod could ever be replaced. Let one node be without its pod (`maxUnavailable: 1`), or let a \
             second pod start beside the old one (`maxSurge: 1`)."
        }
        FieldErrorKind::Invalid if error.detail == "may not be set when maxUnavailable is non-zero" => {
            "`maxUnavailable` is 1 where it is not written. To use `maxSurge`, also write `maxUnavailable: 0`."
        }
        FieldErrorKind::Invalid if path.ends_with("updateStrategy") => {
            "A StatefulSet replaces its pods by `RollingUpdate` or `OnDelete`. `Recreate` is a Deployment's."
        }
        FieldErrorKind::Invalid if error.detail == "must not contain dots" => {
            "The name becomes part of the pods' names and of their names in DNS, where a dot would separate two parts. Use \
             a dash."
        }
        FieldErrorKind::Required if path.ends_with("resources[storage]") => {
            "A claim says how large its volume has to be: set `resources.requests.storage`, for example to `1Gi`."
        }
        FieldErrorKind::Invalid if error.detail.starts_with("only allowed for updateStrategy") => {
            "With `OnDelete` pods are replaced when somebody deletes them, so that `rollingUpdate` has no meaning. Remove it, \
             or use `type: RollingUpdate`."
        }
        FieldErrorKind::Invalid if error.detail.starts_with("value must be empty when") => {
            "`Exists` tolerates the taint whatever its value is. Remove `value`, or use `operator: Equal`."
        }
        FieldErrorKind::Invalid if error.detail.starts_with("operator must be Exists when") => {
            "A toleration without `key` tolerates every taint, and then `operator` has to be `Exists`. Probably `key` is \
             missing."
        }
        FieldErrorKind::Invalid if error.detail == "must be 1" => {
            "A liveness or startup probe counts as passed after one success; only a readiness probe can ask for more."
        }
        _ => return None,
    })
}
