//! The wrong rules that wrong answers come from: what somebody may believe who has not seen it yet.

/// A wrong rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WrongRule {
    /// The lowest ordinal comes first, although here the highest does.
    AscendingOrder,
    /// The highest ordinal comes first, although here the lowest does.
    DescendingOrder,
    /// Pods are interchangeable, and any may come first.
    NoOrder,
    /// All pods at the same moment.
    AllAtOnce,
    /// One pod after the other, although here there is no order.
    OneByOne,
    /// A pod that is bound to a node is enough.
    ScheduledIsEnough,
    /// A pod whose containers run is enough.
    RunningIsEnough,
    /// A pod that is Ready is enough, although it has to stay so for a while.
    ReadyIsEnough,
    /// A pod that is being deleted counts as gone.
    DeletionIsEnough,
    /// Nothing is waited for.
    NothingAwaited,
    /// What is there stays as it is.
    NothingChanges,
    /// Pods are spread evenly over all nodes.
    EvenSpread,
    /// Everything leaves the node.
    EverythingLeaves,
    /// Pods that leave other nodes all come to this one.
    AllComeHere,
    /// A DaemonSet has a pod on every node, whatever the node says.
    EveryNode,
    /// A DaemonSet stays away from tainted nodes, whatever it tolerates.
    OnlyUntainted,
    /// Without `replicas` there is one pod.
    OnePod,
    /// Pods below the partition are updated, and not those from it on.
    PartitionReversed,
    /// All pods are updated, whatever holds the update back.
    AllUpdated,
    /// A changed template changes no pod that is there.
    NothingUpdated,
    /// One pod is updated, and somebody has to confirm the rest.
    FirstOnly,
    /// A claim goes with its pod.
    ClaimsFollowPods,
    /// Claims go with the set.
    ClaimsFollowSet,
    /// Claims always stay.
    ClaimsStay,
    /// All pods share one claim.
    ClaimShared,
    /// One more pod than wanted is made during an update, as by default in a Deployment.
    DeploymentSurge,
    /// During an update there are never more pods than wanted.
    NoSurge,
    /// All new pods are made before an old one goes.
    NewBeforeOld,
    /// During an update not one pod is missing.
    NeverFewer,
    /// During an update one pod is missing.
    OneMissing,
    /// The autoscaler goes to its maximum at once.
    StraightToMaximum,
    /// The autoscaler goes to its minimum at once.
    StraightToMinimum,
    /// The autoscaler goes one pod at a time.
    OneReplicaAtATime,
    /// A new pod takes the next ordinal.
    NextOrdinal,
    /// A new pod gets a random name, as from a Deployment.
    RandomName,
    /// A new pod gets the name of the one before, as from a StatefulSet.
    SameName,
    /// The containers start anew in the same pod.
    RestartsInPlace,
    /// The pod is replaced by another one.
    IsReplaced,
    /// The pod stays as Terminating.
    StaysTerminating,
    /// The pod only gets no traffic.
    OnlyTraffic,
    /// Nothing becomes of the pod.
    NothingHappens,
}
