// The editor of the page: CodeMirror behind the few functions that the page calls (src/ui/code_mirror.rs). The page owns
// the text, what is said about it and what can be written where; the editor shows it and tells of every change.
//
// Places cross the boundary as lines from 1 and columns from 0 in UTF-16 units: lines are the same on both sides,
// whatever ends them.
import { closeCompletion, completionKeymap, completionStatus } from "@codemirror/autocomplete";
import {
  history, historyKeymap, indentWithTab, moveLineDown, moveLineUp, standardKeymap, toggleLineComment,
} from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { foldGutter, foldKeymap, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { closeSearchPanel, findNext, findPrevious, openSearchPanel, search } from "@codemirror/search";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completion, documentation } from "./assist.js";
import { marks, setDeciding, setLit } from "./marks.js";
import { difference, lineBreak, lines, offset, place } from "./places.js";
import { closeFixes, fixMenu, problemGutter, showProblems } from "./problems.js";

// The page's own classes: its style sheets have the colours.
const colours = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), class: "t-key" },
  { tag: [tags.string, tags.content, tags.attributeValue, tags.special(tags.string)], class: "t-value" },
  { tag: tags.comment, class: "t-comment" },
  { tag: [tags.meta, tags.separator, tags.punctuation, tags.squareBracket, tags.brace], class: "t-separator" },
  { tag: [tags.keyword, tags.labelName, tags.typeName], class: "t-plain" },
]);

const scope = "editor search-panel";
const searching = [
  { key: "Mod-f", run: openSearchPanel, scope },
  { key: "F3", run: findNext, shift: findPrevious, scope, preventDefault: true },
  { key: "Mod-g", run: findNext, shift: findPrevious, scope, preventDefault: true },
  { key: "Escape", run: closeSearchPanel, scope },
];
const moving = [
  { key: "Alt-ArrowUp", run: moveLineUp },
  { key: "Alt-ArrowDown", run: moveLineDown },
  { key: "Mod-/", run: toggleLineComment },
];

/** Files that are dropped are opened by the page; the editor would put their text where they fall. */
const openedByPage = EditorView.domEventHandlers({
  drop: (event) => event.dataTransfer?.types.includes("Files") ?? false,
});

/** Tab indents, so that it cannot also move the focus: after Escape it does, until something is written. */
function leaveByTab(words) {
  const leave = (view) => {
    if (completionStatus(view.state)) return closeCompletion(view);
    if (closeFixes(view)) return true;
    view.setTabFocusMode(true);
    view.dispatch({ effects: EditorView.announce.of(words.leaving) });
    return true;
  };
  const stay = EditorView.updateListener.of((update) => {
    if (update.docChanged || (update.focusChanged && !update.view.hasFocus)) update.view.setTabFocusMode(false);
  });
  return [Prec.low(keymap.of([{ key: "Escape", run: leave }])), stay];
}

/** Whether the page is a part of another one that wants its manifests only to be read. */
const isLocked = () => document.documentElement.hasAttribute("data-locked");

/**
 * Puts an editor into an element.
 *
 * `hooks`: `changed(text)`, `complete(line, column, asked)` and `hover(line, column)` (both answer in JSON or with
 * nothing), `fix(problem, fix)`. `given`: what the editor says by itself, in the language of the page.
 */
