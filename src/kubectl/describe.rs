//! `kubectl describe`. Upstream: `k8s.io/kubectl/pkg/cmd/describe/describe.go`.

use super::console::Stream;
use super::failure::{Failure, Outcome};
use super::print;
use super::run::Call;
use super::select::{self, Selection};
use super::targets::Targets;
use crate::events::Log;

/// What is said where no type is named.
pub(super) const WHICH_TYPE: &str = "Use \"kubectl api-resources\" for a complete list of supported resources.";

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    let args = call.args();
    if args.is_empty() && !call.has_files() {
        return Err(Failure::client(format!("You must specify the type of resource to describe. {WHICH_TYPE}\n")));
    }
    let log = Log::of(call.console.simulation.steps());
    let selection = match call.has_files() {
        true => {
            let Targets { things, errors } = call.targets(true)?;
            Selection { things, errors, ..Selection::default() }
        }
        false => {
            let query = call.query(args.clone(), true);
            let mut found = select::select(call.console, &log, &query)?;
            by_prefix(call, &log, &args, &mut found);
            found
        }
    };
    let show_events = call.flags.is_on("show-events", true);
    let mut first = true;
    for thing in &selection.things {
        let text = print::describe(&call.shown(&log), thing.resource, &thing.item, show_events);
        if !first {
            call.out.add(Stream::Out, "\n\n");
        }
        first = false;
        call.out.add(Stream::Out, &text);
    }
    if selection.things.is_empty() && selection.errors.is_empty() {
        let is_namespaced = selection.resources.iter().all(|resource| resource.is_namespaced);
        match is_namespaced && !call.flags.is_set("all-namespaces") {
            true => call.out.warn(format!("No resources found in {} namespace.", call.namespace())),
            false => call.out.warn("No resources found"),
        }
    }
    Failure::all(selection.errors)
}

/// A name that nothing has may be the beginning of names (`DescribeMatchingResources`).
fn by_prefix<'a>(call: &Call<'_>, log: &'a Log, args: &[String], found: &mut Selection<'a>) {
    let ([typed, prefix], true, [resource]) = (args, found.things.is_empty(), found.resources.as_slice()) else {
        return;
    };
    if typed.contains('/') || found.errors.is_empty() {
        return;
    }
    let namespace = call.namespace();
    let mut things = select::all(call.console, log, resource, Some(&namespace));
    things.retain(|thing| thing.name.starts_with(prefix.as_str()));
    if !things.is_empty() {
        found.things = things;
        found.errors.clear();
    }
}
