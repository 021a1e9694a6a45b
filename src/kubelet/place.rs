//! Where a container stands in its pod.

use crate::api::{Container, ContainerStatus, Pod, PodSpec};

/// One container of a pod, by its list and its index there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Whether it is an init container.
    pub(super) init: bool,
    /// Its index in its list.
    pub(super) index: usize,
}

impl Place {
    /// Every container of a pod, init containers first.
    pub(super) fn all(spec: &PodSpec) -> impl Iterator<Item = Place> {
        let init = (0..spec.init_containers.len()).map(|index| Place { init: true, index });
        init.chain((0..spec.containers.len()).map(|index| Place { init: false, index }))
    }

    /// The container in the spec.
    pub(super) fn container(self, spec: &PodSpec) -> Option<&Container> {
        if self.init { spec.init_containers.get(self.index) } else { spec.containers.get(self.index) }
    }

    /// Its status.
    pub(super) fn status(self, pod: &Pod) -> Option<&ContainerStatus> {
        let name = &self.container(&pod.spec)?.name;
        let statuses = if self.init { &pod.status.init_container_statuses } else { &pod.status.container_statuses };
        match statuses.get(self.index) {
            Some(status) if status.name == *name => Some(status),
            _ => statuses.iter().find(|status| status.name == *name),
        }
    }

    /// Its status, to be changed.
    pub(super) fn status_mut(self, pod: &mut Pod) -> Option<&mut ContainerStatus> {
        let name = self.container(&pod.spec)?.name.clone();
        let statuses =
            if self.init { &mut pod.status.init_container_statuses } else { &mut pod.status.container_statuses };
        statuses.iter_mut().find(|status| status.name == name)
    }

    /// Whether it runs beside the main containers or is one: not an init container that is to end.
    pub(super) fn is_long_running(self, container: &Container) -> bool {
        !self.init || container.is_sidecar()
    }
}
