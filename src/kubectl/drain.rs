//! `kubectl drain`: plays virtual time until a node is empty.
//! Upstream: `k8s.io/kubectl/pkg/cmd/drain/drain.go`, `pkg/drain/drain.go`.

use super::console::Printed;
use super::failure::{Failure, Outcome};
use super::nodes;
use super::run::{Call, DryRun};
use super::select::Thing;
use crate::actor::DrainOptions;
use crate::api::{Kind, ObjectRef};
use crate::engine::{Command, Step};
use crate::reason::{Reason, UserReason};

/// Milliseconds that are waited beyond the timeout of a drain for its end to be told.
const LEEWAY: u64 = 1_000;

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    for flag in ["disable-eviction", "pod-selector", "grace-period"] {
        if call.flags.has(flag) {
            return Err(Failure::client(format!("--{flag} is not supported here")));
        }
    }
    let nodes = nodes::named(call)?;
    for node in &nodes {
        nodes::set(call, node, true)?;
    }
    let mut fatal = vec![];
    let mut remaining = vec![];
    for node in &nodes {
        match drain(call, node) {
            Ok(()) => call.done(node.resource, "", &node.name, "drained")?,
            Err(Failure::Waits) => {
                call.out.note("The drain goes on in the background, as it would in a terminal that is left open.");
                return Err(Failure::Waits);
            }
            Err(failure) => {
                call.out.warn(format!(
                    "error: unable to drain node \"{}\" due to error: {}, continuing command...",
                    node.name,
                    aggregate(&failure)
                ));
                remaining.push(node.name.clone());
                fatal.push(failure);
            }
        }
    }
    if !remaining.is_empty() {
        call.out.warn("There are pending nodes to be drained:");
        remaining.iter().for_each(|name| call.out.warn(format!(" {name}")));
    }
    match fatal.is_empty() {
        true => Ok(()),
        false => Err(Failure::Several(fatal)),
    }
}

/// Several errors in one line, as Go prints them (`utilerrors.aggregate.Error`).
fn aggregate(failure: &Failure) -> String {
    match failure {
        Failure::Several(failures) if failures.len() > 1 => {
            format!("[{}]", failures.iter().map(aggregate).collect::<Vec<_>>().join(", "))
        }
        Failure::Several(failures) => failures.first().map(aggregate).unwrap_or_default(),
        other => other.text().trim_end().trim_start_matches("error: ").to_owned(),
    }
}

/// What is left of a drain when its time is over.
#[derive(Default)]
struct Ended {
    left: Vec<ObjectRef>,
    /// Those of them whose last eviction was refused.
    refused: Vec<ObjectRef>,
}

fn drain(call: &mut Call<'_>, node: &Thing<'static>) -> Outcome {
    let timeout = call.flags.span("timeout").and_then(|span| u64::try_from(span).ok()).unwrap_or(0);
    let options = DrainOptions {
        ignore_daemonsets: call.flags.is_set("ignore-daemonsets"),
        delete_emptydir_data: call.flags.is_set("delete-emptydir-data"),
        force: call.flags.is_set("force"),
        timeout_seconds: timeout.div_ceil(1_000),
    };
    let first = call.console.simulation.steps().len();
    if let Err(refused) = call.console.command(Command::Drain { node: node.name.clone(), options }) {
        let Failure::Client(text) = refused else { return Err(refused) };
        return Err(Failure::Several(text.lines().map(Failure::client).collect()));
    }
    if call.dry == DryRun::Client || call.dry == DryRun::Server {
        tell_planned(call, first);
        return Ok(());
    }
    let mut told = first;
    let mut evicted: Vec<ObjectRef> = vec![];
    let mut ended = None;
    let mut refused = vec![];
    let limit = (timeout > 0).then_some(timeout + LEEWAY);
    call.console.wait_until(limit, call.out, |console, out| {
        let steps = console.simulation.steps();
        for step in steps.get(told..).unwrap_or_default() {
            tell(step, &node.name, out, &mut evicted, &mut refused);
            if let Reason::User(UserReason::DrainEnded { node: of, left, .. }) = &step.reason
                && of.name() == node.name
            {
                ended = Some(left.clone());
            }
        }
        told = steps.len();
        Ok(ended.is_some())
    })?;
    let ended = Ended { left: ended.unwrap_or_default(), refused };
    if ended.left.is_empty() {
        return Ok(());
    }
    Err(given_up(call, node, &ended))
}

