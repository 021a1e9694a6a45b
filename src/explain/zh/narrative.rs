//! A run as a story.

use super::words::{list, moment};
use crate::api::Kind;
use crate::explain::narrative::Ending;
use crate::explain::{Text, text};
use crate::narrative::{Course, Outcome};

/// What came of a phase for a workload.
pub(super) fn outcome(outcome: &Outcome) -> Text {
    let workload = &outcome.workload;
    let happened = match &outcome.course {
        Course::Started { pods, .. } if workload.kind == Kind::Pod && pods.len() == 1 => text![workload, " 启动"],
        Course::Started { pods, one_by_one } => {
            let how = match (pods.len(), one_by_one) {
                (0 | 1, _) => "",
                (_, true) => "，前一个就绪后才轮到下一个",
                (_, false) => "，互不等待",
            };
            text![workload, " 启动 ", list(pods), how]
        }
        Course::Stopped { pods, .. } if workload.kind == Kind::Pod && pods.len() == 1 => text![workload, " 停止"],
        Course::Stopped { pods, one_by_one } => {
            let how = match (pods.len(), one_by_one) {
                (0 | 1, _) => "",
                (_, true) => "，前一个消失后才轮到下一个",
                (_, false) => "，互不等待",
            };
            text![workload, " 停止 ", list(pods), how]
        }
        Course::Replaced { stopped, made, most_beyond, one_by_one } => {
            let how = match (stopped.len(), one_by_one) {
                (0 | 1, _) => "",
                (_, true) => "，一次一个",
                (_, false) => "，一次多个",
            };
            let beyond = (*most_beyond > 0).then(|| text!["，最多时比期望的多 ", *most_beyond, " 个 Pod"]);
            text![workload, " 替换 ", list(stopped), how, beyond, "（新建 ", *made, " 个）"]
        }
        Course::Changed { ready, unready } => {
            let became = (*ready > 0).then(|| text!["有 ", *ready, " 个 Pod 就绪"]);
            let no_longer = (*unready > 0).then(|| text!["有 ", *unready, " 个 Pod 不再就绪"]);
            let both = (became.is_some() && no_longer.is_some()).then_some("，");
            text![workload, " ", became, both, no_longer]
        }
    };
    let state = outcome.wanted.map(|wanted| text!["：", wanted, " 个中 ", outcome.ready, " 个就绪"]);
    text![happened, state, "。"]
}

/// What was asked for in the whole run: the first commands, and how many follow.
pub(super) fn asked(commands: &[&Text], more: usize) -> Text {
    let mut text = Text::default();
    for (index, command) in commands.iter().enumerate() {
        text.say((index > 0).then_some("然后：")).say((*command).clone()).say("。");
    }
    match more {
        0 => text,
        more => text![text, "之后还有 ", more, " 件事。"],
    }
}

/// What came of it: the first and the last outcome.
pub(super) fn came_of(outcomes: &[&Outcome]) -> Text {
    match outcomes {
        [] => text!["没有创建 Pod，也没有 Pod 停止。"],
        [only] => outcome(only),
        [first, .., last] => text![outcome(first), outcome(last)],
    }
}

/// How it ended.
pub(super) fn ended(ending: &Ending) -> Text {
    match ending {
        Ending::Done { ready: 0, .. } => Text::default(),
        Ending::Done { at, ready } => text!["到", moment(*at), "，要求的都有了：", *ready, " 个 Pod 就绪。"],
        Ending::Unfinished(unfinished) => {
            let mut text = text!["最后，"];
            for left in unfinished.iter().take(2) {
                let outcome = &left.outcome;
                text.say(&outcome.workload).say(" 的 ").say(outcome.wanted.unwrap_or_default()).say(" 个 Pod 中 ");
                text.say(outcome.ready).say(" 个就绪");
                match &left.because {
                    Some(because) => drop(text.say("：").say(because.clone())),
                    None => drop(text.say("。")),
                }
            }
            text
        }
    }
}
