//! The forms of names, labels and the like. Upstream: `k8s.io/apimachinery/pkg/util/validation`.

use crate::api::MAX_LABEL_VALUE;

const LABEL: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const LABEL_KEY: &str = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

fn is_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn is_lower(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// Whether a text begins and ends with an `edge` and has nothing but an `edge` or one of `inner` between.
fn is_formed(text: &str, edge: fn(u8) -> bool, inner: &[u8]) -> bool {
    let bytes = text.as_bytes();
    let is_edge = |byte: Option<&u8>| byte.is_some_and(|byte| edge(*byte));
    is_edge(bytes.first()) && is_edge(bytes.last()) && bytes.iter().all(|byte| edge(*byte) || inner.contains(byte))
}

fn is_subdomain(text: &str) -> bool {
    text.split('.').all(|label| is_formed(label, is_lower, b"-"))
}

fn form(message: &str, pattern: &str, examples: &[&str]) -> String {
    let examples: Vec<String> = examples.iter().map(|example| format!("'{example}', ")).collect();
    format!("{message} (e.g. {}regex used for validation is '{pattern}')", examples.join(" or "))
}

/// A DNS-1123 label: names of StatefulSets, Services, containers.
pub(super) fn dns_label(value: &str) -> Vec<String> {
    let mut messages = Vec::new();
    if value.len() > 63 {
        messages.push("must be no more than 63 characters".into());
    }
    if !is_formed(value, is_lower, b"-") {
        messages.push(if is_subdomain(value) {
            "must not contain dots".into()
        } else {
            form(
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start \
                 and end with an alphanumeric character",
                LABEL,
                &["my-name", "123-abc"],
            )
        });
    }
    messages
}

/// A DNS-1123 subdomain: names of most objects.
pub(super) fn dns_subdomain(value: &str) -> Vec<String> {
    let mut messages = Vec::new();
    if value.len() > 253 {
        messages.push("must be no more than 253 characters".into());
    }
    if !is_subdomain(value) {
        messages.push(form(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must \
             start and end with an alphanumeric character",
            &format!("{LABEL}(\\.{LABEL})*"),
            &["example.com"],
        ));
    }
    messages
}

/// The name of a label, with its optional prefix.
pub(super) fn label_key(value: &str) -> Vec<String> {
    let must = || {
        form(
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric \
             character",
            LABEL_KEY,
            &["MyName", "my.name", "123-abc"],
        )
    };
    let mut messages = Vec::new();
    let name = match value.split('/').collect::<Vec<_>>().as_slice() {
        [name] => *name,
        [prefix, name] => {
            if prefix.is_empty() {
                messages.push("prefix part must be non-empty".into());
            } else {
                messages.extend(dns_subdomain(prefix).into_iter().map(|message| format!("prefix part {message}")));
            }
            *name
        }
        _ => {
            return vec![format!(
                "a valid label key {} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
                must()
            )];
        }
    };
    if name.is_empty() {
        messages.push("name part must be non-empty".into());
    } else if name.len() > 63 {
        messages.push("name part must be no more than 63 bytes".into());
    }
    if !is_formed(name, is_alphanumeric, b"-_.") {
        messages.push(format!("name part {}", must()));
    }
    messages
}

/// The value of a label.
pub(super) fn label_value(value: &str) -> Vec<String> {
    let mut messages = Vec::new();
    if value.len() > MAX_LABEL_VALUE {
        messages.push("must be no more than 63 bytes".into());
    }
    if !value.is_empty() && !is_formed(value, is_alphanumeric, b"-_.") {
        messages.push(form(
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must \
             start and end with an alphanumeric character",
            &format!("({LABEL_KEY})?"),
            &["MyValue", "my_value", "12345"],
        ));
    }
    messages
}

/// The name of a port.
pub(super) fn port_name(value: &str) -> Vec<String> {
    let mut messages: Vec<String> = Vec::new();
    if value.len() > 15 {
        messages.push("must be no more than 15 characters".into());
    }
    if value.is_empty() || !value.bytes().all(|byte| is_lower(byte) || byte == b'-') {
        messages.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)".into());
    }
    if !value.bytes().any(|byte| byte.is_ascii_lowercase()) {
        messages.push("must contain at least one letter (a-z)".into());
    }
    if value.contains("--") {
        messages.push("must not contain consecutive hyphens".into());
    }
    if value.starts_with('-') || value.ends_with('-') {
        messages.push("must not begin or end with a hyphen".into());
    }
    messages
}

