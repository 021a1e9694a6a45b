//! Words about manifests. What was noticed, what is beside it and what a fix does are data here; each language is one
//! folder of exhaustive matches over them, so that a missing sentence does not compile.

mod cases;
mod en;
mod zh;

use super::diagnostic::DiagnosticCode;
use super::field_error::FieldError;
use super::schema::Lookup;
use super::yaml::YamlProblem;
use crate::language::Language;

/// What a code means, in one or two sentences for a learner who has not met it yet.
#[must_use]
pub fn meaning(code: DiagnosticCode, language: Language) -> &'static str {
    match language {
        Language::En => en::meaning(code),
        Language::Zh => zh::meaning(code),
    }
}

/// A diagnostic in words.
pub(super) struct Said {
    /// Short. None where `kubectl` has words of its own, which are the same in every language.
    pub message: Option<String>,
    /// For whoever meets it for the first time: what it means and how to mend it.
    pub explanation: String,
}

impl Said {
    /// What is said of something on which `kubectl` keeps silent.
    fn ours(message: impl Into<String>, explanation: impl Into<String>) -> Said {
        Said { message: Some(message.into()), explanation: explanation.into() }
    }

    /// What is said beside the words of `kubectl`.
    fn beside(explanation: impl Into<String>) -> Said {
        Said { message: None, explanation: explanation.into() }
    }
}

/// Puts a diagnostic into words.
pub(super) fn say(meant: &Meant, language: Language) -> Said {
    match language {
        Language::En => en::say(meant),
        Language::Zh => zh::say(meant),
    }
}

/// What is added to the last of many that say the same.
pub(super) fn more_alike(count: usize, language: Language) -> String {
    match language {
        Language::En => en::more_alike(count),
        Language::Zh => zh::more_alike(count),
    }
}

/// The title of a fix.
pub(super) fn repair(repair: &Repair, language: Language) -> String {
    match language {
        Language::En => en::repair(repair),
        Language::Zh => zh::repair(repair),
    }
}

/// The words at a related place.
pub(super) fn label(label: &Label, language: Language) -> String {
    match language {
        Language::En => en::label(label),
        Language::Zh => zh::label(label),
    }
}

/// What an editor says of what it offers, but for the fields and values, which have tables of their own.
pub(super) fn offer(offer: &Offer, language: Language) -> String {
    match language {
        Language::En => en::offer(offer),
        Language::Zh => zh::offer(offer),
    }
}

/// What a diagnostic is about, with the evidence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meant {
    /// More text than is read.
    InputTooLarge { file: String },
    /// More documents than are read.
    TooManyDocuments,
    /// Text that is not YAML.
    Yaml(YamlProblem),
    /// Files without an object in them.
    NoObjects,
    /// A document that is a list or a scalar.
    NotAnObject,
    /// An object in a namespace that nobody has made.
    NamespaceMissing { namespace: String },
    /// An object of a kind that has no effect here.
    NotSimulated { kind: String, name: String },
    /// A field that has no effect here, and what happens in its place.
    FieldNotSimulated { path: String, instead: Instead },
    /// A kind that is not served in a version.
    NoMatches { kind: String, api_version: String, lookup: Lookup },
    /// What an object cannot do without.
    Missing { path: String },
    /// A field that a struct does not have.
    UnknownField { of: String, field: String, meant: Option<String> },
    /// A value of another type.
    WrongType(FieldError),
    /// A value that validation refuses.
    Validation { kind: String, code: DiagnosticCode, error: FieldError },
    /// What Kubernetes accepts and nobody means.
    Noticed(Noticed),
}

/// What a run does in place of a field that is not simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instead {
    HookTakesNoTime,
    CommandTakesHalfASecond,
    RequestTakesHalfASecond,
    RestartPolicyDecides,
    VolumesAnywhere,
    VolumeMadeEmpty,
    NoAttributes,
    OneSeries,
    NoLoadBalancer,
}

/// What an editor offers that is in no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    Text,
    Number,
    TrueOrFalse,
    Quantity,
    NumberOrText,
    Time,
    Anything,
    List,
    ListOf(String),
    NamesAndValues,
    Fields,
    HasKinds(Vec<&'static str>),
    HasScalable,
    ObjectIn { kind: String, name: String, file: String },
    OwnClaim,
    OwnVolume,
    SameLabel,
    LabelOf { kind: String, name: String },
}

/// What Kubernetes accepts and nobody means, with the evidence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Noticed {
    SeparatorMissing { lost: Named, kept: Named, key: String },
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

/// An object by kind and name, either of which may be missing.
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
    LostBegins(Named),
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
