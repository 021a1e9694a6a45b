//! What `kubectl apply -f .` would do, object by object, before anybody asks for it.

use super::apply;
use super::console::{Console, Printed};
use super::failure::Failure;
use super::files::Written;
use super::flags::Flags;
use super::run::{Call, DryRun};
use super::select;
use super::table;
use crate::api::{Object, ObjectRef};
use crate::engine::Command;
use crate::events::Log;
use serde_json::Value;

/// What would become of one object of the files.
#[derive(Clone, Debug, PartialEq)]
pub struct Previewed {
    /// Its kind, as it is written.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The object, where it is of a simulated kind.
    pub object: Option<ObjectRef>,
    /// What happens to it.
    pub effect: Effect,
}

/// What happens to an object that is applied.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// It is not there yet.
    Created,
    /// Nothing.
    Unchanged,
    /// It is merged with what is there; as it is before and after. A kind that is only kept has neither.
    Configured(Option<Box<(Object, Object)>>),
    /// The API server refuses it, in the words of `kubectl`.
    Refused {
        /// The words.
        message: String,
        /// Whether there is such an object, so that a field of it may be one that never changes.
        exists: bool,
    },
}

/// What applying the files of a console would do.
#[must_use]
pub fn preview(console: &Console) -> Vec<Previewed> {
    let Some((info, _)) = table::find(&["apply".to_owned()]) else { return vec![] };
    let Ok(flags) = Flags::read(info, &["-f".to_owned(), ".".to_owned()]) else { return vec![] };
    let (mut copy, mut printed) = (console.clone(), Printed::default());
    let call = Call { console: &mut copy, out: &mut printed, info, flags, stdin: None, dry: DryRun::Server };
    let Ok(read) = call.files() else { return vec![] };
    read.objects.iter().map(|written| one(&mut copy, written)).collect()
}

fn one(console: &mut Console, written: &Written) -> Previewed {
    let reference = written.resource.simulated().map(|kind| ObjectRef::new(kind, &written.namespace, &written.name));
    let effect = match &reference {
        Some(reference) => simulated(console, written, reference),
        None => kept(console, written),
    };
    Previewed { kind: written.document.kind.clone(), name: written.name.clone(), object: reference, effect }
}

fn simulated(console: &mut Console, written: &Written, reference: &ObjectRef) -> Effect {
    let before = console.simulation.cluster().get(reference);
    let applied =
        apply::decoded(written, before.as_ref()).and_then(|object| console.command(Command::Apply(vec![object])));
    if let Err(failure) = applied {
        return refused(&failure, before.is_some());
    }
    match (before, console.simulation.cluster().get(reference)) {
        (None, _) => Effect::Created,
        (Some(before), Some(after)) if before != after => Effect::Configured(Some(Box::new((before, after)))),
        (Some(_), _) => Effect::Unchanged,
    }
}

fn kept(console: &Console, written: &Written) -> Effect {
    if let Err(failure) = apply::check_kept(written) {
        return refused(&failure, false);
    }
    let log = Log::default();
    let found = select::by_name(console, &log, written.resource, &written.namespace, &written.name);
    let Some(found) = found else { return Effect::Created };
    let now = select::json_of(&found.item);
    match is_within(&written.document.json, &now) {
        true => Effect::Unchanged,
        false => Effect::Configured(None),
    }
}

/// Whether everything that is written is there already.
fn is_within(written: &Value, now: &Value) -> bool {
    match (written, now) {
        (Value::Object(written), Value::Object(now)) => {
            written.iter().all(|(name, value)| now.get(name).is_some_and(|now| is_within(value, now)))
        }
        (written, now) => written == now,
    }
}

fn refused(failure: &Failure, exists: bool) -> Effect {
    Effect::Refused { message: failure.text().trim_end().to_owned(), exists }
}
