//! From a typed reason to words a learner understands: what happened, why, what follows, which fields decide, which
//! rule of Kubernetes it is. Each language is one folder of exhaustive matches, so that a missing sentence does not
//! compile; fields and rules are the same in all of them.

mod en;
mod facts;
mod fields;
mod narrative;
mod obstacle;
mod parting;
mod rules;
mod scope;
mod text;
mod trap;
mod wait;
mod words;
mod zh;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test that finds something else than it made has failed")]
mod tests;

pub use narrative::{PhaseTold, Story, story};
pub use obstacle::{Advice, Answer, why_not};
pub use parting::{PartingTold, SideTold, parting};
pub use rules::{Rule, rules};
pub(crate) use text::text;
pub use text::{Piece, Say, Text, code, verbatim};
pub use trap::{Warning, warning};
pub use wait::Waits;

use crate::api::ObjectRef;
use crate::cluster::Cluster;
use crate::engine::Step;
pub use crate::language::Language;
use crate::reason::Verdict;
use scope::Scope;

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

/// A step in words. The cluster is the one right after the step.
#[must_use]
pub fn explain(step: &Step, cluster: &Cluster, language: Language) -> Explanation {
    let scope = Scope { step, cluster };
    let words = match language {
        Language::En => en::words(scope),
        Language::Zh => zh::words(scope),
    };
    Explanation {
        headline: headline(step, language),
        why: words.why,
        evidence: words.evidence,
        decided_by: fields::of(scope),
        next: words.next,
        rule: rules::rule_of(scope),
    }
}

/// What happened, in one short sentence without a full stop. Needs no cluster, so a list of steps can show it of each.
#[must_use]
pub fn headline(step: &Step, language: Language) -> Text {
    match language {
        Language::En => en::headline(step),
        Language::Zh => zh::headline(step),
    }
}

/// Who waits for what in a step that waits, and why, in one line; of another step, its headline.
#[must_use]
pub fn waiting(step: &Step, cluster: &Cluster, language: Language) -> Text {
    match language {
        Language::En => en::waiting(Scope { step, cluster }),
        Language::Zh => zh::waiting(Scope { step, cluster }),
    }
}

/// What a DaemonSet thinks of a node, in a few words that follow the name of the set.
#[must_use]
pub fn verdict(verdict: &Verdict, language: Language) -> Text {
    match language {
        Language::En => en::verdict(verdict),
        Language::Zh => zh::verdict(verdict),
    }
}
