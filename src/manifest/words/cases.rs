//! What the words about an error depend on, found once for all languages.

use super::NodeRefusal;
use crate::manifest::field_error::{FieldError, FieldErrorKind};

/// The last part of a path.
pub(super) fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// A field that a struct does not have, where more can be said than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stray {
    /// A DaemonSet has as many pods as there are nodes for it.
    DaemonReplicas,
    /// How autoscaling/v2beta1 wrote it.
    OldUtilization,
    /// Labels beside `matchLabels`.
    SelectorLabel,
    /// `apiVersion` or `kind` below the top.
    AtTheTop,
    /// Nothing more.
    Other,
}

/// The name of a struct as people know it.
pub(super) fn struct_name(of: &str) -> &str {
    of.trim_start_matches("v2.").trim_end_matches("(1)")
}

pub(super) fn stray(of: &str, field: &str) -> Stray {
    match (of, field) {
        ("DaemonSetSpec", "replicas") => Stray::DaemonReplicas,
        ("ResourceMetricSource", "targetAverageUtilization") => Stray::OldUtilization,
        ("LabelSelector", _) => Stray::SelectorLabel,
        (_, "apiVersion" | "kind") => Stray::AtTheTop,
        _ => Stray::Other,
    }
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Labels without `matchLabels`, as a Service has them.
    BareLabels,
    Quantity,
    Text,
    Whole,
    Bool,
    List,
    Map,
    Fields,
}

/// The field that has a value of another type, and what it takes.
pub(super) fn wanted(error: &FieldError) -> (&str, Wanted) {
    let field = last(&error.path);
    // `labels[version]`: the key of a map is what is written.
    let field = field
        .strip_suffix(']')
        .and_then(|it| it.split_once('['))
        .map_or(field, |(list, key)| if key.bytes().all(|byte| byte.is_ascii_digit()) { list } else { key });
    let detail = &error.detail;
    let wanted = match detail.rsplit(' ').next().unwrap_or_default() {
        _ if field == "matchLabels" => Wanted::BareLabels,
        _ if detail.starts_with("quantities") => Wanted::Quantity,
        "string" => Wanted::Text,
        "int32" | "int64" => Wanted::Whole,
        "bool" => Wanted::Bool,
        wanted if wanted.starts_with("[]") => Wanted::List,
        wanted if wanted.starts_with("map[") => Wanted::Map,
        _ => Wanted::Fields,
    };
    (field, wanted)
}

/// The form that a value has to have, for one that does not match upstream's regular expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    NumberOrPercent,
    LabelValue,
    LabelKey,
    Subdomain,
    Name,
}

pub(super) fn form(detail: &str) -> Option<Form> {
    detail.contains("regex used").then(|| {
        if detail.contains("valid percent") {
            Form::NumberOrPercent
        } else if detail.contains("a valid label must") {
            Form::LabelValue
        } else if detail.contains("name part") || detail.contains("a valid label key") {
            Form::LabelKey
        } else if detail.contains("subdomain") {
            Form::Subdomain
        } else {
            Form::Name
        }
    })
}

/// Errors that need more than the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    VolumeNotThere,
    RestartPolicy,
    /// A Job's pods end.
    JobRestartPolicy,
    Schedule,
    NothingReplaced,
    SurgeBesideUnavailable,
    StrategyOfStatefulSet,
    Dots,
    StorageSize,
    RollingUpdateOnDelete,
    ValueOfExists,
    TolerationWithoutKey,
    OneSuccess,
}

pub(super) fn special(error: &FieldError) -> Option<Special> {
    use FieldErrorKind::{Invalid, NotFound, NotSupported, Required};
    let (path, detail) = (error.path.as_str(), error.detail.as_str());
    Some(match error.kind {
        NotFound if path.contains("volumeMounts") => Special::VolumeNotThere,
        NotSupported | Required if path.ends_with("template.spec.restartPolicy") && detail.contains("OnFailure") => {
            Special::JobRestartPolicy
        }
        NotSupported if path.ends_with("template.spec.restartPolicy") => Special::RestartPolicy,
        Invalid | Required if path == "spec.schedule" && !detail.contains("TZ") => Special::Schedule,
        Required if detail == "cannot be 0 when maxSurge is 0" => Special::NothingReplaced,
        Invalid if detail == "may not be set when maxUnavailable is non-zero" => Special::SurgeBesideUnavailable,
        Invalid if path.ends_with("updateStrategy") => Special::StrategyOfStatefulSet,
        Invalid if detail == "must not contain dots" => Special::Dots,
        Required if path.ends_with("resources[storage]") => Special::StorageSize,
        Invalid if detail.starts_with("only allowed for updateStrategy") => Special::RollingUpdateOnDelete,
        Invalid if detail.starts_with("value must be empty when") => Special::ValueOfExists,
        Invalid if detail.starts_with("operator must be Exists when") => Special::TolerationWithoutKey,
        Invalid if detail == "must be 1" => Special::OneSuccess,
        _ => return None,
    })
}

/// What is not YAML, as far as the parser's words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    NeverClosed,
    StrayColon,
    Indentation,
    NoColon,
    NoComma,
    /// It was tried as JSON before.
    Json,
    Other,
}

pub(super) fn syntax(message: &str) -> Syntax {
    if message == "unexpected EOF" || message.starts_with("json: offset") || message.starts_with("invalid character") {
        Syntax::Json
    } else if message.contains("unexpected end of stream") {
        Syntax::NeverClosed
    } else if message.contains("mapping values are not allowed") {
        Syntax::StrayColon
    } else if message.contains("expected key") || message.contains("'-' indicator") {
        Syntax::Indentation
    } else if message.contains("':'") {
        Syntax::NoColon
    } else if message.contains("',' or") {
        Syntax::NoComma
    } else {
        Syntax::Other
    }
}

/// Nodes by the reason for which they refuse, in the order of the nodes.
pub(super) fn by_reason(refusals: &[(String, NodeRefusal)]) -> Vec<(&NodeRefusal, Vec<String>)> {
    let mut reasons: Vec<(&NodeRefusal, Vec<String>)> = vec![];
    for (node, refusal) in refusals {
        match reasons.iter_mut().find(|(known, _)| *known == refusal) {
            Some((_, nodes)) => nodes.push(node.clone()),
            None => reasons.push((refusal, vec![node.clone()])),
        }
    }
    reasons
}
