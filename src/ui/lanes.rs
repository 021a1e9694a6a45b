//! The lanes: every object's states over the run, the past full, the future pale, and the place to scrub.

use super::brush::{BrushView, Span, Zoom};
use super::cssom;
use super::lane_rows::{Chart, Labels, percent};
use super::shared::use_shared;
use super::words::Words;
use crate::api::{Kind, Time};
use crate::engine::Step;
use crate::explain;
use crate::scene::{Axis, Group, Lanes as LaneData, Mark, Mix, Owner, Playback};
use crate::session::{Action, BranchId, Session};
use gloo_events::{EventListener, EventListenerOptions};
use std::collections::BTreeSet;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A mark of the timeline, with what it says.
#[derive(Clone, PartialEq)]
pub struct MarkLabel {
    mark: Mark,
    text: String,
    /// The branch that begins here, to which the mark leads.
    branch: Option<BranchId>,
}

/// More marks than this would hide each other.
const MARKS: usize = 80;

impl MarkLabel {
    /// The marks of a run.
    #[must_use]
    pub fn all(run: &Playback, words: &Words) -> Vec<MarkLabel> {
        let label = |mark: &Mark| {
            let step: &Step = run.timeline().steps().get(mark.step)?;
            let headline = explain::headline(step, words.language).to_string();
            Some(MarkLabel {
                mark: *mark,
                branch: None,
                text: (words.stage_words.mark)(mark.is_fault, step.at, &headline),
            })
        };
        run.lanes().marks.iter().take(MARKS).filter_map(label).collect()
    }

    /// Where other branches begin in the shown one.
    #[must_use]
    pub fn branches(session: &Session, words: &Words) -> Vec<MarkLabel> {
        let (Some(shown), Some(run)) = (session.branch(), &session.playback) else { return vec![] };
        let begun = session.branches().iter().filter_map(|branch| {
            let fork = branch.origin.filter(|fork| fork.branch == shown.id)?;
            let step = fork.position.checked_sub(1)?;
            let mark = Mark { stop: run.stops().at_step(step), step, is_fault: false };
            Some(MarkLabel {
                mark,
                text: (words.console_words.branch_mark)(&branch.name, fork.at),
                branch: Some(branch.id),
            })
        });
        begun.take(MARKS).collect()
    }
}

/// Where the playhead is.
#[derive(Clone, PartialEq)]
pub struct Position {
    /// The number of the shown stop; 0 before the first step.
    pub step: usize,
    /// How many stops there are.
    pub steps: usize,
    /// When.
    pub at: Time,
    /// What happened there.
    pub headline: String,
}

/// Properties of [`Lanes`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The lanes.
    pub lanes: Rc<LaneData>,
    /// The axis of the stops.
    pub axis: Rc<Axis>,
    /// What somebody did.
    pub marks: Rc<Vec<MarkLabel>>,
    /// The shown moment.
    pub position: Position,
    /// How wide the axis is, in percent of what fits.
    pub zoom: u32,
    /// Called with the zoom wanted.
    pub onzoom: Callback<Zoom>,
}

/// A StatefulSet of up to so many pods is open at first, and so is what is on its own: their lanes differ one from another.
const OPEN: usize = 6;
/// Other groups are open up to so many.
const OPEN_ALIKE: usize = 1;

