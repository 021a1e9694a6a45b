//! `kubectl create`, `replace`, `label` and `annotate`: one object is made, or what is said of it is changed.

use super::Simulation;
use super::execute::{Executed, Refusal, not_found};
use crate::actor::Write;
use crate::api::{Labels, Object, ObjectRef};
use crate::reason::UserReason;
use std::collections::BTreeMap;

impl Simulation {
    pub(super) fn create(&mut self, object: Object) -> Executed {
        let mut complete = object;
        crate::manifest::defaults::apply(&mut complete);
        let complete = self.created(&[], complete)?;
        let object = complete.reference();
        // A name that is generated cannot be taken.
        if !object.name().is_empty() && self.cluster.get(&object).is_some() {
            return Err(Refusal(format!("{} \"{}\" already exists", object.kind.plural(), object.name())));
        }
        let changes = self.make(vec![Write::Create(complete)]);
        let made = changes.iter().filter_map(|change| change.object()).map(Object::reference).next();
        let reason = UserReason::Create { object: made.unwrap_or(object) };
        self.record(crate::actor::Actor::User, changes, crate::reason::Reason::User(reason), None);
        Ok(())
    }

    /// What is asked for is that of the new object alone: nothing is merged (`kubectl replace`).
    pub(super) fn replace(&mut self, object: Object) -> Executed {
        let mut wanted = object;
        crate::manifest::defaults::apply(&mut wanted);
        let object = wanted.reference();
        let existing = self.cluster.get(&object).ok_or_else(|| not_found(&object))?;
        self.change(&existing, wanted, UserReason::Replace { object })
    }

    pub(super) fn label(&mut self, object: ObjectRef, labels: BTreeMap<String, Option<String>>) -> Executed {
        let existing = self.get(&object)?;
        let mut wanted = existing.clone();
        set(&mut wanted.metadata_mut().labels, labels);
        self.change(&existing, wanted, UserReason::Label { object })
    }

    pub(super) fn annotate(&mut self, object: ObjectRef, annotations: BTreeMap<String, Option<String>>) -> Executed {
        let existing = self.get(&object)?;
        let mut wanted = existing.clone();
        set(&mut wanted.metadata_mut().annotations, annotations);
        self.change(&existing, wanted, UserReason::Annotate { object })
    }
}

/// Sets or removes labels.
pub(super) fn set(labels: &mut Labels, changes: BTreeMap<String, Option<String>>) {
    for (label, value) in changes {
        match value {
            Some(value) => drop(labels.insert(label, value)),
            None => drop(labels.remove(&label)),
        }
    }
}
