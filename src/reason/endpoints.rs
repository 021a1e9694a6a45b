//! Why the EndpointSlice controller acted or waited.

use crate::api::ObjectRef;

/// What one sync of a Service did and why.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointsReason {
    /// The Service.
    pub service: ObjectRef,
    /// What was decided.
    pub act: EndpointsAct,
}

/// The decision of one sync.
#[derive(Clone, Debug, PartialEq)]
pub enum EndpointsAct {
    /// Other pods than before are published: traffic and DNS go to them.
    Publish {
        /// Pods that were not published before, by name.
        entered: Vec<ObjectRef>,
        /// Pods that are published no longer, by name.
        left: Vec<Departure>,
        /// How many pods are published now.
        ready: usize,
        /// How many pods are listed, published or not.
        listed: usize,
    },
    /// The Service has its first, empty slice; pods that it selects are to come.
    NoAddressYet {
        /// What has or makes such pods.
        expected: Vec<ObjectRef>,
    },
    /// The Service has its first, empty slice, and nothing that there is matches its selector.
    SelectsNothing {
        /// The labels that it asks for.
        selector: Vec<(String, String)>,
        /// What comes closest, with the labels that are not as asked for; none where no label at all agrees.
        closest: Option<(ObjectRef, Vec<LabelMiss>)>,
    },
    /// The slices change, but not who is published.
    RecordStatus,
}

/// A pod that is published no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The pod.
    pub pod: ObjectRef,
    /// Why.
    pub why: Withdrawal,
}

/// Why a pod is published no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawal {
    /// It is terminating.
    Terminating,
    /// It is not Ready.
    NotReady,
    /// It has ended.
    Ended,
    /// Its labels or the selector changed.
    Unselected,
    /// It does not exist.
    Gone,
}

/// A label that is not as a selector asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelMiss {
    /// The label.
    pub key: String,
    /// The value that is asked for.
    pub wanted: String,
    /// The value that it has; none where there is no such label.
    pub found: Option<String>,
}

impl EndpointsAct {
    /// Whether the Service waits for pods.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            EndpointsAct::NoAddressYet { .. } | EndpointsAct::SelectsNothing { .. } => true,
            EndpointsAct::Publish { .. } | EndpointsAct::RecordStatus => false,
        }
    }

    /// Whether it is a wait for nothing in particular: all is as it should be.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        match self {
            EndpointsAct::Publish { .. }
            | EndpointsAct::NoAddressYet { .. }
            | EndpointsAct::SelectsNothing { .. }
            | EndpointsAct::RecordStatus => false,
        }
    }
}
