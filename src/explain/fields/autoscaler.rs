//! The fields that decide what the horizontal pod autoscaler does.

use super::Fields;
use crate::api::HorizontalPodAutoscaler;
use crate::reason::{AutoscalerAct, AutoscalerReason, Evaluation, Limiting};
use std::rc::Rc;

impl Fields<'_> {
    pub(super) fn autoscaler(&mut self, reason: &AutoscalerReason) {
        let name = &reason.autoscaler;
        let Some(found) = self.scope.cluster.autoscalers.get(&name.key).cloned() else { return };
        match &reason.act {
            AutoscalerAct::Scale { evaluation }
            | AutoscalerAct::AtTarget { evaluation }
            | AutoscalerAct::Stabilized { evaluation, .. }
            | AutoscalerAct::Limited { evaluation } => self.evaluation(reason, &found, evaluation),
            AutoscalerAct::ScaleIntoBounds { above, .. } => {
                if *above {
                    self.add(name, "spec.maxReplicas", &found.spec.max_replicas);
                } else {
                    self.add(name, "spec.minReplicas", &found.spec.min_replicas.unwrap_or(1));
                }
            }
            AutoscalerAct::MetricsFail { .. } => self.add(name, "spec.metrics", &found.spec.metrics),
            AutoscalerAct::Ambiguous { .. } | AutoscalerAct::Disabled | AutoscalerAct::TargetMissing { .. } => {
                self.add(name, "spec.scaleTargetRef", &found.spec.scale_target_ref);
            }
            AutoscalerAct::RecordStatus => {}
        }
    }

    fn evaluation(&mut self, reason: &AutoscalerReason, found: &Rc<HorizontalPodAutoscaler>, evaluation: &Evaluation) {
        let name = &reason.autoscaler;
        for (index, metric) in found.spec.metrics.iter().enumerate() {
            self.add(name, format!("spec.metrics[{index}]"), metric);
        }
        let behavior = found.spec.behavior.as_ref();
        let is_up = evaluation.recommended >= evaluation.current;
        if evaluation.stabilized != evaluation.recommended {
            let (side, rules) = match is_up {
                true => ("scaleUp", behavior.and_then(|it| it.scale_up.as_ref())),
                false => ("scaleDown", behavior.and_then(|it| it.scale_down.as_ref())),
            };
            let seconds = rules.and_then(|rules| rules.stabilization_window_seconds);
            let path = format!("spec.behavior.{side}.stabilizationWindowSeconds");
            self.add(name, path, &seconds.unwrap_or(evaluation.window_seconds));
        }
        match evaluation.limit {
            Limiting::DesiredWithinRange => {}
            Limiting::TooFewReplicas => self.add(name, "spec.minReplicas", &evaluation.min),
            Limiting::TooManyReplicas => self.add(name, "spec.maxReplicas", &evaluation.max),
            Limiting::ScaleUpLimit => {
                if let Some(rules) = behavior.and_then(|it| it.scale_up.as_ref()) {
                    self.add(name, "spec.behavior.scaleUp.policies", &rules.policies);
                }
            }
            Limiting::ScaleDownLimit => {
                if let Some(rules) = behavior.and_then(|it| it.scale_down.as_ref()) {
                    self.add(name, "spec.behavior.scaleDown.policies", &rules.policies);
                }
            }
        }
    }
}
