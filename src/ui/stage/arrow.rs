//! The arrow from the ordinal that waits to the one it waits for, drawn over the rail wherever the slots lie.

use crate::scene::Arrow;
use crate::ui::shared::use_shared;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

/// Properties of [`WaitArrow`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Which ordinal waits for which.
    pub arrow: Option<Arrow>,
    /// The list of slots.
    pub list: NodeRef,
    /// How many slots there are, since each moves the others.
    pub slots: usize,
    /// The set's name.
    pub name: String,
}

/// The arrow. Measures the stations and measures again when the rail changes its size.
#[component]
pub fn WaitArrow(props: &Props) -> Html {
    let words = use_shared().words;
    let canvas = use_node_ref();
    {
        let canvas = canvas.clone();
        use_effect_with((props.arrow, props.list.clone(), props.slots), move |(arrow, list, _)| {
            let draw = {
                let (arrow, list, canvas) = (*arrow, list.clone(), canvas.clone());
                move || draw(arrow, &list, &canvas)
            };
            draw();
            let closure = Closure::<dyn FnMut()>::new(draw);
            let observer = web_sys::ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
            if let (Some(observer), Some(list)) = (&observer, list.cast::<web_sys::Element>()) {
                observer.observe(&list);
            }
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop(closure);
            }
        });
    }
    let label = props.arrow.map(|arrow| {
        let pod = |ordinal| format!("{}-{ordinal}", props.name);
        (words.waits_arrow)(&pod(arrow.from), &pod(arrow.to))
    });
    html! {
        <svg class={classes!("wait-arrow", props.arrow.is_none().then_some("absent"))} ref={canvas} role="img" aria-label={label}
            aria-hidden={props.arrow.is_none().then_some("true")}>
            <path class="wait-halo" d="" /><path class="wait-line" d="" /><path class="wait-head" d="" />
        </svg>
    }
}

/// Half the size of a station, and the room that the arrow leaves around it.
const RADIUS: f64 = 18.0;

fn draw(arrow: Option<Arrow>, list: &NodeRef, canvas: &NodeRef) {
    let (Some(list), Some(canvas)) = (list.cast::<web_sys::Element>(), canvas.cast::<web_sys::Element>()) else {
        return;
    };
    let paths = arrow.and_then(|arrow| {
        let frame = canvas.get_bounding_client_rect();
        let center = |ordinal: i32| {
            let find = |part: &str| list.query_selector(&format!("[data-ordinal=\"{ordinal}\"] {part}")).ok().flatten();
            let station = find(".ordinal").map(|station| station.get_bounding_client_rect());
            // Where slots are small there are no stations.
            let rect = match station.filter(|rect| rect.width() > 0.0) {
                Some(rect) => rect,
                None => find(".state-icon")?.get_bounding_client_rect(),
            };
            Some((rect.left() + rect.width() / 2.0 - frame.left(), rect.top() + rect.height() / 2.0 - frame.top()))
        };
        let (from, to) = (center(arrow.from)?, center(arrow.to)?);
        if (from.1 - to.1).abs() < 2.0 || (from.0 - to.0).abs() < 2.0 {
            return Some(paths(from, to, (arrow.from - arrow.to).abs() == 1));
        }
        // Another row: through the gaps between slots.
        let slot = |ordinal: i32| list.query_selector(&format!("[data-ordinal=\"{ordinal}\"]")).ok().flatten();
        let (lower, upper) = if from.1 > to.1 { (arrow.from, arrow.to) } else { (arrow.to, arrow.from) };
        let (lower, upper) = (slot(lower)?.get_bounding_client_rect(), slot(upper)?.get_bounding_client_rect());
        Some(elbow(from, to, upper.left() - frame.left() - GUTTER, lower.top() - frame.top() - GUTTER))
    });
    let (line, head) = paths.unwrap_or_default();
    for (class, path) in [(".wait-halo", &line), (".wait-line", &line), (".wait-head", &head)] {
        if let Ok(Some(element)) = canvas.query_selector(class) {
            let _detached = element.set_attribute("d", path);
        }
    }
}

/// How far from a slot its gap is entered.
const GUTTER: f64 = 8.0;

/// The line and its head between two rows: along the gap left of the upper slot and the gap above the lower row.
fn elbow(from: (f64, f64), to: (f64, f64), x: f64, y: f64) -> (String, String) {
    if from.1 > to.1 {
        let tip = to.0 - RADIUS;
        let line = format!("M{:.1} {:.1}V{y:.1}H{x:.1}V{:.1}H{tip:.1}", from.0, from.1 - RADIUS, to.1);
        (line, format!("M{:.1} {:.1}L{tip:.1} {:.1}L{:.1} {:.1}", tip - 9.0, to.1 - 5.6, to.1, tip - 9.0, to.1 + 5.6))
    } else {
        let tip = to.1 - RADIUS;
        let line = format!("M{:.1} {:.1}H{x:.1}V{y:.1}H{:.1}V{tip:.1}", from.0 - RADIUS, from.1, to.0);
        (line, format!("M{:.1} {:.1}L{:.1} {tip:.1}L{:.1} {:.1}", to.0 - 5.6, tip - 9.0, to.0, to.0 + 5.6, tip - 9.0))
    }
}

/// The line and its head, from one center to another: straight between neighbours in a row, else an arc.
fn paths(from: (f64, f64), to: (f64, f64), neighbours: bool) -> (String, String) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let straight = neighbours && (dy.abs() < 2.0 || dx.abs() < 2.0);
    let bend = if straight { 0.0 } else { (length * 0.16).clamp(14.0, 40.0) };
    // Arcs bend upwards.
    let (nx, ny) = if ux > 0.0 { (uy, -ux) } else { (-uy, ux) };
    let control = ((from.0 + to.0) / 2.0 + nx * bend * 2.0, (from.1 + to.1) / 2.0 + ny * bend * 2.0);
    let toward = |point: (f64, f64), target: (f64, f64), by: f64| {
        let (x, y) = (target.0 - point.0, target.1 - point.1);
        let far = x.hypot(y).max(1.0);
        (point.0 + x / far * by, point.1 + y / far * by)
    };
    let start = toward(from, control, RADIUS);
    let tip = toward(to, control, RADIUS);
    let back = toward(tip, control, 9.0);
    let (hx, hy) = (back.0 - tip.0, back.1 - tip.1);
    let wing = |sign: f64| (back.0 - hy * 0.62 * sign, back.1 + hx * 0.62 * sign);
    let (left, right) = (wing(1.0), wing(-1.0));
    let line = format!("M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}", start.0, start.1, control.0, control.1, tip.0, tip.1);
    let head = format!("M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}", left.0, left.1, tip.0, tip.1, right.0, right.1);
    (line, head)
}
