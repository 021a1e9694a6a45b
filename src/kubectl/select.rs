//! Which objects a command means: by type and name, by selector, all of them.
//! Upstream: `k8s.io/cli-runtime/pkg/resource/builder.go`.

use super::console::Console;
use super::failure::Failure;
use super::print::Item;
use super::resource::{RESOURCES, Resource, Stored};
use super::selector::{FieldSelector, Selector};
use crate::api::{Key, Kind, Labels, Object, ObjectRef};
use crate::events::{Entry, Log};
use serde_json::{Value, json};

/// An object that a command means.
#[derive(Clone, Debug)]
pub(super) struct Thing<'a> {
    pub(super) resource: &'static Resource,
    /// Empty for resources without namespaces.
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) item: Item<'a>,
    /// The file that names it.
    pub(super) source: Option<String>,
}

/// What a command says of the objects it means.
#[derive(Clone, Debug, Default)]
pub(super) struct Query {
    /// Types and names as they are typed.
    pub(super) args: Vec<String>,
    pub(super) namespace: String,
    pub(super) all_namespaces: bool,
    pub(super) selector: Option<String>,
    pub(super) field_selector: Option<String>,
    /// `--all`, or a command for which a type alone means all objects of it.
    pub(super) all: bool,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Selection<'a> {
    /// Objects in the order in which they were asked for.
    pub(super) things: Vec<Thing<'a>>,
    /// Names that nothing has.
    pub(super) errors: Vec<Failure>,
    /// The types that were asked for.
    pub(super) resources: Vec<&'static Resource>,
    /// Whether one object was asked for by its name.
    pub(super) single: bool,
}

const MISSING: &str = "You must provide one or more resources by argument or filename.\n\
     Example resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   \
     '<resource>'";

/// The resource of a typed name, or what `kubectl` says where there is none.
pub(super) fn resource(typed: &str) -> Result<&'static Resource, Failure> {
    Resource::named(typed).ok_or_else(|| {
        Failure::client(match typed.split_once('.') {
            Some((name, group)) => format!("the server doesn't have a resource type \"{name}\" in group \"{group}\""),
            None => format!("the server doesn't have a resource type \"{typed}\""),
        })
    })
}

/// What the words name: each type with its names, none meaning all.
fn targets(query: &Query) -> Result<Vec<(&'static Resource, Vec<String>)>, Failure> {
    let Some(first) = query.args.first() else { return Err(Failure::client(MISSING)) };
    if query.args.iter().any(|arg| arg.contains('/')) {
        return query.args.iter().map(|arg| tuple(arg)).collect();
    }
    let mut resources = vec![];
    for typed in first.split(',') {
        match typed {
            "all" => resources.extend(RESOURCES.iter().filter(|resource| resource.is_in_all)),
            typed => resources.push(resource(typed)?),
        }
    }
    if first.split(',').any(|typed| typed == "all") {
        resources.sort_by_key(|resource| all_order(resource));
    }
    let names = query.args.get(1..).unwrap_or_default();
    if names.is_empty() && !query.all && query.selector.is_none() && query.field_selector.is_none() {
        return Err(Failure::client("resource(s) were provided, but no name was specified"));
    }
    Ok(resources.into_iter().map(|resource| (resource, names.to_vec())).collect())
}

/// `kubectl get all` goes through the resources in the order of discovery, the core group first.
fn all_order(resource: &Resource) -> usize {
    RESOURCES.iter().position(|other| std::ptr::eq(other, resource)).unwrap_or(usize::MAX)
}

fn tuple(arg: &str) -> Result<(&'static Resource, Vec<String>), Failure> {
    match arg.split('/').collect::<Vec<_>>().as_slice() {
        [typed, name] if !typed.is_empty() && !name.is_empty() => Ok((resource(typed)?, vec![(*name).to_owned()])),
        [_] => Err(Failure::client(
            "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form \
             (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
        )),
        _ => Err(Failure::client("arguments in resource/name form must have a single resource and name")),
    }
}

