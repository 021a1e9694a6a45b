//! The page as a whole: owns the session, keeps the time of playing, hands data down and takes actions back.

mod listen;
mod visit;

use super::brush::Zoom;
use super::bulletin::{Bulletin, BulletinLine};
use super::code_mirror::Module;
use super::code_pane::{self, EditorHandle};
use super::compare::CompareView;
use super::console::{ActionMenu, ConsolePane, Opened, Prefill};
use super::disk;
use super::editor::Editor;
use super::explanation::ExplanationPane;
use super::export::{self, ExportWish, Recorder};
use super::header::{EmbedBar, Header};
use super::host;
use super::inspector::{Aspect, Inspector};
use super::keys::KeyWish;
use super::language;
use super::marks;
use super::notice::Notice;
use super::offline;
use super::overlay::{Overlay, OverlayView};
use super::shared::Shared;
use super::shown::Shown;
use super::stage::Stage;
use super::store;
use super::story::StoryPart;
use super::text_pane;
use super::theme::Theme;
use super::transport::{Reel, Transport};
use super::words::Words;
use crate::api::ObjectRef;
use crate::examples::EXAMPLES;
use crate::language::Language;
use crate::session::{self, Action, Columns, File, Place, Session};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use listen::{focus_prompt, is_rules_address, listeners};
use std::rc::Rc;
use yew::prelude::*;

/// Something that happens to the page.
pub enum Message {
    /// Something that the session decides about.
    Act(Action),
    /// Other colours.
    Theme(Theme),
    /// Another language.
    Language(Language),
    /// An overlay opens, or none.
    Overlay(Option<Overlay>),
    /// The editor is shown or hidden.
    Editor,
    /// The stage is shown as a table or as a picture.
    Table,
    /// A place of the text is pointed at.
    Light(Option<Place>),
    /// The caret goes to a place: file, line, column.
    Goto((usize, usize, usize)),
    /// A key was pressed that asks for something.
    Key(KeyWish),
    /// Another side of the selected object is looked at.
    Aspect(Aspect),
    /// The timeline is zoomed.
    Zoom(Zoom),
    /// The stage or the run is wanted as a file.
    Export(ExportWish),
    /// How far a recording is, in percent; none when it is over.
    Recording(Option<u32>),
    /// Two runs side by side are shown, or no longer.
    Compare(bool),
    /// The run in short is unfolded, or folded.
    Story(bool),
    /// The address has another fragment.
    Visit,
    /// The host of an embedded page wants something.
    Wish(crate::link::message::Wish),
    /// Something is to be said about the page, or was read.
    Bulletin(Option<Bulletin>),
    /// The system wants less motion, or no longer does.
    Still(bool),
    /// The editor can take the place of the text area.
    Loaded(Module),
    /// The editor cannot be put into the page: the text area stays.
    Failed,
    /// The text area lost the focus.
    Left,
    /// Files were chosen on this computer, or dropped.
    Chosen(Vec<web_sys::File>),
    /// They are read, as far as they can be.
    Opened(Vec<File>, Option<Notice>),
    /// What was said about the files is read.
    Read,
    /// To the next problem, or the one before.
    Problem {
        /// The one before.
        back: bool,
    },
    /// What can be done to an object is asked for, at a place of the window; none closes it.
    Menu(Option<(ObjectRef, (i32, i32))>),
    /// A line is put into the prompt: the line, and what is to be written anew.
    Ask(String, String),
    /// What was said in the console is shown or hidden.
    Console(bool),
    /// The console takes the place of the timeline, or gives it back, where there is room for one of the two.
    OnConsole(bool),
}

