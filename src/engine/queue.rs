//! Who looks at what, and when: one place in the queue for each task, the earliest asked for.

use super::StepId;
use crate::api::{Key, ObjectRef, Time};
use std::collections::BTreeMap;

/// One actor's look at one object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Task {
    StatefulSet(Key),
    DaemonSet(Key),
    Deployment(Key),
    ReplicaSet(Key),
    Autoscaler(Key),
    DisruptionBudget(Key),
    /// The slices of a Service, by the Service's key.
    Endpoints(Key),
    Schedule(Key),
    Kubelet(Key),
    Claim(Key),
    Provision(Key),
    Volume(Key),
    ProtectClaim(Key),
    Garbage(ObjectRef),
    NodeLifecycle(Key),
    TaintEviction(Key),
    PodGarbage(Key),
    /// The client that drains a node, by its name.
    Drain(String),
}

/// Tasks by the instant at which they are due; among those of one instant, first come, first served.
#[derive(Clone, Debug, Default)]
pub(super) struct WorkQueue {
    due: BTreeMap<(Time, u64), (Task, Option<StepId>)>,
    places: BTreeMap<Task, (Time, u64)>,
    next: u64,
}

impl WorkQueue {
    /// Asks for a look at an instant. A task that is queued already keeps the earlier of the two.
    pub(super) fn add(&mut self, at: Time, task: Task, cause: Option<StepId>) {
        if let Some(place) = self.places.get(&task) {
            if place.0 <= at {
                return;
            }
            self.due.remove(place);
        }
        let place = (at, self.next);
        self.next += 1;
        self.due.insert(place, (task.clone(), cause));
        self.places.insert(task, place);
    }

    /// When the next task is due.
    pub(super) fn next_at(&self) -> Option<Time> {
        self.due.first_key_value().map(|((at, _), _)| *at)
    }

    /// Takes the next task.
    pub(super) fn pop(&mut self) -> Option<(Time, Task, Option<StepId>)> {
        let ((at, _), (task, cause)) = self.due.pop_first()?;
        self.places.remove(&task);
        Some((at, task, cause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(name: &str) -> Task {
        Task::StatefulSet(Key::new("default", name))
    }

    #[test]
    fn a_task_has_one_place_and_keeps_the_earlier_one() {
        let mut queue = WorkQueue::default();
        queue.add(Time(50), task("web"), None);
        queue.add(Time(20), task("web"), Some(1));
        queue.add(Time(90), task("web"), Some(2));
        assert_eq!(queue.pop(), Some((Time(20), task("web"), Some(1))));
        assert_eq!(queue.pop(), None);
    }

    #[test]
    fn tasks_of_one_instant_come_in_the_order_in_which_they_were_asked_for() {
        let mut queue = WorkQueue::default();
        queue.add(Time(10), task("z"), None);
        queue.add(Time(10), task("a"), None);
        queue.add(Time(5), task("m"), None);
        let order: Vec<Task> = std::iter::from_fn(|| queue.pop().map(|(_, task, _)| task)).collect();
        assert_eq!(order, [task("m"), task("z"), task("a")]);
    }
}
