//! The object as `kubectl get -o yaml` would show it at this moment.

use crate::scene::{Tint, tinted};
use crate::ui::shared::use_shared;
use yew::prelude::*;

/// Properties of [`YamlPanel`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The text.
    pub text: String,
    /// The object's name.
    pub name: String,
}

/// The text, in the colours of the editor.
#[component]
pub fn YamlPanel(props: &Props) -> Html {
    let words = use_shared().words;
    let lines = props.text.lines().map(|line| {
        let parts = tinted(line).into_iter().map(|(tint, text)| {
            let class = match tint {
                Tint::Plain => "t-plain",
                Tint::Key => "t-key",
                Tint::Value => "t-value",
                Tint::Comment => "t-comment",
                Tint::Separator => "t-separator",
            };
            html! { <span {class}>{text}</span> }
        });
        html! { <>{for parts}{"\n"}</> }
    });
    html! { <pre class="yaml mono" aria-label={(words.stage_words.yaml_of)(&props.name)}>{for lines}</pre> }
}
