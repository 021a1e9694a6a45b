//! Services. Upstream: `pkg/apis/core/validation/validation.go validateService`.

use super::field::{Errors, Field, is_equal};
use super::{address, container, meta, names};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) fn service(service: &Field, errors: &mut Errors) {
    // Gate RelaxedServiceNameValidation is on: a name may begin with a digit.
    meta::create(&service.at("metadata"), true, names::dns_label, errors);
    spec(&service.at("spec"), errors);
}

/// The addresses that the API server fills in from the first (`NormalizeClusterIPs`).
fn addresses(spec: &Field) -> Vec<Value> {
    let list: Vec<Value> = spec.at("clusterIPs").items().map(|address| address.value.clone()).collect();
    match spec.at("clusterIP").text() {
        "" => list,
        first if list.is_empty() => vec![first.into()],
        _ => list,
    }
}

fn is_headless(spec: &Field) -> bool {
    addresses(spec).first().is_some_and(|address| address == "None")
}

fn is_load_balancer(spec: &Field) -> bool {
    spec.at("type").text() == "LoadBalancer"
}

fn is_external_name(spec: &Field) -> bool {
    spec.at("type").text() == "ExternalName"
}

/// `ExternallyAccessible`.
fn is_reached_from_outside(spec: &Field) -> bool {
    match spec.at("type").text() {
        "LoadBalancer" | "NodePort" => true,
        "ClusterIP" => !spec.at("externalIPs").is_empty(),
        _ => false,
    }
}

fn needs_health_check(spec: &Field) -> bool {
    is_load_balancer(spec) && spec.at("externalTrafficPolicy").text() == "Local"
}

fn spec(spec: &Field, errors: &mut Errors) {
    let (ports, kind) = (spec.at("ports"), spec.at("type"));
    if ports.is_empty() && !is_headless(spec) && !is_external_name(spec) {
        errors.required(&ports, "");
    }
    match kind.text() {
        "LoadBalancer" | "NodePort" if is_headless(spec) => {
            let address = spec.at("clusterIPs[0]");
            errors.invalid_value(&address, "None", &format!("may not be set to 'None' for {} services", kind.text()));
        }
        "ExternalName" => external_name(spec, errors),
        _ => {}
    }
    let is_named = ports.items().count() > 1;
    let mut names_seen = BTreeSet::new();
    ports.items().for_each(|it| port(&it, is_named, &mut names_seen, errors));
    meta::labels(&spec.at("selector"), errors);
    errors.one_of(&spec.at("sessionAffinity"), &["ClientIP", "None"], true);
    session_affinity(spec, errors);
    if !is_external_name(spec) {
        cluster_addresses(spec, errors);
    }
    for external in spec.at("externalIPs").items() {
        if address::address(&external, errors) {
            address::endpoint(&external, errors);
        }
    }
    errors.one_of(&kind, &["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"], true);
    repeated_ports(spec, errors);
    traffic(spec, errors);
}

fn external_name(spec: &Field, errors: &mut Errors) {
    let unset = [
        ("clusterIPs", !addresses(spec).is_empty()),
        ("ipFamilies", !spec.at("ipFamilies").is_empty()),
        ("ipFamilyPolicy", spec.at("ipFamilyPolicy").is_set()),
    ];
    for (name, _) in unset.into_iter().filter(|(_, is_set)| *is_set) {
        errors.forbidden(&spec.at(name), "may not be set for ExternalName services");
    }
    let name = spec.at("externalName");
    match name.text().strip_suffix('.').unwrap_or(name.text()) {
        "" => errors.required(&name, ""),
        text => {
            for message in names::dns_subdomain(text) {
                errors.invalid_value(&name, text, &message);
            }
        }
    }
}

fn port<'a>(port: &Field<'a>, is_named: bool, seen: &mut BTreeSet<&'a str>, errors: &mut Errors) {
    let name = port.at("name");
    if !name.is_empty() {
        errors.all_invalid(&name, names::dns_label(name.text()));
        if !seen.insert(name.text()) {
            errors.duplicate(&name, name.text());
        }
    } else if is_named {
        errors.required(&name, "");
    }
    errors.port(&port.at("port"));
    container::protocol(&port.at("protocol"), errors);
    container::port_or_name(&port.at("targetPort"), errors);
    let application = port.at("appProtocol");
    if application.is_set() {
        meta::label_key(&application, errors);
    }
}

