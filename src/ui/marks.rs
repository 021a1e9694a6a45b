//! Marks on everything that shows an object: selected, pointed at, changed by the shown step.
//!
//! Set as attributes after drawing, so that pointing at a name does not draw the stage anew.

use super::shared::tag;
use crate::api::ObjectRef;
use std::collections::BTreeSet;
use web_sys::Element;

/// What is marked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// The object that is looked at closely.
    pub selected: Option<ObjectRef>,
    /// The object that is pointed at in a sentence.
    pub pointed: Option<ObjectRef>,
    /// Objects that the shown step changed.
    pub changed: BTreeSet<ObjectRef>,
    /// Nodes and their taints that turn somebody away in the shown step.
    pub turning: BTreeSet<(String, String)>,
}

/// Marks what the page shows now.
pub fn show(marks: &Marks) {
    show_taints(marks);
    let changed: BTreeSet<String> = marks.changed.iter().map(tag).collect();
    let selected = marks.selected.as_ref().map(tag);
    let pointed = marks.pointed.as_ref().map(tag);
    let Ok(elements) = gloo_utils::document().query_selector_all("[data-object]") else { return };
    for index in 0..elements.length() {
        let Some(element) = elements.get(index) else { continue };
        let Ok(element) = wasm_bindgen::JsCast::dyn_into::<Element>(element) else { continue };
        let Some(object) = element.get_attribute("data-object") else { continue };
        let is_selected = selected.as_ref() == Some(&object);
        toggle(&element, "data-selected", is_selected);
        toggle(&element, "data-pointed", pointed.as_ref() == Some(&object));
        toggle(&element, "data-changed", changed.contains(&object));
        if element.tag_name() == "BUTTON" {
            let _detached = element.set_attribute("aria-pressed", if is_selected { "true" } else { "false" });
        }
    }
}

fn show_taints(marks: &Marks) {
    let Ok(elements) = gloo_utils::document().query_selector_all("[data-taint]") else { return };
    let turning: BTreeSet<String> = marks.turning.iter().map(|(node, taint)| format!("{node} {taint}")).collect();
    for index in 0..elements.length() {
        let element = elements.get(index).and_then(|element| wasm_bindgen::JsCast::dyn_into::<Element>(element).ok());
        let Some(element) = element else { continue };
        let turns = element.get_attribute("data-taint").is_some_and(|taint| turning.contains(&taint));
        toggle(&element, "data-turns", turns);
    }
}

fn toggle(element: &Element, attribute: &str, on: bool) {
    if on != element.has_attribute(attribute) {
        let _detached = element.toggle_attribute_with_force(attribute, on);
    }
}
