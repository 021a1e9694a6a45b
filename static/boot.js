// Starts the page. Trunk would write this into the page itself, which the Content-Security-Policy forbids;
// `pattern_script` in Trunk.toml names the built files in the attributes of the element that loads this one.
const { js, wasm } = document.getElementById("boot").dataset;
const at = (path) => new URL(path, document.baseURI);

try {
  const { default: start } = await import(at(js));
  await start({ module_or_path: at(wasm) });
} catch (error) {
  document.documentElement.dataset.boot = "failed";
  throw error;
}