/// `MaxClientIPServiceAffinitySeconds`.
const MAX_AFFINITY: i64 = 86_400;

fn session_affinity(spec: &Field, errors: &mut Errors) {
    if spec.at("sessionAffinity").text() != "ClientIP" {
        return;
    }
    let seconds = spec.at("sessionAffinityConfig").at("clientIP").at("timeoutSeconds");
    if !(1..=MAX_AFFINITY).contains(&seconds.int()) {
        errors.invalid(&seconds, &format!("must be greater than 0 and less than {MAX_AFFINITY}"));
    }
}

/// `ValidateServiceClusterIPsRelatedFields`.
fn cluster_addresses(spec: &Field, errors: &mut Errors) {
    let list = spec.at("clusterIPs");
    let value = Value::Array(addresses(spec));
    let all = Field { path: list.path.clone(), value: &value };
    let one = spec.at("clusterIP");
    let first = all.items().next();
    if one.is_empty() && first.is_some() {
        errors.invalid(&all, "must be empty when `clusterIP` is not specified");
    } else if first.is_some_and(|first| first.text() != one.text()) {
        errors.invalid(&all, "first value must match `clusterIP`");
    }
    let mut families = BTreeSet::new();
    for family in spec.at("ipFamilies").items() {
        if !matches!(family.text(), "IPv4" | "IPv6") {
            errors.not_supported(&family, family.text(), &["IPv4", "IPv6"]);
        }
        if !families.insert(family.text()) {
            errors.duplicate(&family, family.text());
        }
    }
    let policy = spec.at("ipFamilyPolicy");
    if policy.is_set() {
        const POLICIES: [&str; 3] = ["PreferDualStack", "RequireDualStack", "SingleStack"];
        if !POLICIES.contains(&policy.text()) {
            errors.not_supported(&policy, policy.text(), &POLICIES);
        }
    }
    let count = all.items().count();
    let mut is_broken = false;
    for (index, given) in all.items().enumerate() {
        if index == 0 && given.text() == "None" {
            if count > 1 {
                is_broken = true;
                errors.invalid(&all, "'None' must be the first and only value");
            }
        } else {
            is_broken |= !address::address(&given, errors);
        }
    }
    if count > 2 {
        errors.invalid(&all, "may only hold up to 2 values");
    }
    if is_broken {
        return;
    }
    let parsed: Vec<_> = all.items().filter_map(|given| address::parse(given.text())).collect();
    let is_dual = parsed.iter().any(|it| it.is_ipv4()) && parsed.iter().any(|it| it.is_ipv6());
    if count > 1 && !is_dual {
        errors.invalid(&all, "may specify no more than one IP for each IP family");
    }
    for (index, (given, family)) in all.items().zip(spec.at("ipFamilies").items()).enumerate() {
        let Some(address) = address::parse(given.text()) else { continue };
        let is_other = matches!((family.text(), address.is_ipv4()), ("IPv4", false) | ("IPv6", true));
        if is_other {
            let detail = format!("expected an {} value as indicated by `ipFamilies[{index}]`", family.text());
            errors.invalid(&given, &detail);
        }
    }
}

fn repeated_ports(spec: &Field, errors: &mut Errors) {
    let ports = spec.at("ports");
    if spec.at("type").text() == "ClusterIP" {
        for port in ports.items().filter(|port| port.at("nodePort").int() != 0) {
            errors.forbidden(&port.at("nodePort"), "may not be used when `type` is 'ClusterIP'");
        }
    }
    let mut seen = BTreeSet::new();
    for port in ports.items().filter(|port| port.at("nodePort").int() != 0) {
        let node_port = port.at("nodePort");
        if !seen.insert((port.at("protocol").text(), node_port.int())) {
            errors.duplicate(&node_port, node_port.int());
        }
    }
    let mut seen = BTreeSet::new();
    for port in ports.items() {
        let (protocol, number) = (port.at("protocol").text(), port.at("port").int());
        if !seen.insert((protocol, number)) {
            let value = json!({
                "Name": "", "Protocol": protocol, "AppProtocol": null, "Port": number, "TargetPort": 0, "NodePort": 0,
            });
            errors.duplicate(&port, value);
        }
    }
}

