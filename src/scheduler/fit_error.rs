//! The text of a `FailedScheduling` event. Upstream: `pkg/scheduler/framework/types.go: FitError.Error`.

use std::collections::BTreeMap;

/// The text: why no node of `all` fits.
///
/// `pre_filter` is what keeps the pod off every node before any is looked at, if something does; then the reasons of the
/// nodes are left out. `reasons` counts the nodes by their words. `post_filter` says what came of preemption.
#[must_use]
pub fn fit_error(all: usize, pre_filter: Option<&str>, reasons: &BTreeMap<String, usize>, post_filter: &str) -> String {
    let mut text = format!("0/{all} nodes are available:");
    match pre_filter {
        Some(message) => text.push_str(&format!(" {message}.")),
        None if reasons.is_empty() => {}
        None => {
            let mut parts: Vec<String> = reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
            // As texts: "10 …" comes before "2 …".
            parts.sort();
            text.push_str(&format!(" {}.", parts.join(", ")));
        }
    }
    if !post_filter.is_empty() {
        text.push(' ');
        text.push_str(post_filter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_sorted_as_texts_with_their_counts() {
        let reasons = BTreeMap::from([("Insufficient cpu".into(), 2), ("node(s) were unschedulable".into(), 10)]);
        assert_eq!(
            fit_error(12, None, &reasons, ""),
            "0/12 nodes are available: 10 node(s) were unschedulable, 2 Insufficient cpu."
        );
    }
}
