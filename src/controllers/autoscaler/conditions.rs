//! The conditions of an autoscaler, and small texts of them. Upstream:
//! `pkg/controller/podautoscaler/horizontal.go: setConditionInList`.

use crate::api::{HorizontalPodAutoscalerCondition, LabelSelector, Time};

/// Conditions in the making.
#[derive(Clone, Debug)]
pub(super) struct Conditions {
    pub list: Vec<HorizontalPodAutoscalerCondition>,
    now: Time,
}

impl Conditions {
    pub fn of(list: &[HorizontalPodAutoscalerCondition], now: Time) -> Conditions {
        Conditions { list: list.to_vec(), now }
    }

    /// Sets a condition; it changes its time only with its status.
    pub fn set(&mut self, kind: &str, status: &str, reason: &str, message: &str) {
        let now = Some(self.now.whole_second());
        let condition = match self.list.iter_mut().find(|condition| condition.kind == kind) {
            Some(condition) => condition,
            None => {
                let new = HorizontalPodAutoscalerCondition { kind: kind.into(), ..Default::default() };
                self.list.push(new);
                let Some(new) = self.list.last_mut() else { return };
                new
            }
        };
        if condition.status != status {
            condition.last_transition_time = now;
            condition.status = status.into();
        }
        condition.reason = Some(reason.into());
        condition.message = Some(message.into());
    }
}

/// A selector as `labels.Selector` prints it: `app=web,tier in (a,b)`.
#[must_use]
pub fn selector_text(selector: &LabelSelector) -> String {
    let labels = selector.match_labels.iter().map(|(key, value)| format!("{key}={value}"));
    let expressions = selector.match_expressions.iter().map(|it| match it.operator.as_str() {
        "In" => format!("{} in ({})", it.key, it.values.join(",")),
        "NotIn" => format!("{} notin ({})", it.key, it.values.join(",")),
        "Exists" => it.key.clone(),
        _ => format!("!{}", it.key),
    });
    labels.chain(expressions).collect::<Vec<_>>().join(",")
}