/// Tells what a step of the drain does.
fn tell(step: &Step, node: &str, out: &mut Printed, evicted: &mut Vec<ObjectRef>, refused: &mut Vec<ObjectRef>) {
    let is_here = |draining: &Option<ObjectRef>| draining.as_ref().is_some_and(|of| of.name() == node);
    match &step.reason {
        Reason::User(UserReason::DrainStarted { node: of, warnings, .. })
            if of.name() == node && !warnings.is_empty() =>
        {
            out.warn(format!("Warning: {}", warnings.join("; ")));
        }
        Reason::User(UserReason::Evict { pod, draining, .. }) if is_here(draining) => {
            out.line(format!("evicting pod {}/{}", pod.key.namespace, pod.name()));
            evicted.push(pod.clone());
            refused.retain(|other| other != pod);
        }
        Reason::User(UserReason::EvictionRefused { pod, refusal, draining }) if is_here(draining) => {
            out.line(format!("evicting pod {}/{}", pod.key.namespace, pod.name()));
            out.warn(format!(
                "error when evicting pods/\"{}\" -n \"{}\" (will retry after 5s): {}",
                pod.name(),
                pod.key.namespace,
                refusal.message
            ));
            refused.push(pod.clone());
        }
        _ => {}
    }
    for change in step.changes.iter().filter(|change| change.after.is_none()) {
        let Some(gone) = change.before.as_ref().filter(|object| object.kind() == Kind::Pod) else { continue };
        let reference = gone.reference();
        if evicted.contains(&reference) {
            out.line(format!("pod/{} evicted", reference.name()));
            evicted.retain(|pod| *pod != reference);
        }
    }
}

fn tell_planned(call: &mut Call<'_>, first: usize) {
    let suffix = call.dry.suffix();
    let started = call.console.simulation.steps().iter().skip(first).find_map(|step| match &step.reason {
        Reason::User(UserReason::DrainStarted { pods, warnings, .. }) => Some((pods.clone(), warnings.clone())),
        _ => None,
    });
    let (pods, warnings) = started.unwrap_or_default();
    if !warnings.is_empty() {
        call.out.warn(format!("Warning: {}", warnings.join("; ")));
    }
    for pod in pods {
        call.out.line(format!("evicting pod {}/{}{suffix}", pod.key.namespace, pod.name()));
    }
}

fn given_up(call: &mut Call<'_>, node: &Thing<'_>, ended: &Ended) -> Failure {
    let timeout = call.flags.text("timeout").unwrap_or_default().to_owned();
    let errors: Vec<Failure> = ended
        .left
        .iter()
        .map(|pod| {
            let (name, namespace) = (pod.name(), &pod.key.namespace);
            Failure::client(match ended.refused.contains(pod) {
                true => {
                    format!("error when evicting pods/\"{name}\" -n \"{namespace}\": global timeout reached: {timeout}")
                }
                false => format!(
                    "error when waiting for pod \"{name}\" in namespace \"{namespace}\" to terminate: global timeout \
                     reached: {timeout}"
                ),
            })
        })
        .collect();
    let failure = Failure::Several(errors);
    call.out.warn(format!(
        "There are pending pods in node \"{}\" when an error occurred: {}",
        node.name,
        aggregate(&failure)
    ));
    ended.left.iter().for_each(|pod| call.out.warn(format!("pod/{}", pod.name())));
    failure
}
