//! From a typed reason to words a learner understands: what happened, why, what follows, which fields decide, which
//! rule of Kubernetes it is. Each language is one file of exhaustive matches, so that a missing sentence does not compile.

mod text;

pub use text::{Piece, Text};

use crate::api::ObjectRef;
use crate::cluster::Cluster;
use crate::engine::Step;

/// A language that the explanations are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    En,
}

/// One step in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What happened, in one short sentence without a full stop.
    pub headline: Text,
    /// Why, one paragraph an entry.
    pub why: Vec<Text>,
    /// Numbers and objects that it rests on.
    pub evidence: Vec<Evidence>,
    /// The manifest fields that decide.
    pub decided_by: Vec<DecidingField>,
    /// What follows, or what is waited for.
    pub next: Option<Text>,
    /// The rule of Kubernetes behind it.
    pub rule: Option<&'static Rule>,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What it is.
    pub label: &'static str,
    /// Its value.
    pub value: Text,
}

/// A manifest field that decides, with the value in force, written or defaulted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidingField {
    /// The object whose field it is.
    pub object: ObjectRef,
    /// Its path, such as `spec.updateStrategy.rollingUpdate.partition`.
    pub path: String,
    /// The value in force.
    pub value: String,
}

/// A rule of Kubernetes.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable identifier, such as `statefulset-ordered-creation`.
    pub id: &'static str,
    /// Its name, in English.
    pub title: &'static str,
    /// Where Kubernetes documents it, below `https://kubernetes.io/docs/`.
    pub documentation: &'static str,
    /// The upstream function, such as `pkg/controller/statefulset/stateful_set_control.go: processReplica`.
    pub upstream: &'static str,
}

/// A step in words. The cluster is the one right after the step.
#[must_use]
pub fn explain(step: &Step, cluster: &Cluster, language: Language) -> Explanation {
    let _ = (step, cluster, language);
    Explanation { headline: Text::words(""), why: vec![], evidence: vec![], decided_by: vec![], next: None, rule: None }
}
