//! `kubectl events`. Upstream: `k8s.io/kubectl/pkg/cmd/events`.

use super::tables::{event_namespace, interval};
use super::tabwriter::TabWriter;
use super::{GetOptions, Shown};
use crate::events::Entry;

/// `kubectl events`: `LAST SEEN  TYPE  REASON  OBJECT  MESSAGE`, the oldest first.
#[must_use]
pub fn events(shown: &Shown<'_>, entries: &[Entry<'_>], options: &GetOptions) -> String {
    let mut entries: Vec<&Entry<'_>> = entries.iter().collect();
    entries.sort_by_key(|entry| entry.last);
    let namespace = |text: String| if options.all_namespaces { text + "\t" } else { String::new() };
    let mut text = String::new();
    if !options.no_headers {
        text = namespace("NAMESPACE".into()) + "LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n";
    }
    for entry in entries {
        let event = entry.event;
        text += &namespace(event_namespace(entry));
        let (since, severity, message) = (interval(entry, shown.now), event.severity.as_str(), event.message.trim());
        text += &format!("{since}\t{severity}\t{}\t{}\t{message}\n", event.reason, event.object);
    }
    TabWriter::of_tables().align(&text)
}
