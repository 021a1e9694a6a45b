//! What applying the files at the shown moment would change, before it is done.

use super::hands::quoted;
use super::said::By;
use super::state::Session;
use crate::api::{Kind, Object, ObjectRef};
use crate::engine::default_cluster;
use crate::kubectl::{Effect, Previewed, preview};
use crate::scene::{FieldChange, difference_of};
use std::collections::BTreeSet;
use std::rc::Rc;

/// What applying the files would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Object by object.
    pub objects: Vec<Reviewed>,
    /// How many stay as they are.
    pub unchanged: usize,
}

/// One object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// What happens to it.
    pub change: Changed,
}

/// What happens to an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is made.
    Created,
    /// Some of its fields change; how many more than these.
    Fields(Vec<FieldChange>, usize),
    /// A kind that nothing acts on.
    Kept,
    /// It is refused.
    Refused {
        /// In the words of `kubectl`.
        message: String,
        /// What takes it out of the way, where a field that never changes is in it.
        way_out: Option<String>,
    },
    /// The files have it no more, and the cluster keeps it.
    Stays {
        /// What deletes it.
        deletes: String,
    },
}

/// Fields that are shown of one object.
const MOST_FIELDS: usize = 8;

/// What pressing the button that applies means now.
enum Applying {
    /// The same run from its start.
    Again,
    /// A new cluster.
    Anew,
    /// `kubectl apply` at the shown moment.
    Here,
    /// The same, but somebody should see before what it does.
    Review(Review),
}

impl Session {
    /// The button that applies.
    pub(super) fn apply_files(&mut self) {
        if self.review.is_some() {
            self.apply_here();
            return;
        }
        match self.applying() {
            Applying::Again => self.play_from_first_command(),
            Applying::Anew => self.begin(),
            Applying::Here => self.apply_here(),
            Applying::Review(review) => {
                self.playing = false;
                self.review = Some(Rc::new(review));
            }
        }
    }

    /// `kubectl apply` at the shown moment.
    pub(super) fn apply_here(&mut self) {
        self.review = None;
        let line = self.apply_line();
        self.enter(&line, By::Applied);
    }

    fn applying(&self) -> Applying {
        let (Some(branch), Some(run)) = (self.branch(), &self.playback) else { return Applying::Anew };
        if !self.is_stale() && branch.lines.len() < 2 {
            return Applying::Again;
        }
        let machines = |objects: Vec<Object>| {
            objects.into_iter().filter(|object| default_cluster::is_infrastructure(object.kind())).collect::<Vec<_>>()
        };
        let is_started = run.stop().position > 1;
        if !is_started || machines(self.reading.objects()) != machines(branch.applied.objects()) {
            return Applying::Anew;
        }
        let written = named(&self.reading.objects());
        if named(&branch.applied.objects()).is_disjoint(&written) {
            return Applying::Anew;
        }
        let Some(desk) = self.desk() else { return Applying::Anew };
        let console = desk.console();
        let previewed = preview(console);
        let gone = named(&branch.applied.objects()).into_iter().filter(|object| !written.contains(object));
        let stays: Vec<ObjectRef> =
            gone.filter(|object| console.simulation().cluster().get(object).is_some()).collect();
        let is_plain = |effect: &Effect| matches!(effect, Effect::Created | Effect::Refused { exists: false, .. });
        let creates = previewed.iter().any(|object| object.effect == Effect::Created);
        let harmless = previewed.iter().all(|object| is_plain(&object.effect) || object.effect == Effect::Unchanged);
        if harmless && creates && stays.is_empty() {
            return Applying::Here;
        }
        Applying::Review(review(&previewed, &stays))
    }
}

fn named(objects: &[Object]) -> BTreeSet<ObjectRef> {
    let applied = objects.iter().filter(|object| !default_cluster::is_infrastructure(object.kind()));
    applied.map(Object::reference).collect()
}

fn review(previewed: &[Previewed], stays: &[ObjectRef]) -> Review {
    let unchanged = previewed.iter().filter(|object| object.effect == Effect::Unchanged).count();
    let written = previewed.iter().filter_map(|object| {
        let change = match &object.effect {
            Effect::Unchanged => return None,
            Effect::Created => Changed::Created,
            Effect::Configured(None) => Changed::Kept,
            Effect::Configured(Some(states)) => fields(&states.0, &states.1),
            Effect::Refused { message, exists } => {
                let way_out = object.object.as_ref().filter(|_| *exists && is_immutable(message)).map(way_out);
                Changed::Refused { message: message.clone(), way_out }
            }
        };
        Some(Reviewed { kind: object.kind.clone(), name: object.name.clone(), change })
    });
    let stays = stays.iter().map(|object| Reviewed {
        kind: object.kind.to_string(),
        name: object.name().to_owned(),
        change: Changed::Stays { deletes: deletes(object, "") },
    });
    Review { objects: written.chain(stays).collect(), unchanged }
}

fn fields(before: &Object, after: &Object) -> Changed {
    let is_noise = |path: &str| path.contains("last-applied-configuration");
    let mut changes = difference_of(before, after);
    changes.retain(|change| !is_noise(&change.path));
    let more = changes.len().saturating_sub(MOST_FIELDS);
    changes.truncate(MOST_FIELDS);
    Changed::Fields(changes, more)
}

/// Whether a message is about a field that is never changed once the object is there.
fn is_immutable(message: &str) -> bool {
    ["immutable", "updates to statefulset spec", "may not change", "Forbidden"]
        .iter()
        .any(|word| message.contains(word))
}

/// What takes an object out of the way so that it can be made anew. The pods of a set stay, and the new one takes them over.
fn way_out(object: &ObjectRef) -> String {
    let keeps_pods = matches!(object.kind, Kind::StatefulSet | Kind::DaemonSet | Kind::Deployment | Kind::ReplicaSet);
    deletes(object, if keeps_pods { " --cascade=orphan" } else { "" })
}

fn deletes(object: &ObjectRef, flags: &str) -> String {
    let namespace = match object.key.namespace.as_ref() {
        "" | "default" => String::new(),
        namespace => format!(" -n {}", quoted(namespace)),
    };
    format!("kubectl delete {} {}{flags}{namespace}", object.kind.to_string().to_lowercase(), object.name())
}
