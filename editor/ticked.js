// Words in which what stands between backticks is code.

/** An element with such words. */
export function ticked(name, words) {
  const element = document.createElement(name);
  for (const [index, part] of words.split("`").entries()) {
    if (index % 2 === 0) {
      element.append(part);
      continue;
    }
    const code = document.createElement("code");
    code.textContent = part;
    element.append(code);
  }
  return element;
}
