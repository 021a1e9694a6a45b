//! `kubectl rollout history`, `undo`, `restart`, `pause` and `resume`. Upstream: `k8s.io/kubectl/pkg/cmd/rollout`.

use super::failure::{Failure, Outcome};
use super::print;
use super::run::Call;
use super::select::Thing;
use crate::api::{LAST_APPLIED, ObjectRef};
use crate::engine::Command;
use crate::events::Log;
use crate::reason::{Reason, UserReason};

/// What is done to a rollout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Undo,
    Restart,
    Pause,
    Resume,
}

/// Whether the call names anything.
///
/// # Errors
/// What `kubectl rollout` says where it does not.
pub(super) fn required(call: &Call<'_>) -> Outcome {
    match call.flags.args.is_empty() && !call.has_files() {
        true => Err(Failure::client("required resource not specified")),
        false => Ok(()),
    }
}

pub(super) fn history(call: &mut Call<'_>) -> Outcome {
    required(call)?;
    let revision = call.flags.number("revision").unwrap_or(0);
    if revision < 0 {
        return Err(Failure::client(format!("revision must be a positive integer: {revision}")));
    }
    call.each_target(true, |call, thing| {
        let Some(object) = thing.reference() else {
            let kind = group_kind(thing);
            return Err(Failure::client(format!("no history viewer has been implemented for \"{kind}\"")));
        };
        let log = Log::default();
        let text = print::history(&call.shown(&log), &object, revision).map_err(Failure::client)?;
        call.out.add(super::Stream::Out, &text);
        Ok(())
    })
}

/// `StatefulSet.apps`.
pub(super) fn group_kind(thing: &Thing<'_>) -> String {
    match thing.resource.group {
        "" => thing.resource.kind.to_owned(),
        group => format!("{}.{group}", thing.resource.kind),
    }
}

pub(super) fn change(call: &mut Call<'_>, change: Change) -> Outcome {
    required(call)?;
    let to_revision = call.flags.number("to-revision").unwrap_or(0);
    call.each_target(true, |call, thing| {
        let object = thing.target()?;
        let (command, done) = match change {
            Change::Undo => return undo(call, thing, object, to_revision),
            Change::Restart => (Command::RolloutRestart(object), "restarted"),
            Change::Pause => (Command::RolloutPause(object), "paused"),
            Change::Resume => (Command::RolloutResume(object), "resumed"),
        };
        let refused = |failure: Failure| match failure {
            // These errors carry their own `error: `, also among others.
            Failure::Client(text) => Failure::client(format!("error: {text}")),
            other => other,
        };
        call.console.command(command).map_err(refused)?;
        call.done(thing.resource, &thing.namespace, &thing.name, done)
    })
}

fn undo(call: &mut Call<'_>, thing: &Thing<'static>, object: ObjectRef, to_revision: i64) -> Outcome {
    if thing.object().is_some_and(|object| object.metadata().annotations.contains_key(LAST_APPLIED)) {
        call.out.warn(format!(
            "Warning: resource {}/{} was previously managed with 'kubectl apply'. Rolling back will not update the {LAST_APPLIED} \
             annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl \
             apply' with your previous configuration file instead.",
            thing.resource.plural, thing.name
        ));
    }
    call.console.command(Command::RolloutUndo { object, to_revision })?;
    let last = call.console.simulation.steps().last().map(|step| &step.reason);
    let done = match last {
        Some(Reason::User(UserReason::RolloutUndo { revision, unchanged: true, .. })) => {
            format!("skipped rollback (current template already matches revision {revision})")
        }
        _ => "rolled back".to_owned(),
    };
    call.done(thing.resource, &thing.namespace, &thing.name, &done)
}
