//! Predictions: questions about a stretch of a run, made from the run itself. The right answer is what happens; each wrong
//! one is what would happen if a rule were another, and the rule is named. All of it is data; [`words`] has the sentences.

mod counts;
mod fate;
mod order;
mod record;
mod rule;
mod waits;
pub mod words;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that finds something else than it made has failed")]
mod tests;

pub use rule::WrongRule;

use crate::actor::Actor;
use crate::api::ObjectRef;
use crate::cluster::Cluster;
use crate::engine::{Step, StepId};
use crate::reason::StatefulSetAct;
use record::Record;
use std::ops::Range;

/// Options of a question at most.
const OPTIONS: usize = 4;
/// Options that a question needs.
const FEWEST: usize = 3;

/// A stretch of a run.
#[derive(Clone, Debug)]
pub struct Stretch<'a> {
    /// The cluster before it.
    pub before: &'a Cluster,
    /// Every step of the run.
    pub steps: &'a [Step],
    /// Which of them it consists of.
    pub range: Range<usize>,
}

/// A question with its options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// What is asked.
    pub question: Question,
    /// The options, in an order that says nothing of which is right.
    pub options: Vec<Choice>,
    /// How many steps have happened when it is to be asked: the next ones bring the answer.
    pub ask_at: usize,
    /// The step whose explanation says why.
    pub decided_by: StepId,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The answer.
    pub answer: Answer,
    /// By which wrong rule it would be so; none where it is right.
    pub wrong_by: Option<WrongRule>,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Which pod of a StatefulSet is deleted first.
    FirstDeleted(ObjectRef),
    /// Which pod of a StatefulSet is made first.
    FirstCreated(ObjectRef),
    /// What a StatefulSet waits for before it does something.
    WaitsFor {
        /// The set.
        set: ObjectRef,
        /// What it does not do yet.
        before: Deed,
    },
    /// How many pods are on a node at the end.
    PodsOnNode(ObjectRef),
    /// On how many nodes a DaemonSet has a pod at the end.
    NodesWithPod(ObjectRef),
    /// How many pods of a workload have the images of its template at the end.
    Updated(ObjectRef),
    /// How many claims of a StatefulSet are there at the end.
    ClaimsLeft(ObjectRef),
    /// How many pods of a workload are there at most at one moment, those that are being deleted left out.
    MostAtOnce(ObjectRef),
    /// How many pods of a workload are Ready at least at one moment.
    LeastReady(ObjectRef),
    /// How many replicas a workload is to have at the end, when an autoscaler was at work.
    Replicas(ObjectRef),
    /// What the pod is called that takes the place of a deleted one.
    Replacement(ObjectRef),
    /// What becomes of a pod.
    Fate {
        /// The pod.
        pod: ObjectRef,
        /// What happened to it.
        after: Blow,
    },
}

/// What a StatefulSet does to a pod.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// It makes the pod.
    Create(ObjectRef),
    /// It deletes the pod because there are too many.
    ScaleDown(ObjectRef),
    /// It deletes the pod so that it comes back at the new template.
    Update(ObjectRef),
}

/// What happens to a pod.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blow {
    /// Its node falls silent.
    NodeDown(ObjectRef),
    /// A process of it crashes.
    Crash,
    /// Its readiness probe fails.
    ReadinessFails,
    /// Its liveness probe fails.
    LivenessFails,
    /// Its startup probe fails.
    StartupFails,
}

/// An answer. The order is that in which options are shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// A number.
    Number(i64),
    /// A pod.
    Pod(ObjectRef),
    /// Several at the same moment.
    Together,
    /// The name that the pod before had.
    SameName(ObjectRef),
    /// The next name that was never used.
    NextName(ObjectRef),
    /// A new name with random letters.
    RandomName,
    /// Until a pod is bound to a node.
    Scheduled(ObjectRef),
    /// Until the containers of a pod run.
    Running(ObjectRef),
    /// Until a pod is Ready.
    Ready(ObjectRef),
    /// Until a pod has been Ready for `minReadySeconds`.
    Available(ObjectRef),
    /// Until a pod is being deleted.
    Terminating(ObjectRef),
    /// Until a pod is gone.
    Gone(ObjectRef),
    /// For nothing.
    Nothing,
    /// The same pod starts its containers anew.
    Restarted,
    /// Another pod takes its place.
    Replaced,
    /// It stays as Terminating, and no other takes its place.
    StaysTerminating,
    /// It stays and is not Ready.
    Unready,
    /// Nothing becomes of it.
    Untouched,
}

