// In place of the module `style-mod` (xtask/src/editor.rs says so): the styles of the editor as sheets that the document
// adopts. Elements with styles in them, which the original makes, are what the Content-Security-Policy forbids.
import { StyleModule as Original } from "../node_modules/style-mod/src/style-mod.js";

export class StyleModule extends Original {
  /** Adopts the rules of modules in the given order, where the page has not adopted them. */
  static mount(root, modules) {
    const sheets = [modules].flat().map((module) => (module.sheet ??= sheet(module)));
    const others = root.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
    root.adoptedStyleSheets = [...others, ...sheets];
  }
}

function sheet(module) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(module.getRules());
  return sheet;
}
