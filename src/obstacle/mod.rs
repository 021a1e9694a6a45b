//! What stands in the way of an object at a moment: from what one asks about, cause by cause, down to the root, and
//! what would change it. All of it is data; the words are in `explain`.
//!
//! An actor that has to wait has said so in a step; what a pod, a node or a claim lacks is read from its status. Nothing
//! here guesses: where nobody has said anything and nothing is lacking, nothing stands in the way.

mod absent;
mod daemon;
mod node;
mod pod;
mod remedy;
mod replica_set;
mod service;
mod told;

pub use absent::Absence;
pub use node::NodeLack;
pub use pod::PodLack;
pub use remedy::Remedy;
pub use told::is_wait_over;

use crate::api::{Kind, ObjectRef, Time};
use crate::cluster::Cluster;
use crate::engine::{Step, StepId};
use crate::reason::Refusal;

/// The longest chain that is followed. Longer ones do not occur: each link leads on to another object.
const LONGEST: usize = 12;

/// A moment of a run.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// The cluster as it is.
    pub cluster: &'a Cluster,
    /// The steps that have happened.
    pub steps: &'a [Step],
    /// Virtual time.
    pub now: Time,
}

/// What one asks about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// An object, which need not exist: a pod that is still to come has a name already.
    Object(ObjectRef),
    /// The pod of a DaemonSet on a node.
    DaemonPod {
        /// The DaemonSet.
        set: ObjectRef,
        /// The node's name.
        node: String,
    },
}

/// One cause in a chain of causes.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What it keeps back.
    pub about: Question,
    /// What it is.
    pub cause: Cause,
}

/// What keeps something back.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// An actor waits, and said for what in this step.
    Told(StepId),
    /// An actor waited for something that has come meanwhile; it looks again in a moment.
    AboutToLook(StepId),
    /// The pod does not exist.
    Absent(Absence),
    /// The pod exists and lacks something.
    Pod(PodLack),
    /// The node is not as it should be.
    Node(NodeLack),
    /// The DaemonSet runs no pod on the node.
    NodeRefused {
        /// Why.
        refusal: Refusal,
        /// Whether a pod that is there may stay.
        keeps: bool,
    },
    /// The object is being deleted and keeps existing for its finalizers.
    Finalizers(Vec<String>),
    /// The disruption budget allows no eviction.
    BudgetExhausted {
        /// Pods that are healthy.
        healthy: i32,
        /// Pods that have to be.
        desired: i32,
    },
    /// Of the pods that the ReplicaSet wants, some are not available.
    Unavailable {
        /// Pods that are available.
        available: usize,
        /// Pods that are wanted.
        wanted: i32,
    },
    /// The Service has no endpoint that is ready.
    NoReadyEndpoint,
    /// The object does not exist, and nothing that is there makes it.
    Missing,
}

/// Why something is not as one expects, from what one asked about to the root, and what would change it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chain {
    /// The causes; none where nothing stands in the way.
    pub links: Vec<Link>,
    /// What would change the last of them, the most likely first.
    pub remedies: Vec<Remedy>,
}

/// What stands in the way of something at a moment.
#[must_use]
pub fn chain(moment: Moment<'_>, question: &Question) -> Chain {
    let mut links: Vec<Link> = vec![];
    let mut next = Some(question.clone());
    while let Some(about) = next.take() {
        if links.len() == LONGEST || links.iter().any(|link| link.about == about) {
            break;
        }
        let Some((cause, leads_to)) = cause(moment, &about) else { break };
        links.push(Link { about, cause });
        next = leads_to;
    }
    settle_last(moment, &mut links);
    let remedies = links.last().map(|link| remedy::of(moment, link)).unwrap_or_default();
    Chain { links, remedies }
}

/// What keeps something back, and whom to ask next.
fn cause(moment: Moment<'_>, about: &Question) -> Option<(Cause, Option<Question>)> {
    match about {
        Question::DaemonPod { set, node } => daemon::cause(moment, set, node),
        Question::Object(object) => match object.kind {
            Kind::Pod => match moment.cluster.pods.get(&object.key) {
                Some(pod) => pod::cause(moment, pod),
                None => absent::cause(moment, object),
            },
            Kind::Node => node::cause(moment, object),
            Kind::Service => service::cause(moment, object),
            Kind::PodDisruptionBudget => service::budget(moment, object),
            Kind::ReplicaSet => told::cause(moment, object)
                .or_else(|| replica_set::cause(moment, object))
                .or_else(|| leftover(moment, object)),
            _ => told::cause(moment, object).or_else(|| leftover(moment, object)),
        },
    }
}

/// Of an object about which nobody said anything: whether it is missing, or kept by finalizers.
fn leftover(moment: Moment<'_>, object: &ObjectRef) -> Option<(Cause, Option<Question>)> {
    let Some(found) = moment.cluster.get(object) else { return Some((Cause::Missing, None)) };
    let metadata = found.metadata();
    let kept = metadata.is_terminating() && !metadata.finalizers.is_empty();
    kept.then(|| (Cause::Finalizers(metadata.finalizers.clone()), None))
}

/// A chain that ends at a controller which waits for a pod that lacks nothing any more ends at a controller that is about
/// to look.
fn settle_last(moment: Moment<'_>, links: &mut [Link]) {
    if let Some(link) = links.last_mut()
        && let Cause::Told(step) = link.cause
        && told::is_over(moment, step)
    {
        link.cause = Cause::AboutToLook(step);
    }
}
