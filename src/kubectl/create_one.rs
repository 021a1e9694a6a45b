//! Commands that make one object out of flags: `kubectl create KIND`, `run`.
//! Upstream: `k8s.io/kubectl/pkg/cmd/create`, `pkg/cmd/run`.

use super::failure::{Failure, Outcome};
use super::print::Item;
use super::resource::Resource;
use super::run::{Call, DryRun};
use crate::api::LAST_APPLIED;
use crate::engine::Command;
use crate::manifest;
use serde_json::{Map, Value, json};
use std::rc::Rc;

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    let kind = call.info.name;
    let required: &[&str] = match kind {
        "create deployment" => &["image"],
        _ => &[],
    };
    let missing: Vec<String> =
        required.iter().filter(|name| !call.flags.has(name)).map(|name| format!("{name:?}")).collect();
    if !missing.is_empty() {
        return Err(Failure::client(format!("required flag(s) {} not set", missing.join(", "))));
    }
    let name = name_of(call)?;
    let (value, failed) = match kind {
        "create deployment" => (deployment(call, &name)?, "failed to create deployment"),
        "create namespace" => (json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}), ""),
        "create poddisruptionbudget" => (budget(call, &name)?, "failed to create poddisruptionbudgets"),
        "create priorityclass" => (priority_class(call, &name), "failed to create priorityclass"),
        "create configmap" => (config_map(call, &name)?, "failed to create configmap"),
        "create serviceaccount" => {
            let account = json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name}});
            (account, "failed to create serviceaccount")
        }
        "create service clusterip" => (service(call, &name, "ClusterIP")?, "failed to create ClusterIP service"),
        "create service nodeport" => (service(call, &name, "NodePort")?, "failed to create NodePort service"),
        "create service loadbalancer" => {
            (service(call, &name, "LoadBalancer")?, "failed to create LoadBalancer service")
        }
        other => return Err(Failure::client(format!("kubectl {other} is not simulated"))),
    };
    call.create(value, "created").map_err(|failure| match failure {
        Failure::Server(_, message) | Failure::Invalid(message) if !failed.is_empty() => {
            Failure::client(format!("{failed}: {message}"))
        }
        other => other,
    })
}

/// The one name that the call has (`NameFromCommandArgs`).
fn name_of(call: &Call<'_>) -> Result<String, Failure> {
    let count = call.flags.dash.unwrap_or(call.flags.args.len());
    match call.flags.args.first() {
        Some(name) if count == 1 => Ok(name.clone()),
        _ => Err(Failure::usage(call.info.name, format!("exactly one NAME is required, got {count}"))),
    }
}

impl Call<'_> {
    /// Makes an object and tells it as `operation`.
    ///
    /// # Errors
    /// What the API server says.
    pub(super) fn create(&mut self, mut value: Value, operation: &str) -> Outcome {
        let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let found = Resource::of_manifest(&text("apiVersion"), &text("kind"));
        let Some(resource) = found else { return Err(Failure::client("this kind is not simulated")) };
        let name = value.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default().to_owned();
        let namespace = if resource.is_namespaced { self.namespace() } else { String::new() };
        if self.dry == DryRun::Client && self.flags.has("output") && self.flags.text("output") != Some("name") {
            if self.flags.has("namespace") && resource.is_namespaced {
                insert(&mut value, "namespace", Value::String(namespace));
            }
            return self.show(resource, Item::Kept(Rc::new(with_empty_parts(value))));
        }
        if resource.is_namespaced && !self.console.kept.has_namespace(&namespace) {
            return Err(Failure::not_found("namespaces", &namespace));
        }
        if self.flags.is_set("save-config") {
            let written = format!("{value}\n");
            insert(&mut value, "annotations", json!({LAST_APPLIED: written}));
        }
        let log = crate::events::Log::default();
        if super::select::by_name(self.console, &log, resource, &namespace, &name).is_some() {
            let text = format!("{} \"{name}\" already exists", resource.qualified());
            return Err(Failure::Server("AlreadyExists".into(), text));
        }
        if resource.simulated().is_some() {
            insert(&mut value, "namespace", Value::String(namespace.clone()));
            let object =
                manifest::admit(&value, None, false).map_err(|refusal| super::apply::refused(&refusal, "STDIN"))?;
            self.console.command(Command::Create(Box::new(object)))?;
        } else {
            self.console.keep(resource, &namespace, &name, value);
        }
        self.done(resource, &namespace, &name, operation)
    }
}

fn insert(value: &mut Value, field: &str, part: Value) {
    if let Some(metadata) = value.get_mut("metadata").and_then(Value::as_object_mut)
        && part != Value::String(String::new())
    {
        metadata.insert(field.into(), part);
    }
}

