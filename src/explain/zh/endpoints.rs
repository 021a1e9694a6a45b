//! What the EndpointSlice controller did.

use super::words::{count, list};
use crate::api::{ObjectRef, Service};
use crate::explain::facts::endpoints::{by_withdrawal, own_names};
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{Departure, EndpointsAct, EndpointsReason, LabelMiss, Withdrawal};

/// So many names in DNS are shown.
const SHOWN: usize = 3;

pub(super) fn headline(reason: &EndpointsReason) -> Text {
    let service = &reason.service;
    match &reason.act {
        EndpointsAct::Publish { entered, left, .. } => {
            let left: Vec<&ObjectRef> = left.iter().map(|departure| &departure.pod).collect();
            match (entered.is_empty(), left.is_empty()) {
                (_, true) => text!["Service", service, "发布", some(entered)],
                (true, false) => text!["Service", service, "撤下", some(left)],
                (false, false) => text!["Service", service, "发布", some(entered), "，撤下", some(left)],
            }
        }
        EndpointsAct::NoAddressYet { .. } => text!["Service", service, "还没有端点"],
        EndpointsAct::SelectsNothing { .. } => text!["Service", service, "没有选中任何 Pod"],
        EndpointsAct::RecordStatus => text!["记录 Service", service, "的端点"],
    }
}

/// The pod, or how many there are.
fn some<'a>(pods: impl IntoIterator<Item = &'a ObjectRef>) -> Text {
    let pods: Vec<&ObjectRef> = pods.into_iter().collect();
    match pods.as_slice() {
        [pod] => text![*pod],
        pods => count(pods.len() as i64, "个 Pod"),
    }
}

pub(super) fn words(reason: &EndpointsReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let service = scope.cluster.services.get(&reason.service.key);
    match &reason.act {
        EndpointsAct::Publish { entered, left, ready, listed } => {
            if !entered.is_empty() {
                publish(&mut words, reason, entered, service.map(|service| &**service), scope);
            }
            withdraw(&mut words, left);
            words.evidence("已发布", text![*ready, " / 列出 ", *listed]);
            if *ready == 0 {
                words.next(text!["已经没有能回应的 Pod：连接", &reason.service, "会失败。"]);
            }
        }
        EndpointsAct::NoAddressYet { expected } => {
            words.why(text![
                "选择器选中的 Pod 有了地址，Service 才会列出。",
                list(expected),
                "的 Pod 会匹配，但现在都还没有地址。"
            ]);
            words.next(text!["每个 Pod 一就绪就会发布。"]);
        }
        EndpointsAct::SelectsNothing { selector, closest } => nothing(&mut words, selector, closest.as_ref()),
        EndpointsAct::RecordStatus => {
            words.why(text![
                "更新",
                &reason.service,
                "的 EndpointSlice。哪些 Pod 接收流量没有变：没有就绪或即将消失的 Pod 只列出，不发布。"
            ]);
        }
    }
    words
}

fn publish(
    words: &mut Words,
    reason: &EndpointsReason,
    entered: &[ObjectRef],
    service: Option<&Service>,
    scope: Scope<'_>,
) {
    let whatever = service.is_some_and(|service| service.spec.publish_not_ready_addresses == Some(true));
    words.why(if whatever {
        text![list(entered), "有了地址；", code("publishNotReadyAddresses: true"), "让它不管就绪与否都会发布。"]
    } else {
        text![list(entered), "已就绪，又由", &reason.service, "选中，所以 Service 的流量也会发到那里。"]
    });
    let Some(service) = service.filter(|service| service.is_headless()) else { return };
    let names = own_names(service, entered, scope);
    let more = names.len().saturating_sub(SHOWN);
    for name in names.iter().take(SHOWN) {
        words.evidence("新的 DNS 记录", text![code(name)]);
    }
    if more > 0 {
        words.evidence("新的 DNS 记录", text!["另有", more, "条"]);
    }
    if !names.is_empty() {
        words.next(text!["从现在起，DNS 会返回它的地址。之前查询过的客户端，可能要等解析器再次查询才能得到。"]);
    }
}

fn withdraw(words: &mut Words, left: &[Departure]) {
    for (why, pods) in by_withdrawal(left) {
        let pods = list(pods);
        words.why(match why {
            Withdrawal::Terminating => {
                text![pods, "正在终止：不再有新流量发过去，虽然容器还在运行，要做完手上的事。"]
            }
            Withdrawal::NotReady => text![
                pods,
                "没有就绪，所以不再有流量发过去。EndpointSlice 保留它的地址，标为 `ready: false`，直到恢复就绪。"
            ],
            Withdrawal::Ended => text![pods, "已经结束，不再回应。"],
            Withdrawal::Unselected => text![pods, "的标签不再匹配选择器，所以 Service 放开它。"],
            Withdrawal::Gone => text![pods, "已经不存在。"],
        });
    }
}

fn nothing(words: &mut Words, selector: &[(String, String)], closest: Option<&(ObjectRef, Vec<LabelMiss>)>) {
    words.why(text!["选择器要找带", asked(selector), "标签的 Pod。命名空间里没有这样的 Pod，也没有这样的模板。"]);
    if let Some((object, misses)) = closest {
        words.why(text!["最接近的是", object, "的标签：", list(misses.iter().map(miss)), "。"]);
    }
    words.next(text!["Service 一直没有端点：连接它会失败。Kubernetes 不会为此报错。"]);
}

fn asked(selector: &[(String, String)]) -> Text {
    list(selector.iter().map(|(key, value)| code(format!("{key}={value}"))))
}

fn miss(miss: &LabelMiss) -> Text {
    match &miss.found {
        Some(found) => text![code(&miss.key), "是", code(found), "，不是", code(&miss.wanted)],
        None => text!["缺少", code(format!("{}={}", miss.key, miss.wanted))],
    }
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &EndpointsReason) -> Option<Text> {
    match &reason.act {
        EndpointsAct::NoAddressYet { expected } => {
            Some(text!["Service", &reason.service, "等待", list(expected), "有就绪的 Pod。"])
        }
        EndpointsAct::SelectsNothing { selector, .. } => {
            Some(text!["Service", &reason.service, "等待带", asked(selector), "标签的 Pod。"])
        }
        EndpointsAct::Publish { .. } | EndpointsAct::RecordStatus => None,
    }
}