export function create(host, hooks, given) {
  const words = { ...given };
  // What the editor's own parts say can be changed in a state that exists.
  const phrases = new Compartment();
  // One state a file, so that each keeps its own history, selection and folds.
  const files = new Map();
  let front = { key: undefined, label: "", lineBreak: "\n" };
  // What the page wrote is no news to the page.
  let listening = true;
  // Texts of which the page was told and that it has not shown yet: who writes fast is ahead of it.
  let told = [];

  const extensions = [
    EditorView.contentAttributes.of(() => ({
      id: "manifest-text",
      "aria-label": front.label,
      "aria-describedby": "editor-hint",
      // It has the focus without, too, but not everybody who looks for a way in knows.
      tabindex: "0",
      autocapitalize: "off",
      autocomplete: "off",
      spellcheck: "false",
      ...(isLocked() && { "aria-readonly": "true" }),
    })),
    // What the page writes itself, it may.
    EditorState.changeFilter.of(() => !listening || !isLocked()),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && listening) {
        const text = update.state.doc.sliceString(0, undefined, front.lineBreak);
        told.push(text);
        hooks.changed(text);
      }
    }),
    EditorState.tabSize.of(2),
    history(),
    problemGutter(),
    lineNumbers(),
    foldGutter({ openText: "▾", closedText: "▸" }),
    highlightSpecialChars(),
    openedByPage,
    indentOnInput(),
    yaml(),
    syntaxHighlighting(colours),
    search({ top: true }),
    marks,
    completion(hooks),
    documentation(hooks),
    fixMenu(hooks, words),
    leaveByTab(words),
    keymap.of([
      ...completionKeymap,
      ...searching,
      ...moving,
      ...standardKeymap,
      ...historyKeymap,
      ...foldKeymap,
      indentWithTab,
    ]),
  ];

  const view = new EditorView({ parent: host });

  const silently = (act) => {
    listening = false;
    try {
      act();
    } finally {
      listening = true;
    }
  };

  const editor = {
    /** Shows a file: its key never changes, its name and text may. */
    show(key, label, text) {
      const renamed = front.label !== label;
      const isEcho = key === front.key && told.includes(text);
      told = isEcho ? told.slice(told.indexOf(text) + 1) : [];
      if (front.key !== undefined) files.set(front.key, view.state);
      const before = front.key;
      front = { key, label, lineBreak: lineBreak(text) };
      silently(() => {
        if (key !== before) {
          const known = files.get(key);
          view.setState(known ?? EditorState.create({
            doc: text,
            extensions: [phrases.of(EditorState.phrases.of(words.phrases)), extensions],
          }));
          if (known) view.scrollDOM.scrollTop = 0;
        }
        const changes = isEcho ? undefined : difference(view.state.doc, lines(text));
        if (changes) view.dispatch({ changes, userEvent: "input.page" });
        else if (renamed) view.dispatch({});
      });
    },
    /** Says what it says by itself in other words. */
    say(other) {
      Object.assign(words, other);
      const effects = phrases.reconfigure(EditorState.phrases.of(words.phrases));
      for (const [key, state] of files) files.set(key, state.update({ effects }).state);
      view.dispatch({ effects });
    },
    /** Forgets files that are no more: all but these. */
    keep(keys) {
      for (const key of files.keys()) if (!keys.includes(key)) files.delete(key);
    },
    /** Shows what is said about the text, in JSON: places, severity, words, titles of fixes. */
    problems(json) {
      showProblems(view, JSON.parse(json), hooks);
    },
    /** Marks the lines that decide the shown step, and brings the first into view unless somebody writes. */
    deciding(numbers, reveal) {
      const first = numbers[0];
      view.dispatch({ effects: setDeciding.of(numbers) });
      if (first && reveal && !view.hasFocus) bringIntoView(first);
    },
    /** Marks the line that is pointed at and brings it into view; 0 for none. */
    lit(number) {
      view.dispatch({ effects: setLit.of(number) });
      if (number) bringIntoView(number);
    },
    /** Puts the caret somewhere and the focus into the text. */
    go(line, column) {
      const at = offset(view.state.doc, line, column);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "nearest", yMargin: 48 }) });
      view.focus();
    },
    /** The line and column of the caret. */
    caret() {
      return place(view.state.doc, view.state.selection.main.head);
    },
    /** The text that is shown. */
    text() {
      return view.state.doc.sliceString(0, undefined, front.lineBreak);
    },
    /** Takes the editor out of the page. */
    destroy() {
      view.destroy();
    },
  };

  /**
   * Brings a line into view within the editor. `EditorView.scrollIntoView` would scroll the page as well, and on a phone take
   * the reader away from the stage at each step.
   */
  function bringIntoView(line) {
    const pane = view.scrollDOM;
    const block = view.lineBlockAt(offset(view.state.doc, line, 0));
    const top = block.top + view.documentPadding.top;
    const isShown = top >= pane.scrollTop && top + block.height <= pane.scrollTop + pane.clientHeight;
    if (!isShown) pane.scrollTop = Math.max(0, top - pane.clientHeight / 3);
  }

  host.editor = editor;
  return editor;
}
