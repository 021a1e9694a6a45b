//! The way of one object into the cluster: decoding, defaulting, dropping what is gated, validation; or the refusal, in
//! the words in which `kubectl apply` passes it on.

use super::decode::{self, Misfit};
use super::field_error::{FieldError, FieldErrorKind, go_json, go_quoted, invalid_text};
use super::schema::{self, Lookup};
use super::{defaults, validation};
use crate::api::{Kind, Object};
use serde_json::Value;

/// Why an object was not accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Whose work it was.
    pub by: RefusedBy,
    /// The object's kind, as written.
    pub kind: String,
    /// Its group and version, as written.
    pub api_version: String,
    /// Its name; empty where it has none.
    pub name: String,
    /// Its namespace, as written; empty where it has none.
    pub namespace: Box<str>,
    /// Whether it has metadata that can be read, or none.
    pub has_metadata: bool,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

/// Which step refused an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedBy {
    /// `kubectl`, before it asks the server: `apiVersion`, `kind` or the name is missing, or has to be made up.
    Kubectl,
    /// Nothing serves the kind in that version.
    Mapping,
    /// There is no such namespace.
    Namespace,
    /// Decoding: unknown fields, wrong types.
    Decoding,
    /// Validation.
    Validation,
}

/// What a new object, or a changed one, becomes in the cluster.
///
/// `max_unavailable_stateful_set` is the feature gate of that name, off in v1.36.
///
/// # Errors
/// Why the object is not accepted.
pub fn admit(value: &Value, old: Option<&Object>, max_unavailable_stateful_set: bool) -> Result<Object, Refusal> {
    let Prepared { mut object, .. } = prepare(value, old, max_unavailable_stateful_set)?;
    defaults::drop_disabled_fields(&mut object, old, max_unavailable_stateful_set);
    Ok(object)
}

/// An accepted object.
pub(super) struct Prepared {
    /// What the manifest says, with nothing added but the namespace.
    pub written: Object,
    /// With defaults.
    pub object: Object,
}

/// The same, but with the gated fields kept in the object: whether they count is decided when it is applied.
pub(super) fn prepare(value: &Value, old: Option<&Object>, max_unavailable: bool) -> Result<Prepared, Refusal> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
    let of_meta = |key: &str| {
        value
            .get("metadata")
            .and_then(|metadata| metadata.get(key))
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_string()
    };
    let (kind_name, api_version, name) = (text("kind"), text("apiVersion"), of_meta("name"));
    let refusal = |by, errors| Refusal {
        by,
        kind: kind_name.clone(),
        api_version: api_version.clone(),
        name: name.clone(),
        namespace: of_meta("namespace").into(),
        has_metadata: value.get("metadata").is_none_or(|metadata| metadata.is_object() || metadata.is_null()),
        errors,
    };
    let problems = of_kubectl(value);
    if !problems.is_empty() {
        return Err(refusal(RefusedBy::Kubectl, problems));
    }
    let kind = decode::kind_of(value).map_err(|errors| refusal(RefusedBy::Mapping, errors))?;
    if let Some(problem) = without_name(value).filter(|_| old.is_none()) {
        return Err(refusal(RefusedBy::Kubectl, vec![problem]));
    }
    let value = &without_annotations(value);
    decode::check(value).map_err(|errors| refusal(RefusedBy::Decoding, errors))?;
    let (mut object, mut misfits) =
        decode::typed(kind, value).map_err(|errors| refusal(RefusedBy::Decoding, errors))?;
    let mut written = object.clone();
    defaults::apply(&mut object);
    written.metadata_mut().namespace.clone_from(&object.metadata().namespace);
    let mut stored = object.clone();
    defaults::drop_disabled_fields(&mut stored, old, max_unavailable);
    if kind == Kind::StatefulSet && !max_unavailable {
        misfits.retain(|misfit| misfit.path_text() != "spec.updateStrategy.rollingUpdate.maxUnavailable");
    }
    let mut json = stored.to_json();
    decode::restore(&mut json, &misfits);
    restore_owners(&mut json, value);
    forget_numbers_of_unknown_strategy(&mut json, value, &misfits);
    let mut errors = match old {
        Some(old) => validation::update_value(kind, &old.to_json(), &json),
        None => validation::create_value(kind, &json),
    };
    if errors.is_empty() {
        let left = |misfit: Misfit| {
            FieldError::of_value(misfit.path_text(), FieldErrorKind::Invalid, misfit.value, misfit.expected)
        };
        errors = misfits.into_iter().map(left).collect();
    }
    if errors.is_empty() { Ok(Prepared { written, object }) } else { Err(refusal(RefusedBy::Validation, errors)) }
}

