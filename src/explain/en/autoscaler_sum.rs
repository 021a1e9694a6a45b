//! The arithmetic of a metric in one line: "4 pods use 360m of 400m requested = 90 %, target 50 %, ratio 1.8, 4 × 1.8 = 7.2,
//! so 8".

use super::words::count;
use crate::controllers::autoscaler::amount_text;
use crate::explain::facts::amounts::quotient;
use crate::explain::{Piece, Text, text, verbatim};
use crate::reason::{FindingVerdict, MetricAim, MetricEvidence, MetricFinding};

/// What a metric measured and what it asks for.
pub(super) fn sum(metric: &MetricEvidence, current: i32) -> Text {
    let finding = match &metric.outcome {
        Err(error) => return text![verbatim(&metric.name), ": ", verbatim(error)],
        Ok(finding) => finding,
    };
    let amount = |milli: i64| Piece::Words(amount_text(milli, metric.resource == "memory"));
    let counted = || count(i64::try_from(finding.counted).unwrap_or(i64::MAX), "pod");
    let measured = match metric.target {
        MetricAim::Utilization(target) => text![
            counted(),
            verb(finding.counted, " uses ", " use "),
            amount(finding.used),
            " of ",
            amount(finding.requested),
            " ",
            verbatim(&metric.resource),
            " requested = ",
            finding.utilization.unwrap_or(0),
            " %, target ",
            target,
            " %"
        ],
        MetricAim::AverageValue(target) => text![
            verbatim(&metric.name),
            ": ",
            amount(finding.used),
            " over ",
            counted(),
            " is ",
            amount(finding.usage),
            " each, target ",
            amount(target)
        ],
        MetricAim::Value(target) => {
            text![verbatim(&metric.name), ": ", amount(finding.usage), ", target ", amount(target)]
        }
    };
    text![measured, ", ratio ", verbatim(quotient(finding.ratio, 1)), left_out(finding), made_of_it(finding, current)]
}

fn verb(pods: usize, one: &'static str, many: &'static str) -> &'static str {
    if pods == 1 { one } else { many }
}

/// What was assumed of the pods that do not count.
fn left_out(finding: &MetricFinding) -> Option<Text> {
    let (ratio, _) = finding.assumed?;
    let is_up = finding.ratio.0 > finding.ratio.1;
    let mut text = Text::default();
    if finding.missing > 0 {
        let assumed = if is_up { " counted as idle" } else { " counted as busy" };
        text.say(text!["; ", finding.missing, " without metrics", assumed]);
    }
    if finding.unready > 0 && is_up {
        text.say(text!["; ", finding.unready, " not ready counted as idle"]);
    }
    text.say(text![": ratio ", verbatim(quotient(ratio, 1))]);
    Some(text)
}

fn made_of_it(finding: &MetricFinding, current: i32) -> Text {
    let (ratio, pods) = finding.assumed.unwrap_or((finding.ratio, finding.counted));
    match finding.verdict {
        FindingVerdict::WithinTolerance => text![", near enough to 1: ", current, " stays"],
        FindingVerdict::WouldTurn => text![", which would turn the direction: ", current, " stays"],
        FindingVerdict::Multiplied => text![
            ", ",
            pods,
            " × ",
            verbatim(quotient(ratio, 1)),
            " = ",
            verbatim(quotient(ratio, i64::try_from(pods).unwrap_or(i64::MAX))),
            ", so ",
            finding.replicas
        ],
    }
}
