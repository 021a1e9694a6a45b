//! `kubectl delete`. Upstream: `k8s.io/kubectl/pkg/cmd/delete/delete.go`.

use super::console::Waited;
use super::failure::{Failure, Outcome};
use super::resource::Resource;
use super::run::{Call, DryRun};
use super::select::Thing;
use crate::api::{Kind, ObjectRef, Uid};
use crate::engine::Command;
use crate::reason::Propagation;

/// How objects are to be deleted.
#[derive(Clone, Copy, Debug)]
struct Manner {
    propagation: Propagation,
    grace: Option<i64>,
}

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    let manner = manner(call)?;
    let output = call.flags.text("output").filter(|output| !output.is_empty());
    if let Some(output) = output.filter(|output| *output != "name") {
        return Err(Failure::client(format!("unexpected -o output mode: {output}. We only support '-o name'")));
    }
    if call.flags.is_set("all") && call.flags.has("field-selector") {
        return Err(Failure::client("cannot set --all and --field-selector at the same time"));
    }
    if call.flags.has("raw") || call.flags.is_set("interactive") {
        return Err(Failure::client("--raw and --interactive are not supported here"));
    }
    let mut targets = call.targets(false)?;
    let by_set = call.flags.is_set("all") || call.flags.has("selector") || call.flags.has("field-selector");
    if call.flags.is_on("ignore-not-found", by_set) {
        targets.errors.retain(|failure| !matches!(failure, Failure::Server(reason, _) if reason == "NotFound"));
    }
    if manner.grace == Some(0) {
        call.out.warn(
            "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The \
             resource may continue to run on the cluster indefinitely.",
        );
    }
    if targets.things.is_empty() && targets.errors.is_empty() {
        call.out.line("No resources found");
        return Ok(());
    }
    if call.flags.has("namespace") && targets.things.iter().any(|thing| !thing.resource.is_namespaced) {
        call.out.warn("Warning: deleting cluster-scoped resources, not scoped to the provided namespace");
    }
    let mut errors = vec![];
    let mut deleted = vec![];
    for thing in &targets.things {
        match delete(call, thing, manner) {
            Ok(gone) => deleted.extend(gone),
            Err(failure) => errors.push(failure.while_doing("deleting", thing.source.as_deref())),
        }
    }
    errors.extend(targets.errors);
    Failure::all(errors)?;
    if call.dry == DryRun::None && call.flags.is_on("wait", true) {
        wait(call, &deleted)?;
    }
    Ok(())
}

fn manner(call: &Call<'_>) -> Result<Manner, Failure> {
    let propagation = match call.flags.text("cascade").unwrap_or("background") {
        "background" | "true" => Propagation::Background,
        "foreground" => Propagation::Foreground,
        "orphan" | "false" => Propagation::Orphan,
        other => {
            return Err(Failure::client(format!(
                "invalid cascade value ({other}). Must be \"background\", \"foreground\", or \"orphan\""
            )));
        }
    };
    let given = call.flags.number("grace-period").unwrap_or(-1);
    let (now, force) = (call.flags.is_set("now"), call.flags.is_set("force"));
    if now && given != -1 {
        return Err(Failure::client("--now and --grace-period cannot be specified together"));
    }
    let grace = match (if now { 1 } else { given }, force) {
        // Losing data takes more than one flag.
        (0, false) => 1,
        (negative, true) if negative < 0 => 0,
        (grace, true) if grace > 0 => {
            return Err(Failure::client("--force and --grace-period greater than 0 cannot be specified together"));
        }
        (grace, _) => grace,
    };
    Ok(Manner { propagation, grace: (grace >= 0).then_some(grace) })
}