/// The lanes with the playhead.
#[component]
pub fn Lanes(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let root = use_node_ref();
    let track = use_node_ref();
    let drag = use_mut_ref(Drag::default);
    let centre = use_mut_ref(|| None::<u32>);
    let span = use_state(|| None::<Span>);
    let folds = use_state(BTreeSet::<Owner>::new);
    let place = props.axis.place(props.position.step);
    {
        let root = root.clone();
        use_effect_with(place, move |place| {
            cssom::set(&root, "--now", &percent(*place));
            keep_in_view(&root, *place, false);
        });
    }
    {
        let (root, centre) = (root.clone(), centre.clone());
        use_effect_with(props.zoom, move |zoom| {
            cssom::set(&root, "--zoom", &format!("{}.{:02}", zoom / 100, zoom % 100));
            keep_in_view(&root, centre.borrow_mut().take().unwrap_or(place), true);
        });
    }
    {
        let onzoom = props.onzoom.clone();
        use_effect_with(root.clone(), move |root| {
            let listener = root.cast::<HtmlElement>().map(|element| {
                // Ctrl and the wheel would zoom the page otherwise.
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&element, "wheel", options, move |event| {
                    if let Some(event) = event.dyn_ref::<web_sys::WheelEvent>().filter(|event| event.ctrl_key()) {
                        event.prevent_default();
                        onzoom.emit(if event.delta_y() < 0.0 { Zoom::In } else { Zoom::Out });
                    }
                })
            });
            move || drop(listener)
        });
    }
    let place_of = {
        let track = track.clone();
        move |event: &PointerEvent| {
            let rect = track.cast::<web_sys::Element>()?.get_bounding_client_rect();
            let place = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
            Some((place.clamp(0.0, 1.0) * f64::from(Axis::END)) as u32)
        }
    };
    let seek = {
        let (act, axis) = (shared.act.clone(), props.axis.clone());
        move |place: u32| act.emit(Action::Seek(axis.nearest(place)))
    };
    let zoom_to = {
        let (onzoom, centre, span) = (props.onzoom.clone(), centre.clone(), span.clone());
        move |wanted: Span| {
            let (zoom, middle) = wanted.zoom();
            *centre.borrow_mut() = Some(middle);
            span.set(None);
            onzoom.emit(zoom);
        }
    };
    let onpointerdown = {
        let (seek, place_of, drag, span) = (seek.clone(), place_of.clone(), drag.clone(), span.clone());
        let track = track.clone();
        Callback::from(move |event: PointerEvent| {
            let target = event.target_dyn_into::<web_sys::Element>();
            let within = |part: &str| target.as_ref().is_some_and(|it| it.closest(part).ok().flatten().is_some());
            let Some(place) = place_of(&event).filter(|_| event.button() == 0 && !within(".mark")) else { return };
            // Not the current target: events are delegated, so that is the root of the page.
            if let Some(track) = track.cast::<web_sys::Element>() {
                let _ended = track.set_pointer_capture(event.pointer_id());
            }
            if event.shift_key() || within(".axis") {
                *drag.borrow_mut() = Drag::Brush(Span::at(place));
                span.set(Some(Span::at(place)));
            } else {
                *drag.borrow_mut() = Drag::Scrub;
                span.set(None);
                seek(place);
            }
        })
    };
    let onpointermove = {
        let (seek, place_of, drag, span) = (seek.clone(), place_of, drag.clone(), span.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(head) = place_of(&event) else { return };
            match &mut *drag.borrow_mut() {
                Drag::None => {}
                Drag::Scrub => seek(head),
                Drag::Brush(brush) => {
                    brush.head = head;
                    span.set(Some(*brush));
                }
            }
        })
    };
    let onpointerup = {
        let (seek, zoom_to, drag, span) = (seek, zoom_to.clone(), drag.clone(), span.clone());
        Callback::from(move |_: PointerEvent| match std::mem::take(&mut *drag.borrow_mut()) {
            Drag::None | Drag::Scrub => {}
            Drag::Brush(brush) if brush.is_click() => {
                span.set(None);
                seek(brush.anchor);
            }
            Drag::Brush(brush) => zoom_to(brush),
        })
    };
    let release = {
        let (drag, span) = (drag, span.clone());
        Callback::from(move |_: PointerEvent| {
            if matches!(std::mem::take(&mut *drag.borrow_mut()), Drag::Brush(_)) {
                span.set(None);
            }
        })
    };
    let onkeydown = {
        let (act, axis, span) = (shared.act.clone(), props.axis.clone(), span.clone());
        let (step, steps) = (props.position.step, props.position.steps);
        Callback::from(move |event: KeyboardEvent| {
            let extend = |to: usize| {
                let anchor = span.map_or_else(|| axis.place(step), |span| span.anchor);
                span.set(Some(Span { anchor, head: axis.place(to.min(steps)) }));
            };
            let action = match (event.key().as_str(), *span) {
                ("Enter", Some(wanted)) if !wanted.is_click() => {
                    event.prevent_default();
                    event.stop_propagation();
                    return zoom_to(wanted);
                }
                ("Escape", Some(_)) => {
                    event.stop_propagation();
                    return span.set(None);
                }
                ("ArrowRight" | "ArrowUp", _) if event.shift_key() => {
                    extend(step + 1);
                    Action::Forward
                }
                ("ArrowLeft" | "ArrowDown", _) if event.shift_key() => {
                    extend(step.saturating_sub(1));
                    Action::Back
                }
                ("ArrowRight" | "ArrowUp", _) => Action::Forward,
                ("ArrowLeft" | "ArrowDown", _) => Action::Back,
                ("PageUp", _) => Action::Seek(step + 10),
                ("PageDown", _) => Action::Seek(step.saturating_sub(10)),
                ("Home", _) => Action::ToStart,
                ("End", _) => Action::ToEnd,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            act.emit(action);
        })
    };
    let onfold = {
        let folds = folds.clone();
        Callback::from(move |owner: Owner| {
            let mut next = (*folds).clone();
            if !next.remove(&owner) {
                next.insert(owner);
            }
            folds.set(next);
        })
    };
    // What is in the set is not as it is at first.
    let groups = &props.lanes.groups;
    let open: Rc<Vec<bool>> = use_memo((groups.len(), folds.clone(), props.lanes.clone()), |(_, folds, lanes)| {
        let is_open = |group: &Group| {
            let most = match &group.owner {
                Owner::Workload(set) if set.kind == Kind::StatefulSet => OPEN,
                Owner::Nobody | Owner::Nodes => OPEN,
                Owner::Workload(_) | Owner::Claims => OPEN_ALIKE,
            };
            (group.lanes.len() <= most) != folds.contains(&group.owner)
        };
        lanes.groups.iter().map(is_open).collect()
    });
    let mixes: Rc<Vec<Mix>> = use_memo((props.lanes.clone(), props.axis.clone()), |(lanes, axis)| {
        lanes.groups.iter().map(|group| Mix::of(group, axis)).collect()
    });
    let position = &props.position;
    let zoom = |wish: Zoom, label: &'static str, sign: &'static str, dead: bool| {
        let onclick = props.onzoom.reform(move |_: MouseEvent| wish);
        html! { <button type="button" class="zoom" title={label} aria-label={label} aria-disabled={dead.then_some("true")} {onclick}>{sign}</button> }
    };
    let marks = props.marks.iter().map(|label| {
        let place = props.axis.place(label.mark.stop);
        html! { <MarkButton key={format!("{}-{:?}", label.mark.step, label.branch)} label={label.clone()} {place} /> }
    });
    let brushed = span.filter(|span| !span.is_click()).map(|span| {
        let (from, to) = span.ends();
        (words.stage_words.brushed)(props.axis.nearest(from), props.axis.nearest(to))
    });
    html! {
        <div class="lanes" ref={root}>
            <Labels lanes={props.lanes.clone()} open={open.clone()} {onfold}>
                <span class="zooms">
                    {zoom(Zoom::Out, words.stage_words.zoom_out, "−", props.zoom <= 100)}
                    {zoom(Zoom::In, words.stage_words.zoom_in, "+", props.zoom >= Zoom::WIDEST)}
                    if props.zoom > 100 { {zoom(Zoom::Whole, words.stage_words.whole_run, "⤢", false)} }
                </span>
                <span>{words.commands}</span>
            </Labels>
            <div class="chart" onpointerdown={onpointerdown} onpointermove={onpointermove} {onpointerup} onpointercancel={release}>
                <div class="track" ref={track}>
                    <div class="marks">{for marks}</div>
                    <p class="visually-hidden" role="status">{brushed}</p>
                    <Chart lanes={props.lanes.clone()} axis={props.axis.clone()} {open} {mixes} zoom={props.zoom} />
                    <BrushView span={*span} />
                    <div class="playhead" role="slider" tabindex="0" aria-label={words.timeline} aria-orientation="horizontal" aria-valuemin="0"
                        aria-valuemax={position.steps.to_string()} aria-valuenow={position.step.to_string()}
                        aria-valuetext={(words.position_text)(position.step, position.steps, position.at, &position.headline)} {onkeydown}>
                        <span class="playhead-line"></span><span class="playhead-grip"></span>
                    </div>
                </div>
            </div>
        </div>
    }
}