/// What `kubectl` needs of an object to know what it is (`getObjectKind`).
fn of_kubectl(value: &Value) -> Vec<FieldError> {
    if !value.is_object() {
        return vec![FieldError::new("", FieldErrorKind::Type, "invalid object to validate")];
    }
    let keys = ["apiVersion", "kind"].into_iter();
    let problems: Vec<_> = keys
        .filter_map(|key| match value.get(key) {
            None | Some(Value::Null) => Some(FieldError::new(key, FieldErrorKind::Required, "")),
            Some(Value::String(_)) => None,
            Some(_) => Some(FieldError::new(key, FieldErrorKind::Type, format!("{key} is not string type"))),
        })
        .collect();
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    // A version that is none leaves the kind unknown too.
    let has_no_kind = text("kind").is_empty() || text("apiVersion").matches('/').count() > 1;
    match has_no_kind && problems.is_empty() {
        true => {
            let detail = format!("Object 'Kind' is missing in '{}'", go_json(value));
            vec![FieldError::new("kind", FieldErrorKind::Invalid, detail)]
        }
        false => problems,
    }
}

/// `kubectl apply` needs the name of what it applies.
pub(super) fn without_name(value: &Value) -> Option<FieldError> {
    let of_meta = |key: &str| {
        value.get("metadata").and_then(|metadata| metadata.get(key)).and_then(Value::as_str).unwrap_or_default()
    };
    if !of_meta("name").is_empty() {
        return None;
    }
    Some(match of_meta("generateName") {
        "" => FieldError::new("metadata.name", FieldErrorKind::Required, "name or generateName is required"),
        stem => {
            let detail = format!("from {stem}: cannot use generate name with apply");
            FieldError::new("metadata.generateName", FieldErrorKind::Forbidden, detail)
        }
    })
}

/// `kubectl` takes annotations for none at all where one of them is no text, and adds its own
/// (`unstructured.Unstructured: GetAnnotations`).
pub(super) fn without_annotations(value: &Value) -> Value {
    let mut value = value.clone();
    let annotations = value.pointer("/metadata/annotations");
    let is_text = annotations.and_then(Value::as_object).is_none_or(|all| all.values().all(Value::is_string));
    let is_map = annotations.is_none_or(Value::is_object);
    if let Some(metadata) = value.get_mut("metadata").and_then(Value::as_object_mut)
        && !(is_text && is_map)
    {
        metadata.remove("annotations");
    }
    value
}

/// The owners as they are written: the typed object knows no other identities than those that it gave.
fn restore_owners(json: &mut Value, written: &Value) {
    let Some(owners) = written.pointer("/metadata/ownerReferences").filter(|owners| owners.is_array()) else { return };
    if let Some(metadata) = json.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.insert("ownerReferences".into(), owners.clone());
    }
}

