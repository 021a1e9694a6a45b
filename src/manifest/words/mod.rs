//! Words about manifests. What was noticed, what is beside it and what a fix does are data here; each language is one
//! folder of exhaustive matches over them, so that a missing sentence does not compile.

pub(super) mod en;

use super::diagnostic::DiagnosticCode;

/// What a code means, in one or two sentences for a learner who has not met it yet.
#[must_use]
pub fn meaning(code: DiagnosticCode) -> &'static str {
    en::meaning(code)
}

/// What Kubernetes accepts and nobody means, with the evidence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Noticed {
    SeparatorMissing { lost: String, kept: String, key: String },
    KeyTwice { key: String },
    ObjectTwice { object: Named },
    ServiceMissing { service: String, set: String },
    ServiceNotHeadless { service: String },
    ServiceSelectsOthers { service: String, set: String },
    ServiceSelectsNothing { service: String, closest: Named, missed: Vec<Missed> },
    PortMissing { port: String, of: Named, is_probe: bool },
    NamespaceMismatch { referred: Named, wanted: String, found: String, by: Named },
    ClaimUnused { claim: String },
    ClaimMissing { claim: String },
    StorageClassMissing { class: String, served: Vec<String> },
    PriorityClassMissing { class: String },
    MountClash { path: String },
    SelectorOverlap { one: Named, other: Named },
    NoNode { pods_of: Named, refusals: Vec<(String, NodeRefusal)>, are_default: bool },
    RequestTooLarge { pods_of: Named, resource: String, asked: String, largest: String, are_default: bool },
    ReadinessMissing { set: String },
    ImageNotPinned { image: String, has_tag: bool },
    GraceZero { set: String },
    PartitionHoldsAll { partition: i32, replicas: i32 },
    MaxUnavailableDropped,
    ScaleTargetMissing { target: Named },
    ScaleTargetFixed { target: Named },
    RequestMissing { container: String, resource: String, autoscaler: String },
    ReplicasAndAutoscaler { replicas: i64, autoscaler: String },
    BudgetSelectsNothing { budget: String },
    BudgetBlocks { budget: String, field: &'static str, value: String, pods: Option<i64> },
}

/// An object by kind and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub kind: String,
    pub name: String,
}

/// A label that a selector asks for, and what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Missed {
    pub key: String,
    pub wanted: String,
    pub found: Option<String>,
}

/// Why a node does not take a pod.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NodeRefusal {
    Label { key: String, wanted: String, found: Option<String> },
    Affinity,
    Taint { taint: String },
}

impl Noticed {
    /// The code under which it is told.
    pub fn code(&self) -> DiagnosticCode {
        use DiagnosticCode as Code;
        match self {
            Noticed::SeparatorMissing { .. } => Code::MissingSeparator,
            Noticed::KeyTwice { .. } => Code::DuplicateKey,
            Noticed::ObjectTwice { .. } => Code::DuplicateObject,
            Noticed::ServiceMissing { .. } => Code::ServiceMissing,
            Noticed::ServiceNotHeadless { .. } => Code::ServiceNotHeadless,
            Noticed::ServiceSelectsOthers { .. } => Code::ServiceSelectsOthers,
            Noticed::ServiceSelectsNothing { .. } => Code::SelectsNothing,
            Noticed::PortMissing { .. } => Code::PortMissing,
            Noticed::NamespaceMismatch { .. } => Code::NamespaceMismatch,
            Noticed::ClaimUnused { .. } => Code::ClaimUnused,
            Noticed::ClaimMissing { .. } => Code::ClaimMissing,
            Noticed::StorageClassMissing { .. } => Code::StorageClassMissing,
            Noticed::PriorityClassMissing { .. } => Code::PriorityClassMissing,
            Noticed::MountClash { .. } => Code::MountClash,
            Noticed::SelectorOverlap { .. } => Code::SelectorOverlap,
            Noticed::NoNode { .. } => Code::NoNode,
            Noticed::RequestTooLarge { .. } => Code::RequestTooLarge,
            Noticed::ReadinessMissing { .. } => Code::ReadinessMissing,
            Noticed::ImageNotPinned { .. } => Code::ImageNotPinned,
            Noticed::GraceZero { .. } => Code::GraceZero,
            Noticed::PartitionHoldsAll { .. } => Code::PartitionHoldsAll,
            Noticed::MaxUnavailableDropped => Code::FieldDropped,
            Noticed::ScaleTargetMissing { .. } | Noticed::ScaleTargetFixed { .. } => Code::ScaleTarget,
            Noticed::RequestMissing { .. } => Code::RequestMissing,
            Noticed::ReplicasAndAutoscaler { .. } => Code::ReplicasAndAutoscaler,
            Noticed::BudgetSelectsNothing { .. } => Code::BudgetSelectsNothing,
            Noticed::BudgetBlocks { .. } => Code::BudgetBlocks,
        }
    }
}

/// What is at a related place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Label {
    LostBegins(String),
    LostHere,
    FirstHere,
    ClusterIpMissing,
    ThisSelector,
    ClosestLabels,
    WantedLabels,
    TheseContainers,
    OtherNamespace(String),
    SamePlace,
    OtherSelector,
    MatchedLabels,
    ByHand,
    ThisTaint,
    MeasuredHere,
    ScaledHere,
    ReplicasHere,
}

/// What a fix does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Repair {
    InsertSeparator,
    OwnLine,
    AddSelector,
    AddSelectorAndLabels,
    AddLabels,
    AddService(String),
    MakeHeadless(String),
    MakeNamespace(String),
    SetNamespace { object: Named, namespace: String },
    Add(String),
    AddVolume(String),
    ChangeTo { from: String, to: String },
    ChangeEverywhere { from: String, to: String },
    Remove(String),
    RemoveFirst(String),
    ConvertTo(String),
    Quote,
    CloseQuote,
    Unquote,
    SpaceAfterColon,
    MakeList,
    SpacesForTabs,
    Indent { key: String, deeper: bool },
    SelectLabelsOf(Named),
    AddProbe(String),
    UseDefaultClass,
}
