//! Rules of Kubernetes: the one behind the shown step, and all of them as a list of its own, at `#rules`.

use super::icons::{Glyph, Icon};
use super::shared::use_shared;
use super::text::Sentence;
use crate::explain::{Rule, rules};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`RuleDetails`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The rule.
    pub rule: &'static Rule,
}

/// The rule behind a step: its name, and unfolded what it says.
#[component]
pub fn RuleDetails(props: &Props) -> Html {
    let words = use_shared().words;
    html! {
        <details class="rule" key={props.rule.id}>
            <summary>{words.rule}{words.colon}{props.rule.title(words.language)}</summary>
            <RuleText rule={props.rule} />
            <p><a href="#rules">{words.compare_words.rules}</a></p>
        </details>
    }
}

/// What a rule says, where it is documented, and which function follows it.
#[component]
fn RuleText(props: &Props) -> Html {
    let words = use_shared().words;
    let rule = props.rule;
    html! {
        <div class="rule-text">
            <p><Sentence text={rule.text(words.language)} /></p>
            <p><a href={rule.url()} target="_blank" rel="noopener noreferrer" title={words.new_tab}>
                {words.compare_words.documentation}<Icon glyph={Glyph::Link} size={12} />
            </a></p>
            <p class="rule-source">{words.compare_words.source}{words.colon}<code>{rule.upstream}</code></p>
        </div>
    }
}

/// Every rule, to be searched.
#[component]
pub fn RuleList() -> Html {
    let words = use_shared().words;
    let wanted = use_state(String::new);
    let all = rules();
    let count = all.len();
    let is_wanted = |rule: &Rule| {
        let text = format!("{} {} {}", rule.id, rule.title(words.language), rule.text(words.language)).to_lowercase();
        wanted.to_lowercase().split_whitespace().all(|word| text.contains(word))
    };
    let shown: Vec<&'static Rule> = all.into_iter().filter(|rule| is_wanted(rule)).collect();
    let oninput = {
        let wanted = wanted.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                wanted.set(input.value());
            }
        })
    };
    html! {
        <div class="rule-list">
            <p>{(words.compare_words.rules_about)(count)}</p>
            <input type="search" class="rule-search" aria-label={words.compare_words.find_rule} placeholder={words.compare_words.find_rule} value={(*wanted).clone()} {oninput} />
            if shown.is_empty() { <p role="status">{words.compare_words.no_rule}</p> }
            {for shown.iter().map(|rule| html! {
                <section key={rule.id} id={format!("rule-{}", rule.id)}>
                    <h3>{rule.title(words.language)}</h3>
                    <p class="rule-id"><code>{rule.id}</code></p>
                    <RuleText rule={*rule} />
                </section>
            })}
        </div>
    }
}
