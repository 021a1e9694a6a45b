//! Taints of nodes and the tolerations of pods. Upstream: `k8s.io/api/core/v1/toleration.go`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a taint does to a pod that does not tolerate it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TaintEffect {
    /// Not scheduled there; pods already there stay.
    NoSchedule,
    /// Scheduled there only where nothing better is left.
    PreferNoSchedule,
    /// Not scheduled there, and evicted from there.
    NoExecute,
}

impl TaintEffect {
    /// All of them.
    pub const ALL: [TaintEffect; 3] = [TaintEffect::NoSchedule, TaintEffect::PreferNoSchedule, TaintEffect::NoExecute];

    /// The effect's name, as in a manifest.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            TaintEffect::NoSchedule => "NoSchedule",
            TaintEffect::PreferNoSchedule => "PreferNoSchedule",
            TaintEffect::NoExecute => "NoExecute",
        }
    }

    /// The effect of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<TaintEffect> {
        TaintEffect::ALL.into_iter().find(|effect| effect.as_str() == name)
    }
}

impl fmt::Display for TaintEffect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A mark on a node that keeps pods away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Taint {
    /// The taint's name.
    pub key: String,
    /// Its value, often absent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// What it does.
    pub effect: TaintEffect,
    /// When it was added; set by controllers for `NoExecute`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_added: Option<super::Time>,
}

impl fmt::Display for Taint {
    /// `key=value:effect`, as `kubectl taint` writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)?;
        if !self.value.is_empty() {
            write!(f, "={}", self.value)?;
        }
        write!(f, ":{}", self.effect)
    }
}

/// What a pod tolerates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Toleration {
    /// The taint's name; empty means every taint.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// `Equal` (also when empty) or `Exists`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub operator: String,
    /// The value that `Equal` compares with.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// The effect; none means every effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<TaintEffect>,
    /// For `NoExecute`: how long a pod stays once the taint is there, in seconds; none means for ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub toleration_seconds: Option<i64>,
}

impl Toleration {
    /// A toleration that asks only that the taint exists.
    #[must_use]
    pub fn exists(key: &str, effect: TaintEffect) -> Toleration {
        Toleration { key: key.into(), operator: "Exists".into(), effect: Some(effect), ..Default::default() }
    }

    /// Whether a taint is tolerated (`Toleration.ToleratesTaint`). `Gt` and `Lt` are heeded: validation keeps them out of
    /// every object while their feature gate is off.
    #[must_use]
    pub fn tolerates(&self, taint: &Taint) -> bool {
        self.tolerates_under(taint, true)
    }

    /// The same under feature gate `TaintTolerationComparisonOperators`, off in v1.36: with `Gt` and `Lt` the taint's value
    /// has to be greater or less than the toleration's, both whole numbers.
    #[must_use]
    pub fn tolerates_under(&self, taint: &Taint, comparison_operators: bool) -> bool {
        if self.effect.is_some_and(|effect| effect != taint.effect) {
            return false;
        }
        if !self.key.is_empty() && self.key != taint.key {
            return false;
        }
        match self.operator.as_str() {
            "" | "Equal" => self.value == taint.value,
            "Exists" => true,
            "Gt" if comparison_operators => self.compares(taint, |taint, own| taint > own),
            "Lt" if comparison_operators => self.compares(taint, |taint, own| taint < own),
            _ => false,
        }
    }

    fn compares(&self, taint: &Taint, holds: impl Fn(i64, i64) -> bool) -> bool {
        let numbers = taint.value.parse::<i64>().ok().zip(self.value.parse::<i64>().ok());
        numbers.is_some_and(|(taint, own)| holds(taint, own))
    }
}

impl Taint {
    /// Whether another taint has the same key and effect, which is what makes it the same taint (`Taint.MatchTaint`).
    #[must_use]
    pub fn is_same(&self, other: &Taint) -> bool {
        self.key == other.key && self.effect == other.effect
    }

    /// The first toleration that lets a pod pass, if any.
    #[must_use]
    pub fn tolerated_by<'a>(&self, tolerations: &'a [Toleration]) -> Option<&'a Toleration> {
        tolerations.iter().find(|toleration| toleration.tolerates(self))
    }

    /// Whether the scheduler keeps pods without a toleration off the node (`DoNotScheduleTaintsFilterFunc`).
    #[must_use]
    pub fn keeps_pods_off(&self) -> bool {
        self.effect != TaintEffect::PreferNoSchedule
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taint(key: &str, value: &str, effect: TaintEffect) -> Taint {
        Taint { key: key.into(), value: value.into(), effect, time_added: None }
    }

    #[test]
    fn exists_with_an_empty_key_tolerates_everything() {
        let toleration = Toleration { operator: "Exists".into(), ..Default::default() };
        assert!(toleration.tolerates(&taint("gpu", "x", TaintEffect::NoExecute)));
    }

    #[test]
    fn equal_compares_the_value_and_the_effect() {
        let toleration = Toleration {
            key: "gpu".into(),
            value: "x".into(),
            effect: Some(TaintEffect::NoSchedule),
            ..Default::default()
        };
        assert!(toleration.tolerates(&taint("gpu", "x", TaintEffect::NoSchedule)));
        assert!(!toleration.tolerates(&taint("gpu", "y", TaintEffect::NoSchedule)));
        assert!(!toleration.tolerates(&taint("gpu", "x", TaintEffect::NoExecute)));
    }
}
