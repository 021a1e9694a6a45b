//! What is to be said about a manifest, where, and how to mend it.

use super::words::{self, Label, Meant, Noticed, Repair};
use super::yaml::Span;
use crate::language::Language;

/// One file of the input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name, for people.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Whose voice it is. The three are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Kubernetes refuses it.
    Error,
    /// Kubernetes accepts it, but it is probably not what was meant.
    Warning,
    /// It is fine, but not simulated here.
    Note,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $severity:ident $text:literal,)*) => {
        /// What it is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum DiagnosticCode {
            $($(#[$doc])* $code,)*
        }

        impl DiagnosticCode {
            /// All of them.
            pub const ALL: &[DiagnosticCode] = &[$(DiagnosticCode::$code,)*];

            /// Its name in text and links.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(DiagnosticCode::$code => $text,)* }
            }

            /// Whose voice it is; a code has one.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(DiagnosticCode::$code => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The text is not YAML.
    YamlSyntax = Error "yaml-syntax",
    /// A tab where YAML wants spaces.
    YamlTab = Error "yaml-tab",
    /// A line that begins with `---` and goes on.
    YamlSeparator = Error "yaml-separator",
    /// An alias without an anchor.
    YamlAnchor = Error "yaml-anchor",
    /// Aliases or nesting beyond the limits.
    YamlLimit = Error "yaml-limit",
    /// A key that is a list or a mapping.
    YamlKey = Error "yaml-key",
    /// Text after `...`.
    YamlAfterEnd = Warning "yaml-after-end",
    /// More text than is read.
    InputTooLarge = Error "input-too-large",
    /// More documents than are read.
    TooManyDocuments = Error "too-many-documents",
    /// Nothing but comments and blank lines.
    NoObjects = Error "no-objects",
    /// A document that is not a mapping.
    NotAnObject = Error "not-an-object",
    /// `apiVersion` or `kind` is missing.
    KindMissing = Error "kind-missing",
    /// The object has no name.
    NameMissing = Error "name-missing",
    /// No such kind in that version.
    NoMatches = Error "no-matches",
    /// The version was removed from Kubernetes.
    VersionRemoved = Error "version-removed",
    /// No such field.
    UnknownField = Error "unknown-field",
    /// A value of another type.
    WrongType = Error "wrong-type",
    /// A workload without a selector.
    SelectorRequired = Error "selector-required",
    /// The selector does not match the labels of the template.
    SelectorMismatch = Error "selector-mismatch",
    /// A field is missing.
    FieldRequired = Error "field-required",
    /// A value that is not allowed.
    FieldInvalid = Error "field-invalid",
    /// A value that is none of those allowed.
    FieldNotSupported = Error "field-not-supported",
    /// A field that may not be set.
    FieldForbidden = Error "field-forbidden",
    /// A name that refers to nothing.
    FieldNotFound = Error "field-not-found",
    /// A value that has to be unique and is not.
    FieldDuplicate = Error "field-duplicate",
    /// A value that is too long.
    FieldTooLong = Error "field-too-long",
    /// A namespace that does not exist.
    NamespaceMissing = Error "namespace-missing",
    /// Two documents without `---` between them.
    MissingSeparator = Warning "missing-separator",
    /// A key that is written twice.
    DuplicateKey = Warning "duplicate-key",
    /// An object that is written twice.
    DuplicateObject = Warning "duplicate-object",
    /// A StatefulSet whose Service is not there.
    ServiceMissing = Warning "service-missing",
    /// A StatefulSet whose Service is not headless.
    ServiceNotHeadless = Warning "service-not-headless",
    /// A StatefulSet whose Service selects other pods.
    ServiceSelectsOthers = Warning "service-selects-others",
    /// A Service that leads to no pod.
    SelectsNothing = Warning "selects-nothing",
    /// A port that is named and that no container has.
    PortMissing = Warning "port-missing",
    /// Objects that belong together in different namespaces.
    NamespaceMismatch = Warning "namespace-mismatch",
    /// A claim that no pod uses.
    ClaimUnused = Warning "claim-unused",
    /// A claim that a pod uses and that is not there.
    ClaimMissing = Warning "claim-missing",
    /// A StorageClass that is not there.
    StorageClassMissing = Warning "storage-class-missing",
    /// A PriorityClass that is not there.
    PriorityClassMissing = Warning "priority-class-missing",
    /// Two volumes in one place of a container.
    MountClash = Warning "mount-clash",
    /// Two workloads whose selectors match the same pods.
    SelectorOverlap = Warning "selector-overlap",
    /// No node takes the pods.
    NoNode = Warning "no-node",
    /// No node is large enough for a pod.
    RequestTooLarge = Warning "request-too-large",
    /// An ordered set whose pods count as Ready as soon as they run.
    ReadinessMissing = Warning "readiness-missing",
    /// An image that may be another one tomorrow, where pods are replaced by hand.
    ImageNotPinned = Warning "image-not-pinned",
    /// Pods that are killed at once, in a set that promises at most one of each.
    GraceZero = Warning "grace-zero",
    /// A partition that keeps every pod from being updated.
    PartitionHoldsAll = Warning "partition-holds-all",
    /// A field that the API server drops because its feature gate is off.
    FieldDropped = Warning "field-dropped",
    /// An autoscaler whose target is not there or cannot be scaled.
    ScaleTarget = Warning "scale-target",
    /// An autoscaler that measures a share of a request that is not there.
    RequestMissing = Warning "request-missing",
    /// A number of replicas beside an autoscaler.
    ReplicasAndAutoscaler = Warning "replicas-and-autoscaler",
    /// A PodDisruptionBudget that selects no pod.
    BudgetSelectsNothing = Warning "budget-selects-nothing",
    /// A PodDisruptionBudget that never allows a disruption.
    BudgetBlocks = Warning "budget-blocks",
    /// A kind that is not simulated.
    NotSimulated = Note "not-simulated",
    /// A field that is not simulated.
    FieldNotSimulated = Note "field-not-simulated",
}

/// What is to be said.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Whose voice it is.
    pub severity: Severity,
    /// What it is about.
    pub code: DiagnosticCode,
    /// What `kubectl` prints, where it prints something.
    pub message: String,
    /// For a learner: what it means and how to mend it.
    pub explanation: String,
    /// Index of the file.
    pub file: usize,
    /// Where.
    pub span: Span,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    /// Edits that mend it.
    pub fixes: Vec<Fix>,
    pub(super) meant: Box<Meant>,
    /// How many more there are that are not listed.
    pub(super) unlisted: usize,
}

