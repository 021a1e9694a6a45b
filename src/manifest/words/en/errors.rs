//! What an error means and how to mend it.

use crate::manifest::diagnostic::DiagnosticCode;
use crate::manifest::field_error::{FieldError, FieldErrorKind};
use crate::manifest::read::{MAX_BYTES, MAX_DOCUMENTS};
use crate::manifest::schema::{Lookup, Removed};
use crate::manifest::words::cases::{self, Form, Special, Stray, Syntax, Wanted};
use crate::manifest::words::{Instead, Said};
use crate::manifest::yaml::{YamlProblem, YamlProblemKind};

/// More text than is read.
pub(super) fn input_too_large(file: &str) -> Said {
    let explanation = format!(
        "All files together may have {} KiB. The rest is not read: split it, or leave out what is not needed.",
        MAX_BYTES >> 10
    );
    Said::ours(format!("{file} is too large"), explanation)
}

/// More documents than are read.
pub(super) fn too_many_documents() -> Said {
    Said::ours("too many documents", format!("At most {MAX_DOCUMENTS} documents are read; the rest is left out."))
}

/// Text that is not YAML.
pub(super) fn yaml(problem: &YamlProblem) -> Said {
    use YamlProblemKind as Kind;
    let text = match problem.kind {
        Kind::Syntax => syntax(cases::syntax(&problem.message)),
        Kind::Tab => {
            "YAML is indented with spaces, never with tabs. Replace the tab by as many spaces as the lines beside it have."
        }
        Kind::Separator => "A line that separates documents is `---` alone. Put what follows it on a line of its own.",
        Kind::UnknownAnchor => {
            "A word that begins with `*` stands for the value with the same name after `&`, and there is none above. \
             Put it in quotes if a star was meant."
        }
        Kind::AliasLimit => {
            "Aliases (`*name`) stand for more values here than any manifest needs, or for themselves. Write the values out."
        }
        Kind::DepthLimit => "This is nested deeper than any Kubernetes object. Look for a stray bracket.",
        Kind::Key => "A key has to be a word. Template markers such as `{{ name }}` need quotes.",
        Kind::AfterEnd => "`...` ends the document; kubectl does not read on. Begin a new document with `---`.",
    };
    let start = problem.span.start;
    let explanation = format!("Line {}, column {}: {text}", start.line, start.column);
    // `kubectl` says nothing of what it does not read.
    let message = (problem.kind == Kind::AfterEnd).then(|| problem.message.clone());
    Said { message, explanation }
}

fn syntax(syntax: Syntax) -> &'static str {
    match syntax {
        Syntax::NeverClosed => "Something that was opened here is never closed: a quote, a bracket or a brace.",
        Syntax::StrayColon => {
            "There is a `: ` where only a value can be. Either the line is indented wrongly, or the value needs quotes."
        }
        Syntax::Indentation => {
            "This line is not indented like those it belongs to. Keys of one object begin in the same column."
        }
        Syntax::NoColon => {
            "A key without a colon, or text that runs on over the next line. Write `key: value`, with a space after the \
             colon."
        }
        Syntax::NoComma => "A comma or a closing bracket is missing in a list or an object in one line.",
        Syntax::Json => {
            "A text that begins with `{` is tried as JSON first, and kubectl tells what is wrong with it as JSON. It cannot be \
             read as YAML either: look for a missing quote, comma or brace."
        }
        Syntax::Other => "This is not YAML. Compare the line with those around it: indentation, colons, quotes.",
    }
}

/// Files without an object in them.
pub(super) fn no_objects() -> &'static str {
    "There are only comments, blank lines or empty documents. Write an object: it begins with `apiVersion:` and `kind:`."
}

/// A document that is a list or a scalar.
pub(super) fn not_an_object() -> String {
    "A manifest is a mapping that begins with `apiVersion:` and `kind:`. This document is something else.".into()
}

