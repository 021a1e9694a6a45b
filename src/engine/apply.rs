//! `kubectl apply`: each object of a file is created, or merged into what is there.

use super::execute::{Executed, merged, refusal, valid};
use super::three_way::three_way;
use super::{Refusal, Simulation, priority, service_address, storage_admission};
use crate::actor::Write;
use crate::api::{LAST_APPLIED, Object};
use crate::manifest;
use crate::reason::{ApplyOutcome, UserReason};
use serde_json::Value;

impl Simulation {
    /// Sends the objects one by one; one that is refused does not keep the others back.
    pub(super) fn apply(&mut self, objects: Vec<Object>) -> Executed {
        let mut outcomes = vec![];
        let mut writes = vec![];
        let mut refused = vec![];
        for object in objects {
            let reference = object.reference();
            match self.admitted(&writes, object) {
                Ok((write, outcome)) => {
                    writes.extend(write);
                    outcomes.push((reference, outcome));
                }
                Err(Refusal(message)) => refused.push(message),
            }
        }
        if !outcomes.is_empty() {
            self.write(writes, UserReason::Apply { objects: outcomes })?;
        }
        if refused.is_empty() { Ok(()) } else { Err(Refusal(refused.join("\n"))) }
    }

    /// What the API server stores of an applied object, once it has defaulted and validated it; `before` is what the same
    /// command has asked for already.
    fn admitted(&self, before: &[Write], mut object: Object) -> Result<(Option<Write>, ApplyOutcome), Refusal> {
        let mut complete = object.clone();
        manifest::defaults::apply(&mut complete);
        object.metadata_mut().namespace.clone_from(&complete.metadata().namespace);
        let written = configuration(&object);
        match self.cluster.get(&object.reference()) {
            None => {
                annotate(&mut complete, &written);
                Ok((Some(Write::Create(self.created(before, complete)?)), ApplyOutcome::Created))
            }
            Some(existing) => match self.updated(&existing, &written)? {
                Some(update) => Ok((Some(Write::Update(update)), ApplyOutcome::Configured)),
                None => Ok((None, ApplyOutcome::Unchanged)),
            },
        }
    }

    pub(super) fn created(&self, before: &[Write], mut object: Object) -> Result<Object, Refusal> {
        self.drop_disabled_fields(&mut object, None);
        if let Some(message) = priority::refusal(&self.cluster, before, &object) {
            return Err(Refusal(message));
        }
        self.valid(&object, manifest::validation::create(&object))?;
        valid(&object, &service_address::check(&self.cluster, &object, None))?;
        Ok(object)
    }

    /// What an existing object becomes; none where nothing changes.
    fn updated(&self, existing: &Object, written: &Value) -> Result<Option<Object>, Refusal> {
        let last = existing.metadata().annotations.get(LAST_APPLIED).and_then(|text| serde_json::from_str(text).ok());
        let wanted = three_way(last.as_ref().unwrap_or(&Value::Null), written, &existing.to_json());
        let mut object = manifest::decode(&wanted).map_err(|errors| refusal(&existing.reference(), &errors))?;
        annotate(&mut object, written);
        manifest::defaults::apply(&mut object);
        self.drop_disabled_fields(&mut object, Some(existing));
        storage_admission::keep_claim(existing, &mut object);
        let merged = merged(&self.settings.cluster, existing, &object);
        if merged == *existing {
            return Ok(None);
        }
        storage_admission::may_grow(&self.cluster, existing, &merged)?;
        self.valid(&merged, manifest::validation::update(existing, &merged))?;
        valid(&merged, &service_address::check(&self.cluster, &merged, Some(existing)))?;
        Ok(Some(merged))
    }
}

/// Whether `kubectl apply` would send a patch. It compares what it sends with what is stored before the API server
/// defaults it, so it sends one for a list that is replaced as a whole although nothing comes of it.
#[must_use]
pub fn sends_patch(existing: &Object, applied: &Object) -> bool {
    let mut written = applied.clone();
    written.metadata_mut().namespace.clone_from(&existing.metadata().namespace);
    let written = configuration(&written);
    let annotation = existing.metadata().annotations.get(LAST_APPLIED);
    if annotation != Some(&annotation_of(&written)) {
        return true;
    }
    let last = annotation.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null);
    let current = existing.to_json();
    three_way(&last, &written, &current) != current
}

/// An object that is applied to a cluster without it.
pub(super) fn first_applied(mut object: Object) -> Object {
    let written = configuration(&object);
    manifest::defaults::apply(&mut object);
    annotate(&mut object, &written);
    object
}

/// An object as its file says it: what the cluster tells of it is left out.
fn configuration(object: &Object) -> Value {
    let mut value = object.to_json();
    without_unwritten(&mut value);
    if let Some(metadata) = value.get_mut("metadata").and_then(Value::as_object_mut) {
        // `GetModifiedConfiguration` writes them, also where there are none.
        metadata.entry("annotations").or_insert_with(|| Value::Object(serde_json::Map::new()));
        for field in ["uid", "creationTimestamp", "resourceVersion", "generation", "managedFields", "selfLink"] {
            metadata.remove(field);
        }
        if let Some(annotations) = metadata.get_mut("annotations").and_then(Value::as_object_mut) {
            annotations.remove(LAST_APPLIED);
        }
    }
    value
}

/// Takes out the parts that every object has, written or not, and what the cluster tells.
fn without_unwritten(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("status");
            fields.retain(|name, part| {
                let is_always_there = ["resources", "strategy", "updateStrategy"].contains(&name.as_str());
                !(is_always_there && part.as_object().is_some_and(serde_json::Map::is_empty))
            });
            fields.values_mut().for_each(without_unwritten);
        }
        Value::Array(items) => items.iter_mut().for_each(without_unwritten),
        _ => {}
    }
}

/// What was applied, as it is written down.
fn annotation_of(written: &Value) -> String {
    format!("{written}\n")
}

/// Writes down what was applied, for the next time.
fn annotate(object: &mut Object, written: &Value) {
    object.metadata_mut().annotations.insert(LAST_APPLIED.into(), annotation_of(written));
}
