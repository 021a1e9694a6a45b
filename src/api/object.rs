//! All kinds of objects as one: how the cluster stores them and how steps refer to them.

use super::{
    ControllerRevision, DaemonSet, Deployment, EndpointSlice, HorizontalPodAutoscaler, Node, ObjectMeta,
    PersistentVolume, PersistentVolumeClaim, Pod, PodDisruptionBudget, PriorityClass, ReplicaSet, Service, StatefulSet,
    StorageClass,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::rc::Rc;

/// A kind that Setwise simulates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each variant is named as Kubernetes names the kind")]
pub enum Kind {
    Node,
    StorageClass,
    PriorityClass,
    PersistentVolume,
    PersistentVolumeClaim,
    Service,
    EndpointSlice,
    StatefulSet,
    DaemonSet,
    Deployment,
    ReplicaSet,
    HorizontalPodAutoscaler,
    PodDisruptionBudget,
    ControllerRevision,
    Pod,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 15] = [
        Kind::Node,
        Kind::StorageClass,
        Kind::PriorityClass,
        Kind::PersistentVolume,
        Kind::PersistentVolumeClaim,
        Kind::Service,
        Kind::EndpointSlice,
        Kind::StatefulSet,
        Kind::DaemonSet,
        Kind::Deployment,
        Kind::ReplicaSet,
        Kind::HorizontalPodAutoscaler,
        Kind::PodDisruptionBudget,
        Kind::ControllerRevision,
        Kind::Pod,
    ];

    /// The kind's name, as in a manifest.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Node => "Node",
            Kind::StorageClass => "StorageClass",
            Kind::PersistentVolume => "PersistentVolume",
            Kind::PersistentVolumeClaim => "PersistentVolumeClaim",
            Kind::Service => "Service",
            Kind::StatefulSet => "StatefulSet",
            Kind::DaemonSet => "DaemonSet",
            Kind::Deployment => "Deployment",
            Kind::ReplicaSet => "ReplicaSet",
            Kind::HorizontalPodAutoscaler => "HorizontalPodAutoscaler",
            Kind::PodDisruptionBudget => "PodDisruptionBudget",
            Kind::PriorityClass => "PriorityClass",
            Kind::EndpointSlice => "EndpointSlice",
            Kind::ControllerRevision => "ControllerRevision",
            Kind::Pod => "Pod",
        }
    }

    /// The resource's name in messages and on the command line: `statefulsets.apps`.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Node => "nodes",
            Kind::StorageClass => "storageclasses.storage.k8s.io",
            Kind::PersistentVolume => "persistentvolumes",
            Kind::PersistentVolumeClaim => "persistentvolumeclaims",
            Kind::Service => "services",
            Kind::StatefulSet => "statefulsets.apps",
            Kind::DaemonSet => "daemonsets.apps",
            Kind::Deployment => "deployments.apps",
            Kind::ReplicaSet => "replicasets.apps",
            Kind::HorizontalPodAutoscaler => "horizontalpodautoscalers.autoscaling",
            Kind::PodDisruptionBudget => "poddisruptionbudgets.policy",
            Kind::PriorityClass => "priorityclasses.scheduling.k8s.io",
            Kind::EndpointSlice => "endpointslices.discovery.k8s.io",
            Kind::ControllerRevision => "controllerrevisions.apps",
            Kind::Pod => "pods",
        }
    }

    /// The kind of a name, as in a manifest.
    #[must_use]
    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Group and version, as in a manifest.
    #[must_use]
    pub fn api_version(self) -> &'static str {
        match self {
            Kind::Node | Kind::PersistentVolume | Kind::PersistentVolumeClaim | Kind::Service | Kind::Pod => "v1",
            Kind::StorageClass => "storage.k8s.io/v1",
            Kind::PriorityClass => "scheduling.k8s.io/v1",
            Kind::EndpointSlice => "discovery.k8s.io/v1",
            Kind::HorizontalPodAutoscaler => "autoscaling/v2",
            Kind::PodDisruptionBudget => "policy/v1",
            Kind::StatefulSet | Kind::DaemonSet | Kind::Deployment | Kind::ReplicaSet | Kind::ControllerRevision => {
                "apps/v1"
            }
        }
    }

    /// Whether objects of the kind have a pod template and make pods from it.
    #[must_use]
    pub fn is_workload(self) -> bool {
        matches!(self, Kind::StatefulSet | Kind::DaemonSet | Kind::Deployment | Kind::ReplicaSet)
    }

    /// Whether objects of the kind live in a namespace.
    #[must_use]
    pub fn is_namespaced(self) -> bool {
        !matches!(self, Kind::Node | Kind::StorageClass | Kind::PriorityClass | Kind::PersistentVolume)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Namespace and name: what identifies an object among its kind at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// Empty for kinds without namespaces.
    pub namespace: Rc<str>,
    /// The name.
    pub name: Rc<str>,
}

impl Key {
    /// A key of its parts.
    #[must_use]
    pub fn new(namespace: &str, name: &str) -> Key {
        Key { namespace: Rc::from(namespace), name: Rc::from(name) }
    }
}