/// Asks for the deletion of one object; what is to be waited for.
fn delete(call: &mut Call<'_>, thing: &Thing<'static>, manner: Manner) -> Result<Vec<(ObjectRef, Uid)>, Failure> {
    thing.may_change()?;
    let mut asked = vec![];
    match thing.reference() {
        Some(object) => {
            let uid = thing.object().map(|object| object.metadata().uid).unwrap_or_default();
            call.console.command(deletion(&object, manner))?;
            asked.push((object, uid));
        }
        None if thing.resource.kind == "Namespace" => asked = delete_namespace(call, &thing.name)?,
        None => call.console.drop_kept(thing.resource, &thing.namespace, &thing.name),
    }
    let what = if manner.grace == Some(0) { "force deleted" } else { "deleted" };
    let within = match thing.resource.is_namespaced {
        true => format!(" from {} namespace", thing.namespace),
        false => String::new(),
    };
    match call.flags.text("output") {
        Some("name") => call.out.line(thing.qualified_name()),
        _ => call.out.line(format!(
            "{} \"{}\" {what}{within}{}",
            thing.resource.qualified_singular(),
            thing.name,
            call.dry.suffix()
        )),
    }
    Ok(asked)
}

fn deletion(object: &ObjectRef, manner: Manner) -> Command {
    match object.kind {
        Kind::Node => Command::DeleteNode(object.name().to_owned()),
        _ => Command::Delete { object: object.clone(), propagation: manner.propagation, grace_seconds: manner.grace },
    }
}

/// A namespace goes with everything in it (`pkg/controller/namespace/deletion`).
fn delete_namespace(call: &mut Call<'_>, name: &str) -> Result<Vec<(ObjectRef, Uid)>, Failure> {
    if super::kept::NAMESPACES.contains(&name) {
        let why = format!("namespaces \"{name}\" is forbidden: this namespace may not be deleted");
        return Err(Failure::Server("Forbidden".into(), why));
    }
    let cluster = call.console.simulation.cluster();
    let within: Vec<(ObjectRef, Uid)> = cluster
        .objects()
        .filter(|object| object.kind().is_namespaced() && object.metadata().namespace == name)
        .map(|object| (object.reference(), object.metadata().uid))
        .collect();
    let manner = Manner { propagation: Propagation::Background, grace: None };
    for (object, _) in &within {
        // What goes with its owner may be gone already.
        if call.console.simulation.cluster().get(object).is_some() {
            call.console.command(deletion(object, manner))?;
        }
    }
    if let Some(resource) = Resource::named("namespaces") {
        call.console.drop_kept(resource, "", name);
    }
    Ok(within)
}

/// Waits until objects are gone.
fn wait(call: &mut Call<'_>, deleted: &[(ObjectRef, Uid)]) -> Outcome {
    let timeout = call.flags.span("timeout").and_then(|span| u64::try_from(span).ok()).filter(|span| *span > 0);
    for (object, uid) in deleted {
        let waited = call.console.wait_until(timeout, call.out, |console, _| Ok(is_gone(console, object, *uid)))?;
        if waited == Waited::TimedOut {
            return Err(Failure::client(format!(
                "timed out waiting for the condition on {}/{}",
                Resource::of(object.kind).map_or("", |resource| resource.plural),
                object.name()
            )));
        }
    }
    Ok(())
}

/// Whether an object is gone, or another has its name.
pub(super) fn is_gone(console: &super::Console, object: &ObjectRef, uid: Uid) -> bool {
    console.simulation.cluster().get(object).is_none_or(|there| there.metadata().uid != uid)
}

/// Deletes an object at once and waits until it is gone, as `kubectl replace --force` does.
pub(super) fn force(call: &mut Call<'_>, object: &ObjectRef, resource: &'static Resource) -> Outcome {
    let manner = Manner { grace: Some(0), ..manner(call)? };
    let found = call.console.simulation.cluster().get(object);
    let uid = found.map(|object| object.metadata().uid).unwrap_or_default();
    call.console.command(deletion(object, manner))?;
    let within = match resource.is_namespaced {
        true => format!(" from {} namespace", object.key.namespace),
        false => String::new(),
    };
    call.out.line(format!("{} \"{}\" force deleted{within}", resource.qualified_singular(), object.name()));
    wait(call, &[(object.clone(), uid)])
}