/// Another place that has to do with a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Index of the file.
    pub file: usize,
    /// Where.
    pub span: Span,
    /// What is there.
    pub label: String,
    meant: Label,
}

/// A quick fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does.
    pub title: String,
    /// Changes of the text, apart from one another.
    pub edits: Vec<Edit>,
    /// Whether it can be made without asking: it changes nothing that somebody may have meant.
    pub is_obvious: bool,
    pub(super) repair: Repair,
}

/// One change of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Index of the file.
    pub file: usize,
    /// The first byte that goes.
    pub start_byte: usize,
    /// The byte after the last one that goes.
    pub end_byte: usize,
    /// What comes in their place.
    pub text: String,
}

impl Diagnostic {
    /// What `kubectl` says in words of its own.
    pub(super) fn told(code: DiagnosticCode, file: usize, span: Span, message: String, meant: Meant) -> Diagnostic {
        let words = words::say(&meant, Language::default());
        Diagnostic {
            severity: code.severity(),
            code,
            message: words.message.unwrap_or(message),
            explanation: words.explanation,
            file,
            span,
            related: vec![],
            fixes: vec![],
            meant: Box::new(meant),
            unlisted: 0,
        }
    }

    /// What is said here alone.
    pub(super) fn ours(code: DiagnosticCode, file: usize, span: Span, meant: Meant) -> Diagnostic {
        Diagnostic::told(code, file, span, String::new(), meant)
    }

    pub(super) fn noticed(noticed: &Noticed, file: usize, span: Span) -> Diagnostic {
        Diagnostic::ours(noticed.code(), file, span, Meant::Noticed(noticed.clone()))
    }

    /// Says it in a language. What `kubectl` prints is the same in all of them.
    pub fn say(&mut self, language: Language) {
        let words = words::say(&self.meant, language);
        if let Some(message) = words.message {
            self.message = message;
        }
        self.explanation = words.explanation;
        if self.unlisted > 0 {
            self.explanation.push_str(&words::more_alike(self.unlisted, language));
        }
        for related in &mut self.related {
            related.label = words::label(&related.meant, language);
        }
        for fix in &mut self.fixes {
            fix.title = words::repair(&fix.repair, language);
        }
    }

    /// The fix that can be made without asking, if there is one.
    #[must_use]
    pub fn obvious_fix(&self) -> Option<&Fix> {
        self.fixes.first().filter(|fix| fix.is_obvious)
    }
}

impl Related {
    pub(super) fn new(file: usize, span: Span, meant: &Label) -> Related {
        Related { file, span, label: words::label(meant, Language::default()), meant: meant.clone() }
    }
}

impl Fix {
    pub(super) fn new(repair: &Repair, edits: Vec<Edit>, is_obvious: bool) -> Fix {
        Fix { title: words::repair(repair, Language::default()), edits, is_obvious, repair: repair.clone() }
    }

    /// Applies the edits. One that does not fit the text is left out.
    pub fn apply(&self, files: &mut [SourceFile]) {
        apply(&self.edits, files);
    }
}

/// Applies edits that are apart from one another. One that does not fit the text is left out.
pub(super) fn apply(edits: &[Edit], files: &mut [SourceFile]) {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    // From the end, so that the bytes of the others stay true.
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.file, edit.start_byte, edit.end_byte)));
    for edit in edits {
        let Some(file) = files.get_mut(edit.file) else { continue };
        let range = edit.start_byte..edit.end_byte;
        if file.text.get(range.clone()).is_some() {
            file.text.replace_range(range, &edit.text);
        }
    }
}
