//! Two runs side by side on one clock, over the page: chosen from presets or made from the learner's own manifests.

mod own;
mod parted;
mod side;

use super::icons::{Glyph, Icon};
use super::shared::{Shared, use_shared};
use super::words::Words;
use crate::compare::{Input, PRESETS, played};
use crate::explain::{self, PartingTold};
use crate::scene::Comparison;
use crate::session::{Action, File};
use gloo_timers::callback::Timeout;
use own::OwnInputs;
use parted::Parted;
use side::SideView;
use std::rc::Rc;
use web_sys::{HtmlDialogElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// How long a moment is shown while playing, in milliseconds.
const PACE: u32 = 900;

/// Properties of [`CompareView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The manifests of the page.
    pub files: Rc<Vec<File>>,
    /// All words of the page.
    pub words: &'static Words,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Something that happens to the comparison.
pub enum Message {
    /// Something else is compared: a preset by its number, or the learner's own.
    Choose(Option<usize>),
    /// Two inputs are to be run.
    Run(Box<[Input; 2]>),
    /// Another moment.
    Seek(usize),
    /// What the keys and lanes ask for.
    Act(Action),
    /// Playing begins or ends.
    Toggle,
    /// The next moment while playing.
    Tick,
}

/// Two runs side by side.
pub struct CompareView {
    preset: Option<usize>,
    comparison: Option<Comparison>,
    told: Option<Rc<PartingTold>>,
    timer: Option<Timeout>,
    dialog: NodeRef,
}

impl Component for CompareView {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let mut view =
            CompareView { preset: Some(0), comparison: None, told: None, timer: None, dialog: NodeRef::default() };
        view.play_both(&PRESETS[0].inputs(), ctx.props().words);
        view
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let words = ctx.props().words;
        match message {
            Message::Choose(preset) => {
                (self.preset, self.comparison, self.told, self.timer) = (preset, None, None, None);
                if let Some(preset) = preset.and_then(|index| PRESETS.get(index)) {
                    self.play_both(&preset.inputs(), words);
                }
            }
            Message::Run(inputs) => self.play_both(&inputs, words),
            Message::Seek(index) => {
                self.timer = None;
                self.seek(index);
            }
            Message::Act(action) => {
                let Some(comparison) = &self.comparison else { return false };
                let index = comparison.index();
                let target = match action {
                    Action::Seek(index) => index,
                    Action::Forward => index + 1,
                    Action::Back => index.saturating_sub(1),
                    Action::ToStart => 0,
                    Action::ToEnd => usize::MAX,
                    _ => return false,
                };
                self.timer = None;
                self.seek(target);
            }
            Message::Toggle => {
                if self.timer.take().is_none() {
                    if self.comparison.as_ref().is_some_and(Comparison::is_at_end) {
                        self.seek(0);
                    }
                    self.wait(ctx);
                }
            }
            Message::Tick => {
                let Some(comparison) = &self.comparison else { return false };
                let next = comparison.index() + 1;
                self.seek(next);
                self.timer = None;
                if !self.comparison.as_ref().is_some_and(Comparison::is_at_end) {
                    self.wait(ctx);
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { files, words, onclose } = ctx.props();
        let link = ctx.link();
        let compare = words.compare_words;
        let (_, about, sides) = match self.preset.and_then(|index| PRESETS.get(index)) {
            Some(preset) => (compare.preset)(preset.id),
            None => (compare.own, compare.own_about, compare.own_sides),
        };
        let onclosed = onclose.reform(|_: Event| ());
        let close = {
            let dialog = self.dialog.clone();
            Callback::from(move |_: MouseEvent| {
                if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                    dialog.close();
                }
            })
        };
        let shared = Shared { words, act: link.callback(Message::Act) };
        html! {
            <dialog class="compare" ref={self.dialog.clone()} aria-labelledby="compare-title" onclose={onclosed}>
                <header class="compare-head">
                    <h2 id="compare-title">{compare.title}</h2>
                    <Which preset={self.preset} words={*words} onchoose={link.callback(Message::Choose)} />
                    <button type="button" class="icon-plain" title={words.close} aria-label={words.close} onclick={close}><Icon glyph={Glyph::Close} /></button>
                </header>
                <ContextProvider<Shared> context={shared}>
                    <div class="compare-body">
                        <p class="compare-about">{about}</p>
                        if self.preset.is_none() {
                            <OwnInputs files={files.clone()} onrun={link.callback(|inputs| Message::Run(Box::new(inputs)))} />
                        }
                        if let Some(comparison) = &self.comparison {
                            <Parted told={self.told.clone()} {sides}
                                ongo={comparison.parting_moment().map(|moment| link.callback(move |()| Message::Seek(moment)))} />
                            {self.transport(ctx, comparison)}
                            <div class="compare-sides">
                                {for [0, 1].map(|side: usize| html! {
                                    <SideView key={side} title={sides[side]} said={said(comparison, side, words)} lanes={comparison.lanes()[side].clone()}
                                        axis={comparison.axis().clone()} index={comparison.index()} moments={comparison.moments().len()} at={comparison.now()} />
                                })}
                            </div>
                        }
                    </div>
                </ContextProvider<Shared>>
            </dialog>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, first_render: bool) {
        if first_render && let Some(dialog) = self.dialog.cast::<HtmlDialogElement>() {
            let _already_open = dialog.show_modal();
        }
    }
}

impl CompareView {
    fn play_both(&mut self, inputs: &[Input; 2], words: &'static Words) {
        let mut comparison = Comparison::of(played(inputs));
        let runs = comparison.runs().each_ref().map(|run| run.timeline());
        self.told = comparison.parting().map(|parting| Rc::new(explain::parting(parting, runs, words.language)));
        comparison.seek(comparison.parting_moment().unwrap_or_default());
        self.comparison = Some(comparison);
        self.timer = None;
    }

    fn seek(&mut self, index: usize) {
        if let Some(comparison) = &mut self.comparison {
            comparison.seek(index);
        }
    }

    fn wait(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        self.timer = Some(Timeout::new(PACE, move || link.send_message(Message::Tick)));
    }

    fn transport(&self, ctx: &Context<Self>, comparison: &Comparison) -> Html {
        let link = ctx.link();
        let words = ctx.props().words;
        let (index, last) = (comparison.index(), comparison.moments().len().saturating_sub(1));
        let (glyph, label) = if self.timer.is_some() { (Glyph::Pause, words.pause) } else { (Glyph::Play, words.play) };
        let button = |glyph: Glyph, label: &'static str, target: usize| {
            html! {
                <button type="button" class="key" title={label} aria-label={label} aria-disabled={(target == index).then_some("true")}
                    onclick={link.callback(move |_: MouseEvent| Message::Seek(target))}><Icon {glyph} /></button>
            }
        };
        let oninput = link.batch_callback(|event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>()?;
            Some(Message::Seek(input.value().parse().ok()?))
        });
        let said = (words.compare_words.moment)(index, last, comparison.now());
        html! {
            <div class="compare-transport">
                <div class="buttons">
                    {button(Glyph::Start, words.to_start, 0)}
                    {button(Glyph::Back, words.back, index.saturating_sub(1))}
                    <button type="button" class="key play" title={label} aria-label={label} onclick={link.callback(|_: MouseEvent| Message::Toggle)}><Icon {glyph} /></button>
                    {button(Glyph::Forward, words.forward, (index + 1).min(last))}
                    {button(Glyph::End, words.to_end, last)}
                </div>
                <input type="range" class="compare-range" min="0" max={last.to_string()} value={index.to_string()}
                    aria-label={words.timeline} aria-valuetext={said.clone()} {oninput} />
                <span class="time">{said}</span>
            </div>
        }
    }
}

/// What the step of a side says that is shown.
fn said(comparison: &Comparison, side: usize, words: &Words) -> String {
    let step = comparison.runs()[side].step();
    step.map(|step| explain::headline(step, words.language).to_string()).unwrap_or_default()
}

#[derive(Properties, PartialEq)]
struct WhichProps {
    preset: Option<usize>,
    words: &'static Words,
    onchoose: Callback<Option<usize>>,
}

/// What is compared.
#[component]
fn Which(props: &WhichProps) -> Html {
    let words = props.words.compare_words;
    let options = PRESETS.iter().enumerate().map(|(index, preset)| {
        let (title, ..) = (words.preset)(preset.id);
        html! { <option value={index.to_string()} selected={props.preset == Some(index)}>{title}</option> }
    });
    let onchange = props.onchoose.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let index = select.and_then(|select| usize::try_from(select.selected_index()).ok());
        index.filter(|index| *index < PRESETS.len())
    });
    html! {
        <label class="compare-which"><span class="visually-hidden">{words.which}</span>
            <select {onchange}>{for options}<option value="own" selected={props.preset.is_none()}>{words.own}</option></select>
        </label>
    }
}

/// The button that opens it.
#[component]
pub fn CompareButton(props: &CompareButtonProps) -> Html {
    let words = use_shared().words.compare_words;
    html! {
        <button type="button" class="button compare-button" title={words.title} onclick={props.onclick.clone()}>
            <Icon glyph={Glyph::Compare} /><span class="about-word">{words.open}</span>
        </button>
    }
}

/// Properties of [`CompareButton`].
#[derive(Properties, PartialEq)]
pub struct CompareButtonProps {
    /// Called when it is pressed.
    pub onclick: Callback<MouseEvent>,
}
