//! Objects of kinds that are not simulated: they are kept as they were written, can be listed and deleted, and nothing acts
//! on them. Namespaces are among them.

use super::resource::Resource;
use crate::api::{Time, Uid};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Namespaces that every cluster has.
pub const NAMESPACES: [&str; 4] = ["default", "kube-node-lease", "kube-public", "kube-system"];

/// Identities of what is kept begin here, far from those of simulated objects.
const FIRST_UID: u64 = 1 << 40;

/// What identifies a kept object: resource with its group, namespace, name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptKey {
    /// `configmaps`, `jobs.batch`.
    pub resource: String,
    /// Empty for resources without namespaces.
    pub namespace: String,
    /// The name.
    pub name: String,
}

/// All objects that are kept, shared and never changed in place.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    objects: BTreeMap<KeptKey, Rc<Value>>,
    made: u64,
}

impl Default for Kept {
    /// What a cluster has from its start.
    fn default() -> Kept {
        let mut kept = Kept { objects: BTreeMap::new(), made: 0 };
        NAMESPACES.iter().for_each(|name| kept.add_namespace(name, Time::ZERO));
        kept
    }
}

impl Kept {
    /// One object.
    #[must_use]
    pub fn get(&self, key: &KeptKey) -> Option<&Rc<Value>> {
        self.objects.get(key)
    }

    /// Those of a resource, by namespace and name.
    pub fn of<'a>(&'a self, resource: &Resource) -> impl Iterator<Item = (&'a KeptKey, &'a Rc<Value>)> + use<'a> {
        let resource = resource.qualified();
        self.objects.iter().filter(move |(key, _)| key.resource == resource)
    }

    /// Whether there is such a namespace.
    #[must_use]
    pub fn has_namespace(&self, name: &str) -> bool {
        self.objects.contains_key(&namespace_key(name))
    }

    /// Makes a namespace with what the control plane puts into each.
    pub fn add_namespace(&mut self, name: &str, now: Time) {
        let labels = json!({"kubernetes.io/metadata.name": name});
        let namespace = json!({
            "apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels},
            "spec": {"finalizers": ["kubernetes"]}, "status": {"phase": "Active"},
        });
        self.put(namespace_key(name), namespace, now);
        let within = |resource: &str, object: &str| KeptKey {
            resource: resource.into(),
            namespace: name.into(),
            name: object.into(),
        };
        let account =
            json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": name}});
        self.put(within("serviceaccounts", "default"), account, now);
        let root = json!({
            "apiVersion": "v1", "kind": "ConfigMap", "data": {"ca.crt": "(the certificate of the simulated cluster)\n"},
            "metadata": {"name": "kube-root-ca.crt", "namespace": name},
        });
        self.put(within("configmaps", "kube-root-ca.crt"), root, now);
    }

    /// Keeps an object, with the identity of the one whose place it takes, or its own.
    pub fn put(&mut self, key: KeptKey, mut object: Value, now: Time) {
        self.made += 1;
        let before = self.objects.get(&key);
        let of = |field: &str| before.and_then(|value| value.pointer(&format!("/metadata/{field}"))).cloned();
        let uid = of("uid").unwrap_or_else(|| Value::String(Uid(FIRST_UID + self.made).to_string()));
        let since = of("creationTimestamp").unwrap_or_else(|| Value::String(now.to_string()));
        if let Some(fields) = object.as_object_mut() {
            let metadata = fields.entry("metadata").or_insert_with(|| Value::Object(Map::new()));
            if let Some(metadata) = metadata.as_object_mut() {
                metadata.insert("uid".into(), uid);
                metadata.insert("creationTimestamp".into(), since);
                metadata.insert("resourceVersion".into(), Value::String((FIRST_UID + self.made).to_string()));
                metadata.insert("name".into(), Value::String(key.name.clone()));
                if !key.namespace.is_empty() {
                    metadata.insert("namespace".into(), Value::String(key.namespace.clone()));
                }
            }
        }
        self.objects.insert(key, Rc::new(object));
    }

    /// Drops an object.
    pub fn remove(&mut self, key: &KeptKey) {
        self.objects.remove(key);
    }

    /// Drops everything in a namespace, and the namespace.
    pub fn remove_namespace(&mut self, name: &str) {
        self.objects.retain(|key, _| key.namespace != name);
        self.objects.remove(&namespace_key(name));
    }
}

fn namespace_key(name: &str) -> KeptKey {
    KeptKey { resource: "namespaces".into(), namespace: String::new(), name: name.into() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn an_object_that_is_put_again_keeps_its_identity() {
        let mut kept = Kept::default();
        let key = KeptKey { resource: "configmaps".into(), namespace: "default".into(), name: "a".into() };
        kept.put(key.clone(), json!({"data": {"x": "1"}}), Time(5_000));
        let first = kept.get(&key).unwrap().clone();
        kept.put(key.clone(), json!({"data": {"x": "2"}}), Time(9_000));
        let second = kept.get(&key).unwrap();
        assert_eq!(first["metadata"]["uid"], second["metadata"]["uid"]);
        assert_eq!(second["metadata"]["creationTimestamp"], "2026-01-01T00:00:05Z");
        assert_eq!(second["data"]["x"], "2");
    }

    #[test]
    fn a_namespace_takes_everything_with_it() {
        let mut kept = Kept::default();
        let before = kept.clone();
        kept.add_namespace("staging", Time::ZERO);
        assert!(kept.has_namespace("staging"));
        kept.remove_namespace("staging");
        assert_eq!(kept.objects, before.objects);
    }
}