/// The page.
pub struct App {
    session: Session,
    shared: Shared,
    theme: Theme,
    overlay: Option<Overlay>,
    editor: bool,
    table: bool,
    compares: bool,
    lit: Option<Place>,
    look: u32,
    zoom: u32,
    recorder: Recorder,
    caret: Option<(usize, usize)>,
    module: Option<Module>,
    /// The editor that waits until nobody writes into the text area.
    waiting: Option<Module>,
    handle: EditorHandle,
    notice: Option<Notice>,
    menu: Option<Opened>,
    prefill: Option<Rc<Prefill>>,
    /// Whether the prompt is to take the focus, once it is drawn.
    wants_prompt: bool,
    /// Whether what was said in the console is shown, and whether the console is in the place of the timeline.
    console: (bool, bool),
    bulletin: Option<Bulletin>,
    /// What is shown is what somebody linked to.
    visiting: bool,
    told_host: Option<(usize, usize)>,
    height: Option<host::Height>,
    shown: Shown,
    timer: Option<Timeout>,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let address = visit::fragment();
        let language = visit::language(&address).unwrap_or_else(language::at_start);
        let shared = Shared { words: Words::of(language), act: link.callback(Message::Act) };
        language::show(shared.words);
        let mut theme = store::theme();
        let first = EXAMPLES[0];
        let mut session = match store::draft() {
            Some(draft) => draft.session(),
            None if address.options.blank && host::is_embedded() => Session::new(vec![], None, vec![]),
            None => Session::new(first.files(), Some(first.id), first.files()),
        };
        let motion = gloo_utils::window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
        session.apply(Action::WantStill(motion.as_ref().is_some_and(web_sys::MediaQueryList::matches)));
        session.apply(Action::Speak(shared.words.language));
        if !visit::brings_run(&address) {
            session.apply(Action::Run);
        }
        let arrival = visit::arrive(&mut session, address);
        theme = arrival.theme.unwrap_or(theme);
        theme.show();
        let shown = Shown::of(&session, &shared);
        App {
            session,
            shared,
            theme,
            overlay: is_rules_address().then_some(Overlay::Rules),
            editor: !arrival.hides_manifests,
            table: arrival.as_table,
            compares: false,
            lit: None,
            look: 0,
            zoom: 100,
            recorder: Recorder::default(),
            caret: None,
            module: None,
            waiting: None,
            handle: EditorHandle::default(),
            notice: None,
            menu: None,
            prefill: None,
            wants_prompt: false,
            console: (false, false),
            bulletin: arrival.bulletin,
            visiting: arrival.visiting,
            told_host: None,
            height: None,
            shown,
            timer: None,
            _listeners: listeners(ctx, motion).into_iter().chain(visit::listeners(ctx)).collect(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => return self.act(ctx, action),
            Message::Theme(theme) => {
                self.theme = theme;
                theme.show();
                store::keep_theme(theme);
            }
            Message::Language(language) => {
                language::keep(language);
                self.speak(language);
            }
            Message::Overlay(overlay) => {
                if overlay.is_none() && is_rules_address() {
                    // The list can be asked for again.
                    let _unchanged = gloo_utils::window().location().set_hash("");
                }
                self.overlay = overlay;
                if overlay.is_some() && self.session.playing {
                    return self.act(ctx, Action::Pause);
                }
            }
            Message::Editor => self.editor = !self.editor,
            Message::Compare(compares) => {
                self.compares = compares;
                if compares && self.session.playing {
                    return self.act(ctx, Action::Pause);
                }
            }
            Message::Story(is_open) => {
                self.shown.is_story_open = is_open;
                self.shown.tell_story(&self.session, &self.shared);
            }
            Message::Table => self.table = !self.table,
            Message::Light(place) => {
                self.lit = place;
                self.caret = None;
                self.look = self.look.wrapping_add(1);
                if let Some(place) = place.filter(|place| place.file != self.session.active) {
                    return self.act(ctx, Action::OpenFile(place.file));
                }
            }
            Message::Goto((file, line, column)) => {
                self.editor = true;
                self.lit = Some(Place { file, line, column });
                self.look = self.look.wrapping_add(1);
                self.caret = Some((line, column));
                return self.act(ctx, Action::OpenFile(file));
            }
            Message::Key(wish) => return self.key(ctx, wish),
            Message::Aspect(aspect) => {
                self.shown.aspect = aspect;
                self.shown.inspect(&self.session, &self.shared);
            }
            Message::Zoom(wish) => self.zoom = wish.after(self.zoom),
            Message::Export(wish) => {
                let moves = self.session.playing && self.act(ctx, Action::Pause);
                export::carry_out(&mut self.recorder, wish, &self.session, self.shared.words, ctx.link());
                return moves;
            }
            Message::Recording(percent) => self.recorder.percent = percent,
            Message::Visit => return self.visit(ctx),
            Message::Wish(wish) => return self.wish(ctx, wish),
            Message::Bulletin(bulletin) => self.bulletin = bulletin,
            Message::Still(still) => return self.act(ctx, Action::WantStill(still)),
            Message::Loaded(module) if text_pane::is_typing() => {
                self.waiting = Some(module);
                return false;
            }
            Message::Loaded(module) => self.module = Some(module),
            Message::Failed => self.module = None,
            Message::Left => match self.waiting.take() {
                Some(module) => self.module = Some(module),
                None => return false,
            },
            Message::Chosen(files) => {
                let link = ctx.link().clone();
                wasm_bindgen_futures::spawn_local(async move {
                    let (files, notice) = disk::read(files).await;
                    link.send_message(Message::Opened(files, notice));
                });
                return false;
            }
            Message::Opened(files, notice) => {
                self.act(ctx, Action::OpenFiles(files));
                if notice.is_some() {
                    self.notice = notice;
                }
            }
            Message::Read => self.notice = None,
            Message::Problem { back } => {
                let next = session::next_problem(&self.shown.problems, self.here(), back);
                if let Some(Place { file, line, column }) = next {
                    ctx.link().send_message(Message::Goto((file, line, column)));
                }
                return false;
            }
            Message::Menu(asked) => {
                self.menu = asked.and_then(|(object, place)| {
                    let offers = Rc::new(self.session.offers(&object));
                    (!offers.is_empty()).then_some(Opened { object, offers, place })
                });
                if self.menu.is_some() && self.session.playing {
                    return self.act(ctx, Action::Pause);
                }
            }
            Message::Ask(line, part) => {
                let number = self.prefill.as_ref().map_or(0, |before| before.number) + 1;
                self.prefill = Some(Rc::new(Prefill { line, part, number }));
                self.console.1 = true;
            }
            Message::Console(open) => self.console.0 = open,
            Message::OnConsole(on) => self.console.1 = on,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let (session, shown) = (&self.session, &self.shown);
        let words = self.shared.words;
        let lit = self.lit.filter(|place| place.file == session.active).map(|place| place.line);
        let pane = Rc::new(code_pane::Props {
            files: shown.files.clone(),
            active: session.active,
            keys: shown.keys.clone(),
            known: shown.known.clone(),
            problems: shown.problems.clone(),
            deciding: shown.deciding.clone(),
            lit,
            caret: self.caret,
            look: self.look,
        });
        let reel = session.playback.as_ref().zip(shown.told.as_ref()).map(|(run, told)| Reel {
            told: told.clone(),
            lanes: run.lanes().clone(),
            axis: run.axis().clone(),
            marks: shown.line_marks.clone(),
            to_watch: session.to_watch(),
            end: run.ends_at(),
            at_end: run.is_at_end(),
        });
        let announced = shown.told.as_ref().filter(|_| !session.playing || session.speed.percent() <= 100);
        let now = session.playback.as_ref().map_or(crate::api::Time::ZERO, |run| run.now());
        let load = session.selected.as_ref().and_then(|object| session.load_of(object));
        let onact = link.callback(|asked| Message::Menu(Some(asked)));
        html! {
            <ContextProvider<Shared> context={self.shared.clone()}>
                <div class={classes!("page", (!self.editor).then_some("without-editor"), self.console.1.then_some("on-console"))}>
                    if host::is_embedded() { <EmbedBar address={self.address_of_whole()} /> } else { <Header example={session.example} kept={session.kept.is_some()} theme={self.theme} editor={self.editor}
                        ontheme={link.callback(Message::Theme)} onlanguage={link.callback(Message::Language)} oneditor={link.callback(|_| Message::Editor)} as_table={self.table} ontable={link.callback(|_| Message::Table)}
                        recording={self.recorder.percent} onexport={link.callback(Message::Export)}
                        onkeys={link.callback(|_| Message::Overlay(Some(Overlay::Keys)))}
                        oncompare={link.callback(|_| Message::Compare(true))}
                        onabout={link.callback(|_| Message::Overlay(Some(Overlay::About)))}
                        onshare={link.callback(|_| Message::Overlay(Some(Overlay::Share)))} /> }
                    <BulletinLine bulletin={self.bulletin} kept={session.kept.is_some()}
                        onread={link.callback(|()| Message::Bulletin(None))} onupdate={|_| offline::update()} />
                    <Editor {pane} module={self.module.clone()} handle={self.handle.clone()} stale={session.is_stale()}
                        resettable={session.is_resettable()} review={session.review.clone().map(|review| (review, now))} notice={self.notice.clone()} ongoto={link.callback(Message::Goto)}
                        onread={link.callback(|()| Message::Read)} onfiles={link.callback(Message::Chosen)}
                        onproblem={link.callback(|back| Message::Problem { back })}
                        onleave={link.callback(|()| Message::Left)} onfailed={link.callback(|()| Message::Failed)} />
                    <Stage scene={shown.scene.clone()} travels={shown.travels.clone()} turned={shown.turned.clone()} playing={session.playing} moment={shown.told.as_ref().map_or(0, |told| told.step)}
                        passed={session.passed()} as_table={self.table} still={session.still} overlay={shown.overlay.clone()} />
                    <aside class="pane why" aria-labelledby="why-title">
                        <h2 id="why-title" class="visually-hidden">{words.explanation}</h2>
                        <StoryPart story={shown.story.clone()} happened={session.playback.as_ref().map_or(0, |run| run.timeline().position())} ontoggle={link.callback(Message::Story)} />
                        <ExplanationPane told={shown.told.clone()} passed={session.passed()} files={shown.files.clone()}
                            onlight={link.callback(Message::Light)} ongoto={link.callback(Message::Goto)} />
                        if let Some(inspection) = &shown.inspection { <Inspector inspection={inspection.clone()} onaspect={link.callback(Message::Aspect)} {onact} {load} /> }
                        <p class="honesty">{words.honesty}</p>
                    </aside>
                    <ConsolePane talk={shown.talk.clone()} open={self.console.0} onopen={link.callback(Message::Console)} desk={session.desk()}
                        prefill={self.prefill.clone()} ontimeline={link.callback(|_| Message::OnConsole(false))} />
                    <Transport {reel} onconsole={link.callback(|_| Message::OnConsole(true))} playing={session.playing} speed={session.speed} every={session.every} even={session.even}
                        zoom={self.zoom} onzoom={link.callback(Message::Zoom)} />
                    <p class="visually-hidden" role="status">{announced.map(|told| told.headline())}</p>
                    if let Some(opened) = self.menu.clone() {
                        <ActionMenu {opened} onasks={link.callback(|(line, part)| Message::Ask(line, part))} onclose={link.callback(|()| Message::Menu(None))} />
                    }
                    if self.compares { <CompareView files={shown.files.clone()} {words} onclose={link.callback(|()| Message::Compare(false))} /> }
                    <OverlayView overlay={self.overlay} linked={(self.overlay == Some(Overlay::Share)).then(|| self.linked())} onclose={link.callback(|()| Message::Overlay(None))} />
                </div>
            </ContextProvider<Shared>>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        marks::show(&self.shown.marks);
        if std::mem::take(&mut self.wants_prompt) {
            focus_prompt();
        }
        self.tell_host(first_render);
        if first_render {
            self.keep_time(ctx);
            // The page is usable now; the editor may take its time.
            let link = ctx.link().clone();
            wasm_bindgen_futures::spawn_local(async move {
                if let Some(module) = Module::load().await {
                    link.send_message(Message::Loaded(module));
                }
            });
        }
    }
}

impl App {
    fn act(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        let edits = matches!(
            action,
            Action::Type(_)
                | Action::Fix { .. }
                | Action::Load { .. }
                | Action::Show(_)
                | Action::RestoreKept
                | Action::AddFile(_)
                | Action::OpenFile(_)
                | Action::OpenFiles(_)
                | Action::RenameFile(..)
                | Action::RemoveFile(_)
                | Action::ReopenFile
                | Action::Reset
                | Action::UndoReset
        );
        let shows = matches!(action, Action::OpenFile(_) | Action::Load { .. } | Action::Show(_) | Action::RestoreKept);
        if edits && !shows && host::is_locked() {
            return true;
        }
        let only_looks = edits && self.only_looks(&action);
        if edits && !matches!(action, Action::OpenFile(_)) {
            self.lit = None;
            self.caret = None;
        }
        // Typing moves lines, but not the run.
        let moves_run = matches!(action, Action::Load { .. } | Action::Show(_) | Action::RestoreKept)
            || !edits
                && !matches!(
                    action,
                    Action::Select(_) | Action::Point(_) | Action::CancelReview | Action::ClearDialogue
                );
        let closed = match &action {
            Action::RemoveFile(index) if self.session.files.len() > 1 => {
                self.session.files.get(*index).map(|file| Notice::Closed(file.name.clone()))
            }
            Action::Reset if self.session.is_resettable() => Some(Notice::Reset),
            _ => None,
        };
        let forgets = matches!(
            action,
            Action::Load { .. } | Action::RestoreKept | Action::UndoReset | Action::ReopenFile | Action::OpenFiles(_)
        );
        let is_new = matches!(
            action,
            Action::Run
                | Action::Load { .. }
                | Action::Show(_)
                | Action::RestoreKept
                | Action::ShowEvery(_)
                | Action::Enter(_)
                | Action::Choose(_)
                | Action::ApplyHere
                | Action::StartOver
                | Action::Undo
                | Action::Redo
                | Action::Switch(_)
                | Action::RenameBranch(..)
                | Action::DropBranch(_)
                | Action::ClearDialogue
        );
        if matches!(action, Action::Choose(_)) {
            // Whatever is done by mouse shows the command that it was.
            self.console.0 = true;
        }
        self.session.apply(action);
        // What applying would change is shown beside the manifests.
        self.editor |= self.session.review.is_some();
        if edits {
            self.shown.read(&self.session);
            if !only_looks {
                self.keep(closed, forgets);
            }
        }
        if is_new {
            self.shown.begin(&self.session, &self.shared);
        }
        if moves_run {
            self.shown.stage(&self.session);
        }
        self.shown.tell(&self.session, &self.shared);
        if moves_run {
            self.keep_time(ctx);
        }
        true
    }

    /// Says everything in another language.
    fn speak(&mut self, language: Language) {
        self.shared.words = Words::of(language);
        language::show(self.shared.words);
        self.session.apply(Action::Speak(language));
        self.shown.speak(&self.session, &self.shared);
    }

    /// Keeps the draft, and says what happened to the files.
    fn keep(&mut self, closed: Option<Notice>, forgets: bool) {
        let is_kept = store::keep(&self.session);
        if closed.is_some() {
            self.notice = closed;
        } else if !is_kept {
            self.notice = Some(Notice::NotKept);
        } else if forgets || self.notice == Some(Notice::NotKept) {
            self.notice = None;
        }
    }

    /// Where the caret is, or was put last.
    fn here(&self) -> Place {
        let file = self.session.active;
        let caret = match &*self.handle.0.borrow() {
            Some(editor) => editor.caret(),
            None => text_pane::caret(),
        };
        let (line, unit) = caret.unwrap_or((1, 0));
        Place { file, line, column: Columns::of(&self.session.file().text).characters_before(line, unit) + 1 }
    }

    fn key(&mut self, ctx: &Context<Self>, wish: KeyWish) -> bool {
        match wish {
            KeyWish::Act(action) => self.act(ctx, action),
            KeyWish::Zoom(by) => {
                ctx.link().send_message(Message::Zoom(by));
                false
            }
            KeyWish::ShowKeys => {
                ctx.link().send_message(Message::Overlay(Some(Overlay::Keys)));
                false
            }
            KeyWish::Save => {
                disk::save(self.session.file());
                false
            }
            KeyWish::Console => {
                self.console = (true, true);
                self.wants_prompt = true;
                true
            }
            KeyWish::Problem { back } => Component::update(self, ctx, Message::Problem { back }),
            KeyWish::Escape => self.session.selected.is_some() && self.act(ctx, Action::Select(None)),
        }
    }

    /// Sets the clock to the next step, or stops it.
    fn keep_time(&mut self, ctx: &Context<Self>) {
        self.timer = self.session.playing.then(|| {
            let link = ctx.link().clone();
            Timeout::new(self.session.pace(), move || link.send_message(Message::Act(Action::Tick)))
        });
    }
}
