//! `kubectl cordon` and `uncordon`, and the nodes that they and `drain` mean.
//! Upstream: `k8s.io/kubectl/pkg/cmd/drain/drain.go`.

use super::failure::{Failure, Outcome};
use super::run::Call;
use super::select::{self, Thing};
use super::targets::Targets;
use crate::api::Object;
use crate::engine::Command;

/// The nodes that a call names, or selects.
///
/// # Errors
/// Where it names none, or one that is not there.
pub(super) fn named(call: &Call<'_>) -> Result<Vec<Thing<'static>>, Failure> {
    let args = call.args();
    if args.is_empty() && !call.flags.has("selector") {
        return Err(Failure::usage(call.info.name, format!("USAGE: {} NODE [flags]", call.info.name)));
    }
    if !args.is_empty() && call.flags.has("selector") {
        let why = "error: cannot specify both a node name and a --selector option";
        return Err(Failure::usage(call.info.name, why));
    }
    let names = args.iter().map(|arg| match arg.split_once('/') {
        Some((typed, name)) => {
            let resource = select::resource(typed)?;
            match resource.kind {
                "Node" => Ok(name.to_owned()),
                _ => Err(Failure::client(format!(
                    "error: expected resource of type node, got \"{}\"",
                    resource.qualified()
                ))),
            }
        }
        None => Ok(arg.clone()),
    });
    let mut query = vec!["nodes".to_owned()];
    query.extend(names.collect::<Result<Vec<_>, _>>()?);
    let Targets { things, errors } = call.targets_of(query, false)?;
    Failure::all(errors)?;
    Ok(things)
}

pub(super) fn cordon(call: &mut Call<'_>, on: bool) -> Outcome {
    for thing in named(call)? {
        set(call, &thing, on)?;
    }
    Ok(())
}

/// Cordons a node, or the opposite, and tells it.
pub(super) fn set(call: &mut Call<'_>, thing: &Thing<'static>, on: bool) -> Outcome {
    let is_on = matches!(thing.object(), Some(Object::Node(node)) if node.is_cordoned());
    let done = match (is_on == on, on) {
        (true, true) => "already cordoned",
        (true, false) => "already uncordoned",
        (false, true) => "cordoned",
        (false, false) => "uncordoned",
    };
    if is_on != on {
        call.console.command(Command::Cordon { node: thing.name.clone(), on })?;
    }
    call.done(thing.resource, "", &thing.name, done)
}
