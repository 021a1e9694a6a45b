//! Images: whether a container gets its own. Upstream: `pkg/kubelet/images/image_manager.go: EnsureImageExists`.

use crate::actor::{BackOff, View, matches};
use crate::api::{Container, Time};
use crate::reason::PullError;

/// Why a container of a node cannot get its image; none where it can.
pub(super) fn error(view: View<'_>, node: &str, container: &Container) -> Option<PullError> {
    let image = container.image.as_deref().unwrap_or_default();
    if !is_reference(image) {
        return Some(PullError::InvalidName);
    }
    let processes = &view.world.processes;
    let is_broken =
        processes.is_broken(image).unwrap_or_else(|| matches(view.settings.kubelet.pull_fail.as_ref(), image));
    if !is_broken {
        return None;
    }
    match container.image_pull_policy.as_deref() {
        Some("Never") => (!processes.is_present(node, image)).then_some(PullError::NeverPulled),
        Some("IfNotPresent") if processes.is_present(node, image) => None,
        _ => Some(PullError::Failed),
    }
}

/// Whether an image has a name at all (`github.com/distribution/reference`): a path without capitals or blanks.
fn is_reference(image: &str) -> bool {
    let name = image.split_once('@').map_or(image, |(name, _)| name);
    let (path, tag) = match name.rsplit_once(':') {
        Some((path, tag)) if !tag.contains('/') => (path, Some(tag)),
        _ => (name, None),
    };
    let is_of = |text: &str, extra: &str| {
        !text.is_empty() && text.chars().all(|it| it.is_ascii_alphanumeric() || extra.contains(it))
    };
    let (host, rest) = match path.split_once('/') {
        Some((host, rest)) if host.contains(['.', ':']) || host == "localhost" => (Some(host), rest),
        _ => (None, path),
    };
    let is_path = rest.split('/').all(|part| is_of(part, "._-") && !part.contains(|it: char| it.is_ascii_uppercase()));
    is_path && host.is_none_or(|host| is_of(host, ".:-")) && tag.is_none_or(|tag| is_of(tag, "._-"))
}

/// When an image is tried again after a failure; none where it would fail as before and the pause is as long as it gets.
pub(super) fn retry(back_off: BackOff, is_mended: bool, now: Time) -> Option<Time> {
    if !is_mended {
        return (!back_off.is_at_cap()).then(|| back_off.since + back_off.millis);
    }
    let pauses = (now - back_off.since).div_ceil(back_off.millis).max(1);
    Some(back_off.since + pauses * back_off.millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_images_are_told_from_other_text() {
        for image in ["nginx", "nginx:1.27", "a.io:5000/b/c-d_e:v1", "Host.io/a", "nginx@sha256:abc", "localhost/a"] {
            assert!(is_reference(image), "{image}");
        }
        for image in ["", "Nginx", "nginx:", "nginx 1", "a.io/B", "/nginx", "nginx:a b"] {
            assert!(!is_reference(image), "{image}");
        }
    }

    #[test]
    fn a_mended_image_comes_at_the_next_try_and_a_broken_one_is_not_tried_for_ever() {
        let pause = |millis| BackOff { millis, since: Time(1_000) };
        assert_eq!(retry(pause(20_000), false, Time(2_000)), Some(Time(21_000)));
        assert_eq!(retry(pause(300_000), false, Time(2_000)), None);
        assert_eq!(retry(pause(300_000), true, Time(2_000)), Some(Time(301_000)));
        assert_eq!(retry(pause(300_000), true, Time(301_001)), Some(Time(601_000)));
    }
}