impl Question {
    /// The short name, as lessons write it.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Question::FirstDeleted(_) => "first-deleted",
            Question::FirstCreated(_) => "first-created",
            Question::WaitsFor { .. } => "waits-for",
            Question::PodsOnNode(_) => "pods-on-node",
            Question::NodesWithPod(_) => "nodes-with-pod",
            Question::Updated(_) => "updated",
            Question::ClaimsLeft(_) => "claims-left",
            Question::MostAtOnce(_) => "most-at-once",
            Question::LeastReady(_) => "least-ready",
            Question::Replicas(_) => "replicas",
            Question::Replacement(_) => "replacement",
            Question::Fate { .. } => "fate",
        }
    }

    /// What it is about, as somebody would type it: `statefulset/web`.
    #[must_use]
    pub fn subject(&self) -> String {
        let object = match self {
            Question::FirstDeleted(object)
            | Question::FirstCreated(object)
            | Question::PodsOnNode(object)
            | Question::NodesWithPod(object)
            | Question::Updated(object)
            | Question::ClaimsLeft(object)
            | Question::MostAtOnce(object)
            | Question::LeastReady(object)
            | Question::Replicas(object)
            | Question::Replacement(object)
            | Question::WaitsFor { set: object, .. }
            | Question::Fate { pod: object, .. } => object,
        };
        format!("{}/{}", object.kind.as_str().to_lowercase(), object.name())
    }
}

impl Answer {
    /// The answer as lessons write it: `web-2`, `3`, `ready web-0`.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Answer::Number(number) => number.to_string(),
            Answer::Pod(pod) => pod.name().into(),
            Answer::Together => "together".into(),
            Answer::SameName(_) => "same".into(),
            Answer::NextName(_) => "next".into(),
            Answer::RandomName => "random".into(),
            Answer::Scheduled(pod) => format!("scheduled {}", pod.name()),
            Answer::Running(pod) => format!("running {}", pod.name()),
            Answer::Ready(pod) => format!("ready {}", pod.name()),
            Answer::Available(pod) => format!("available {}", pod.name()),
            Answer::Terminating(pod) => format!("terminating {}", pod.name()),
            Answer::Gone(pod) => format!("gone {}", pod.name()),
            Answer::Nothing => "nothing".into(),
            Answer::Restarted => "restarted".into(),
            Answer::Replaced => "replaced".into(),
            Answer::StaysTerminating => "terminating".into(),
            Answer::Unready => "unready".into(),
            Answer::Untouched => "untouched".into(),
        }
    }
}

impl Prediction {
    /// The right answer.
    #[must_use]
    pub fn right(&self) -> Option<&Answer> {
        self.options.iter().find(|choice| choice.wrong_by.is_none()).map(|choice| &choice.answer)
    }

    /// A question with the right answer and the wrong ones that differ from it and from each other; none where too few do.
    fn of(question: Question, right: Answer, wrong: Vec<(Answer, WrongRule)>, place: Place) -> Option<Prediction> {
        let mut options = vec![Choice { answer: right, wrong_by: None }];
        for (answer, rule) in wrong {
            if options.len() < OPTIONS && options.iter().all(|choice| choice.answer != answer) {
                options.push(Choice { answer, wrong_by: Some(rule) });
            }
        }
        options.sort_by(|one, other| one.answer.cmp(&other.answer));
        let Place { ask_at, decided_by } = place;
        (options.len() >= FEWEST).then_some(Prediction { question, options, ask_at, decided_by })
    }
}

/// When a question is asked, and which step decides it.
#[derive(Clone, Copy, Debug)]
struct Place {
    ask_at: usize,
    decided_by: StepId,
}

/// Every question that a stretch answers, by kind and then by what it is about. The same stretch gives the same questions.
#[must_use]
pub fn predictions(stretch: &Stretch<'_>) -> Vec<Prediction> {
    if stretch.range.is_empty() || stretch.range.end > stretch.steps.len() {
        return vec![];
    }
    let record = Record::of(stretch);
    let mut all = order::questions(&record);
    all.extend(waits::questions(&record));
    all.extend(counts::questions(&record));
    all.extend(fate::questions(&record));
    all.sort_by(|one, other| one.question.cmp(&other.question));
    all
}

/// The stretches between what somebody does: each begins with steps of the user and ends before the next ones that follow
/// something else.
#[must_use]
pub fn stretches(steps: &[Step]) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = vec![];
    let mut after_user = false;
    for (index, step) in steps.iter().enumerate() {
        let is_user = step.actor == Actor::User;
        if is_user && !after_user {
            starts.push(index);
        }
        after_user = is_user;
    }
    let ends = starts.iter().copied().skip(1).chain(std::iter::once(steps.len()));
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Whether a StatefulSet went on with something in a step.
fn acts(act: &StatefulSetAct) -> bool {
    matches!(
        act,
        StatefulSetAct::CreatePods { .. } | StatefulSetAct::DeleteSurplus { .. } | StatefulSetAct::UpdatePods { .. }
    )
}
