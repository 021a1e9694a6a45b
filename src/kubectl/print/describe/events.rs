//! The Events of an object. Upstream: `describe.go: DescribeEvents`.

use super::writer::Writer;
use crate::api::{Object, Time};
use crate::events::Entry;
use crate::kubectl::print::Shown;
use crate::kubectl::print::tables::{interval, is_precise};

/// The table of an object's Events, the oldest first.
pub fn table(writer: &mut Writer, shown: &Shown<'_>, object: &Object) {
    let uid = object.metadata().uid;
    let about = shown.events.about(&object.reference(), shown.position);
    let mut entries: Vec<Entry<'_>> = about.filter(|entry| entry.event.uid == uid).collect();
    if entries.is_empty() {
        none(writer);
        return;
    }
    // Those without a `lastTimestamp` come first, in the order in which they were recorded.
    entries.sort_by_key(|entry| if is_precise(entry) { Time::ZERO } else { entry.last.whole_second() + 1 });
    writer.line(0, "Events:");
    writer.line(1, "Type\tReason\tAge\tFrom\tMessage");
    writer.line(1, "----\t------\t----\t----\t-------");
    for entry in entries {
        let event = entry.event;
        let (severity, age) = (event.severity.as_str(), interval(&entry, shown.now));
        let message = match &event.field_path {
            Some(path) => format!("{path}: {}", event.message.trim()),
            None => event.message.trim().to_owned(),
        };
        writer.line(1, format!("{severity}\t{}\t{age}\t{}\t{message}", event.reason, event.source));
    }
}

/// What stands for the table where there are none.
pub fn none(writer: &mut Writer) {
    writer.field(0, "Events", "<none>");
}
