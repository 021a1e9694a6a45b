//! The arithmetic of a metric in one line: “4 个 Pod 使用 360m，请求 400m cpu，使用率 90%，目标 50%，比值 1.8，4 × 1.8 = 7.2，
//! 所以是 8”.

use super::words::count;
use crate::controllers::autoscaler::amount_text;
use crate::explain::facts::amounts::quotient;
use crate::explain::{Piece, Text, text, verbatim};
use crate::reason::{FindingVerdict, MetricAim, MetricEvidence, MetricFinding};

/// What a metric measured and what it asks for.
pub(super) fn sum(metric: &MetricEvidence, current: i32) -> Text {
    let finding = match &metric.outcome {
        Err(error) => return text![verbatim(&metric.name), "：", verbatim(error)],
        Ok(finding) => finding,
    };
    let amount = |milli: i64| Piece::Words(amount_text(milli, metric.resource == "memory"));
    let counted = || count(i64::try_from(finding.counted).unwrap_or(i64::MAX), "个 Pod");
    let measured = match metric.target {
        MetricAim::Utilization(target) => text![
            counted(),
            "使用",
            amount(finding.used),
            "，请求",
            amount(finding.requested),
            " ",
            verbatim(&metric.resource),
            "，使用率",
            finding.utilization.unwrap_or(0),
            "%，目标",
            target,
            "%"
        ],
        MetricAim::AverageValue(target) => text![
            verbatim(&metric.name),
            "：",
            amount(finding.used),
            "，分给",
            counted(),
            "，平均",
            amount(finding.usage),
            "，目标",
            amount(target)
        ],
        MetricAim::Value(target) => {
            text![verbatim(&metric.name), "：", amount(finding.usage), "，目标", amount(target)]
        }
    };
    text![measured, "，比值", verbatim(quotient(finding.ratio, 1)), left_out(finding), made_of_it(finding, current)]
}

/// What was assumed of the pods that do not count.
fn left_out(finding: &MetricFinding) -> Option<Text> {
    let (ratio, _) = finding.assumed?;
    let is_up = finding.ratio.0 > finding.ratio.1;
    let mut text = Text::default();
    if finding.missing > 0 {
        let assumed = if is_up { "个没有指标，按空闲算" } else { "个没有指标，按繁忙算" };
        text.say(text!["；", finding.missing, assumed]);
    }
    if finding.unready > 0 && is_up {
        text.say(text!["；", finding.unready, "个没有就绪，按空闲算"]);
    }
    text.say(text!["：比值", verbatim(quotient(ratio, 1))]);
    Some(text)
}

fn made_of_it(finding: &MetricFinding, current: i32) -> Text {
    let (ratio, pods) = finding.assumed.unwrap_or((finding.ratio, finding.counted));
    match finding.verdict {
        FindingVerdict::WithinTolerance => text!["，足够接近 1：保持", current, "个"],
        FindingVerdict::WouldTurn => text!["，方向会反过来：保持", current, "个"],
        FindingVerdict::Multiplied => text![
            "，",
            pods,
            " × ",
            verbatim(quotient(ratio, 1)),
            " = ",
            verbatim(quotient(ratio, i64::try_from(pods).unwrap_or(i64::MAX))),
            "，所以是",
            finding.replicas
        ],
    }
}