/// An object in a namespace that nobody has made.
pub(super) fn namespace_missing(namespace: &str) -> String {
    format!(
        "No document before this one makes the namespace \"{namespace}\". Make it first (`kind: Namespace`), or leave \
         `namespace` out: then it is `default`."
    )
}

/// An object of a kind that has no effect here.
pub(super) fn not_simulated(kind: &str, name: &str) -> Said {
    Said::ours(
        format!("{kind} \"{name}\" is valid, not simulated"),
        format!(
            "Kubernetes accepts this {kind}. Setwise does not simulate the kind: it is listed and has no effect here."
        ),
    )
}

/// A field that has no effect here, and what happens in its place.
pub(super) fn field_not_simulated(path: &str, instead: Instead) -> Said {
    let instead = match instead {
        Instead::HookTakesNoTime => "the hook takes no time and never fails",
        Instead::CommandTakesHalfASecond => "the command takes half a second and never fails",
        Instead::RequestTakesHalfASecond => "the request takes half a second and never fails",
        Instead::RestartPolicyDecides => "the restart policy alone decides",
        Instead::VolumesAnywhere => "volumes are made wherever the pod is",
        Instead::VolumeMadeEmpty => "the volume is made empty",
        Instead::NoAttributes => "volumes have no attributes",
        Instead::OneSeries => "a metric has one series, which the name alone finds",
        Instead::NoLoadBalancer => "the Service gets an address and node ports, but no load balancer",
    };
    Said::ours(
        format!("{path} is valid, not simulated"),
        format!("Kubernetes heeds this field. Setwise does not simulate it: {instead}."),
    )
}

/// A kind that is not served in a version.
pub(super) fn no_matches(kind: &str, api_version: &str, lookup: Lookup) -> String {
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
pub(super) fn missing(path: &str) -> &'static str {
    match path {
        "metadata.name" => "Every object needs a name: write it as `name` below `metadata`.",
        "kind" => "Without `kind` nobody knows what this is: write for example `kind: StatefulSet`.",
        _ => "Without `apiVersion` nobody knows how to read this: write for example `apiVersion: apps/v1`.",
    }
}

pub(super) fn unknown_field(of: &str, field: &str, meant: Option<&str>) -> String {
    let of = cases::struct_name(of);
    let about = match cases::stray(of, field) {
        Stray::DaemonReplicas => {
            return "A DaemonSet has no `replicas`: it runs one pod on every node that is eligible. Remove the field."
                .into();
        }
        Stray::OldUtilization => {
            return "That is how autoscaling/v2beta1 wrote it. In v2 it is `target: {type: Utilization, \
                    averageUtilization: …}`."
                .into();
        }
        Stray::SelectorLabel => {
            return format!(
                "The selector of a workload has its labels below `matchLabels`: write `{field}` there. Only a Service has \
                 them in the selector itself."
            );
        }
        Stray::AtTheTop => " They belong at the top of the document.",
        Stray::Other => "",
    };
    match meant {
        Some(meant) => format!("{of} has no field `{field}`; `{meant}` is probably meant."),
        None => format!(
            "{of} has no field `{field}`.{about} Look for a misspelling, and whether the line is indented as it should be."
        ),
    }
}

pub(super) fn wrong_type(error: &FieldError) -> String {
    let (field, wanted) = cases::wanted(error);
    let what = match wanted {
        Wanted::BareLabels => {
            return "The selector of a Service has its labels in itself: write them without `matchLabels`, which belongs to \
                    workloads."
                .into();
        }
        Wanted::Quantity => {
            return format!("`{field}` is an amount such as `100m`, `0.5`, `64Mi` or `1Gi`; capital letters count.");
        }
        Wanted::Text => "text: put the value in quotes",
        Wanted::Whole => "a whole number, without quotes",
        Wanted::Bool => "`true` or `false`, without quotes",
        Wanted::List => "a list: begin every item with `- `",
        Wanted::Map => "keys with values, one a line: `key: value`",
        Wanted::Fields => "a block of fields, indented below it",
    };
    format!("`{field}` has to be {what}.")
}

