//! Who looks at what, and when: one place in the queue for each task, the earliest asked for.

use super::StepId;
use crate::api::{Key, ObjectRef, Time};
use std::cmp::Reverse;
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
    ProtectVolume(Key),
    /// The growth of a claim.
    Expand(Key),
    Garbage(ObjectRef),
    NodeLifecycle(Key),
    /// The monitor's look at a node.
    NodeMonitor(Key),
    TaintEviction(Key),
    PodGarbage(Key),
    /// The client that drains a node, by its name.
    Drain(String),
}

/// Tasks by the instant at which they are due; among those of one instant, first come, first served. Only the pods that
/// the scheduler looks at come in the order of its own queue: by priority, then first come (`PrioritySort.Less`).
#[derive(Clone, Debug, Default)]
pub(super) struct WorkQueue {
    due: BTreeMap<(Time, u64), (Task, Option<StepId>)>,
    places: BTreeMap<Task, Place>,
    /// The pods to be scheduled, in the scheduler's order.
    pods: BTreeMap<(Time, Reverse<i32>, u64), Key>,
    next: u64,
}

/// Where a task stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    at: Time,
    /// Among the tasks of the instant.
    number: u64,
    /// Among the pods of the instant: the number with which it came, and its priority.
    turn: (u64, i32),
}

impl Place {
    fn due(&self) -> (Time, u64) {
        (self.at, self.number)
    }

    fn turn(&self) -> (Time, Reverse<i32>, u64) {
        (self.at, Reverse(self.turn.1), self.turn.0)
    }
}

impl WorkQueue {
    /// Asks for a look at an instant. A task that is queued already keeps the earlier of the two. The priority counts for
    /// pods to be scheduled only.
    pub(super) fn add(&mut self, at: Time, task: Task, priority: i32, cause: Option<StepId>) {
        if let Some(place) = self.places.get(&task) {
            if place.at <= at {
                return;
            }
            self.due.remove(&place.due());
            self.pods.remove(&place.turn());
        }
        let place = Place { at, number: self.next, turn: (self.next, priority) };
        self.next += 1;
        if let Task::Schedule(pod) = &task {
            self.pods.insert(place.turn(), pod.clone());
        }
        self.due.insert(place.due(), (task.clone(), cause));
        self.places.insert(task, place);
    }

    /// When the next task is due.
    pub(super) fn next_at(&self) -> Option<Time> {
        self.due.first_key_value().map(|((at, _), _)| *at)
    }

    /// Takes the next task.
    pub(super) fn pop(&mut self) -> Option<(Time, Task, Option<StepId>)> {
        let ((at, _), (mut task, mut cause)) = self.due.pop_first()?;
        if let Task::Schedule(first) = &task {
            // Whose turn among the pods of the instant it is: the pod that came first takes that one's place.
            let turn = self.pods.range((at, Reverse(i32::MAX), 0)..).next().map(|(_, pod)| pod);
            let turn = turn.filter(|pod| *pod != first).map(|pod| Task::Schedule(pod.clone()));
            if let Some(turn) = turn
                && let Some(place) = self.places.get(&turn).copied()
                && let Some((_, turn_cause)) = self.due.remove(&place.due())
            {
                if let Some(moved) = self.places.get_mut(&task) {
                    moved.number = place.number;
                }
                self.due.insert(place.due(), (std::mem::replace(&mut task, turn), cause));
                cause = turn_cause;
            }
        }
        if let Some(place) = self.places.remove(&task) {
            self.pods.remove(&place.turn());
        }
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
        queue.add(Time(50), task("web"), 0, None);
        queue.add(Time(20), task("web"), 0, Some(1));
        queue.add(Time(90), task("web"), 0, Some(2));
        assert_eq!(queue.pop(), Some((Time(20), task("web"), Some(1))));
        assert_eq!(queue.pop(), None);
    }

    #[test]
    fn tasks_of_one_instant_come_in_the_order_in_which_they_were_asked_for() {
        let mut queue = WorkQueue::default();
        queue.add(Time(10), task("z"), 0, None);
        queue.add(Time(10), task("a"), 0, None);
        queue.add(Time(5), task("m"), 0, None);
        let order: Vec<Task> = std::iter::from_fn(|| queue.pop().map(|(_, task, _)| task)).collect();
        assert_eq!(order, [task("m"), task("z"), task("a")]);
    }

    #[test]
    fn pods_of_one_instant_are_scheduled_by_priority_then_age() {
        let pod = |name: &str| Task::Schedule(Key::new("default", name));
        let mut queue = WorkQueue::default();
        queue.add(Time(10), pod("first"), 0, Some(0));
        queue.add(Time(10), task("web"), 0, None);
        queue.add(Time(10), pod("second"), 0, Some(1));
        queue.add(Time(10), pod("important"), 7, Some(2));
        queue.add(Time(5), pod("early"), -1, Some(3));
        queue.add(Time(20), pod("late"), 9, Some(4));
        let order: Vec<_> = std::iter::from_fn(|| queue.pop()).map(|(at, task, cause)| (at.0, task, cause)).collect();
        assert_eq!(
            order,
            [
                (5, pod("early"), Some(3)),
                (10, pod("important"), Some(2)),
                (10, task("web"), None),
                (10, pod("first"), Some(0)),
                (10, pod("second"), Some(1)),
                (20, pod("late"), Some(4)),
            ]
        );
    }

    #[test]
    fn a_pod_that_is_asked_for_earlier_leaves_no_trace_of_its_later_place() {
        let pod = |name: &str| Task::Schedule(Key::new("default", name));
        let mut queue = WorkQueue::default();
        queue.add(Time(50), pod("a"), 5, None);
        queue.add(Time(20), pod("a"), 5, None);
        queue.add(Time(50), pod("b"), 1, None);
        let order: Vec<Task> = std::iter::from_fn(|| queue.pop().map(|(_, task, _)| task)).collect();
        assert_eq!(order, [pod("a"), pod("b")]);
    }
}
