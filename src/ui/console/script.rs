//! A script: what was done, to be copied and kept, or another one to be run.

use crate::session::File;
use crate::ui::disk;
use crate::ui::shared::use_shared;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Properties of [`ScriptPanel`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The text that it begins with.
    pub text: String,
    /// What the shown run is called.
    pub name: String,
    /// Runs a text.
    pub onrun: Callback<String>,
    /// Closes the panel.
    pub onclose: Callback<()>,
}

/// The text with what can be done with it.
#[component]
pub fn ScriptPanel(props: &Props) -> Html {
    let words = use_shared().words.console_words;
    let text = use_state(|| props.text.clone());
    let copied = use_state(|| false);
    let area = use_node_ref();
    let chooser = use_node_ref();
    {
        let (area, text) = (area.clone(), text.clone());
        use_effect_with(props.text.clone(), move |given| {
            text.set(given.clone());
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                let _detached = area.focus();
            }
        });
    }
    let oninput = {
        let (text, copied) = (text.clone(), copied.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                text.set(area.value());
                copied.set(false);
            }
        })
    };
    let onkeydown = {
        let (onclose, onrun, text) = (props.onclose.clone(), props.onrun.clone(), text.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" => {
                event.stop_propagation();
                onclose.emit(());
            }
            "Enter" if event.ctrl_key() || event.meta_key() => {
                event.stop_propagation();
                event.prevent_default();
                onrun.emit((*text).clone());
            }
            _ => {}
        })
    };
    let run = {
        let (onrun, text) = (props.onrun.clone(), text.clone());
        Callback::from(move |_: MouseEvent| onrun.emit((*text).clone()))
    };
    let copy = {
        let (text, copied, area) = (text.clone(), copied.clone(), area.clone());
        Callback::from(move |_: MouseEvent| {
            let (text, copied, area) = ((*text).clone(), copied.clone(), area.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let clipboard = gloo_utils::window().navigator().clipboard();
                match wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text)).await {
                    Ok(_) => copied.set(true),
                    // A browser that does not let us leaves it to the visitor.
                    Err(_) => {
                        if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                            area.select();
                        }
                    }
                }
            });
        })
    };
    let save = {
        let text = text.clone();
        Callback::from(move |_: MouseEvent| disk::save(&File { name: "setwise.sh".into(), text: (*text).clone() }))
    };
    let open = {
        let chooser = chooser.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(chooser) = chooser.cast::<HtmlInputElement>() {
                chooser.click();
            }
        })
    };
    let onchange = {
        let text = text.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let (chosen, text) = (disk::chosen(&input), text.clone());
            input.set_value("");
            wasm_bindgen_futures::spawn_local(async move {
                let (mut read, _unreadable) = disk::read(chosen).await;
                if let Some(file) = read.pop() {
                    text.set(file.text);
                }
            });
        })
    };
    let breakpoint = {
        let text = text.clone();
        Callback::from(move |_: MouseEvent| {
            let before = text.trim_end();
            let line = words.breakpoint_line;
            text.set(if before.is_empty() { format!("{line}\n") } else { format!("{before}\n{line}\n") });
        })
    };
    let close = {
        let onclose = props.onclose.clone();
        Callback::from(move |_: MouseEvent| onclose.emit(()))
    };
    html! {
        <div class="script-panel" role="group" aria-labelledby="script-title" {onkeydown}>
            <div class="script-head"><h3 id="script-title">{(words.script_of)(&props.name)}</h3><p>{words.script_note}</p></div>
            <textarea ref={area} class="mono" aria-labelledby="script-title" spellcheck="false" value={(*text).clone()} {oninput} />
            <input ref={chooser} type="file" hidden=true accept=".sh,.txt,text/*" {onchange} />
            <div class="script-tools">
                <button type="button" class="button primary" onclick={run}>{words.run_script}</button>
                <button type="button" class="button" onclick={breakpoint}>{words.breakpoint}</button>
                <button type="button" class="button" onclick={copy}>{if *copied { words.copied } else { words.copy }}</button>
                <button type="button" class="button" onclick={save}>{words.save}</button>
                <button type="button" class="button" onclick={open}>{words.open}</button>
                <button type="button" class="button" onclick={close}>{words.close}</button>
            </div>
        </div>
    }
}