/// What a pointer that is down does.
#[derive(Clone, Copy, Debug, Default)]
enum Drag {
    /// Nothing.
    #[default]
    None,
    /// It moves the shown moment.
    Scrub,
    /// It selects a span.
    Brush(Span),
}

/// Scrolls the lanes so that a place of the axis is seen, or is in the middle.
fn keep_in_view(root: &NodeRef, place: u32, centre: bool) {
    let Some(lanes) = root.cast::<HtmlElement>() else { return };
    let Ok(Some(track)) = lanes.query_selector(".track") else { return };
    let labels = lanes.query_selector(".lane-labels").ok().flatten().map_or(0, |labels| labels.client_width());
    let seen = lanes.client_width() - labels;
    let x = i32::try_from(i64::from(track.client_width()) * i64::from(place) / i64::from(Axis::END)).unwrap_or(0);
    let from = lanes.scroll_left();
    if centre {
        lanes.set_scroll_left(x - seen / 2);
    } else if x < from || x > from + seen - 24 {
        lanes.set_scroll_left(x - seen / 3);
    }
}

#[derive(Properties, PartialEq)]
struct MarkProps {
    label: MarkLabel,
    place: u32,
}

/// What somebody did: says what when pointed at or focused, and goes there.
#[component]
fn MarkButton(props: &MarkProps) -> Html {
    let shared = use_shared();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.place, move |place| cssom::set(&node, "left", &percent(*place)));
    }
    let MarkLabel { mark, text, branch } = &props.label;
    let late = props.place > Axis::END / 2;
    let class = classes!("mark", mark.is_fault.then_some("fault"), branch.map(|_| "begins"), late.then_some("late"));
    let shape = match (mark.is_fault, branch) {
        (true, _) => "M0 1h12l-6 12z",
        (false, Some(_)) => "M6 0l6 7-6 7-6-7z",
        (false, None) => "M2 0v14l10-7z",
    };
    let leads_to = branch.map_or(Action::GoToStep(mark.step), Action::Switch);
    html! {
        <button type="button" {class} ref={node} aria-label={text.clone()} onclick={shared.on::<MouseEvent>(leads_to)}>
            <svg viewBox="0 0 13 14" width="13" height="14" aria-hidden="true"><path d={shape} /></svg>
            <span class="mark-label" aria-hidden="true">{text}</span>
        </button>
    }
}