/// Parts that Go writes although they are empty.
fn with_empty_parts(mut value: Value) -> Value {
    let empty = || Value::Object(Map::new());
    let kind = value.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Some(fields) = value.as_object_mut() {
        match kind.as_str() {
            "Deployment" | "Pod" | "Namespace" => drop(fields.insert("status".into(), empty())),
            "Service" => drop(fields.insert("status".into(), json!({"loadBalancer": {}}))),
            "PodDisruptionBudget" => {
                let status =
                    json!({"currentHealthy": 0, "desiredHealthy": 0, "disruptionsAllowed": 0, "expectedPods": 0});
                fields.insert("status".into(), status);
            }
            _ => {}
        }
        if matches!(kind.as_str(), "Namespace") {
            fields.insert("spec".into(), empty());
        }
    }
    if kind == "Deployment"
        && let Some(spec) = value.get_mut("spec").and_then(Value::as_object_mut)
    {
        spec.insert("strategy".into(), empty());
    }
    for path in ["/spec/containers", "/spec/template/spec/containers"] {
        for container in value.pointer_mut(path).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(container) = container.as_object_mut() {
                container.insert("resources".into(), empty());
            }
        }
    }
    value
}

fn deployment(call: &Call<'_>, name: &str) -> Result<Value, Failure> {
    let images = call.flags.list("image");
    let command = call.flags.args.get(1..).unwrap_or_default();
    if images.len() > 1 && !command.is_empty() {
        return Err(Failure::client("cannot specify multiple --image options and command"));
    }
    let mut containers: Vec<Value> = images
        .iter()
        .map(|image| {
            let mut container = json!({"name": container_name(image), "image": image});
            if !command.is_empty() {
                put(&mut container, "command", json!(command));
            }
            container
        })
        .collect();
    if let (Some(port), Some(first)) = (call.flags.number("port").filter(|port| *port >= 0), containers.first_mut()) {
        put(first, "ports", json!([{"containerPort": port}]));
    }
    let labels = json!({"app": name});
    Ok(json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name, "labels": labels},
        "spec": {
            "replicas": call.flags.number("replicas").unwrap_or(1), "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": containers}},
        },
    }))
}

fn put(value: &mut Value, field: &str, part: Value) {
    if let Some(fields) = value.as_object_mut() {
        fields.insert(field.into(), part);
    }
}

/// The name of an image without its path and tag. Upstream adds a random suffix where characters had to be replaced.
fn container_name(image: &str) -> String {
    let name = image.rsplit('/').next().unwrap_or(image);
    let name = name.split([':', '@']).next().unwrap_or(name);
    name.replace(['_', '.'], "-")
}

fn budget(call: &Call<'_>, name: &str) -> Result<Value, Failure> {
    let given = |flag: &str| call.flags.text(flag).filter(|text| !text.is_empty());
    let Some(selector) = given("selector") else { return Err(Failure::client("a selector must be specified")) };
    let (least, most) = (given("min-available"), given("max-unavailable"));
    let is_amount = |text: &str| {
        let digits = text.strip_suffix('%').unwrap_or(text);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (field, amount) = match (least, most) {
        (None, None) => {
            return Err(Failure::client("one of min-available or max-unavailable must be specified"));
        }
        (Some(_), Some(_)) => {
            return Err(Failure::client("min-available and max-unavailable cannot be both specified"));
        }
        (Some(least), None) if is_amount(least) => ("minAvailable", least),
        (None, Some(most)) if is_amount(most) => ("maxUnavailable", most),
        (Some(_), None) => return Err(Failure::client("invalid format specified for min-available")),
        (None, Some(_)) => return Err(Failure::client("invalid format specified for max-unavailable")),
    };
    let mut spec = Map::new();
    spec.insert(field.into(), number_or_text(amount));
    spec.insert("selector".into(), json!({"matchLabels": pairs(selector)?}));
    Ok(json!({"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": name}, "spec": spec}))
}

/// A number where the text is one (`intstr.Parse`).
pub(super) fn number_or_text(text: &str) -> Value {
    text.parse::<i64>().map_or_else(|_| Value::String(text.into()), Value::from)
}

/// `a=1,b=2` as labels (`parseLabels`).
pub(super) fn pairs(text: &str) -> Result<Map<String, Value>, Failure> {
    let mut labels = Map::new();
    for part in text.split(',') {
        match part.split('=').collect::<Vec<_>>().as_slice() {
            ["", _] => return Err(Failure::client("unexpected empty label key")),
            [key, value] => drop(labels.insert((*key).into(), Value::String((*value).into()))),
            _ => return Err(Failure::client(format!("unexpected label spec: {part}"))),
        }
    }
    Ok(labels)
}

fn priority_class(call: &Call<'_>, name: &str) -> Value {
    let mut class = json!({
        "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": name},
        "value": call.flags.number("value").unwrap_or(0),
        "preemptionPolicy": call.flags.text("preemption-policy").unwrap_or("PreemptLowerPriority"),
    });
    if call.flags.is_set("global-default") {
        put(&mut class, "globalDefault", json!(true));
    }
    if let Some(description) = call.flags.text("description") {
        put(&mut class, "description", json!(description));
    }
    class
}

