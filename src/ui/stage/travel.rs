//! Pods travel from where their controller holds them to the node they are bound to, and come back from a taint that turns
//! them away.

use crate::api::{Kind, ObjectRef};
use crate::scene::{PodView, Scene, TurnedAway};
use crate::ui::shared::tag;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{DomRect, Element};

/// How long a pod travels, in milliseconds.
const DURATION: f64 = 620.0;
/// How much later each next one of several starts.
const STAGGER: f64 = 70.0;

/// Lets every pod of a list travel to its node. They are drawn there already: each begins displaced and comes home.
pub fn play(scene: &Scene, travels: &[(ObjectRef, String)]) {
    for (index, (pod, node)) in travels.iter().take(24).enumerate() {
        let view = scene.nodes.iter().filter(|view| view.object.name() == node).flat_map(|view| &view.pods);
        let Some(view) = view.into_iter().find(|view| view.object == *pod) else { continue };
        let (Some(from), Some(to)) = (origin(view), find("data-dock", &tag(pod))) else { continue };
        travel(&from.get_bounding_client_rect(), &to, index as f64 * STAGGER);
    }
}

/// Lets a pod that taints turn away set out for the first of their nodes and come back.
pub fn turn_away(turned: &TurnedAway) {
    let Some(who) = &turned.who else { return };
    let tag = tag(who);
    let Some(pod) = find("data-home", &tag).or_else(|| find("data-object", &tag)) else { return };
    let Some((node, taint)) = turned.taints.first() else { return };
    let Some(wall) = find("data-taint", &format!("{node} {taint}")) else { return };
    let (from, to) = (pod.get_bounding_client_rect(), wall.get_bounding_client_rect());
    let (dx, dy) = (to.left() - from.left(), to.top() - from.top());
    let far = dx.hypot(dy).max(1.0);
    // A third of the way at most: the pod is not on its way, it is refused.
    let reach = (far / 3.0).min(84.0) / far;
    let there = format!("translate({:.1}px, {:.1}px)", dx * reach, dy * reach);
    let frames = Array::of4(
        &frame("translate(0px, 0px)", "1", "20"),
        &frame(&there, "1", "20"),
        &frame(&there, "1", "20"),
        &frame("translate(0px, 0px)", "1", "20"),
    );
    animate(&pod, &frames, 0.0);
}

fn find(attribute: &str, value: &str) -> Option<Element> {
    gloo_utils::document().query_selector(&format!("[{attribute}=\"{value}\"]")).ok()?
}

/// Where a pod comes from: its slot, or the band of its DaemonSet.
fn origin(pod: &PodView) -> Option<Element> {
    find("data-home", &tag(&pod.object)).or_else(|| {
        let (kind, name) = pod.owner.as_ref()?;
        let owner = ObjectRef::new(Kind::parse(kind)?, &pod.object.key.namespace, name);
        find("data-object", &tag(&owner))
    })
}

fn travel(from: &DomRect, element: &Element, delay: f64) {
    let to = element.get_bounding_client_rect();
    if to.width() == 0.0 || from.width() == 0.0 {
        return;
    }
    let (dx, dy) = (from.left() - to.left(), from.top() - to.top());
    let lift = (dy.abs() * 0.12).min(36.0);
    let frames = Array::of3(
        &frame(&format!("translate({dx:.1}px, {dy:.1}px)"), "0.35", "20"),
        &frame(&format!("translate({:.1}px, {:.1}px) scale(1.06)", dx * 0.35, dy * 0.35 - lift), "1", "20"),
        &frame("translate(0px, 0px)", "1", "20"),
    );
    animate(element, &frames, delay);
}

fn animate(element: &Element, frames: &Array, delay: f64) {
    let options = Object::new();
    for (key, value) in [("duration", JsValue::from(DURATION)), ("delay", JsValue::from(delay))] {
        let _frozen = Reflect::set(&options, &key.into(), &value);
    }
    for (key, value) in [("easing", "cubic-bezier(.3,.7,.2,1)"), ("fill", "backwards")] {
        let _frozen = Reflect::set(&options, &key.into(), &value.into());
    }
    // A browser without the Web Animations API shows the pod where it belongs.
    if let Ok(animate) = Reflect::get(element, &"animate".into())
        && let Ok(animate) = wasm_bindgen::JsCast::dyn_into::<js_sys::Function>(animate)
    {
        let _refused = animate.call2(element, frames, &options);
    }
}

fn frame(transform: &str, opacity: &str, layer: &str) -> JsValue {
    let frame = Object::new();
    for (key, value) in [("transform", transform), ("opacity", opacity), ("zIndex", layer)] {
        let _frozen = Reflect::set(&frame, &key.into(), &value.into());
    }
    frame.into()
}
