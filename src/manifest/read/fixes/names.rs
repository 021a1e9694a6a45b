//! Names that do not have the form that Kubernetes asks for, and whatever refers to them.

use super::edits::replace_scalar;
use super::fix;
use crate::manifest::diagnostic::{DiagnosticCode, Edit, Fix};
use crate::manifest::field_error::FieldError;
use crate::manifest::place;
use crate::manifest::read::Manifest;
use crate::manifest::words::Repair;
use crate::manifest::yaml::{Content, Node};

/// The form that a name has to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    DnsLabel,
    Subdomain,
    PortName,
    LabelValue,
}

impl Form {
    /// The form that an error asks for. Upstream: `k8s.io/apimachinery/pkg/util/validation`.
    fn of(detail: &str) -> Option<Form> {
        Some(if detail.contains("a valid label must be") {
            Form::LabelValue
        } else if detail.contains("RFC 1123 subdomain") {
            Form::Subdomain
        } else if ["RFC 1123 label", "RFC 1035", "must not contain dots", "must be no more than 63 characters"]
            .iter()
            .any(|form| detail.contains(form))
        {
            Form::DnsLabel
        } else if detail.contains("must be no more than 15 characters")
            || detail.contains("must not contain consecutive hyphens")
        {
            Form::PortName
        } else {
            return None;
        })
    }

    fn keeps(self, c: char) -> bool {
        match self {
            Form::DnsLabel | Form::PortName => c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-',
            Form::Subdomain => c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.'),
            Form::LabelValue => c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'),
        }
    }

    fn limit(self) -> usize {
        match self {
            Form::DnsLabel | Form::LabelValue => 63,
            Form::Subdomain => 253,
            Form::PortName => 15,
        }
    }
}

/// A name of that form, made of as much of the written one as can be kept.
fn formed(form: Form, written: &str) -> Option<String> {
    let mut name = String::new();
    let mut before = '\0';
    for c in written.trim().chars() {
        // `MyApp` has two words, `APP` one.
        let is_next_word = form != Form::LabelValue && c.is_ascii_uppercase() && before.is_ascii_lowercase();
        if is_next_word {
            name.push('-');
        }
        before = c;
        let c = if form == Form::LabelValue { c } else { c.to_ascii_lowercase() };
        let kept = if form.keeps(c) { c } else { '-' };
        if !(kept == '-' && name.ends_with(['-', '.']) || kept == '.' && name.ends_with(['.', '-'])) {
            name.push(kept);
        }
        if name.len() >= form.limit() {
            break;
        }
    }
    name.truncate(form.limit());
    let name = name.trim_matches(['-', '.', '_']);
    let is_new = !name.is_empty() && name != written && name.chars().any(|c| c.is_ascii_alphabetic());
    is_new.then(|| name.to_owned())
}

/// Text that can be a DNS label, for a name that is made up.
pub(super) fn dns_label(written: &str) -> Option<String> {
    let is_label = !written.is_empty() && written.len() <= 63 && written.chars().all(|c| Form::DnsLabel.keeps(c));
    if is_label && !written.starts_with('-') && !written.ends_with('-') {
        return Some(written.to_owned());
    }
    formed(Form::DnsLabel, written)
}

/// Gives a name, or the value of a label, the form that is asked for, in the whole document.
pub(super) fn rename(text: &str, file: usize, root: &Node, error: &FieldError) -> Option<Fix> {
    let form = Form::of(&error.detail)?;
    let found = place::find_error(root, &error.path);
    let old = error.value.as_ref()?.as_str()?;
    let new = formed(form, old)?;
    let mut edits = vec![];
    if let Some(mapping) = found.node.as_mapping() {
        let entry = mapping.entries.iter().find(|entry| entry.value.as_str() == Some(old))?;
        let uses = uses(root, &|owner, key, node| {
            let is_label = matches!(owner, "labels" | "matchLabels" | "selector");
            is_label && key == &*entry.key && node.as_str() == Some(old)
        });
        edits.extend(uses.into_iter().filter_map(|node| replace_scalar(text, file, node, &new)));
    } else if found.is_exact && found.node.as_str() == Some(old) {
        edits.push(replace_scalar(text, file, found.node, &new)?);
        let is_volume = error.path.contains("volumes[") || error.path.contains("volumeClaimTemplates[");
        let is_port = error.path.contains("ports[");
        let uses = uses(root, &|owner, key, node| {
            let refers = is_volume && key == "name" && matches!(owner, "volumeMounts" | "volumeDevices")
                || is_port && matches!(key, "port" | "targetPort");
            refers && node.as_str() == Some(old)
        });
        edits.extend(uses.into_iter().filter_map(|node| replace_scalar(text, file, node, &new)));
    }
    once(&mut edits);
    let is_one = edits.len() == 1;
    let (from, to) = (old.to_owned(), new);
    let repair = if is_one { Repair::ChangeTo { from, to } } else { Repair::ChangeEverywhere { from, to } };
    (!edits.is_empty()).then(|| fix(&repair, edits))
}

