//! How much the pods of a workload use.

use crate::session::{Action, Load};
use crate::ui::shared::use_shared;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`LoadSlider`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The load of which workload.
    pub load: Load,
}

/// A slider in percent of what the pods request, and the button that says so to the cluster.
#[component]
pub fn LoadSlider(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words.console_words;
    let percent = use_state(|| 100_u32);
    let oninput = {
        let percent = percent.clone();
        Callback::from(move |event: InputEvent| {
            let value = event.target_dyn_into::<HtmlInputElement>().and_then(|field| field.value().parse().ok());
            if let Some(value) = value {
                percent.set(value);
            }
        })
    };
    let line = props.load.line(*percent);
    html! {
        <div class="load">
            <label><span>{words.load}</span>
                <input type="range" min="0" max="300" step="10" value={percent.to_string()} aria-valuetext={(words.load_value)(*percent)} {oninput} />
                <output>{(words.load_value)(*percent)}</output>
            </label>
            <button type="button" class="button" title={line.clone()} onclick={shared.on::<MouseEvent>(Action::Choose(line))}>{words.set_load}</button>
        </div>
    }
}