/// How traffic comes in: load balancers and the policies.
fn traffic(spec: &Field, errors: &mut Errors) {
    const ONLY: &str = "may only be used when `type` is 'LoadBalancer'";
    // Upstream spells the path so.
    let ranges = spec.at("loadBalancerSourceRanges").called(spec.at("LoadBalancerSourceRanges").path);
    if !ranges.is_empty() && !is_load_balancer(spec) {
        errors.forbidden(&ranges, ONLY);
    }
    ranges.items().for_each(|range| address::range(&range, range.text().trim(), errors));
    if spec.at("allocateLoadBalancerNodePorts").is_set() && !is_load_balancer(spec) {
        errors.forbidden(&spec.at("allocateLoadBalancerNodePorts"), ONLY);
    }
    let class = spec.at("loadBalancerClass");
    if class.is_set() {
        if is_load_balancer(spec) {
            meta::label_key(&class, errors);
        } else {
            errors.forbidden(&class, ONLY);
        }
    }
    let policy = spec.at("externalTrafficPolicy");
    if is_reached_from_outside(spec) {
        errors.one_of(&policy, &["Cluster", "Local"], true);
    } else if !policy.is_empty() {
        errors.invalid(&policy, "may only be set for externally-accessible services");
    }
    let check = spec.at("healthCheckNodePort");
    if needs_health_check(spec) {
        // One that is missing is given by the API server.
        if check.int() != 0 {
            errors.port(&check);
        }
    } else if check.int() != 0 {
        let detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
        errors.invalid(&check, detail);
    }
    let inner = spec.at("internalTrafficPolicy");
    if inner.is_set() && !matches!(inner.text(), "Cluster" | "Local") {
        errors.not_supported(&inner, inner.text(), &["Cluster", "Local"]);
    }
    let distribution = spec.at("trafficDistribution");
    const DISTRIBUTIONS: [&str; 3] = ["PreferClose", "PreferSameZone", "PreferSameNode"];
    if distribution.is_set() && !DISTRIBUTIONS.contains(&distribution.text()) {
        errors.not_supported(&distribution, distribution.text(), &DISTRIBUTIONS);
    }
}

/// What another type of Service has no use for goes without a word, if nobody changed it
/// (`pkg/registry/core/service/strategy.go dropTypeDependentFields`).
fn without_dependents(old: &Field, new: &Field) -> Value {
    let mut value = new.value.clone();
    let Some(fields) = value.as_object_mut() else { return value };
    let mut drop_unchanged = |name: &str| {
        if old.at(name).value == new.at(name).value {
            fields.remove(name);
        }
    };
    if !is_external_name(old) && is_external_name(new) {
        ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"].into_iter().for_each(&mut drop_unchanged);
    }
    if needs_health_check(old) && !needs_health_check(new) {
        drop_unchanged("healthCheckNodePort");
    }
    if is_load_balancer(old) && !is_load_balancer(new) {
        ["allocateLoadBalancerNodePorts", "loadBalancerClass"].into_iter().for_each(&mut drop_unchanged);
    }
    if is_reached_from_outside(old) && !is_reached_from_outside(new) {
        drop_unchanged("externalTrafficPolicy");
    }
    let node_ports = |spec: &Field| -> BTreeSet<i64> {
        spec.at("ports").items().map(|port| port.at("nodePort").int()).filter(|port| *port != 0).collect()
    };
    let needs = |spec: &Field| matches!(spec.at("type").text(), "NodePort" | "LoadBalancer");
    if needs(old) && !needs(new) && node_ports(old).is_superset(&node_ports(new)) {
        let ports = fields.get_mut("ports").and_then(Value::as_array_mut).into_iter().flatten();
        ports.filter_map(Value::as_object_mut).for_each(|port| {
            port.remove("nodePort");
        });
    }
    value
}