pub(super) fn validation(kind: &str, code: DiagnosticCode, error: &FieldError) -> String {
    let field = cases::last(&error.path);
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
    if let Some(case) = cases::special(error) {
        return special(case).into();
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
        FieldErrorKind::Invalid => cases::form(detail).map(form).map_or_else(
            || match detail.split(' ').next() {
                Some("must" | "may" | "cannot") => format!("`{field}` cannot have this value: it {detail}."),
                _ => format!("`{field}` cannot have this value: {detail}."),
            },
            Into::into,
        ),
        FieldErrorKind::Unknown | FieldErrorKind::Type => format!("`{field}` cannot be read."),
    }
}

fn form(form: Form) -> &'static str {
    match form {
        Form::NumberOrPercent => "Write a whole number, such as 2, or a percentage, such as 25%.",
        Form::LabelValue => {
            "The value of a label has at most 63 letters, digits, dashes, underscores and dots, no spaces, and begins and \
             ends with a letter or a digit."
        }
        Form::LabelKey => {
            "The name of a label has letters, digits, dashes, underscores and dots, and may have a domain and a slash \
             before it: `example.com/tier`."
        }
        Form::Subdomain => {
            "A name has small letters, digits, dashes and dots only, and begins and ends with a letter or a digit."
        }
        Form::Name => "A name has small letters, digits and dashes only, and begins and ends with a letter or a digit.",
    }
}

fn special(special: Special) -> &'static str {
    match special {
        Special::VolumeNotThere => {
            "A container mounts a volume that the pod does not have. Add it to `volumes`, or to `volumeClaimTemplates` of \
             a StatefulSet."
        }
        Special::RestartPolicy => {
            "A controller keeps its pods running, so that their containers are always started again. Remove the field, or \
             use a Job for work that ends."
        }
        Special::JobRestartPolicy => {
            "The pods of a Job end when their work is done. Write `restartPolicy: Never`, so that a failed pod is followed by a \
             new one, or `OnFailure`, so that its container is started again."
        }
        Special::Schedule => {
            "A schedule has five fields: minute (0-59), hour (0-23), day of the month (1-31), month (1-12) and day of the week \
             (0-6, 0 being Sunday), such as `*/5 * * * *` for every five minutes. `@hourly`, `@daily` and the like stand for \
             some of them."
        }
        Special::NothingReplaced => {
            "With both at 0 no pod could ever be replaced. Let one node be without its pod (`maxUnavailable: 1`), or let a \
             second pod start beside the old one (`maxSurge: 1`)."
        }
        Special::SurgeBesideUnavailable => {
            "`maxUnavailable` is 1 where it is not written. To use `maxSurge`, also write `maxUnavailable: 0`."
        }
        Special::StrategyOfStatefulSet => {
            "A StatefulSet replaces its pods by `RollingUpdate` or `OnDelete`. `Recreate` is a Deployment's."
        }
        Special::Dots => {
            "The name becomes part of the pods' names and of their names in DNS, where a dot would separate two parts. Use \
             a dash."
        }
        Special::StorageSize => {
            "A claim says how large its volume has to be: set `resources.requests.storage`, for example to `1Gi`."
        }
        Special::RollingUpdateOnDelete => {
            "With `OnDelete` pods are replaced when somebody deletes them, so that `rollingUpdate` has no meaning. Remove it, \
             or use `type: RollingUpdate`."
        }
        Special::ValueOfExists => {
            "`Exists` tolerates the taint whatever its value is. Remove `value`, or use `operator: Equal`."
        }
        Special::TolerationWithoutKey => {
            "A toleration without `key` tolerates every taint, and then `operator` has to be `Exists`. Probably `key` is \
             missing."
        }
        Special::OneSuccess => {
            "A liveness or startup probe counts as passed after one success; only a readiness probe can ask for more."
        }
    }
}
