// Lines that the page marks: those that decide the shown step, and the one that is pointed at.
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutterLineClass } from "@codemirror/view";

export const setDeciding = StateEffect.define();
export const setLit = StateEffect.define();

/** A field of line marks of one class, beside the text too, set by an effect with the numbers of the lines. */
function field(effect, className) {
  const mark = Decoration.line({ class: className });
  const beside = new (class extends GutterMarker {
    elementClass = className;
  })();
  return StateField.define({
    create: () => RangeSet.empty,
    update(marks, transaction) {
      const { doc } = transaction.state;
      const set = transaction.effects.filter((it) => it.is(effect)).at(-1);
      if (!set) return marks.map(transaction.changes);
      const numbers = [set.value].flat().filter((number) => number >= 1 && number <= doc.lines);
      return RangeSet.of([...new Set(numbers)].map((number) => mark.range(doc.line(number).from)), true);
    },
    provide: (self) => [
      EditorView.decorations.from(self),
      gutterLineClass.compute([self], (state) => {
        const places = [];
        state.field(self).between(0, state.doc.length, (from) => void places.push(beside.range(from)));
        return RangeSet.of(places, true);
      }),
    ],
  });
}

export const marks = [field(setDeciding, "deciding"), field(setLit, "lit")];
