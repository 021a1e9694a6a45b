// What is said about the text: underlined, in the gutter, and with fixes by mouse and by key.
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { StateEffect, StateField } from "@codemirror/state";
import { EditorView, keymap, showTooltip } from "@codemirror/view";
import { offset } from "./places.js";
import { ticked } from "./ticked.js";

const SEVERITY = { error: "error", warning: "warning", note: "info" };

const setProblems = StateEffect.define();
const setMenu = StateEffect.define();

// The problems with their places, kept up with the text until the page has read it again.
const known = StateField.define({
  create: () => [],
  update(problems, transaction) {
    const set = transaction.effects.filter((it) => it.is(setProblems)).at(-1);
    if (set) return set.value;
    if (!transaction.docChanged) return problems;
    const { changes } = transaction;
    return problems.map((it) => ({ ...it, from: changes.mapPos(it.from), to: changes.mapPos(it.to) }));
  },
});

const menu = StateField.define({
  create: () => null,
  update(open, transaction) {
    const set = transaction.effects.filter((it) => it.is(setMenu)).at(-1);
    if (set) return set.value;
    return transaction.docChanged || transaction.selection ? null : open;
  },
  provide: (self) => showTooltip.from(self),
});

/** The column beside the text that marks lines with problems. */
export function problemGutter() {
  return [lintGutter(), known];
}

/** Shows these problems in place of those before. */
export function showProblems(view, problems, hooks) {
  const { doc } = view.state;
  const placed = problems.map((problem) => {
    const [from, to] = [offset(doc, ...problem.start), offset(doc, ...problem.end)];
    return { ...problem, from: Math.min(from, to), to: Math.max(from, to) };
  });
  const diagnostics = placed.map((problem) => ({
    from: problem.from,
    to: problem.to,
    severity: SEVERITY[problem.severity],
    message: `${problem.word}: ${problem.message}`,
    renderMessage: () => described(problem),
    actions: problem.fixes.map((name, fix) => ({ name, apply: () => hooks.fix(problem.index, fix) })),
  }));
  view.dispatch(setDiagnostics(view.state, diagnostics), { effects: setProblems.of(placed) });
}

function described({ word, severity, message, explanation }) {
  const dom = document.createElement("div");
  dom.className = `told ${severity}`;
  const head = ticked("p", ` ${message}`);
  const strong = document.createElement("strong");
  strong.textContent = word;
  head.prepend(strong);
  dom.append(head);
  if (explanation) dom.append(ticked("p", explanation));
  return dom;
}

/** The fixes for the line of the caret, those at the caret first. */
function fixesHere(state) {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const here = state.field(known).filter(({ from, to }) => from <= line.to && to >= line.from);
  const apart = ({ from, to }) => (head < from ? from - head : head > to ? head - to : 0);
  here.sort((a, b) => apart(a) - apart(b));
  return here.flatMap(({ index, fixes }) => fixes.map((title, fix) => ({ title, problem: index, fix })));
}

/** Closes the menu of fixes; whether it was open. */
export function closeFixes(view) {
  if (!view.state.field(menu)) return false;
  view.dispatch({ effects: setMenu.of(null) });
  return true;
}

/** The menu of fixes, on the keys that other editors have for it. */
export function fixMenu(hooks, words) {
  const open = (view) => {
    const fixes = fixesHere(view.state);
    const effects = fixes.length
      ? setMenu.of({ pos: view.state.selection.main.head, create: () => list(view, fixes) })
      : EditorView.announce.of(words.noFixes);
    view.dispatch({ effects });
    return true;
  };

  const list = (view, fixes) => {
    const dom = document.createElement("div");
    dom.className = "fix-menu";
    dom.setAttribute("role", "menu");
    dom.setAttribute("aria-label", words.fixes);
    const buttons = fixes.map(({ title, problem, fix }) => {
      const button = ticked("button", title);
      button.type = "button";
      button.setAttribute("role", "menuitem");
      button.addEventListener("click", () => {
        closeFixes(view);
        view.focus();
        hooks.fix(problem, fix);
      });
      return button;
    });
    dom.append(...buttons);
    dom.addEventListener("keydown", (event) => {
      const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const at = buttons.indexOf(document.activeElement);
      if (move) {
        buttons[(at + move + buttons.length) % buttons.length].focus();
      } else if (event.key === "Escape") {
        closeFixes(view);
        view.focus();
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    });
    dom.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !dom.contains(event.relatedTarget)) closeFixes(view);
    });
    return { dom, mount: () => buttons[0].focus() };
  };

  return [menu, keymap.of(["Mod-.", "Alt-Enter"].map((key) => ({ key, run: open })))];
}
