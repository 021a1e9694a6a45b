//! `kubectl apply`. Upstream: `k8s.io/kubectl/pkg/cmd/apply`.

use super::console::{Console, Printed};
use super::failure::{Failure, Outcome};
use super::files::Written;
use super::flags::Flags;
use super::run::{Answer, Call, DryRun, run as run_text};
use super::select::{self, Thing};
use super::table;
use crate::api::{LAST_APPLIED, Object, ObjectRef};
use crate::engine::{Command, sends_patch};
use crate::events::Log;
use crate::manifest::{self, Refusal, RefusedBy};
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    if !call.has_files() {
        return Err(Failure::client("must specify one of -f and -k"));
    }
    if let Some(unexpected) = call.flags.args.first() {
        return Err(Failure::usage("apply", format!("Unexpected args: [{unexpected}]")));
    }
    let read = call.files()?;
    if read.objects.is_empty() && read.errors.is_empty() {
        return Err(Failure::client("no objects passed to apply"));
    }
    let mut errors = read.errors;
    for written in read.objects {
        if let Err(failure) = one(call, &written) {
            errors.push(failure);
        }
    }
    Failure::all(errors)
}

/// Applies the files of a console as what a cluster begins with: the objects that are simulated in one step, and in
/// namespaces that are there. What is printed is what `kubectl apply` prints.
pub fn apply_together(console: &mut Console, objects: Vec<Object>) -> Answer {
    console.as_one_line(|console| {
        let used: BTreeSet<String> = objects.iter().map(|object| object.metadata().namespace.clone()).collect();
        for namespace in used.iter().filter(|namespace| !namespace.is_empty()) {
            if !console.kept.has_namespace(namespace) {
                console.begin_namespace(namespace);
            }
        }
        let answer = run_text(&mut console.clone(), "kubectl apply -f .");
        if !objects.is_empty() {
            // A refusal is a step, and in the answer.
            let _told = console.command(Command::Apply(objects));
        }
        apply_kept(console);
        answer
    })
}

fn apply_kept(console: &mut Console) {
    let Some((info, _)) = table::find(&["apply".to_owned()]) else { return };
    let Ok(flags) = Flags::read(info, &["-f".to_owned(), ".".to_owned()]) else { return };
    let mut call = Call { console, out: &mut Printed::default(), info, flags, stdin: None, dry: DryRun::None };
    let Ok(read) = call.files() else { return };
    for written in read.objects.iter().filter(|written| written.resource.simulated().is_none()) {
        let _told = one(&mut call, written);
    }
}

fn one(call: &mut Call<'_>, written: &Written) -> Outcome {
    call.namespace_exists(written, "creating")?;
    match written.resource.simulated() {
        Some(kind) => {
            let reference = ObjectRef::new(kind, &written.namespace, &written.name);
            simulated(call, written, &reference)
        }
        None => kept(call, written),
    }
}

fn simulated(call: &mut Call<'_>, written: &Written, reference: &ObjectRef) -> Outcome {
    let existing = call.console.simulation.cluster().get(reference);
    let object = decoded(written, existing.as_ref())?;
    let outcome = match &existing {
        None => "created",
        Some(existing) => {
            if !existing.metadata().annotations.contains_key(LAST_APPLIED) {
                call.out.warn(missing_annotation(written));
            }
            if sends_patch(existing, &object) { "configured" } else { "unchanged" }
        }
    };
    let applied = call.console.command(Command::Apply(vec![object]));
    applied.map_err(|failure| failure.while_doing("creating", existing.is_none().then_some(&written.source)))?;
    call.done(written.resource, &written.namespace, &written.name, outcome)
}

fn missing_annotation(written: &Written) -> String {
    format!(
        "Warning: resource {}/{} is missing the {LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply \
         should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The \
         missing annotation will be patched automatically.",
        written.resource.plural, written.name
    )
}

/// The object of a document, without defaults.
///
/// # Errors
/// What `kubectl` or the API server finds before it looks at the cluster.
pub(super) fn decoded(written: &Written, existing: Option<&Object>) -> Result<Object, Failure> {
    let json = &written.document.json;
    if let Err(refusal) = manifest::admit(json, None, false)
        && (existing.is_none() || refusal.by != RefusedBy::Validation)
    {
        return Err(refused(&refusal, &written.source));
    }
    let invalid = |errors: Vec<manifest::FieldError>| {
        Failure::Invalid(manifest::invalid_text(&written.document.kind, &written.name, &errors))
    };
    manifest::decode(json).map_err(invalid)
}

/// A refusal in the words of `kubectl`.
pub(super) fn refused(refusal: &Refusal, source: &str) -> Failure {
    let text = refusal.kubectl_text(source);
    match text.strip_prefix("error: ") {
        Some(text) => Failure::client(text),
        None => Failure::Invalid(text),
    }
}

/// An object of a kind that nothing acts on.
fn kept(call: &mut Call<'_>, written: &Written) -> Outcome {
    check_kept(written)?;
    let Written { resource, namespace, name, .. } = written;
    let configuration = configuration(&written.document.json);
    let log = Log::default();
    let existing = select::by_name(call.console, &log, resource, namespace, name);
    let last = existing.as_ref().and_then(|thing: &Thing<'_>| match &thing.item {
        super::print::Item::Kept(value) => {
            value.pointer("/metadata/annotations")?.get(LAST_APPLIED)?.as_str().map(str::to_owned)
        }
        _ => None,
    });
    let outcome = match (&existing, &last) {
        (None, _) => "created",
        (Some(_), Some(last)) if *last == configuration => "unchanged",
        (Some(_), Some(_)) => "configured",
        (Some(_), None) => {
            call.out.warn(missing_annotation(written));
            "configured"
        }
    };
    if outcome != "unchanged" {
        let mut object = written.document.json.clone();
        annotate(&mut object, &configuration);
        call.console.keep(resource, namespace, name, object);
    }
    call.done(resource, namespace, name, outcome)
}

/// What is applied, as it is remembered.
fn configuration(json: &Value) -> String {
    let mut json = json.clone();
    if let Some(metadata) = json.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.entry("annotations").or_insert_with(|| Value::Object(serde_json::Map::new()));
    }
    format!("{json}\n")
}

fn annotate(json: &mut Value, configuration: &str) {
    if let Some(metadata) = json.get_mut("metadata").and_then(Value::as_object_mut) {
        let annotations = metadata.entry("annotations").or_insert_with(|| Value::Object(serde_json::Map::new()));
        if let Some(annotations) = annotations.as_object_mut() {
            annotations.insert(LAST_APPLIED.into(), configuration.into());
        }
    }
}

/// What decoding says of an object that is only kept.
pub(super) fn check_kept(written: &Written) -> Outcome {
    if written.resource.stored == super::resource::Stored::Events {
        return Err(Failure::client("Events are what the simulation records: they cannot be made by hand here"));
    }
    match &written.document.refusal {
        Some(refusal) if refusal.by != RefusedBy::Namespace => Err(refused(refusal, &written.source)),
        _ => Ok(()),
    }
}

impl Call<'_> {
    /// Whether the namespace of an object is there.
    ///
    /// # Errors
    /// What the API server says where it is not.
    pub(super) fn namespace_exists(&self, written: &Written, verb: &str) -> Outcome {
        if !written.resource.is_namespaced || self.console.kept.has_namespace(&written.namespace) {
            return Ok(());
        }
        Err(Failure::not_found("namespaces", &written.namespace).while_doing(verb, Some(&written.source)))
    }
}