/// A Service that writes no address keeps what it has, `None` too; a list that nobody changed follows the first address
/// (`NormalizeClusterIPs`, `patchAllocatedValues`).
fn with_addresses(old: &Field, new: &Field, value: &mut Value) {
    let Some(fields) = value.as_object_mut().filter(|_| !is_external_name(old) && !is_external_name(new)) else {
        return;
    };
    let one = new.at("clusterIP");
    let is_unchanged = is_equal(old.at("clusterIPs").value, new.at("clusterIPs").value);
    if one.is_empty() && (is_unchanged || new.at("clusterIPs").is_empty()) {
        for name in ["clusterIP", "clusterIPs"] {
            fields.insert(name.into(), old.at(name).value.clone());
        }
    } else if one.text() != old.at("clusterIP").text() && is_unchanged {
        let mut list = addresses(old);
        match list.first_mut() {
            Some(first) => *first = one.value.clone(),
            None => list.push(one.value.clone()),
        }
        fields.insert("clusterIPs".into(), list.into());
    }
}

pub(super) fn service_update(old: &Field, new: &Field, errors: &mut Errors) {
    let (before, written) = (old.at("spec"), new.at("spec"));
    let mut kept = without_dependents(&before, &written);
    with_addresses(&before, &written, &mut kept);
    let after = Field { path: written.path, value: &kept };
    if !is_external_name(&before) && !is_external_name(&after) {
        changed_addresses(&before, &after, errors);
        changed_families(&before, &after, errors);
    }
    let class = after.at("loadBalancerClass");
    if is_load_balancer(&before) && is_load_balancer(&after) && before.at("loadBalancerClass").value != class.value {
        errors.invalid(&class, "may not change once set");
    }
    let check = after.at("healthCheckNodePort");
    if needs_health_check(&before)
        && needs_health_check(&after)
        && before.at("healthCheckNodePort").int() != check.int()
    {
        errors.forbidden(&check, "field is immutable");
    }
    spec(&after, errors);
}

/// An address is given once (`validateUpgradeDowngradeClusterIPs`).
fn changed_addresses(before: &Field, after: &Field, errors: &mut Errors) {
    let (was, is) = (addresses(before), addresses(after));
    let is_none = |list: &[Value]| list.first().is_some_and(|address| address == "None");
    if is_none(&was) && is_none(&is) {
        return;
    }
    for (index, (was, now)) in was.iter().zip(&is).enumerate() {
        let is_primary = index == 0;
        if was != now && (is_primary || addresses(before).len() == is.len()) {
            let place = after.at(&format!("clusterIPs[{index}]"));
            errors.invalid_value(&place, is.clone(), "may not change once set");
        }
    }
    if was.len() > 1 && is.len() == 1 && after.at("ipFamilyPolicy").text() != "SingleStack" {
        let policy = after.at("ipFamilyPolicy");
        errors.invalid(&policy, "must be set to 'SingleStack' when releasing the secondary clusterIP");
    }
}

/// `validateUpgradeDowngradeIPFamilies`.
fn changed_families(before: &Field, after: &Field, errors: &mut Errors) {
    if is_headless(before) || is_headless(after) {
        return;
    }
    let (was, is) = (before.at("ipFamilies"), after.at("ipFamilies"));
    if is.is_empty() {
        return;
    }
    let have_equal_counts = was.items().count() == is.items().count();
    for (index, (old, new)) in was.items().zip(is.items()).enumerate() {
        if old.text() != new.text() && (index == 0 || have_equal_counts) {
            errors.invalid_value(&after.at("ipFamilies[0]"), is.value.clone(), "may not change once set");
        }
    }
    if was.items().count() > 1 && is.items().count() == 1 && after.at("ipFamilyPolicy").text() != "SingleStack" {
        let policy = after.at("ipFamilyPolicy");
        errors.invalid(&policy, "must be set to 'SingleStack' when releasing the secondary ipFamily");
    }
}