fn config_map(call: &Call<'_>, name: &str) -> Result<Value, Failure> {
    let mut data = Map::new();
    for literal in call.flags.texts("from-literal") {
        let Some((key, value)) = literal.split_once('=') else {
            return Err(Failure::client(format!("invalid literal source {literal}, expected key=value")));
        };
        data.insert(key.into(), json!(value));
    }
    for source in call.flags.list("from-file") {
        let (key, path) = source.split_once('=').unwrap_or((source.rsplit('/').next().unwrap_or(source), source));
        let Some(file) = call.console.files.iter().find(|file| file.name == path) else {
            return Err(Failure::client(format!("error reading {path}: no such file or directory")));
        };
        data.insert(key.into(), json!(file.text));
    }
    let mut map = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}});
    if !data.is_empty() {
        put(&mut map, "data", Value::Object(data));
    }
    Ok(map)
}

fn service(call: &Call<'_>, name: &str, kind: &str) -> Result<Value, Failure> {
    let is_headless = call.flags.text("clusterip") == Some("None");
    let tcp = call.flags.list("tcp");
    if tcp.is_empty() && !is_headless {
        return Err(Failure::client("at least one tcp port specifier must be provided"));
    }
    let mut ports = vec![];
    for text in tcp {
        let (port, target) = text.split_once(':').unwrap_or((text, text));
        let number = port.parse::<u16>().map_err(|_| Failure::client(format!("invalid port: {port}")))?;
        let mut entry = json!({
            "name": text.replace(':', "-"), "port": number, "protocol": "TCP", "targetPort": number_or_text(target),
        });
        if let Some(node) = call.flags.number("node-port").filter(|node| *node > 0) {
            put(&mut entry, "nodePort", json!(node));
        }
        ports.push(entry);
    }
    let labels = json!({"app": name});
    let mut spec = json!({"type": kind, "selector": labels});
    if !ports.is_empty() {
        put(&mut spec, "ports", json!(ports));
    }
    if let Some(address) = call.flags.text("clusterip") {
        put(&mut spec, "clusterIP", json!(address));
    }
    Ok(json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "labels": labels}, "spec": spec}))
}

pub(super) fn run_pod(call: &mut Call<'_>) -> Outcome {
    if !call.flags.has("image") {
        return Err(Failure::client("required flag(s) \"image\" not set"));
    }
    let args = call.args();
    let Some(name) = args.first().filter(|_| call.flags.dash != Some(0)) else {
        return Err(Failure::usage("run", "NAME is required for run"));
    };
    let image = call.flags.text("image").unwrap_or_default();
    if image.is_empty() {
        return Err(Failure::client("--image is required"));
    }
    if image.contains(char::is_whitespace) {
        return Err(Failure::client(format!("invalid image name \"{image}\": invalid reference format")));
    }
    let stays = ["stdin", "tty", "attach"].iter().any(|flag| call.flags.is_set(flag));
    if stays {
        return Err(Failure::client(
            "there is no process behind a simulated container to connect to: leave out -i, -t and --attach",
        ));
    }
    if call.flags.is_set("rm") {
        return Err(Failure::client("--rm should only be used for attached containers"));
    }
    let port = call.flags.text("port").map(|port| port.parse::<u16>());
    if call.flags.is_set("expose") && port.is_none() {
        return Err(Failure::client("--port must be set when exposing a service"));
    }
    let port = port.transpose().map_err(|_| Failure::client("--port must be a number"))?;
    let restart = call.flags.text("restart").unwrap_or("Always");
    if !["Always", "OnFailure", "Never"].contains(&restart) {
        return Err(Failure::client(format!(
            "invalid restart policy: {restart}, valid values are: Always, OnFailure, Never"
        )));
    }
    let own = call.flags.text("labels").map(pairs).transpose()?;
    let labels = own.clone().unwrap_or_else(|| Map::from_iter([("run".to_owned(), json!(name))]));
    let mut container = json!({"name": name, "image": image});
    let arguments = args.get(1..).unwrap_or_default();
    if !arguments.is_empty() {
        put(&mut container, if call.flags.is_set("command") { "command" } else { "args" }, json!(arguments));
    }
    let env: Vec<Value> = call
        .flags
        .texts("env")
        .iter()
        .map(|pair| match pair.split_once('=') {
            Some((name, value)) if !name.is_empty() => Ok(json!({"name": name, "value": value})),
            _ => Err(Failure::client(format!("invalid env: {pair}"))),
        })
        .collect::<Result<_, _>>()?;
    if !env.is_empty() {
        put(&mut container, "env", json!(env));
    }
    if let Some(port) = port {
        put(&mut container, "ports", json!([{"containerPort": port}]));
    }
    if let Some(policy) = call.flags.text("image-pull-policy") {
        put(&mut container, "imagePullPolicy", json!(policy));
    }
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "labels": labels},
        "spec": {"containers": [container], "dnsPolicy": "ClusterFirst", "restartPolicy": restart},
    });
    let exposed = call.flags.is_set("expose");
    if exposed {
        let mut metadata = json!({"name": name});
        if let Some(own) = own {
            put(&mut metadata, "labels", Value::Object(own));
        }
        let service = json!({
            "apiVersion": "v1", "kind": "Service", "metadata": metadata,
            "spec": {"selector": labels, "ports": [{"port": port, "protocol": "TCP", "targetPort": port}]},
        });
        // The pod is made first and printed last where both are printed.
        call.create(service, "created")?;
    }
    call.create(pod, "created")
}
