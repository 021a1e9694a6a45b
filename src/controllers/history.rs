//! Template revisions, which StatefulSets and DaemonSets keep. Upstream: `pkg/controller/history`.

use crate::api::{ControllerRevision, Labels, ObjectMeta, OwnerReference, PodTemplateSpec};
use std::rc::Rc;

/// The label that ties a pod to the revision of its template.
pub const REVISION_LABEL: &str = "controller-revision-hash";

/// A short, stable hash of a template, in letters that cannot spell a word.
///
/// Kubernetes' own bytes depend on how Go prints structs; any stable hash does.
#[must_use]
pub fn template_hash(template: &PodTemplateSpec) -> String {
    let text = serde_json::to_string(template).unwrap_or_default();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    safe_encode(hash, 10)
}

/// Characters that Kubernetes uses in generated names (`k8s.io/apimachinery/pkg/util/rand: SafeEncodeString`).
const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

/// Some characters of the safe alphabet for a number.
#[must_use]
pub fn safe_encode(mut number: u64, length: usize) -> String {
    (0..length)
        .map(|_| {
            let index = usize::try_from(number % 27).unwrap_or_default();
            number = (number / 27) ^ (number << 59);
            char::from(ALPHABET[index])
        })
        .collect()
}

/// The revisions of one set and what its present template makes of them.
#[derive(Clone, Debug)]
pub struct History {
    /// The revisions there are, oldest first.
    pub existing: Vec<Rc<ControllerRevision>>,
    /// The revision of the present template.
    pub update: Rc<ControllerRevision>,
    /// How the present template's revision came to be.
    pub origin: Origin,
}

/// How the revision of the present template came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is the newest already.
    Newest,
    /// It is an older one, whose number is raised.
    Raised,
    /// It is made.
    New,
}

impl History {
    /// Finds, raises or makes the revision of a template (`getStatefulSetRevisions`, `constructHistory`).
    ///
    /// The name of a new one is `<owner>-<hash>`, its labels those of the template and the hash label.
    #[must_use]
    pub fn of(
        mut existing: Vec<Rc<ControllerRevision>>,
        template: &Rc<PodTemplateSpec>,
        owner: &OwnerReference,
        namespace: &str,
    ) -> History {
        existing.sort_by(|a, b| (a.revision, &a.metadata.name).cmp(&(b.revision, &b.metadata.name)));
        let next = existing.last().map_or(1, |newest| newest.revision + 1);
        let equal = existing.iter().rposition(|revision| revision.data == *template);
        let (update, origin) = match equal {
            Some(index) if index + 1 == existing.len() => (existing[index].clone(), Origin::Newest),
            Some(index) => {
                let raised = ControllerRevision { revision: next, ..(*existing[index]).clone() };
                (Rc::new(raised), Origin::Raised)
            }
            None => (Rc::new(new_revision(template, owner, namespace, next)), Origin::New),
        };
        History { existing, update, origin }
    }

    /// Old revisions to delete: of those that nothing uses, all but the newest `limit`, oldest first (`truncateHistory`).
    #[must_use]
    pub fn beyond(&self, limit: i32, in_use: impl Fn(&ControllerRevision) -> bool) -> Vec<Rc<ControllerRevision>> {
        let unused: Vec<_> = self.existing.iter().filter(|revision| !in_use(revision)).cloned().collect();
        let surplus = unused.len().saturating_sub(usize::try_from(limit).unwrap_or(0));
        unused.into_iter().take(surplus).collect()
    }
}

fn new_revision(
    template: &Rc<PodTemplateSpec>,
    owner: &OwnerReference,
    namespace: &str,
    number: i64,
) -> ControllerRevision {
    let hash = template_hash(template);
    let mut labels: Labels = template.metadata.labels.clone();
    labels.insert(REVISION_LABEL.into(), hash.clone());
    let owner_part: String = owner.name.chars().take(223).collect();
    ControllerRevision {
        metadata: ObjectMeta {
            name: format!("{owner_part}-{hash}"),
            namespace: namespace.into(),
            labels,
            owner_references: vec![owner.clone()],
            ..Default::default()
        },
        revision: number,
        data: template.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(image: &str) -> Rc<PodTemplateSpec> {
        let mut template = PodTemplateSpec::default();
        template.spec.containers = vec![crate::api::Container { image: Some(image.into()), ..Default::default() }];
        Rc::new(template)
    }

    fn owner() -> OwnerReference {
        OwnerReference { name: "web".into(), ..Default::default() }
    }

    #[test]
    fn going_back_to_an_old_template_raises_its_number() {
        let first = History::of(vec![], &template("nginx:1"), &owner(), "default").update;
        let second = History::of(vec![first.clone()], &template("nginx:2"), &owner(), "default").update;
        assert_eq!((first.revision, second.revision), (1, 2));
        let back = History::of(vec![first.clone(), second], &template("nginx:1"), &owner(), "default");
        assert_eq!(back.origin, Origin::Raised);
        assert_eq!((back.update.revision, &back.update.metadata.name), (3, &first.metadata.name));
    }

    #[test]
    fn the_same_template_has_the_same_name() {
        let one = History::of(vec![], &template("nginx:1"), &owner(), "default").update;
        let two = History::of(vec![], &template("nginx:1"), &owner(), "default").update;
        assert_eq!(one.metadata.name, two.metadata.name);
        assert!(one.metadata.name.starts_with("web-"));
    }
}
