// Starts the page. Trunk would write this into the page itself, which the Content-Security-Policy forbids;
// `pattern_script` in Trunk.toml names the built files in the attributes of the element that loads this one.
const { js, wasm, editor } = document.getElementById("boot").dataset;
const at = (path) => new URL(path, document.baseURI);

// The page asks for its editor when it is usable without; until then, and where it cannot be had, a text area does.
globalThis.setwise = { loadEditor: () => import(at(editor)), loadExport: () => import(at("./export.js")) };

try {
  const { default: start } = await import(at(js));
  await start({ module_or_path: at(wasm) });
} catch (error) {
  document.documentElement.dataset.boot = "failed";
  throw error;
}
