//! Events: `printEvent`.

use crate::api::Time;
use crate::events::Entry;
use crate::kubectl::print::table::{Column, Row, always, wide};
use crate::kubectl::print::time::{age, human_duration};

pub(super) const COLUMNS: &[Column] = &[
    always("Last Seen"),
    always("Type"),
    always("Reason"),
    always("Object"),
    wide("Subobject"),
    wide("Source"),
    always("Message"),
    wide("First Seen"),
    wide("Count"),
    wide("Name"),
];

pub(super) fn row(entry: &Entry<'_>, now: Time) -> Row {
    let event = entry.event;
    let object = format!("{}/{}", event.object.kind.as_str().to_lowercase(), event.object.name());
    let cells = vec![
        since(entry, entry.last, now),
        event.severity.as_str().into(),
        event.reason.to_string(),
        object,
        event.field_path.clone().unwrap_or_default(),
        if event.host.is_empty() { event.source.to_string() } else { format!("{}, {}", event.source, event.host) },
        event.message.trim().to_owned(),
        since(entry, event.at, now),
        entry.count.to_string(),
        name(entry),
    ];
    Row { cells, namespace: namespace(entry), labels: Default::default() }
}

/// The namespace of an Event: that of its object, `default` for objects that have none.
#[must_use]
pub fn namespace(entry: &Entry<'_>) -> String {
    let namespace = &*entry.event.object.key.namespace;
    if namespace.is_empty() { "default".into() } else { namespace.to_owned() }
}

/// The name of an Event: its object's, and the instant of the first record in nanoseconds (`client-go/tools/record:
/// makeEvent`). Events of one object in one millisecond differ by their order among the texts alike.
#[must_use]
pub fn name(entry: &Entry<'_>) -> String {
    /// Nanoseconds from the epoch to the start of every run.
    const START: u64 = 1_767_225_600_000_000_000;
    let event = entry.event;
    let bytes = event.reason.bytes().chain(event.message.bytes());
    let distinct = bytes.fold(0_u64, |sum, byte| (sum * 31 + u64::from(byte)) % 1_000_000);
    let nanoseconds = START.saturating_add(event.at.0.saturating_mul(1_000_000)).saturating_add(distinct);
    format!("{}.{nanoseconds:x}", event.object.name())
}

/// When an Event happened, and how often, in one cell (`describe.go: DescribeEvents`).
#[must_use]
pub fn interval(entry: &Entry<'_>, now: Time) -> String {
    let first = since(entry, entry.event.at, now);
    match entry.count {
        0 | 1 => first,
        count => format!("{} (x{count} over {first})", since(entry, entry.last, now)),
    }
}

/// The time since an instant of an Event: some keep it to the microsecond, the others in whole seconds.
fn since(entry: &Entry<'_>, at: Time, now: Time) -> String {
    if is_precise(entry) { human_duration(now - at) } else { age(now, Some(at)) }
}

/// Whether the component records by `events.k8s.io`, which keeps no `lastTimestamp`: of those here, the scheduler alone.
#[must_use]
pub fn is_precise(entry: &Entry<'_>) -> bool {
    entry.event.source == "default-scheduler"
}
