//! The revisions that a sync works with. Upstream: `stateful_set_control.go: getStatefulSetRevisions, truncateHistory`.

use crate::actor::{View, Write};
use crate::api::{ControllerRevision, LabelSelector, Object, Pod, StatefulSet, UpdateStrategyType};
use crate::controllers::history::{History, Origin, REVISION_LABEL};
use crate::controllers::ownership::{claim_revisions, controller_reference};
use crate::reason::Aside;
use std::rc::Rc;

/// The revisions of a set.
pub(super) struct Revisions {
    /// The one that pods below the partition are made from.
    pub(super) current: Rc<ControllerRevision>,
    /// The one of the present template.
    pub(super) update: Rc<ControllerRevision>,
    history: History,
    adopted: Vec<Rc<ControllerRevision>>,
}

impl Revisions {
    pub(super) fn of(view: View<'_>, set: &StatefulSet, selector: &LabelSelector) -> Revisions {
        let (existing, adopted) = claim_revisions(view, set, selector);
        let history = History::of(existing, &set.spec.template, &controller_reference(set), &set.metadata.namespace);
        let update = history.update.clone();
        let named = history.existing.iter().find(|revision| revision.metadata.name == set.status.current_revision);
        // A raised revision is the same object as the one named current: compare by name, use the raised one.
        let current = named.filter(|named| named.metadata.name != update.metadata.name).cloned();
        Revisions { current: current.unwrap_or_else(|| update.clone()), update, history, adopted }
    }

    /// The revision for a pod to be made (`newVersionedStatefulSetPod`).
    ///
    /// With a `rollingUpdate` block the partition decides, without one the number of pods still at the current revision.
    pub(super) fn for_ordinal(&self, set: &StatefulSet, ordinal: i32) -> &ControllerRevision {
        if set.spec.strategy() == UpdateStrategyType::OnDelete {
            return &self.update;
        }
        let start = set.spec.start_ordinal();
        let old_below = match &set.spec.update_strategy.rolling_update {
            Some(rolling) => start.saturating_add(rolling.partition.unwrap_or(0)),
            None => start.saturating_add(set.status.current_replicas),
        };
        if ordinal < old_below { &self.current } else { &self.update }
    }

    pub(super) fn writes(&self) -> Vec<Write> {
        let adopted = self.adopted.iter().map(|revision| Write::Update(Object::ControllerRevision(revision.clone())));
        let update = Object::ControllerRevision(self.update.clone());
        let changed = match self.history.origin {
            Origin::Newest => None,
            Origin::Raised => Some(Write::Update(update)),
            Origin::New => Some(Write::Create(update)),
        };
        adopted.chain(changed).collect()
    }

    pub(super) fn asides(&self) -> Vec<Aside> {
        let (name, number) = (self.update.metadata.name.clone(), self.update.revision);
        match self.history.origin {
            Origin::Newest => vec![],
            Origin::Raised => vec![Aside::RolledBack { name, number }],
            Origin::New => vec![Aside::NewRevision { name, number }],
        }
    }

    /// Old revisions beyond the limit: not current, not update, not that of a pod.
    pub(super) fn truncation(&self, set: &StatefulSet, pods: &[Rc<Pod>]) -> Vec<Rc<ControllerRevision>> {
        let limit = set.spec.revision_history_limit.unwrap_or(10);
        self.history.beyond(limit, |revision| {
            let name = &revision.metadata.name;
            *name == self.current.metadata.name
                || *name == self.update.metadata.name
                || pods.iter().any(|pod| pod.metadata.labels.get(REVISION_LABEL) == Some(name))
        })
    }
}
