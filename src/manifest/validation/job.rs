//! Job and CronJob, which are not simulated and checked all the same. Upstream: `pkg/apis/batch/validation/validation.go`,
//! `pkg/registry/batch/job/strategy.go`. The rules of `podFailurePolicy` and `successPolicy` are not here.

use super::field::{Errors, Field};
use super::meta::{self, Selector};
use super::workload::MISMATCH;
use super::{cron, pod};
use crate::api::Kind;
use crate::manifest::{decode, defaults};
use serde_json::{Value, json};

/// More pods of an indexed Job do not run at once.
const MAX_INDEXED_PARALLELISM: i64 = 100_000;
/// The Jobs of a CronJob have its name and eleven characters more.
const MAX_CRON_NAME: usize = 52;

pub(super) fn job(object: &Value, errors: &mut Errors) {
    let job = Field::root(object);
    let (spec, name) = (job.at("spec"), job.at("metadata").at("name"));
    let (selector, template) = (spec.at("selector"), spec.at("template"));
    let is_manual = spec.at("manualSelector").value == &Value::Bool(true);
    // What the API server adds to the labels of the pods, but for the identity of the Job.
    let made = json!({ "batch.kubernetes.io/job-name": name.text(), "job-name": name.text() });
    let parsed = Selector::of(&selector);
    if !is_manual && selector.is_set() && !selector.is_empty() && !parsed.matches(&Field::root(&made)) {
        errors.invalid(&selector, "`selector` not auto-generated");
    }
    job_spec(&spec, errors);
    if is_manual && !selector.is_set() {
        errors.required(&selector, "");
    }
    meta::selector(&selector, errors);
    let labels = template.at("metadata").at("labels");
    let mut all = labels.value.clone();
    if let (Some(all), Some(made)) = (all.as_object_mut(), made.as_object().filter(|_| !is_manual)) {
        all.extend(made.clone());
    }
    if selector.is_set() && !matches!(parsed, Selector::Broken) && !parsed.matches(&Field::root(&all)) {
        errors.invalid(&labels, MISMATCH);
    }
    let completions = spec.at("completions");
    if spec.at("completionMode").text() == "Indexed" && completions.int() > 0 {
        let last = format!("{}-{}", name.text(), completions.int() - 1);
        if !super::names::dns_label(&last).is_empty() {
            errors.invalid(&name, &format!("will not able to create pod with invalid DNS label: {last}"));
        }
    }
}

fn job_spec(spec: &Field, errors: &mut Errors) {
    for name in [
        "parallelism",
        "completions",
        "activeDeadlineSeconds",
        "backoffLimit",
        "ttlSecondsAfterFinished",
        "backoffLimitPerIndex",
        "maxFailedIndexes",
    ] {
        errors.non_negative(&spec.at(name));
    }
    let (per_index, max_failed) = (spec.at("backoffLimitPerIndex"), spec.at("maxFailedIndexes"));
    if max_failed.is_set() && !per_index.is_set() {
        errors.required(&per_index, "when maxFailedIndexes is specified");
    }
    let mode = spec.at("completionMode");
    errors.one_of(&mode, &["NonIndexed", "Indexed"], false);
    match mode.text() {
        "Indexed" => indexed(spec, errors),
        "" | "NonIndexed" => {
            for field in [&per_index, &max_failed].into_iter().filter(|field| field.is_set()) {
                errors.invalid(field, "requires indexed completion mode");
            }
        }
        _ => {}
    }
    if spec.at("successPolicy").is_set() && mode.text() != "Indexed" {
        errors.invalid(&spec.at("successPolicy"), "requires indexed completion mode");
    }
    let has_failure_policy = spec.at("podFailurePolicy").is_set();
    let replacements: &[&str] = if has_failure_policy { &["Failed"] } else { &["Failed", "TerminatingOrFailed"] };
    errors.one_of(&spec.at("podReplacementPolicy"), replacements, false);

    let defaulted = with_defaults(spec.at("template").value);
    let template = Field { path: spec.at("template").path, value: &defaulted };
    pod::template(&template, None, errors);
    let restart = template.at("spec").at("restartPolicy");
    match restart.text() {
        "" | "Always" => errors.required(&restart, "valid values: \"OnFailure\", \"Never\""),
        "Never" => {}
        "OnFailure" if has_failure_policy => {
            errors.invalid(&restart, "only \"Never\" is supported when podFailurePolicy is specified");
        }
        "OnFailure" => {}
        other => errors.not_supported(&restart, other, &["OnFailure", "Never"]),
    }
}