/// Kind, namespace and name: how a step, a reason and a person refer to an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ObjectRef {
    /// What it is.
    pub kind: Kind,
    /// Which one.
    #[serde(flatten)]
    pub key: Key,
}

impl ObjectRef {
    /// A reference of its parts.
    #[must_use]
    pub fn new(kind: Kind, namespace: &str, name: &str) -> ObjectRef {
        ObjectRef { kind, key: Key::new(namespace, name) }
    }

    /// The name alone.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.key.name
    }
}

impl fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.key.name)
    }
}

/// What all kinds have in common.
pub trait Resource: Clone + PartialEq + fmt::Debug + 'static {
    /// The kind.
    const KIND: Kind;
    /// Name, labels, owners.
    fn metadata(&self) -> &ObjectMeta;
    /// The same, to change.
    fn metadata_mut(&mut self) -> &mut ObjectMeta;
    /// The object as one of all kinds.
    fn into_object(this: Rc<Self>) -> Object;

    /// Namespace and name.
    fn key(&self) -> Key {
        Key::new(&self.metadata().namespace, &self.metadata().name)
    }

    /// Kind, namespace and name.
    fn reference(&self) -> ObjectRef {
        ObjectRef { kind: Self::KIND, key: self.key() }
    }
}

macro_rules! objects {
    ($($kind:ident { $meta:ident },)*) => {
        /// An object of any simulated kind. Objects are shared and never changed in place.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "each variant is named as Kubernetes names the kind")]
        pub enum Object {
            $($kind(Rc<$kind>),)*
        }

        impl Object {
            /// The kind.
            #[must_use]
            pub fn kind(&self) -> Kind {
                match self { $(Object::$kind(_) => Kind::$kind,)* }
            }

            /// Name, labels, owners.
            #[must_use]
            pub fn metadata(&self) -> &ObjectMeta {
                match self { $(Object::$kind(object) => &object.metadata,)* }
            }

            /// The same, to change; a shared object is copied first.
            pub fn metadata_mut(&mut self) -> &mut ObjectMeta {
                match self { $(Object::$kind(object) => Rc::make_mut(object).metadata_mut(),)* }
            }

            /// Whether two references share one object.
            #[must_use]
            pub fn is_same(&self, other: &Object) -> bool {
                match (self, other) {
                    $((Object::$kind(a), Object::$kind(b)) => Rc::ptr_eq(a, b),)*
                    _ => false,
                }
            }

            /// An object of a kind from its JSON; `apiVersion` and `kind` are left out of it.
            ///
            /// # Errors
            /// Says which field has the wrong type.
            pub fn from_json(kind: Kind, value: &serde_json::Value) -> Result<Object, serde_json::Error> {
                Ok(match kind { $(Kind::$kind => Object::$kind(Rc::<$kind>::deserialize(value)?),)* })
            }

            /// The object as JSON, as `kubectl get -o json` has it, without its absent fields.
            #[must_use]
            pub fn to_json(&self) -> serde_json::Value {
                let mut value = match self { $(Object::$kind(object) => serde_json::to_value(&**object),)* }.unwrap_or_default();
                without_nulls(&mut value);
                if let serde_json::Value::Object(fields) = &mut value {
                    fields.insert("apiVersion".into(), self.kind().api_version().into());
                    fields.insert("kind".into(), self.kind().as_str().into());
                }
                value
            }
        }

        $(
            impl Resource for $kind {
                const KIND: Kind = Kind::$kind;
                fn metadata(&self) -> &ObjectMeta { &self.metadata }
                fn metadata_mut(&mut self) -> &mut ObjectMeta { objects!(@mut self, $meta) }
                fn into_object(this: Rc<Self>) -> Object { Object::$kind(this) }
            }
        )*
    };
    (@mut $self:ident, plain) => { &mut $self.metadata };
    (@mut $self:ident, shared) => { Rc::make_mut(&mut $self.metadata) };
}

objects! {
    Node { plain },
    StorageClass { plain },
    PersistentVolume { plain },
    PersistentVolumeClaim { plain },
    Service { plain },
    StatefulSet { plain },
    DaemonSet { plain },
    Deployment { plain },
    ReplicaSet { plain },
    HorizontalPodAutoscaler { plain },
    PodDisruptionBudget { plain },
    PriorityClass { plain },
    EndpointSlice { plain },
    ControllerRevision { plain },
    Pod { shared },
}

impl Object {
    /// Namespace and name.
    #[must_use]
    pub fn key(&self) -> Key {
        Key::new(&self.metadata().namespace, &self.metadata().name)
    }

    /// Kind, namespace and name.
    #[must_use]
    pub fn reference(&self) -> ObjectRef {
        ObjectRef { kind: self.kind(), key: self.key() }
    }

    /// The object as a pod, if it is one.
    #[must_use]
    pub fn as_pod(&self) -> Option<&Rc<Pod>> {
        match self {
            Object::Pod(pod) => Some(pod),
            _ => None,
        }
    }
}

/// Drops what is `null`, at every depth.
fn without_nulls(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(without_nulls);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => {}
    }
}
