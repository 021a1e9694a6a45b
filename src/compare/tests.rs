//! Where well-known pairs part.

use super::{Input, PRESETS, Parting, Side, played};
use crate::engine::{Run, Timeline};
use crate::explain::{Language, parting};
use crate::manifest::SourceFile;
use crate::turn::Turn;

fn runs(id: &str) -> [Run; 2] {
    played(&PRESETS.iter().find(|preset| preset.id == id).expect("a preset").inputs())
}

fn part(runs: &[Run; 2]) -> Option<Parting> {
    Parting::of([runs[0].timeline.steps(), runs[1].timeline.steps()])
}

fn told(id: &str) -> String {
    let runs = runs(id);
    let parting_of = part(&runs).expect("they part");
    let mut out = String::new();
    for language in [Language::En, Language::Zh] {
        out.push_str(&in_words(&parting_of, [&runs[0].timeline, &runs[1].timeline], language));
    }
    out
}

fn in_words(parting_of: &Parting, runs: [&Timeline; 2], language: Language) -> String {
    let told = parting(parting_of, runs, language);
    let mut out = format!("{}\n", told.headline);
    for side in told.sides {
        out.push_str(&format!("\n{}\n", side.what));
        side.why.iter().for_each(|why| out.push_str(&format!("  {why}\n")));
        side.decided_by.iter().for_each(|field| out.push_str(&format!("  {}: {}\n", field.path, field.value)));
    }
    out
}

#[test]
fn every_preset_parts_where_its_fields_decide() {
    for preset in PRESETS {
        insta::assert_snapshot!(preset.id, told(preset.id));
    }
}

#[test]
fn an_ordered_set_parts_from_a_parallel_one_at_its_second_pod() {
    let Some(Parting::Order { alike, first, next }) = part(&runs("ordered-parallel")) else { panic!("an order") };
    assert_eq!((alike, first), (1, Side::Right));
    let [left, right] = next.map(|turn| turn.map(|turn| (turn.turn, turn.pod.name().to_owned())));
    assert_eq!(left, Some((Turn::Ready, "web-0".into())));
    assert_eq!(right, Some((Turn::Created, "web-1".into())));
}

#[test]
fn a_partition_parts_from_none_after_the_pods_above_it() {
    let Some(Parting::Order { first, next, .. }) = part(&runs("partition")) else { panic!("an order") };
    assert_eq!(first, Side::Left);
    let [left, right] = next.map(|turn| turn.map(|turn| (turn.turn, turn.pod.name().to_owned())));
    assert_eq!((left, right), (Some((Turn::Stops, "web-1".into())), None));
}

#[test]
fn the_same_input_does_not_part() {
    let [input, _] = PRESETS[0].inputs();
    assert_eq!(part(&played(&[input.clone(), input])), None);
}

#[test]
fn the_same_order_at_another_time_is_a_delay() {
    let [input, _] = PRESETS[0].inputs();
    let slow = Input {
        files: vec![SourceFile {
            name: "slow.yaml".into(),
            text: input.files[0].text.replace("  replicas: 3\n", "  replicas: 3\n  minReadySeconds: 20\n"),
        }],
        script: vec![],
    };
    let quick = Input { script: vec![], ..input };
    let Some(Parting::Delay { later, turns, by }) = part(&played(&[slow, quick])) else { panic!("a delay") };
    assert_eq!((later, turns[0].turn), (Side::Left, Turn::Created));
    assert!((19_000..=21_000).contains(&by), "{by}");
}

#[test]
fn commands_are_given_on_both_sides_at_the_same_instant() {
    let runs = runs("statefulset-deployment");
    let at = runs.map(|run| {
        let commands = run.timeline.steps().iter().filter(|step| step.actor == crate::actor::Actor::User);
        commands.map(|step| step.at).next_back()
    });
    assert_eq!(at[0], at[1]);
    assert!(at[0].is_some());
}
