//! `kubectl set image`. Upstream: `k8s.io/kubectl/pkg/cmd/set/set_image.go`.

use super::failure::{Failure, Outcome};
use super::run::Call;
use super::select::Thing;
use crate::api::{Object, PodSpec};
use crate::engine::{Command, PatchKind};
use serde_json::{Map, Value, json};

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    let (resources, images) = resources_and_pairs(&call.args(), "image")?;
    let mut errors = vec![];
    if call.flags.is_set("all") && call.flags.has("selector") {
        errors.push(Failure::client("cannot set --all and --selector at the same time"));
    }
    if resources.is_empty() && !call.has_files() {
        errors
            .push(Failure::client("one or more resources must be specified as <resource> <name> or <resource>/<name>"));
    }
    if images.is_empty() {
        errors.push(Failure::client("at least one image update is required"));
    } else if images.len() > 1 && images.iter().any(|(name, _)| name == "*") {
        errors.push(Failure::client(
            "all containers are already specified by *, but saw more than one container_name=container_image pairs",
        ));
    }
    Failure::all(errors)?;
    let targets = call.targets_of(resources, false)?;
    call.each(targets, |call, thing| set(call, thing, &images))
}

/// A container and its image.
type Pair = (String, String);

/// Names of resources first, pairs after them (`GetResourcesAndPairs`).
fn resources_and_pairs(args: &[String], kind: &str) -> Result<(Vec<String>, Vec<Pair>), Failure> {
    let (mut resources, mut pairs) = (vec![], vec![]);
    for arg in args {
        match arg.split_once('=') {
            Some((key, value)) if !key.is_empty() && !value.is_empty() => pairs.push((key.into(), value.into())),
            Some(_) => return Err(Failure::client(format!("invalid {kind} format: {arg}"))),
            None if pairs.is_empty() => resources.push(arg.clone()),
            None => {
                return Err(Failure::client(format!("all resources must be specified before {kind} changes: {arg}")));
            }
        }
    }
    Ok((resources, pairs))
}

fn pod_spec(object: &Object) -> Option<(&PodSpec, bool)> {
    match object {
        Object::Pod(pod) => Some((&pod.spec, false)),
        Object::StatefulSet(set) => Some((&set.spec.template.spec, true)),
        Object::DaemonSet(set) => Some((&set.spec.template.spec, true)),
        Object::Deployment(deployment) => Some((&deployment.spec.template.spec, true)),
        Object::ReplicaSet(set) => Some((&set.spec.template.spec, true)),
        _ => None,
    }
}

fn set(call: &mut Call<'_>, thing: &Thing<'static>, images: &[(String, String)]) -> Outcome {
    let Some((spec, has_template)) = thing.object().and_then(pod_spec) else {
        return Err(Failure::client(format!(
            "{} {} the object is not a pod or does not have a pod template",
            thing.resource.plural, thing.name
        )));
    };
    let mut errors = vec![];
    let mut changes = Map::new();
    for (container, image) in images {
        let mut found = false;
        for (list, containers) in [("initContainers", &spec.init_containers), ("containers", &spec.containers)] {
            for candidate in containers.iter().filter(|candidate| container == "*" || candidate.name == *container) {
                found = true;
                if candidate.image.as_deref() != Some(image) {
                    let entry = changes.entry(list).or_insert_with(|| Value::Array(vec![]));
                    if let Some(entry) = entry.as_array_mut() {
                        entry.push(json!({"name": candidate.name, "image": image}));
                    }
                }
            }
        }
        if !found {
            errors.push(Failure::client(format!("error: unable to find container named \"{container}\"")));
        }
    }
    let object = thing.target()?;
    if !changes.is_empty() && errors.is_empty() {
        // One container is the common case, and a command that says so.
        let command = match images {
            [(container, image)] if has_template && !changes.contains_key("initContainers") => {
                Command::SetImage { object, container: container.clone(), image: image.clone() }
            }
            _ => {
                let pod = json!({"spec": changes});
                let patch = if has_template { json!({"spec": {"template": pod}}) } else { pod };
                Command::Patch { object, kind: PatchKind::Strategic, patch }
            }
        };
        match call.console.command(command) {
            Ok(()) => call.done(thing.resource, &thing.namespace, &thing.name, "image updated")?,
            Err(failure) => {
                let text = failure.text();
                errors.push(Failure::client(format!(
                    "failed to patch image update to pod template: {}",
                    text.trim_end()
                )));
            }
        }
    }
    Failure::all(errors)
}