/// Defaulting fills in a rolling update only where the type of the strategy is known.
fn forget_numbers_of_unknown_strategy(json: &mut Value, written: &Value, misfits: &[Misfit]) {
    for strategy in ["strategy", "updateStrategy"] {
        let is_unknown = misfits.iter().any(|misfit| misfit.path_text() == format!("spec.{strategy}.type"));
        let pointer = format!("/spec/{strategy}");
        if is_unknown
            && written.pointer(&format!("{pointer}/rollingUpdate")).is_none_or(Value::is_null)
            && let Some(Value::Object(fields)) = json.pointer_mut(&pointer)
        {
            fields.remove("rollingUpdate");
        }
    }
}

impl Refusal {
    /// What `kubectl apply` prints, `source` being the file: `STDIN` for `-f -`.
    #[must_use]
    pub fn kubectl_text(&self, source: &str) -> String {
        let Refusal { kind, api_version, name, namespace, errors, .. } = self;
        match self.by {
            RefusedBy::Kubectl if errors.iter().any(|error| error.path == "metadata.name") => {
                let version = if api_version.contains('/') { api_version.clone() } else { format!("/{api_version}") };
                let is_global =
                    matches!(schema::lookup(api_version, kind), Lookup::Served(info) if !info.is_namespaced);
                let namespace = match &**namespace {
                    "" if !is_global && self.has_metadata => "default",
                    written => written,
                };
                format!(
                    "error: error when retrieving current configuration of:\nResource: \"{version}, Resource={}\", \
                     GroupVersionKind: \"{version}, Kind={kind}\"\nName: \"\", Namespace: {}\nfrom server for: \
                     \"{source}\": resource name may not be empty",
                    plural(kind),
                    go_quoted(namespace),
                )
            }
            RefusedBy::Kubectl if errors.iter().any(|error| error.path == "metadata.generateName") => {
                errors.iter().map(|error| format!("error: {}", error.detail)).collect()
            }
            RefusedBy::Kubectl if errors.iter().any(|error| error.kind == FieldErrorKind::Invalid) => {
                errors.iter().map(|error| format!("error: unable to decode \"{source}\": {}", error.detail)).collect()
            }
            RefusedBy::Kubectl => {
                let missing: Vec<_> = errors
                    .iter()
                    .map(|error| match error.kind {
                        FieldErrorKind::Type => error.detail.clone(),
                        _ => format!("{} not set", error.path),
                    })
                    .collect();
                let missing = match missing.as_slice() {
                    [one] => one.clone(),
                    all => format!("[{}]", all.join(", ")),
                };
                format!(
                    "error: error validating \"{source}\": error validating data: {missing}; if you choose to ignore \
                     these errors, turn validation off with --validate=false"
                )
            }
            RefusedBy::Mapping => format!(
                "error: resource mapping not found for name: {} namespace: {} from \"{source}\": no matches for kind \
                 {} in version {}\nensure CRDs are installed first",
                go_quoted(name),
                go_quoted(namespace),
                go_quoted(kind),
                go_quoted(api_version)
            ),
            RefusedBy::Namespace => {
                let texts: Vec<_> = errors.iter().map(|error| error.detail.as_str()).collect();
                format!("Error from server (NotFound): error when creating \"{source}\": {}", texts.join(", "))
            }
            RefusedBy::Decoding => {
                let version = api_version.rsplit('/').next().unwrap_or(api_version);
                let is_strict = errors.iter().all(|error| error.kind == FieldErrorKind::Unknown);
                let texts: Vec<_> = errors.iter().map(ToString::to_string).collect();
                let prefix = if is_strict { "strict decoding error: " } else { "" };
                format!(
                    "Error from server (BadRequest): error when creating \"{source}\": {kind} in version \"{version}\" \
                     cannot be handled as a {kind}: {prefix}{}",
                    texts.join(", ")
                )
            }
            RefusedBy::Validation => invalid_text(kind, name, errors),
        }
    }
}

/// The resource's name in the API: `statefulsets`.
fn plural(kind: &str) -> String {
    let lower = kind.to_lowercase();
    if lower.ends_with('s') {
        return format!("{lower}es");
    }
    match lower.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{lower}s"),
    }
}
