//! Pods that a StatefulSet deletes because they are too many, and their claims.

use crate::api::ObjectRef;
use crate::explain::scope::Scope;
use crate::explain::text;
use crate::explain::words::Words;
use crate::explain::zh::words::list;

pub(super) fn order(words: &mut Words, set: &ObjectRef, scope: Scope<'_>, pods: &[ObjectRef], replicas: i32) {
    let wanted = match scope.ordinals(set) {
        Some((first, last)) if first == last => text!["只需要序号", first],
        Some((first, last)) => text!["需要的序号是", first, "到", last],
        None => text!["一个序号都不需要"],
    };
    let rule = if scope.is_ordered(set) {
        "有序的 StatefulSet 先删除序号最大的，等它消失了再删下一个。"
    } else {
        "设置了 `podManagementPolicy: Parallel`，多余的 Pod 一次全部删除。"
    };
    words.why(text!["`spec.replicas` 是", replicas, "，", wanted, "；", list(pods), "不在其中。", rule]);
    words.next(text!["kubelet 在宽限期内停止容器。在那之前，Pod 处于正在终止的状态。"]);
}

pub(super) fn claims(words: &mut Words, claims: &[ObjectRef], deleted: bool) {
    if claims.is_empty() {
        return;
    }
    if deleted {
        words
            .why(text![
                "`whenScaled: Delete` 让 Pod 成为自己 PVC 的属主：之后垃圾收集会删除",
                list(claims),
                "，数据也一起删除。"
            ])
            .evidence("会删除的 PVC", list(claims));
    } else {
        words
            .why(text![list(claims), "连同数据留下：缩容不会删除 PVC。再次扩容时，同名的 Pod 会重新用上它。"])
            .evidence("保留的 PVC", list(claims));
    }
}
