//! All Events of a run, to be read at any moment; the same said again is counted, not repeated.
//! Upstream: `k8s.io/client-go/tools/record/events_cache.go: EventCorrelator`.

use super::{Event, of};
use crate::api::{ObjectRef, Time, Uid};
use crate::engine::{Step, StepId};
use std::collections::BTreeMap;

/// One Event with how often it has happened so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The Event as it was recorded first.
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
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Series {
    event: Event,
    /// The steps in which it was recorded, and when.
    records: Vec<(StepId, Time)>,
}

impl Series {
    /// The Event as it stands after some steps; none before it was recorded.
    fn at(&self, position: usize) -> Option<Entry<'_>> {
        let count = self.records.partition_point(|(step, _)| *step < position);
        let (_, last) = self.records.get(count.checked_sub(1)?)?;
        Some(Entry { event: &self.event, count, last: *last })
    }
}

impl Log {
    /// The Events of the steps of a run from its start.
    #[must_use]
    pub fn of(steps: &[Step]) -> Log {
        let mut log = Log::default();
        let mut uids: BTreeMap<ObjectRef, Uid> = BTreeMap::new();
        let mut places: BTreeMap<(Uid, ObjectRef, &'static str, String), usize> = BTreeMap::new();
        for (id, step) in steps.iter().enumerate() {
            for object in step.changes.iter().filter_map(|change| change.object()) {
                uids.insert(object.reference(), object.metadata().uid);
            }
            for event in of(step, |object| uids.get(object).copied()) {
                let place = (event.uid, event.object.clone(), event.reason, event.message.clone());
                let record = (id, event.at);
                match places.get(&place).and_then(|index| log.series.get_mut(*index)) {
                    Some(series) => series.records.push(record),
                    None => {
                        places.insert(place, log.series.len());
                        log.about.entry(event.object.clone()).or_default().push(log.series.len());
                        log.series.push(Series { event, records: vec![record] });
                    }
                }
            }
        }
        log
    }

    /// All that were recorded in the first `position` steps.
    pub fn at(&self, position: usize) -> impl Iterator<Item = Entry<'_>> {
        self.series.iter().filter_map(move |series| series.at(position))
    }

    /// Those of them that are about one object.
    pub fn about<'a>(&'a self, object: &ObjectRef, position: usize) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        let places = self.about.get(object).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(move |place| self.series.get(*place)?.at(position))
    }
}
