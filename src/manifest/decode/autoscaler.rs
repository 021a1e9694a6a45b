//! `autoscaling/v1`, which is served and stored as what it means in `autoscaling/v2`.
//! Upstream: `pkg/apis/autoscaling/v1/conversion.go`.

use serde_json::{Value, json};

/// The version without a list of metrics.
pub(super) const OLD_VERSION: &str = "autoscaling/v1";

/// Whether an object is an autoscaler of the old version.
pub(super) fn is_old(value: &Value) -> bool {
    value["kind"] == "HorizontalPodAutoscaler" && value["apiVersion"] == OLD_VERSION
}

/// The same autoscaler in the version that is simulated. Its status is the API server's to write.
pub(super) fn converted(value: &Value) -> Value {
    let mut value = value.clone();
    let Some(fields) = value.as_object_mut() else { return value };
    fields.insert("apiVersion".into(), "autoscaling/v2".into());
    fields.remove("status");
    let spec = fields.get_mut("spec").and_then(Value::as_object_mut);
    if let Some(spec) = spec
        && let Some(percent) = spec.remove("targetCPUUtilizationPercentage").filter(|percent| !percent.is_null())
    {
        let target = json!({ "type": "Utilization", "averageUtilization": percent });
        let resource = json!({ "name": "cpu", "target": target });
        spec.insert("metrics".into(), json!([{ "type": "Resource", "resource": resource }]));
    }
    value
}