fn indexed(spec: &Field, errors: &mut Errors) {
    let (completions, parallelism) = (spec.at("completions"), spec.at("parallelism"));
    let max_failed = spec.at("maxFailedIndexes");
    if !completions.is_set() {
        errors.required(&completions, "when completion mode is Indexed");
    }
    if parallelism.int() > MAX_INDEXED_PARALLELISM {
        let detail = format!("must be less than or equal to {MAX_INDEXED_PARALLELISM} when completion mode is Indexed");
        errors.invalid(&parallelism, &detail);
    }
    if completions.is_set() && max_failed.int() > completions.int() {
        errors.invalid(&max_failed, "must be less than or equal to completions");
    }
    if max_failed.int() > MAX_INDEXED_PARALLELISM {
        errors.invalid(&max_failed, &format!("must be less than or equal to {MAX_INDEXED_PARALLELISM}"));
    }
}

/// The template of a pod as it is after defaulting, which is the same as a pod's own.
fn with_defaults(template: &Value) -> Value {
    let mut template = template.clone();
    let spec = template.get("spec").cloned().unwrap_or_default();
    let pod = json!({ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "a" }, "spec": spec });
    let Ok((mut object, misfits)) = decode::typed(Kind::Pod, &pod) else { return template };
    defaults::apply(&mut object);
    let mut json = object.to_json();
    decode::restore(&mut json, &misfits);
    if let (Some(fields), Some(spec)) = (template.as_object_mut(), json.get_mut("spec")) {
        fields.insert("spec".into(), spec.take());
    }
    template
}

pub(super) fn cron_job(object: &Value, errors: &mut Errors) {
    let job = Field::root(object);
    let spec = job.at("spec");
    let schedule = spec.at("schedule");
    if schedule.is_empty() {
        errors.required(&schedule, "");
    } else {
        errors.all_invalid(&schedule, cron::problem(schedule.text()).into_iter().collect());
        if schedule.text().contains("TZ") {
            errors.invalid(&schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        }
    }
    errors.non_negative(&spec.at("startingDeadlineSeconds"));
    time_zone(&spec.at("timeZone"), errors);
    errors.one_of(&spec.at("concurrencyPolicy"), &["Allow", "Forbid", "Replace"], false);
    let template = spec.at("jobTemplate").at("spec");
    job_spec(&template, errors);
    if template.at("selector").is_set() {
        errors.invalid(&template.at("selector"), "`selector` will be auto-generated");
    }
    let manual = template.at("manualSelector");
    if manual.value == &Value::Bool(true) {
        errors.not_supported(&manual, true, &["nil", "false"]);
    }
    errors.non_negative(&spec.at("successfulJobsHistoryLimit"));
    errors.non_negative(&spec.at("failedJobsHistoryLimit"));
    let name = job.at("metadata").at("name");
    if name.text().len() > MAX_CRON_NAME {
        errors.invalid(&name, &format!("must be no more than {MAX_CRON_NAME} characters"));
    }
}

/// `validateTimeZone`, without the list of the zones that there are.
fn time_zone(zone: &Field, errors: &mut Errors) {
    if !zone.is_set() {
        return;
    }
    if zone.is_empty() {
        return errors.invalid(zone, "timeZone must be nil or non-empty string");
    }
    let is_part = |part: &str| {
        (1..=14).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+'))
            && !matches!(part, "." | "..")
            && !part.starts_with('-')
    };
    if !zone.text().split('/').all(is_part) {
        errors.invalid(zone, &format!("unknown time zone {}", zone.text()));
    } else if zone.text().eq_ignore_ascii_case("local") {
        let detail = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
        errors.invalid(zone, detail);
    }
}
