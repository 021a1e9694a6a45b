//! Names, labels, selectors, owners. Upstream: `apimachinery/pkg/api/validation/objectmeta.go` and
//! `apimachinery/pkg/apis/meta/v1/validation`.

use super::field::{Errors, Field};
use super::names;
use crate::api::{LabelSelector, Labels};
use serde_json::Value;

/// How a kind's names are formed.
pub(super) type NameForm = fn(&str) -> Vec<String>;

/// Metadata of a new object.
pub(super) fn create(meta: &Field, is_namespaced: bool, form: NameForm, errors: &mut Errors) {
    create_outside_core(meta, is_namespaced, form, errors);
    core_finalizers(&meta.at("finalizers"), errors);
}

/// The same where upstream's core API is not asked.
pub(super) fn create_outside_core(meta: &Field, is_namespaced: bool, form: NameForm, errors: &mut Errors) {
    let generate = meta.at("generateName");
    if !generate.is_empty() {
        // Five characters follow, so that a dash at the end is fine.
        let stem = generate.text().strip_suffix('-').map_or(generate.text().to_string(), |stem| format!("{stem}a"));
        errors.all_invalid(&generate, form(&stem));
    }
    let name = meta.at("name");
    if !name.is_empty() {
        errors.all_invalid(&name, form(name.text()));
    } else if generate.is_empty() {
        errors.required(&name, "name or generateName is required");
    }
    let namespace = meta.at("namespace");
    if is_namespaced {
        if namespace.is_empty() {
            errors.required(&namespace, "");
        } else {
            errors.all_invalid(&namespace, names::dns_label(namespace.text()));
        }
    } else if !namespace.is_empty() {
        errors.forbidden(&namespace, "not allowed on this type");
    }
    errors.non_negative(&meta.at("generation"));
    labels(&meta.at("labels"), errors);
    annotations(&meta.at("annotations"), errors);
    owners(&meta.at("ownerReferences"), errors);
    finalizers(&meta.at("finalizers"), errors);
}

