//! What a component does with an Event before it sends it: the same said again is counted, many that are alike are
//! combined, and about one object not more than so many are sent.
//!
//! Upstream: `k8s.io/client-go/tools/record/events_cache.go: EventCorrelator`; for the scheduler, which records by
//! `events.k8s.io`, `k8s.io/client-go/tools/events/event_broadcaster.go: getKey`.

use super::{Event, Severity};
use crate::api::{ObjectRef, Time, Uid};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// From how many different messages on they are combined (`defaultAggregateMaxEvents`).
const MOST_ALIKE: usize = 10;
/// Milliseconds without one after which the messages are counted anew (`defaultAggregateIntervalInSeconds`).
const ALIKE_WITHIN: u64 = 600_000;
/// Events that a component may send about an object at once (`defaultSpamBurst`).
const BURST: u64 = 25;
/// Milliseconds until it may send another (`defaultSpamQPS`).
const REFILL: u64 = 300_000;
/// Milliseconds after which the scheduler begins another series (`finishTime`).
const SERIES: u64 = 360_000;

/// Events that are counted as one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    alike: Alike,
    field_path: Option<String>,
    same: Same,
}

/// Events that are combined when there are many.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Alike {
    about: About,
    severity: Severity,
    reason: Cow<'static, str>,
}

/// Events of one component about one object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct About {
    source: &'static str,
    host: String,
    object: ObjectRef,
    uid: Uid,
}

/// What else they have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Same {
    Message(String),
    /// They are combined.
    Combined,
    /// The version of the object that the scheduler saw, whatever the message; and the number of the series.
    Version(Option<String>, usize),
}

/// What to do with an Event.
pub(super) struct Verdict {
    /// With which it is counted.
    pub(super) key: Key,
    /// Whether it is sent; if not, it is counted when the next one is.
    pub(super) sent: bool,
    /// Whether what was recorded under that key gets the message of this one.
    pub(super) rewords: bool,
}

/// What the components remember of the Events that they recorded.
#[derive(Debug, Default)]
pub(super) struct Correlator {
    messages: BTreeMap<Alike, (Time, BTreeSet<String>)>,
    buckets: BTreeMap<About, (Time, u64)>,
    series: BTreeMap<Alike, (Time, usize)>,
}

impl Correlator {
    /// Judges an Event; one that is combined with others gets the message of such. `version` is that of its object.
    pub(super) fn judge(&mut self, event: &mut Event, version: Option<&str>) -> Verdict {
        let about =
            About { source: event.source, host: event.host.clone(), object: event.object.clone(), uid: event.uid };
        let alike = Alike { about: about.clone(), severity: event.severity, reason: event.reason.clone() };
        let field_path = event.field_path.clone();
        if event.source == "default-scheduler" {
            let same = match &*event.reason {
                "FailedScheduling" => Same::Version(version.map(str::to_owned), self.number(&alike, event.at)),
                _ => Same::Message(event.message.clone()),
            };
            return Verdict { key: Key { alike, field_path, same }, sent: true, rewords: false };
        }
        let rewords = self.is_combined(&alike, event);
        let key = if rewords {
            event.message.insert_str(0, "(combined from similar events): ");
            Key { alike, field_path: None, same: Same::Combined }
        } else {
            Key { alike, field_path, same: Same::Message(event.message.clone()) }
        };
        Verdict { key, sent: self.accepts(about, event.at), rewords }
    }

    /// The number of the scheduler's present series: another one begins when nothing was said for a while.
    fn number(&mut self, alike: &Alike, at: Time) -> usize {
        let (last, number) = self.series.entry(alike.clone()).or_insert((at, 0));
        if *last + SERIES < at {
            *number += 1;
        }
        *last = at;
        *number
    }

    /// `EventAggregator.EventAggregate`.
    fn is_combined(&mut self, alike: &Alike, event: &Event) -> bool {
        let (last, messages) = self.messages.entry(alike.clone()).or_default();
        if *last + ALIKE_WITHIN < event.at {
            messages.clear();
        }
        *last = event.at;
        messages.insert(event.message.clone());
        let many = messages.len() >= MOST_ALIKE;
        if many {
            messages.pop_first();
        }
        many
    }

    /// `EventSourceObjectSpamFilter.Filter`: a bucket that holds so many and is refilled slowly.
    fn accepts(&mut self, about: About, at: Time) -> bool {
        let (last, level) = self.buckets.entry(about).or_insert((at, BURST * REFILL));
        let gained = at.0.saturating_sub(last.0);
        *level = level.saturating_add(gained).min(BURST * REFILL);
        *last = at.max(*last);
        match level.checked_sub(REFILL) {
            Some(left) => {
                *level = left;
                true
            }
            None => false,
        }
    }
}
