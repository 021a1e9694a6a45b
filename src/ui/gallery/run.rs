//! The run of the gallery: the lanes, the marks, the explanation and the inspector of a moment that is always the same.

use crate::actor::Settings;
use crate::api::{Kind, ObjectRef};
use crate::engine;
use crate::examples;
use crate::explain;
use crate::scene::{Bar, ClaimState, Group, Lane, Lanes, NodeState, Owner, Playback, PodState};
use crate::session::{Reading, Speed};
use crate::trap::Trap;
use crate::ui::explanation::ExplanationPane;
use crate::ui::inspector::{Aspect, Inspection, Inspector};
use crate::ui::lanes::MarkLabel;
use crate::ui::shared::use_shared;
use crate::ui::told::Told;
use crate::ui::transport::{Reel, Transport};
use crate::ui::words::Words;
use std::rc::Rc;
use yew::prelude::*;

/// What the gallery shows of a run.
struct Parts {
    told: Rc<Told>,
    inspection: Rc<Inspection>,
    reel: Reel,
    empty: Reel,
}

/// The lanes twice, with everything and with nothing; the explanation with a trap; the inspector.
#[component]
pub fn RunParts() -> Html {
    let words = use_shared().words;
    let parts = use_memo((), |()| Parts::of(words));
    let transport = |reel: &Reel, playing: bool| {
        html! {
            <Transport reel={reel.clone()} {playing} speed={Speed::Normal} every={false} even={false} zoom={100} onzoom={Callback::noop()} onconsole={Callback::noop()} />
        }
    };
    html! {
        <>
            <div class="gallery-columns">
                <div class="gallery-pane"><ExplanationPane told={parts.told.clone()} passed={Some(303_000)} files={Rc::new(vec![])}
                    onlight={Callback::noop()} ongoto={Callback::noop()} /></div>
                <div class="gallery-pane"><ExplanationPane told={None::<Rc<Told>>} passed={None::<u64>} files={Rc::new(vec![])}
                    onlight={Callback::noop()} ongoto={Callback::noop()} />
                    <Inspector inspection={parts.inspection.clone()} onaspect={Callback::noop()} onact={Callback::noop()} load={None} /></div>
            </div>
            <div class="gallery-lanes" id="gallery-lanes">{transport(&parts.reel, false)}</div>
            <div hidden={parts.empty.at_end}>{transport(&parts.empty, true)}</div>
        </>
    }
}

impl Parts {
    fn of(words: &Words) -> Parts {
        let files = examples::find("both").map(|example| example.files()).unwrap_or_default();
        let reading = Reading::of(&files);
        let mut run = Playback::of(engine::play(&reading.objects(), &Settings::default()), false);
        run.seek(run.instructive());
        let mut told = Told::of(&run, &reading, &reading, words.language);
        let warned = |trap: &Trap| (trap.key(), explain::warning(trap, words.language));
        let budget = ObjectRef::new(Kind::PodDisruptionBudget, "default", "db");
        let claim = ObjectRef::new(Kind::PersistentVolumeClaim, "default", "data-db-2");
        let set = ObjectRef::new(Kind::StatefulSet, "default", "db");
        told.traps = vec![warned(&Trap::BudgetWithoutSlack { budget, desired: 3 })];
        told.standing = vec![warned(&Trap::ClaimsStay { set, claims: vec![claim] })];
        let told = Rc::new(told);
        let pod = ObjectRef::new(Kind::Pod, "default", "db-1");
        let reel = Reel {
            told: told.clone(),
            lanes: Rc::new(lanes(&run)),
            axis: run.axis().clone(),
            marks: Rc::new(MarkLabel::all(&run, words)),
            end: run.ends_at(),
            to_watch: 12_000,
            at_end: false,
        };
        Parts {
            told,
            inspection: Rc::new(Inspection::of(&pod, Aspect::Scheduling, &run, words)),
            empty: Reel { lanes: Rc::new(Lanes::default()), at_end: true, ..reel.clone() },
            reel,
        }
    }
}

/// A lane with every state of a pod, one with every state of a claim, one with every state of a node, and those of the run.
fn lanes(run: &Playback) -> Lanes {
    let lane = |label: &str| Lane {
        label: label.into(),
        node: None,
        object: ObjectRef::new(Kind::Pod, "default", label),
        bars: vec![],
        claim: vec![],
        machine: vec![],
    };
    let claims = [ClaimState::Pending, ClaimState::Bound, ClaimState::Lost, ClaimState::Terminating];
    let nodes = [NodeState::Ready, NodeState::Cordoned, NodeState::Down];
    let every = Lane { bars: bars(&PodState::ALL, 3), claim: bars(&claims, 6), ..lane("every-state") };
    let machine = Lane { machine: bars(&nodes, 8), ..lane("worker-9") };
    let mut groups =
        vec![Group { owner: Owner::Nobody, lanes: vec![every] }, Group { owner: Owner::Nodes, lanes: vec![machine] }];
    groups.extend(run.lanes().groups.iter().cloned());
    Lanes { groups, ..(**run.lanes()).clone() }
}

fn bars<S: Copy>(states: &[S], wide: usize) -> Vec<Bar<S>> {
    let places = states.iter().enumerate();
    places.map(|(index, state)| Bar { state: *state, from: index * wide, to: Some((index + 1) * wide) }).collect()
}
