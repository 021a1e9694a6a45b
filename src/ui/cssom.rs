//! Styles that depend on data. Set through the CSSOM: a strict Content-Security-Policy forbids `style` attributes.

use web_sys::HtmlElement;
use yew::NodeRef;

/// Sets a property of an element's style.
pub fn set(node: &NodeRef, property: &str, value: &str) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // A property that a browser does not know is left out.
        let _unknown = element.style().set_property(property, value);
    }
}
