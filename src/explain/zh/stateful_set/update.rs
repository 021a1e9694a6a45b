//! How a changed template reaches the pods of a StatefulSet, and which it does not reach.

use crate::api::ObjectRef;
use crate::explain::facts::stateful_set::{AfterUpdate, after_update, below_partition, start};
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::zh::words::list;
use crate::explain::{code, text};

pub(super) fn order(words: &mut Words, set: &ObjectRef, scope: Scope<'_>, pods: &[ObjectRef]) {
    words.why(text![
        "模板变了，而",
        list(pods),
        "是旧的修订版本。Pod 不会就地修改：先删除，再用同样的名称、同样的 PVC 重新创建。"
    ]);
    words.why(match pods.len() {
        1 => text!["滚动更新从序号最大的开始，一次一个 Pod。"],
        _ => text!["滚动更新从序号最大的开始，一次可以更新几个，由 `maxUnavailable` 决定。"],
    });
    let back = text![list(pods), "会按新的修订版本重新创建"];
    words.next(match after_update(set, pods, scope) {
        AfterUpdate::Next(next) => text![back, "；变为可用后，下一个是", next, "。"],
        AfterUpdate::Held => text![back, "。再往下的 Pod 由分区值挡住。"],
        AfterUpdate::Last => text![back, "，这是最后更新的。"],
    });
}

pub(super) fn partition_holds(
    words: &mut Words,
    set: &ObjectRef,
    scope: Scope<'_>,
    pods: &[ObjectRef],
    partition: i32,
) {
    words.why(text![
        code(format!("partition: {partition}")),
        "表示只更新序号不小于",
        start(set, scope).saturating_add(partition),
        "的 Pod。",
        list(pods),
        "的序号比它小。"
    ]);
    words.why(text![
        "手动删除序号小于分区值的 Pod，也不会更新它：重新创建时还是旧的修订版本。只有分区值为 0，发布才算完成。"
    ]);
    words.evidence("旧修订版本的 Pod", list(pods));
    if let Some((next, partition)) = below_partition(set, pods, scope) {
        words.next(text!["把分区值调低到", partition, "，就会更新", next, "。"]);
    }
}
