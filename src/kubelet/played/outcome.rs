//! What becomes of a pod's containers, by their images.

use crate::actor::{KubeletSettings, matches};
use crate::api::Pod;

/// What becomes of a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It runs and gets Ready.
    Runs,
    /// It runs and never gets Ready.
    NeverReady,
    /// An image cannot be pulled.
    PullFails(String),
    /// A container ends again and again.
    Crashes(String),
    /// It ends, well or badly.
    Ends(bool),
}

/// What becomes of a pod with these images.
pub(super) fn of(pod: &Pod, settings: &KubeletSettings) -> Outcome {
    let images = || pod.spec.containers.iter().filter_map(|container| container.image.as_deref());
    let find = |pattern| images().find(|image| matches(pattern, image)).map(str::to_owned);
    if let Some(image) = find(settings.pull_fail.as_ref()) {
        Outcome::PullFails(image)
    } else if let Some(image) = find(settings.crash_loop.as_ref()) {
        Outcome::Crashes(image)
    } else if find(settings.fail.as_ref()).is_some() {
        Outcome::Ends(false)
    } else if find(settings.succeed.as_ref()).is_some() {
        Outcome::Ends(true)
    } else if find(settings.never_ready.as_ref()).is_some() {
        Outcome::NeverReady
    } else {
        Outcome::Runs
    }
}