/// The objects that a query means.
///
/// # Errors
/// Where the words name nothing that there can be.
pub(super) fn select<'a>(console: &Console, log: &'a Log, query: &Query) -> Result<Selection<'a>, Failure> {
    let selector = query.selector.as_deref().map(Selector::read).transpose().map_err(Failure::client)?;
    let fields = query.field_selector.as_deref().map(FieldSelector::read).transpose().map_err(Failure::client)?;
    let targets = targets(query)?;
    let mut found = Selection::default();
    let named: usize = targets.iter().map(|(_, names)| names.len()).sum();
    found.single = named == 1 && targets.len() == 1;
    for (resource, names) in targets {
        found.resources.push(resource);
        if !names.is_empty() && (selector.is_some() || fields.is_some()) {
            return Err(Failure::client("name cannot be provided when a selector is specified"));
        }
        if !names.is_empty() && query.all_namespaces && resource.is_namespaced {
            return Err(Failure::client("a resource cannot be retrieved by name across all namespaces"));
        }
        for name in &names {
            match by_name(console, log, resource, &query.namespace, name) {
                Some(thing) => found.things.push(thing),
                None => found.errors.push(Failure::not_found(&resource.qualified(), name)),
            }
        }
        if names.is_empty() {
            if let Some(field) = fields.as_ref().and_then(|fields| fields.unsupported(resource.plural)) {
                found.errors.push(unsupported_field(resource, query, field));
                continue;
            }
            let scope = (!query.all_namespaces).then_some(query.namespace.as_str());
            let matching = all(console, log, resource, scope).into_iter().filter(|thing| {
                selector.as_ref().is_none_or(|selector| selector.matches(&labels(&thing.item)))
                    && fields.as_ref().is_none_or(|fields| fields.matches(&json_of(&thing.item)))
            });
            found.things.extend(matching);
        }
    }
    Ok(found)
}

fn unsupported_field(resource: &Resource, query: &Query, field: &str) -> Failure {
    let version = match resource.group {
        "" => format!("/{}", resource.version),
        group => format!("{group}/{}", resource.version),
    };
    let message = format!(
        "Unable to find \"{version}, Resource={}\" that match label selector \"{}\", field selector \"{}\": field label not \
         supported: {field}",
        resource.plural,
        query.selector.as_deref().unwrap_or_default(),
        query.field_selector.as_deref().unwrap_or_default(),
    );
    Failure::Server("BadRequest".into(), message)
}

/// One object by its name.
pub(super) fn by_name<'a>(
    console: &Console,
    log: &'a Log,
    resource: &'static Resource,
    namespace: &str,
    name: &str,
) -> Option<Thing<'a>> {
    let namespace = if resource.is_namespaced { namespace } else { "" };
    let item = match resource.stored {
        Stored::Simulated(kind) => {
            let reference = ObjectRef::new(kind, namespace, name);
            let own = || furniture(kind).into_iter().find(|object| object.reference() == reference);
            Item::Object(console.simulation.cluster().get(&reference).or_else(own)?)
        }
        Stored::Kept => {
            let key =
                super::kept::KeptKey { resource: resource.qualified(), namespace: namespace.into(), name: name.into() };
            Item::Kept(console.kept.get(&key)?.clone())
        }
        Stored::Events => {
            let entries = log.at(console.simulation.steps().len());
            Item::Event(entries.into_iter().find(|entry| event_name(entry) == name)?)
        }
    };
    Some(Thing { resource, namespace: namespace.into(), name: name.into(), item, source: None })
}

/// All objects of a resource in a namespace, or in all of them, by namespace and name.
pub(super) fn all<'a>(
    console: &Console,
    log: &'a Log,
    resource: &'static Resource,
    namespace: Option<&str>,
) -> Vec<Thing<'a>> {
    let is_within = |of: &str| !resource.is_namespaced || namespace.is_none_or(|namespace| of == namespace);
    let thing = |key: Key, item| Thing {
        resource,
        namespace: key.namespace.to_string(),
        name: key.name.to_string(),
        item,
        source: None,
    };
    let mut things: Vec<Thing<'a>> = match resource.stored {
        Stored::Simulated(kind) => {
            let own = furniture(kind);
            let cluster = console.simulation.cluster();
            let objects = cluster.objects().filter(|object| object.kind() == kind).chain(own);
            objects.map(|object| thing(object.key(), Item::Object(object))).collect()
        }
        Stored::Kept => {
            let kept = console.kept.of(resource);
            kept.map(|(key, value)| thing(Key::new(&key.namespace, &key.name), Item::Kept(value.clone()))).collect()
        }
        Stored::Events => {
            let entries = log.at(console.simulation.steps().len());
            return entries
                .into_iter()
                .map(|entry| thing(Key::new(event_namespace(&entry), &event_name(&entry)), Item::Event(entry)))
                .filter(|thing| is_within(&thing.namespace))
                .collect();
        }
    };
    things.retain(|thing| is_within(&thing.namespace));
    things.sort_by(|a, b| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
    things
}

/// Events about objects without a namespace are in `default`.
pub(super) fn event_namespace<'a>(entry: &Entry<'a>) -> &'a str {
    let namespace: &str = &entry.event.object.key.namespace;
    if namespace.is_empty() { "default" } else { namespace }
}

