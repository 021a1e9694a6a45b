//! `kubectl expose`: a Service for the pods of a workload. Upstream: `k8s.io/kubectl/pkg/cmd/expose/expose.go`.

use super::create_one::{number_or_text, pairs};
use super::failure::{Failure, Outcome};
use super::run::Call;
use super::select::Thing;
use crate::api::{LabelSelector, Labels, Object, PodSpec};
use serde_json::{Map, Value, json};

/// Names of Services are DNS labels.
const MAX_NAME: usize = 63;

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    call.each_target(false, expose)
}

fn expose(call: &mut Call<'_>, thing: &Thing<'static>) -> Outcome {
    let Some(object) = thing.object().filter(|object| is_exposable(object)) else {
        let group = match thing.resource.group {
            "" => String::new(),
            group => format!(".{group}"),
        };
        return Err(Failure::client(format!("cannot expose a {}{group}", thing.resource.kind)));
    };
    let given = |flag: &str| call.flags.text(flag).filter(|text| !text.is_empty());
    let selector = match given("selector") {
        Some(text) => pairs(text)?,
        None => json_labels(&selector(object).map_err(|why| {
            Failure::client(format!("couldn't retrieve selectors via --selector flag or introspection: {why}"))
        })?),
    };
    let ports = ports(call, object)?;
    let name = given("name").unwrap_or_else(|| thing.name.get(..MAX_NAME).unwrap_or(&thing.name)).to_owned();
    let mut metadata = json!({"name": name});
    let labels = match given("labels") {
        Some(text) => pairs(text)?,
        None => json_labels(&object.metadata().labels),
    };
    let mut spec = Map::new();
    if !labels.is_empty()
        && let Some(metadata) = metadata.as_object_mut()
    {
        metadata.insert("labels".into(), Value::Object(labels));
    }
    if !ports.is_empty() {
        spec.insert("ports".into(), Value::Array(ports));
    }
    spec.insert("selector".into(), Value::Object(selector));
    for (flag, field) in [("type", "type"), ("cluster-ip", "clusterIP"), ("session-affinity", "sessionAffinity")] {
        if let Some(text) = given(flag) {
            spec.insert(field.into(), json!(text));
        }
    }
    if let Some(address) = given("external-ip") {
        spec.insert("externalIPs".into(), json!([address]));
    }
    if let Some(affinity) = given("session-affinity").filter(|affinity| !["None", "ClientIP"].contains(affinity)) {
        return Err(Failure::client(format!("unknown session affinity: {affinity}")));
    }
    let service = json!({"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec});
    call.create(service, "exposed")
}

/// `CanBeExposed`.
fn is_exposable(object: &Object) -> bool {
    matches!(object, Object::Service(_) | Object::Pod(_) | Object::Deployment(_) | Object::ReplicaSet(_))
}

/// `mapBasedSelectorForObject`.
fn selector(object: &Object) -> Result<Labels, String> {
    let of = |selector: &Option<LabelSelector>, what: &str| {
        let none = LabelSelector::default();
        let selector = selector.as_ref().unwrap_or(&none);
        if !selector.match_expressions.is_empty() {
            return Err("couldn't convert expressions to map-based selector format".to_owned());
        }
        match selector.match_labels.is_empty() {
            true => Err(format!("invalid {what}: no selectors, therefore cannot be exposed")),
            false => Ok(selector.match_labels.clone()),
        }
    };
    match object {
        Object::Pod(pod) if pod.metadata.labels.is_empty() => Err("the pod has no labels and cannot be exposed".into()),
        Object::Pod(pod) => Ok(pod.metadata.labels.clone()),
        Object::Service(service) if service.spec.selector.is_empty() => {
            Err("the service has no pod selector set".into())
        }
        Object::Service(service) => Ok(service.spec.selector.clone()),
        Object::Deployment(deployment) => of(&deployment.spec.selector, "deployment"),
        Object::ReplicaSet(set) => of(&set.spec.selector, "replicaset"),
        _ => Err("it has no selector".into()),
    }
}

fn json_labels(labels: &Labels) -> Map<String, Value> {
    labels.iter().map(|(key, value)| (key.clone(), Value::String(value.clone()))).collect()
}

/// Ports of the containers, or of the Service, with their protocols.
fn own_ports(object: &Object) -> Vec<(String, String)> {
    let of_pod = |spec: &PodSpec| {
        let ports = spec.containers.iter().flat_map(|container| &container.ports);
        ports.map(|port| (port.container_port.to_string(), port.protocol.clone().unwrap_or_else(tcp))).collect()
    };
    match object {
        Object::Pod(pod) => of_pod(&pod.spec),
        Object::Deployment(deployment) => of_pod(&deployment.spec.template.spec),
        Object::ReplicaSet(set) => of_pod(&set.spec.template.spec),
        Object::Service(service) => {
            let ports = service.spec.ports.iter();
            ports.map(|port| (port.port.to_string(), port.protocol.clone().unwrap_or_else(tcp))).collect()
        }
        _ => vec![],
    }
}

fn tcp() -> String {
    "TCP".into()
}

fn ports(call: &Call<'_>, object: &Object) -> Result<Vec<Value>, Failure> {
    let own = own_ports(object);
    let numbers: Vec<String> = match call.flags.text("port").filter(|port| !port.is_empty()) {
        Some(port) => port.split(',').map(str::to_owned).collect(),
        None => own.iter().map(|(port, _)| port.clone()).collect(),
    };
    if numbers.is_empty() {
        return match call.flags.text("cluster-ip") {
            Some("None") => Ok(vec![]),
            _ => Err(Failure::client("couldn't find port via --port flag or introspection")),
        };
    }
    let several = numbers.len() > 1;
    let target = call.flags.text("target-port").filter(|target| !target.is_empty());
    let entry = |(index, number): (usize, &String)| {
        let port: u16 = number
            .parse()
            .map_err(|_| Failure::client(format!("strconv.Atoi: parsing \"{number}\": invalid syntax")))?;
        let found = own.iter().find(|(own, _)| own == number).map(|(_, protocol)| protocol.clone());
        let protocol = call.flags.text("protocol").map(str::to_owned).or(found).unwrap_or_else(tcp);
        let target = target.map_or_else(|| json!(port), number_or_text);
        let mut entry = json!({"port": port, "protocol": protocol, "targetPort": target});
        if let (true, Some(fields)) = (several, entry.as_object_mut()) {
            fields.insert("name".into(), json!(format!("port-{}", index + 1)));
        }
        Ok(entry)
    };
    numbers.iter().enumerate().map(entry).collect()
}
