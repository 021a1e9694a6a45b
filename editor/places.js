// Places in a text, and the smallest change that makes one text of another.
import { Text } from "@codemirror/state";

const BREAK = /\r\n?|\n/;

/** A text as the editor holds it, without what ends its lines. */
export function lines(text) {
  return Text.of(text.split(BREAK));
}

/** What ends the lines of a text: what ends the first. */
export function lineBreak(text) {
  return BREAK.exec(text)?.[0] ?? "\n";
}

/** The offset of a line from 1 and a column from 0; of the nearest place where there is no such. */
export function offset(doc, line, column) {
  const { from, length } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return from + Math.min(Math.max(column, 0), length);
}

/** The line from 1 and the column from 0 of an offset. */
export function place(doc, at) {
  const { from, number } = doc.lineAt(at);
  return [number, at - from];
}

/** The change from one text to another, without what both begin and end with; none where they are the same. */
export function difference(before, after) {
  if (before.eq(after)) return undefined;
  const [a, b] = [before.toString(), after.toString()];
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return { from: start, to: a.length - end, insert: after.slice(start, b.length - end) };
}
