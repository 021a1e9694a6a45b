//! All Events of a run, to be read at any moment; the same said again is counted, not repeated.

use super::correlate::{Correlator, Key};
use super::known::Known;
use super::{Event, of};
use crate::api::{ObjectRef, Time};
use crate::engine::{Step, StepId};
use std::collections::BTreeMap;

/// Milliseconds for which the API server keeps an Event after it was last written (`--event-ttl`).
const KEPT: u64 = 3_600_000;

/// One Event with how often it has happened so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The Event as it was recorded first; one that is combined of several has the message of the last.
    pub event: &'a Event,
    /// How often it was recorded.
    pub count: usize,
    /// When it was recorded last.
    pub last: Time,
}

/// The Events of a run, in the order in which each was recorded first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    series: Vec<Series>,
    about: BTreeMap<ObjectRef, Vec<usize>>,
    /// When each step happens.
    times: Vec<Time>,
}

/// Events that are counted as one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Series {
    /// The first.
    event: Event,
    /// How many there were.
    observed: usize,
    /// What was sent of it.
    records: Vec<Record>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Record {
    step: StepId,
    at: Time,
    /// How many there were until then.
    count: usize,
    /// The Event with another message than the first.
    reworded: Option<Box<Event>>,
}

impl Series {
    /// The Event as it stands after some steps; none before it was sent, or when it is so old that it is not kept.
    fn at(&self, position: usize, now: Time) -> Option<Entry<'_>> {
        let sent = self.records.partition_point(|record| record.step < position);
        let record = self.records.get(sent.checked_sub(1)?).filter(|record| record.at + KEPT > now)?;
        Some(Entry { event: record.reworded.as_deref().unwrap_or(&self.event), count: record.count, last: record.at })
    }

    fn add(&mut self, step: StepId, event: Event, verdict: (bool, bool)) {
        let (sent, rewords) = verdict;
        self.observed += 1;
        if sent {
            let at = event.at;
            let reworded = rewords.then(|| Box::new(Event { at: self.event.at, ..event }));
            self.records.push(Record { step, at, count: self.observed, reworded });
        }
    }
}

impl Log {
    /// The Events of the steps of a run from its start.
    #[must_use]
    pub fn of(steps: &[Step]) -> Log {
        let mut log = Log { times: steps.iter().map(|step| step.at).collect(), ..Log::default() };
        let (mut known, mut correlator) = (Known::default(), Correlator::default());
        let mut places: BTreeMap<Key, usize> = BTreeMap::new();
        for (id, step) in steps.iter().enumerate() {
            let versions: Vec<(ObjectRef, Option<String>)> = (step.changes.iter())
                .filter_map(|change| {
                    let before = change.before.as_ref()?;
                    Some((before.reference(), before.metadata().resource_version.clone()))
                })
                .collect();
            for mut event in of(step, &mut known) {
                let changed = versions.iter().find(|(object, _)| *object == event.object);
                let version = match changed {
                    Some((_, version)) => version.as_deref(),
                    None => known.version(&event.object),
                };
                let verdict = correlator.judge(&mut event, version);
                let (next, judged) = (log.series.len(), (verdict.sent, verdict.rewords));
                let place = *places.entry(verdict.key).or_insert(next);
                if place == next {
                    log.about.entry(event.object.clone()).or_default().push(next);
                    log.series.push(Series { event: event.clone(), observed: 0, records: vec![] });
                }
                if let Some(series) = log.series.get_mut(place) {
                    series.add(id, event, judged);
                }
            }
        }
        log
    }

    /// All that were recorded in the first `position` steps and that the API server keeps still.
    pub fn at(&self, position: usize) -> impl Iterator<Item = Entry<'_>> {
        let now = self.time(position);
        self.series.iter().filter_map(move |series| series.at(position, now))
    }

    /// Those of them that are about one object.
    pub fn about<'a>(&'a self, object: &ObjectRef, position: usize) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        let places = self.about.get(object).map_or(&[][..], Vec::as_slice);
        let now = self.time(position);
        places.iter().filter_map(move |place| self.series.get(*place)?.at(position, now))
    }

    /// When the last of the first `position` steps happens.
    fn time(&self, position: usize) -> Time {
        let happened = position.min(self.times.len());
        happened.checked_sub(1).and_then(|last| self.times.get(last)).copied().unwrap_or(Time::ZERO)
    }
}
