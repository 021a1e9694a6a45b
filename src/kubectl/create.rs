//! `kubectl create -f` and `kubectl replace`. Upstream: `k8s.io/kubectl/pkg/cmd/create`, `pkg/cmd/replace`.

use super::apply::{check_kept, decoded};
use super::delete;
use super::failure::{Failure, Outcome};
use super::files::Written;
use super::run::Call;
use super::select;
use crate::engine::Command;
use crate::events::Log;

pub(super) fn from_files(call: &mut Call<'_>) -> Outcome {
    if !call.has_files() {
        return match call.args().first() {
            Some(_) => Err(Failure::usage("create", format!("Unexpected args: [{}]", call.args().join(" ")))),
            None => Err(Failure::client("must specify one of -f and -k")),
        };
    }
    each(call, "no objects passed to create", create)
}

pub(super) fn replace(call: &mut Call<'_>) -> Outcome {
    if !call.has_files() {
        return Err(Failure::usage("replace", "Must specify --filename to replace"));
    }
    each(call, "no objects passed to replace", replace_one)
}

fn each(call: &mut Call<'_>, none: &str, act: fn(&mut Call<'_>, &Written) -> Outcome) -> Outcome {
    let read = call.files()?;
    if read.objects.is_empty() && read.errors.is_empty() {
        return Err(Failure::client(none));
    }
    let mut errors = read.errors;
    for written in read.objects {
        if let Err(failure) = act(call, &written) {
            errors.push(failure);
        }
    }
    Failure::all(errors)
}

fn create(call: &mut Call<'_>, written: &Written) -> Outcome {
    call.namespace_exists(written, "creating")?;
    let Written { resource, namespace, name, source, .. } = written;
    let exists = select::by_name(call.console, &Log::default(), resource, namespace, name).is_some();
    if exists {
        let text = format!("{} \"{name}\" already exists", resource.qualified());
        return Err(Failure::Server("AlreadyExists".into(), text).while_doing("creating", Some(source)));
    }
    match resource.simulated() {
        Some(_) => {
            let object = decoded(written, None)?;
            let created = call.console.command(Command::Create(Box::new(object)));
            created.map_err(|failure| failure.while_doing("creating", Some(source)))?;
        }
        None => {
            check_kept(written)?;
            call.console.keep(resource, namespace, name, written.document.json.clone());
        }
    }
    call.done(resource, namespace, name, "created")
}

fn replace_one(call: &mut Call<'_>, written: &Written) -> Outcome {
    let Written { resource, namespace, name, source, .. } = written;
    let log = Log::default();
    let existing = select::by_name(call.console, &log, resource, namespace, name);
    let forced = call.flags.is_set("force");
    let Some(existing) = existing else {
        if forced {
            return create(call, written);
        }
        return Err(Failure::not_found(&resource.qualified(), name).while_doing("replacing", Some(source)));
    };
    existing.may_change()?;
    let Some(kind) = resource.simulated() else {
        check_kept(written)?;
        call.console.keep(resource, namespace, name, written.document.json.clone());
        return call.done(resource, namespace, name, "replaced");
    };
    let object = decoded(written, existing.object())?;
    if forced {
        delete::force(call, &crate::api::ObjectRef::new(kind, namespace, name), resource)?;
        call.console.command(Command::Create(Box::new(object)))?;
    } else {
        let replaced = call.console.command(Command::Replace(Box::new(object)));
        replaced.map_err(|failure| failure.while_doing("replacing", Some(source)))?;
    }
    call.done(resource, namespace, name, "replaced")
}
