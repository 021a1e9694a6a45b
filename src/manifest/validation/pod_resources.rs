//! What a pod asks for as a whole. Upstream: `validatePodResources`, `validatePodResourceConsistency`.

use super::field::{Errors, Field};
use super::resources;

/// Milli-units that the containers of a pod ask for together, those that run beside them included.
fn of_containers(spec: &Field, name: &str) -> i64 {
    let sidecars = spec.at("initContainers").items().filter(|it| it.at("restartPolicy").text() == "Always");
    let asked = spec.at("containers").items().chain(sidecars).filter_map(|container| {
        container.at("resources").at("requests").at(name).quantity().map(|quantity| quantity.milli())
    });
    asked.fold(0, i64::saturating_add)
}

/// A sum as a quantity prints it.
fn printed(name: &str, milli: i64) -> String {
    const BINARY: [(&str, i64); 4] = [("Ti", 1 << 40), ("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10)];
    let value = milli / 1000;
    match BINARY.iter().find(|(_, size)| name != "cpu" && value % size == 0 && value != 0) {
        Some((suffix, size)) => format!("{}{suffix}", value / size),
        None if milli % 1000 == 0 => value.to_string(),
        None => format!("{milli}m"),
    }
}

pub(super) fn resources(spec: &Field, errors: &mut Errors) {
    let own = spec.at("resources");
    if !own.is_set() {
        return;
    }
    if spec.at("os").at("name").text() == "windows" {
        errors.forbidden(&own, "may not be set for a windows pod");
        return;
    }
    if own.at("claims").is_set() {
        errors.forbidden(&own.at("claims"), "claims may not be set for Resources at pod-level");
    }
    resources::requirements(&own, resources::of_pod, &spec.at("resourceClaims"), errors);
    for (name, request) in own.at("requests").entries() {
        let Some(asked) = request.quantity() else { continue };
        let sum = of_containers(spec, name);
        if sum > asked.milli() {
            let sum = printed(name, sum);
            let detail = format!("must be greater than or equal to aggregate container requests of {sum}");
            errors.invalid_value(&request, asked.as_str(), &detail);
        }
    }
    for (name, limit) in own.at("limits").entries() {
        let Some(most) = limit.quantity() else { continue };
        for (index, container) in spec.at("containers").items().enumerate() {
            let asked = container.at("resources").at("limits").at(name);
            if let Some(asked_value) = asked.quantity().filter(|asked| asked.milli() > most.milli()) {
                let place = asked.called(format!("{}.containers[{index}][{name}].limits", own.path));
                let detail = format!("must be less than or equal to pod limits of {most}");
                errors.invalid_value(&place, asked_value.as_str(), &detail);
            }
        }
    }
}
