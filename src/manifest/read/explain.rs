//! Sentences for learners: what an error means and how to mend it.

use crate::manifest::diagnostic::DiagnosticCode;
use crate::manifest::field_error::{FieldError, FieldErrorKind};
use crate::manifest::schema;

/// The field that a misspelt one may mean.
pub(super) fn meant(of: &str, field: &str) -> Option<&'static str> {
    let fields = schema::fields(of)?;
    let lower = field.to_lowercase();
    if let Some((name, _)) = fields.iter().find(|(name, _)| name.to_lowercase() == lower) {
        return Some(name);
    }
    let distance = |name: &str| strsim::damerau_levenshtein(&name.to_lowercase(), &lower);
    let (best, name) = fields.iter().map(|(name, _)| (distance(name), *name)).min()?;
    if best <= (field.len() / 3).max(1) && best < field.len() {
        return Some(name);
    }
    // `strategy` for `updateStrategy`.
    let is_part = |name: &str| lower.len() > 4 && name.to_lowercase().ends_with(&lower);
    fields.iter().map(|(name, _)| *name).find(|name| is_part(name))
}

pub(super) fn unknown_field(of: &str, field: &str, meant: Option<&str>) -> String {
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

pub(super) fn wrong_type(error: &FieldError) -> String {
    let field = error.path.rsplit('.').next().unwrap_or(&error.path);
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

pub(super) fn validation(kind: &str, code: DiagnosticCode, error: &FieldError) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_field_is_recognised() {
        for (of, field, expected) in [
            ("StatefulSetSpec", "replcias", Some("replicas")),
            ("Container", "imgae", Some("image")),
            ("ContainerPort", "containerport", Some("containerPort")),
            ("DaemonSetSpec", "strategy", Some("updateStrategy")),
            ("DaemonSetSpec", "replicas", None),
            ("StatefulSetSpec", "x", None),
        ] {
            assert_eq!(meant(of, field), expected, "{field}");
        }
    }
}
