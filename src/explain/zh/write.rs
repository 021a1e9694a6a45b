//! Objects that somebody makes, replaces or labels.

use crate::api::{Kind, ObjectRef};
use crate::explain::text;
use crate::explain::words::Words;

pub(super) fn create(words: &mut Words, object: &ObjectRef) {
    words.why(text![
        "API server 保存了",
        object,
        "。它是直接创建的，不是用 `kubectl apply` 应用的，所以对象不记得自己来自哪份清单。"
    ]);
    if object.kind.is_workload() {
        words.next(text![object, "的控制器会创建它的 Pod。"]);
    }
}

pub(super) fn replace(words: &mut Words, object: &ObjectRef) {
    words
        .why(text![
            "新对象取代了已保存的对象：清单里没写的字段会消失，或者恢复默认值。换成 `kubectl apply`，别人设置的内容会保留下来。"
        ])
        .next(text!["监听", object, "的控制器会检查有没有事要做。"]);
}

pub(super) fn label(words: &mut Words, object: &ObjectRef) {
    words.why(text!["选择器看的就是标签：控制器靠标签找到自己的 Pod，Service 靠标签找到后端的 Pod。"]).next(
        match object.kind {
            Kind::Pod => text!["如果", object, "不再匹配控制器的选择器，控制器就会释放它，再创建一个 Pod 来补位。"],
            _ => text!["监听", object, "的控制器会检查有没有事要做。"],
        },
    );
}

pub(super) fn annotate(words: &mut Words, object: &ObjectRef) {
    words.why(text!["注解是写给工具和人看的备注。没有哪个选择器会看", object, "的注解。"]);
}