/// The name of an Event: that of its object and its time in hexadecimal digits, as client-go makes it.
fn event_name(entry: &Entry<'_>) -> String {
    format!(
        "{}.{:x}",
        entry.event.object.name(),
        entry.event.at.0.saturating_mul(1_000_000).saturating_add(entry.event.uid.0)
    )
}

impl Thing<'_> {
    /// The reference of a simulated object.
    pub(super) fn reference(&self) -> Option<ObjectRef> {
        Some(ObjectRef::new(self.resource.simulated()?, &self.namespace, &self.name))
    }

    /// The same, for commands that act on simulated objects alone.
    ///
    /// # Errors
    /// Where nothing acts on the object here, or it is part of the control plane.
    pub(super) fn target(&self) -> Result<ObjectRef, Failure> {
        let Some(reference) = self.reference() else {
            return Err(Failure::client(format!(
                "{} \"{}\" is kept but not simulated: change its manifest and apply it",
                self.resource.qualified(),
                self.name
            )));
        };
        self.may_change().map(|()| reference)
    }

    /// Whether the object may be changed.
    ///
    /// # Errors
    /// Where it is part of the control plane.
    pub(super) fn may_change(&self) -> Result<(), Failure> {
        let is_furniture = |kind| furniture(kind).iter().any(|object| Some(object.reference()) == self.reference());
        match self.resource.simulated().is_some_and(is_furniture) {
            true => Err(Failure::client(format!(
                "{} \"{}\" belongs to the control plane and stays as it is here",
                self.resource.qualified(),
                self.name
            ))),
            false => Ok(()),
        }
    }

    /// `statefulset.apps/web`.
    pub(super) fn qualified_name(&self) -> String {
        format!("{}/{}", self.resource.qualified_singular(), self.name)
    }

    pub(super) fn object(&self) -> Option<&Object> {
        match &self.item {
            Item::Object(object) => Some(object),
            Item::Kept(_) | Item::Event(_) => None,
        }
    }
}

/// The labels of an object.
pub(super) fn labels(item: &Item<'_>) -> Labels {
    match item {
        Item::Object(object) => object.metadata().labels.clone(),
        Item::Kept(value) => texts(value.pointer("/metadata/labels")),
        Item::Event(_) => Labels::new(),
    }
}

fn texts(value: Option<&Value>) -> Labels {
    let fields = value.and_then(Value::as_object).into_iter().flatten();
    fields.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect()
}

/// An object as JSON, as far as selectors of fields look.
pub(super) fn json_of(item: &Item<'_>) -> Value {
    match item {
        Item::Object(object) => object.to_json(),
        Item::Kept(value) => (**value).clone(),
        Item::Event(entry) => {
            let object = &entry.event.object;
            json!({
                "involvedObject": {
                    "kind": object.kind.as_str(), "namespace": *object.key.namespace, "name": *object.key.name,
                    "uid": entry.event.uid.to_string(), "apiVersion": object.kind.api_version(),
                },
                "metadata": {"name": event_name(entry), "namespace": event_namespace(entry)},
                "reason": entry.event.reason, "type": entry.event.severity.as_str(), "source": entry.event.source,
                "reportingComponent": entry.event.source,
            })
        }
    }
}

/// Objects that every cluster has and that nothing here acts on: the Service of the API server, the classes of priority
/// of the system.
fn furniture(kind: Kind) -> Vec<Object> {
    let class = |name: &str, value: i64, about: &str| {
        json!({
            "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": name}, "value": value,
            "description": about, "preemptionPolicy": "PreemptLowerPriority",
        })
    };
    let values = match kind {
        Kind::Service => vec![json!({
            "apiVersion": "v1", "kind": "Service",
            "metadata": {
                "name": "kubernetes", "namespace": "default",
                "labels": {"component": "apiserver", "provider": "kubernetes"},
            },
            "spec": {
                "clusterIP": "10.96.0.1", "clusterIPs": ["10.96.0.1"], "internalTrafficPolicy": "Cluster",
                "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack", "sessionAffinity": "None", "type": "ClusterIP",
                "ports": [{"name": "https", "port": 443, "protocol": "TCP", "targetPort": 6443}],
            },
            "status": {"loadBalancer": {}},
        })],
        Kind::PriorityClass => vec![
            class(
                "system-cluster-critical",
                2_000_000_000,
                "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.",
            ),
            class(
                "system-node-critical",
                2_000_001_000,
                "Used for system critical pods that must not be moved from their current node.",
            ),
        ],
        _ => vec![],
    };
    let made = values.iter().filter_map(|value| {
        let mut object = Object::from_json(kind, value).ok()?;
        object.metadata_mut().creation_timestamp = Some(crate::api::Time::ZERO);
        Some(object)
    });
    made.collect()
}
