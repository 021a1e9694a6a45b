//! Why a DaemonSet deletes pods.

use super::nodes::because;
use crate::explain::en::words::{count, list};
use crate::explain::facts::daemon_set::each_once;
use crate::explain::scope::node;
use crate::explain::words::Words;
use crate::explain::{Text, text};
use crate::reason::{DaemonDeletion, DaemonPodFate};

pub(super) fn fates(words: &mut Words, deleted: &[DaemonDeletion], surge: i64) {
    let (said, more) = each_once(deleted.iter().map(|deletion| fate(deletion, surge)));
    for sentence in said {
        words.why(sentence);
    }
    if more > 0 {
        words.why(text!["The same holds for ", count(more as i64, "other pod"), ", each on its own node."]);
    }
    if !deleted.is_empty() {
        words.evidence(
            "Deleted",
            list(deleted.iter().map(|deletion| text![&deletion.pod, " on ", node(&deletion.node)])),
        );
    }
}

/// Why a pod is deleted. Fates that depend on no node are one sentence for all pods that share them.
fn fate(deletion: &DaemonDeletion, surge: i64) -> Text {
    match &deletion.fate {
        DaemonPodFate::NodeRefuses(refusal) => {
            text![node(&deletion.node), " may not run a pod of the set any more: ", because(refusal), "."]
        }
        DaemonPodFate::NodeGone => {
            text![node(&deletion.node), " does not exist any more, so the pod that was made for it can run nowhere."]
        }
        DaemonPodFate::Ended => text![
            &deletion.pod,
            " has ended. A DaemonSet deletes such a pod and makes another; if that fails again and again, with pauses that \
             double from 1 s to 15 min."
        ],
        DaemonPodFate::Excess => {
            text![node(&deletion.node), " has more pods of the set than it should: the oldest stays."]
        }
        DaemonPodFate::Outdated if surge > 0 => {
            text!["The template has changed, and `maxSurge` allows another old pod to be replaced."]
        }
        DaemonPodFate::Outdated => text![
            "The template has changed, and `maxUnavailable` allows another node to be without an available pod: the old pod \
             goes first, its replacement follows."
        ],
        DaemonPodFate::OutdatedUnavailable => text![
            &deletion.pod,
            " is of an old revision and was not available anyway, so deleting it costs nothing of the budget."
        ],
        DaemonPodFate::Surpassed => {
            text!["The new pod on ", node(&deletion.node), " is available, so the old one beside it can go."]
        }
    }
}