/// `ValidateFinalizers`.
fn finalizers(finalizers: &Field, errors: &mut Errors) {
    for finalizer in finalizers.items() {
        for message in names::label_key(finalizer.text()) {
            errors.invalid_value(finalizers, finalizer.text(), &message);
        }
    }
    let has = |name: &str| finalizers.items().any(|finalizer| finalizer.text() == name);
    if has("orphan") && has("foregroundDeletion") {
        errors.invalid(finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
    }
}

/// Without a domain there are the standard ones only (`validateKubeFinalizerName`).
fn core_finalizers(finalizers: &Field, errors: &mut Errors) {
    for finalizer in finalizers.items() {
        let is_standard = matches!(finalizer.text(), "kubernetes" | "orphan" | "foregroundDeletion");
        if !finalizer.text().contains('/') && !is_standard {
            errors.invalid(&finalizer, "name is neither a standard finalizer name nor is it fully qualified");
        }
    }
}

/// A name that has to be there and to have a form.
pub(super) fn required_name(name: &Field, form: NameForm, errors: &mut Errors) {
    if name.is_empty() {
        errors.required(name, "");
    } else {
        errors.all_invalid(name, form(name.text()));
    }
}

/// Metadata of a changed object.
pub(super) fn update(old: &Field, new: &Field, errors: &mut Errors) {
    errors.immutable(&old.at("name"), &new.at("name"));
    errors.immutable(&old.at("namespace"), &new.at("namespace"));
    labels(&new.at("labels"), errors);
    annotations(&new.at("annotations"), errors);
    owners(&new.at("ownerReferences"), errors);
    finalizers(&new.at("finalizers"), errors);
    core_finalizers(&new.at("finalizers"), errors);
}

/// Keys and values of labels. Upstream gives both the path of the map.
pub(super) fn labels(labels: &Field, errors: &mut Errors) {
    for (key, value) in labels.entries() {
        for message in names::label_key(key) {
            errors.invalid_value(labels, key, &message);
        }
        for message in names::label_value(value.text()) {
            errors.invalid_value(labels, value.text(), &message);
        }
    }
}

/// Keys of annotations; upper case is fine in their prefix too.
pub(super) fn annotations(annotations: &Field, errors: &mut Errors) {
    let mut size = 0;
    for (key, value) in annotations.entries() {
        size += key.len() + value.text().len();
        for message in names::label_key(&key.to_lowercase()) {
            errors.invalid_value(annotations, key, &message);
        }
    }
    if size > 256 << 10 {
        let kind = crate::manifest::FieldErrorKind::TooLong;
        let detail = "may not be more than 262144 bytes";
        errors.0.push(crate::manifest::FieldError::new(annotations.path.clone(), kind, detail));
    }
}

fn owners(owners: &Field, errors: &mut Errors) {
    let mut controller: Option<String> = None;
    for owner in owners.items() {
        for (name, detail) in [
            ("apiVersion", "version must not be empty"),
            ("kind", "must not be empty"),
            ("name", "must not be empty"),
            ("uid", "must not be empty"),
        ] {
            let field = owners.at(name);
            let field = field.called(format!("{}.{name}", owners.path));
            let text = owner.at(name).text();
            if text.is_empty() || name == "apiVersion" && text.matches('/').count() > 1 {
                errors.invalid_value(&field, text, detail);
            }
        }
        if owner.at("controller").value == &Value::Bool(true) {
            let this = format!("{}/{}", owner.at("kind").text(), owner.at("name").text());
            match &controller {
                None => controller = Some(this),
                Some(first) => {
                    let detail = format!(
                        "Only one reference can have Controller set to true. Found \"true\" in references for {first} and {this}"
                    );
                    errors.invalid(owners, &detail);
                }
            }
        }
    }
}

/// A label's name.
pub(super) fn label_key(field: &Field, errors: &mut Errors) {
    for message in names::label_key(field.text()) {
        errors.invalid_value(field, field.text(), &message);
    }
}

/// The operator of a requirement that compares with a set of values, and whether it has the values that it needs.
pub(super) fn set_operator(requirement: &Field, errors: &mut Errors) {
    let (operator, values) = (requirement.at("operator"), requirement.at("values"));
    match operator.text() {
        "In" | "NotIn" if values.is_empty() => {
            errors.required(&values, "must be specified when `operator` is 'In' or 'NotIn'");
        }
        "Exists" | "DoesNotExist" if !values.is_empty() => {
            errors.forbidden(&values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
        text => errors.invalid_value(&operator, text, "not a valid selector operator"),
    }
}

/// A selector's parts.
pub(super) fn selector(selector: &Field, errors: &mut Errors) {
    labels(&selector.at("matchLabels"), errors);
    for requirement in selector.at("matchExpressions").items() {
        set_operator(&requirement, errors);
        label_key(&requirement.at("key"), errors);
        for value in requirement.at("values").items() {
            errors.all_invalid(&value, names::label_value(value.text()));
        }
    }
}

/// The selector where it can be used: `LabelSelectorAsSelector`. A missing one matches nothing.
pub(super) enum Selector {
    Broken,
    Nothing,
    Some(LabelSelector),
}

impl Selector {
    pub fn of(field: &Field) -> Selector {
        if !field.is_set() {
            return Selector::Nothing;
        }
        let mut errors = Errors::default();
        selector(field, &mut errors);
        if !errors.0.is_empty() {
            return Selector::Broken;
        }
        serde_json::from_value(field.value.clone()).map_or(Selector::Broken, Selector::Some)
    }

    pub fn matches(&self, labels: &Field) -> bool {
        let labels: Labels = labels.entries().map(|(key, value)| (key.into(), value.text().into())).collect();
        match self {
            Selector::Some(selector) => selector.matches(&labels),
            Selector::Broken | Selector::Nothing => false,
        }
    }
}
