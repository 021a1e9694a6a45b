// Completion and documentation under the pointer: the page knows what can be written where, the editor asks and shows.
import { autocompletion, insertCompletionText, startCompletion } from "@codemirror/autocomplete";
import { hoverTooltip } from "@codemirror/view";
import { ticked } from "./ticked.js";

/** Completion of fields and values. */
export function completion(hooks) {
  const source = ({ state, pos, explicit }) => {
    const line = state.doc.lineAt(pos);
    const answer = hooks.complete(line.number, pos - line.from, explicit);
    if (!answer) return null;
    const { from, to, candidates } = JSON.parse(answer);
    return { from: line.from + from, to: line.from + to, options: candidates.map(option) };
  };
  return autocompletion({ override: [source], icons: false, optionClass: ({ required }) => (required ? "required" : "") });
}

function option({ label, insert, detail, text, required, again }) {
  return {
    label,
    detail,
    required,
    boost: required ? 1 : 0,
    info: text ? () => ticked("p", text) : undefined,
    apply(view, completion, from, to) {
      view.dispatch(insertCompletionText(view.state, insert, from, to));
      // A field has been written: what can be its value is the next question.
      if (again) startCompletion(view);
    },
  };
}

/** What a field or a value means, where the pointer rests on it. */
export function documentation(hooks) {
  return hoverTooltip((view, pos) => {
    const line = view.state.doc.lineAt(pos);
    const answer = hooks.hover(line.number, pos - line.from);
    if (!answer) return null;
    const { from, to, title, detail, text } = JSON.parse(answer);
    return {
      pos: line.from + from,
      end: line.from + to,
      above: true,
      create() {
        const dom = document.createElement("div");
        dom.className = "doc";
        const head = document.createElement("p");
        head.className = "doc-head";
        const name = document.createElement("strong");
        name.textContent = title;
        head.append(name, ` ${detail}`);
        dom.append(head);
        if (text) dom.append(ticked("p", text));
        return { dom };
      },
    };
  });
}
