//! What the explanation pane says of the shown moment, put together once a moment.

use crate::api::{ObjectRef, Time};
use crate::engine::RunEnd;
use crate::explain::{self, DecidingField, Explanation, Language, Text, Warning};
use crate::obstacle::is_wait_over;
use crate::scene::Playback;
use crate::session::{Place, Reading};
use crate::trap::{self, Trap};

/// More waits than this are counted.
const WAITS: usize = 6;

/// The shown moment in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The number of the step, from 1; 0 before the first.
    pub step: usize,
    /// How many steps there are.
    pub steps: usize,
    /// When.
    pub at: Time,
    /// Who acts, as Kubernetes names the component.
    pub actor: Option<String>,
    /// The step in words; none before the first.
    pub explanation: Option<Explanation>,
    /// The deciding fields, and where they are written.
    pub fields: Vec<(DecidingField, Written)>,
    /// The first of those who wait now: whom the wait is about, and for what.
    pub waits: Vec<(ObjectRef, Text)>,
    /// How many more wait.
    pub more_waits: usize,
    /// Traps that the shown step walks into, with their short names.
    pub traps: Vec<(&'static str, Warning)>,
    /// Traps that stand since an earlier step.
    pub standing: Vec<(&'static str, Warning)>,
    /// Why the run ended, at its last step.
    pub end: Option<RunEnd>,
}

/// Where a deciding field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Here, in the text as it is.
    At(Place),
    /// In the text that the run was made from; it has been changed since.
    Before,
    /// Nowhere: the default is in force.
    Nowhere,
}

impl Written {
    fn of(field: &DecidingField, applied: &Reading, reading: &Reading) -> Written {
        if applied.place(&field.object, &field.path).is_none() {
            return Written::Nowhere;
        }
        reading.place(&field.object, &field.path).map_or(Written::Before, Written::At)
    }

    /// The place in the text as it is.
    #[must_use]
    pub fn place(self) -> Option<Place> {
        match self {
            Written::At(place) => Some(place),
            Written::Before | Written::Nowhere => None,
        }
    }
}

impl Told {
    /// The words for a run's shown moment: the text that it was made from, and the text as it is.
    #[must_use]
    pub fn of(run: &Playback, applied: &Reading, reading: &Reading, language: Language) -> Told {
        let timeline = run.timeline();
        let cluster = timeline.cluster();
        let explanation = run.step().map(|step| explain::explain(step, cluster, language));
        let fields = (explanation.iter())
            .flat_map(|explanation| &explanation.decided_by)
            .map(|field| (field.clone(), Written::of(field, applied, reading)))
            .collect();
        let mut waiting = run.waits();
        waiting.retain(|step| !is_wait_over(step, cluster, run.now()));
        let waits = (waiting.iter().take(WAITS))
            .filter_map(|step| Some((step.reason.subject()?.clone(), explain::waiting(step, cluster, language))))
            .collect();
        let warned = |trap: &Trap| (trap.key(), explain::warning(trap, language));
        let sprung = timeline.position().checked_sub(1).and_then(|id| trap::sprung(timeline.steps(), id, cluster));
        let (new, standing): (Vec<_>, Vec<_>) = run.traps().iter().partition(|standing| standing.is_new);
        Told {
            step: run.index(),
            steps: run.stops().count(),
            at: run.now(),
            actor: run.step().map(|step| step.actor.to_string()),
            explanation,
            fields,
            more_waits: waiting.len().saturating_sub(WAITS),
            waits,
            traps: sprung.iter().chain(new.into_iter().map(|it| &it.trap)).map(warned).collect(),
            standing: standing.into_iter().map(|it| warned(&it.trap)).collect(),
            end: run.is_at_end().then_some(run.end()),
        }
    }

    /// The headline as plain words.
    #[must_use]
    pub fn headline(&self) -> String {
        self.explanation.as_ref().map(|explanation| explanation.headline.to_string()).unwrap_or_default()
    }
}