/// An alias stands for a text that is written once.
fn once(edits: &mut Vec<Edit>) {
    edits.sort_by_key(|edit| (edit.file, edit.start_byte));
    edits.dedup();
}

/// Scalars below a key of a mapping, where the key of the mapping or of its list and its own are as asked.
fn uses<'a>(root: &'a Node, is_asked: &dyn Fn(&str, &str, &Node) -> bool) -> Vec<&'a Node> {
    let mut found = vec![];
    let mut left: Vec<(&str, &Node)> = vec![("", root)];
    while let Some((owner, node)) = left.pop() {
        match &node.content {
            Content::Mapping(mapping) => {
                for entry in mapping.entries.iter().filter(|entry| !entry.is_merged) {
                    if is_asked(owner, &entry.key, &entry.value) {
                        found.push(&*entry.value);
                    }
                    left.push((&entry.key, &entry.value));
                }
            }
            Content::Sequence(items) => left.extend(items.iter().map(|item| (owner, &**item))),
            _ => {}
        }
    }
    found
}

/// Names for which references are looked for.
const MAX_NAMES: usize = 20;

/// Lets a new name of an object be written wherever another one refers to it.
pub(in crate::manifest::read) fn in_references(
    files: &[crate::manifest::diagnostic::SourceFile],
    manifest: &mut Manifest,
) {
    let Manifest { documents, diagnostics } = manifest;
    for diagnostic in diagnostics.iter_mut().filter(|it| it.code == DiagnosticCode::FieldInvalid).take(MAX_NAMES) {
        let [first, ..] = diagnostic.fixes.as_mut_slice() else { continue };
        let named = documents.iter().find(|document| {
            let name = place::find(&document.node, "metadata.name");
            document.file == diagnostic.file && name.is_exact && name.node.span == diagnostic.span
        });
        let ([edit], Some(named)) = (first.edits.as_slice(), named) else { continue };
        let old = named.name.as_str();
        let Some(new) = formed(Form::DnsLabel, old).filter(|new| edit.text.trim_matches(['"', '\'']) == new) else {
            continue;
        };
        let is_key = |key: &str| match named.kind.as_str() {
            "Service" => key == "serviceName",
            "PersistentVolumeClaim" => key == "claimName",
            "StorageClass" => key == "storageClassName",
            "PriorityClass" => key == "priorityClassName",
            "Namespace" => key == "namespace",
            _ => false,
        };
        let mut edits = vec![];
        for document in documents.iter() {
            let Some(source) = files.get(document.file) else { continue };
            let uses = uses(&document.node, &|owner, key, node| {
                (is_key(key) || owner == "scaleTargetRef" && key == "name") && node.as_str() == Some(old)
            });
            edits.extend(uses.into_iter().filter_map(|node| replace_scalar(&source.text, document.file, node, &new)));
        }
        if !edits.is_empty() {
            edits.extend(first.edits.iter().cloned());
            once(&mut edits);
            *first = fix(&Repair::ChangeEverywhere { from: old.into(), to: new }, edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_as_can_be_is_kept_of_a_name() {
        for (form, written, expected) in [
            (Form::DnsLabel, "MyApp", Some("my-app")),
            (Form::DnsLabel, "my_web", Some("my-web")),
            (Form::DnsLabel, "my.web", Some("my-web")),
            (Form::DnsLabel, "-a--b-", Some("a-b")),
            (Form::DnsLabel, "网站", None),
            (Form::Subdomain, "My.Site", Some("my.site")),
            (Form::LabelValue, "front end", Some("front-end")),
            (Form::LabelValue, "Front", None),
            (Form::PortName, "a-very-long-port-name", Some("a-very-long-por")),
        ] {
            assert_eq!(formed(form, written).as_deref(), expected, "{written}");
        }
        assert_eq!(formed(Form::DnsLabel, &"w".repeat(70)), Some("w".repeat(63)));
    }
}
