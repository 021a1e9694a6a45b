//! `kubectl patch`. Upstream: `k8s.io/kubectl/pkg/cmd/patch/patch.go`.

use super::failure::{Failure, Outcome};
use super::run::Call;
use super::select::Thing;
use crate::engine::{Command, PatchKind};
use crate::manifest::yaml;
use serde_json::Value;

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    let given = |flag: &str| call.flags.text(flag).filter(|text| !text.is_empty());
    let text = match (given("patch"), given("patch-file")) {
        (Some(_), Some(_)) => return Err(Failure::client("cannot specify --patch and --patch-file together")),
        (Some(patch), None) => patch.to_owned(),
        (None, Some(name)) => match call.console.files.iter().find(|file| file.name == name) {
            Some(file) => file.text.clone(),
            None => {
                let why = format!("unable to read patch file: open {name}: no such file or directory");
                return Err(Failure::client(why));
            }
        },
        (None, None) => {
            return Err(Failure::client("must specify --patch or --patch-file containing the contents of the patch"));
        }
    };
    let kind = match given("type").unwrap_or("strategic").to_lowercase().as_str() {
        "strategic" => PatchKind::Strategic,
        "merge" => PatchKind::Merge,
        "json" => PatchKind::Json,
        other => {
            return Err(Failure::client(format!("--type must be one of [json merge strategic], not \"{other}\"")));
        }
    };
    let unreadable = |why: &str| Failure::client(format!("unable to parse {text:?}: {why}"));
    let documents = yaml::to_json(&text).map_err(|problems| {
        unreadable(problems.first().map_or("it is not YAML", |problem| problem.message.as_str()))
    })?;
    let Some(patch) = documents.into_iter().next() else { return Err(unreadable("it is empty")) };
    if kind == PatchKind::Json && !patch.is_array() {
        let why = "json: cannot unmarshal object into Go value of type jsonpatch.Patch";
        return Err(Failure::Server("BadRequest".into(), format!("error decoding patch: {why}")));
    }
    if kind != PatchKind::Json && !patch.is_object() {
        return Err(Failure::Server(
            "BadRequest".into(),
            "json: cannot unmarshal array into Go value of type map[string]interface {}".into(),
        ));
    }
    call.each_target(false, |call, thing| patch_one(call, thing, kind, &patch))
}

fn patch_one(call: &mut Call<'_>, thing: &Thing<'static>, kind: PatchKind, patch: &Value) -> Outcome {
    let object = thing.target()?;
    let version = |call: &Call<'_>| {
        let now = call.console.simulation.cluster().get(&object);
        now.and_then(|now| now.metadata().resource_version.clone())
    };
    let before = version(call);
    call.console.command(Command::Patch { object: object.clone(), kind, patch: patch.clone() })?;
    let done = if version(call) == before { "patched (no change)" } else { "patched" };
    call.done(thing.resource, &thing.namespace, &thing.name, done)
}
