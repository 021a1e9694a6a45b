//! What a pod takes from its host, and what it is called there: names, DNS, users, operating system.
//! Upstream: `pkg/apis/core/validation/validation.go ValidatePodSpec`.

use super::field::{Errors, Field};
use super::{address, names};
use serde_json::Value;

const TRUE: &Value = &Value::Bool(true);
const MAX_NAMESERVERS: usize = 3;
const MAX_SEARCHES: usize = 32;
/// Characters of all search paths together.
const MAX_SEARCH_LIST: usize = 2048;
/// The longest name of a host.
const MAX_HOSTNAME: usize = 64;

/// `validatePodDNSConfig`.
pub(super) fn dns(spec: &Field, errors: &mut Errors) {
    let config = spec.at("dnsConfig");
    let (servers, searches) = (config.at("nameservers"), config.at("searches"));
    if spec.at("dnsPolicy").text() == "None" {
        if !config.is_set() {
            errors.required(&config, "must provide `dnsConfig` when `dnsPolicy` is None");
            return;
        }
        if servers.is_empty() {
            errors.required(&servers, "must provide at least one DNS nameserver when `dnsPolicy` is None");
            return;
        }
    }
    if servers.items().count() > MAX_NAMESERVERS {
        errors.invalid(&servers, &format!("must not have more than {MAX_NAMESERVERS} nameservers"));
    }
    for server in servers.items() {
        address::address(&server, errors);
    }
    if searches.items().count() > MAX_SEARCHES {
        errors.invalid(&searches, &format!("must not have more than {MAX_SEARCHES} search paths"));
    }
    let length: usize = searches.items().map(|search| search.text().len() + 1).sum();
    if length > MAX_SEARCH_LIST + 1 {
        let detail =
            format!("must not have more than {MAX_SEARCH_LIST} characters (including spaces) in the search list");
        errors.invalid(&searches, &detail);
    }
    for search in searches.items().filter(|search| search.text() != ".") {
        let text = search.text().strip_suffix('.').unwrap_or(search.text());
        for message in names::search_domain(text) {
            errors.invalid_value(&search, text, &message);
        }
    }
    for option in config.at("options").items().filter(|option| option.at("name").is_empty()) {
        errors.required(&option, "must not be empty");
    }
}

/// `ValidateHostAliases`.
pub(super) fn aliases(aliases: &Field, errors: &mut Errors) {
    for alias in aliases.items() {
        address::address(&alias.at("ip"), errors);
        for name in alias.at("hostnames").items() {
            errors.all_invalid(&name, names::dns_subdomain(name.text()));
        }
    }
}

/// `validateHostUsers`.
pub(super) fn users(spec: &Field, errors: &mut Errors) {
    if spec.at("hostUsers").value != &Value::Bool(false) {
        return;
    }
    let when = "when `hostUsers` is false";
    if spec.at("hostNetwork").value == TRUE {
        errors.forbidden(&spec.at("hostNetwork"), when);
    }
    for (name, printed) in [("hostPID", "HostPID"), ("hostIPC", "HostIPC")] {
        if spec.at(name).value == TRUE {
            errors.forbidden(&spec.at(printed), when);
        }
    }
    for list in ["initContainers", "containers"] {
        for devices in spec.at(list).items().map(|container| container.at("volumeDevices")) {
            if !devices.is_empty() {
                errors.forbidden(&devices, when);
            }
        }
    }
}

/// `validatePodHostName`.
pub(super) fn name_override(spec: &Field, errors: &mut Errors) {
    let name = spec.at("hostnameOverride");
    if !name.is_set() {
        return;
    }
    for other in ["setHostnameAsFQDN", "hostNetwork"] {
        if spec.at(other).value == TRUE {
            errors.forbidden(&name, &format!("may not be specified when {other} is true"));
        }
    }
    if name.text().len() > MAX_HOSTNAME {
        errors.too_long(&name, MAX_HOSTNAME);
    }
    errors.all_invalid(&name, names::dns_subdomain(name.text()));
}

/// `validateOS`, `validateLinux`, and what `validateWindows` says of pods that a simulated node could run.
pub(super) fn system(spec: &Field, errors: &mut Errors) {
    let system = spec.at("os");
    if !system.is_set() {
        return;
    }
    let name = system.at("name");
    match name.text() {
        "" => errors.required(&name, ""),
        "linux" => {
            let detail = "windows options cannot be set for a linux pod";
            let containers = ["initContainers", "containers"].into_iter().flat_map(|list| spec.at(list).items());
            for owner in std::iter::once(spec.clone()).chain(containers) {
                let options = owner.at("securityContext").at("windowsOptions");
                if options.is_set() {
                    errors.forbidden(&options, detail);
                }
            }
        }
        "windows" => {}
        text => errors.not_supported(&system, text, &["linux", "windows"]),
    }
}