/// The name of an environment variable (`IsRelaxedEnvVarName`).
pub(super) fn env_name(value: &str) -> Vec<String> {
    let mut messages = Vec::new();
    if value.is_empty() {
        messages.push("environment variable name must be non-empty".into());
    }
    if !value.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'=') {
        let must = "a valid environment variable name must consist only of printable ASCII characters other than '='";
        messages.push(must.into());
    }
    messages
}

/// A key of a ConfigMap or of a Secret.
pub(super) fn config_key(value: &str) -> Vec<String> {
    let mut messages = Vec::new();
    if value.len() > 253 {
        messages.push("must be no more than 253 bytes".into());
    }
    if value.is_empty() || !value.bytes().all(|byte| is_alphanumeric(byte) || b"-_.".contains(&byte)) {
        let must = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
        messages.push(form(must, "[-._a-zA-Z0-9]+", &["key.name", "KEY_NAME", "key-name"]));
    }
    match value {
        "." | ".." => messages.push(format!("must not be '{value}'")),
        _ if value.starts_with("..") => messages.push("must not start with '..'".into()),
        _ => {}
    }
    messages
}

/// The name of a header.
pub(super) fn http_header(value: &str) -> Vec<String> {
    if !value.is_empty() && value.bytes().all(|byte| is_alphanumeric(byte) || byte == b'-') {
        return Vec::new();
    }
    let must = "a valid HTTP header must consist of alphanumeric characters or '-'";
    vec![form(must, "[-A-Za-z0-9]+", &["X-Header-Name"])]
}

/// A domain of at least two labels (`IsFullyQualifiedDomainName`).
pub(super) fn full_domain(value: &str) -> Vec<String> {
    let name = value.strip_suffix('.').unwrap_or(value);
    let messages = dns_subdomain(name);
    if messages.is_empty() && !name.contains('.') {
        return vec!["should be a domain with at least two segments separated by dots".into()];
    }
    messages
}

/// A domain to search names in; underscores are fine (`IsDNS1123SubdomainWithUnderscore`).
pub(super) fn search_domain(value: &str) -> Vec<String> {
    const LABEL: &str = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    let is_label = |label: &str| is_formed(label.strip_prefix('_').unwrap_or(label), is_lower, b"-_");
    let mut messages = Vec::new();
    if value.len() > 253 {
        messages.push("must be no more than 253 characters".into());
    }
    if !value.split('.').all(is_label) {
        let must = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and \
                    must start and end with an alphanumeric character";
        messages.push(form(must, &format!("_?{LABEL}(\\._?{LABEL})*"), &["example.com"]));
    }
    messages
}

/// A name that can be a part of an address (`content.IsPathSegmentName`).
pub(super) fn path_segment(value: &str) -> Vec<String> {
    if matches!(value, "." | "..") {
        return vec![format!("may not be '{value}'")];
    }
    ["/", "%"].into_iter().filter(|part| value.contains(part)).map(|part| format!("may not contain '{part}'")).collect()
}

/// A percentage.
pub(super) fn percent(value: &str) -> Vec<String> {
    match value.strip_suffix('%') {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => Vec::new(),
        _ => vec![form(
            "a valid percent string must be a numeric string followed by an ending '%'",
            "[0-9]+%",
            &["1%", "93%"],
        )],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_forms_that_kubernetes_asks_for() {
        assert!(dns_label("web-0").is_empty() && dns_label("0web").is_empty());
        assert_eq!(dns_label("my.web"), ["must not contain dots"]);
        assert_eq!(dns_label(&"w".repeat(64)), ["must be no more than 63 characters"]);
        for bad in ["", "-a", "a-", "A", "a_b", "a..b", "ü"] {
            assert_eq!(dns_label(bad).len(), 1, "{bad}");
            assert_eq!(dns_subdomain(bad).len(), 1, "{bad}");
        }
        assert!(dns_subdomain("a.b-c.d").is_empty());
        for good in ["a", "A_b.c", "example.com/a"] {
            assert!(label_key(good).is_empty(), "{good}");
        }
        for bad in ["a/b/c", "/a", "a/", "a=b", "Upper.com/a"] {
            assert!(!label_key(bad).is_empty(), "{bad}");
        }
        assert!(label_value("").is_empty() && !label_value("front end").is_empty());
        assert!(port_name("http").is_empty() && !port_name("80").is_empty() && !port_name("a--b").is_empty());
        assert!(percent("25%").is_empty() && !percent("25").is_empty() && !percent("%").is_empty());
    }
}
