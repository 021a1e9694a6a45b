// Starts the page. Trunk would write this into the page itself, which the Content-Security-Policy forbids;
// `pattern_script` in Trunk.toml names the built files in the attributes of the element that loads this one.

// The language: of the link, else the one that was chosen before, else the first of the browser's that the page speaks.
// The program goes on with what the document says (src/ui/language.rs).
const spoken = { en: "en", zh: "zh-CN" };
const kept = () => {
  try {
    return localStorage.getItem("setwise.language");
  } catch {
    return null; // Where the visitor forbids storage, browsers throw.
  }
};
const wanted = [new URLSearchParams(location.search).get("lang"), kept(), ...(navigator.languages ?? [])];
document.documentElement.lang = wanted.map((tag) => spoken[tag?.toLowerCase().split("-")[0]]).find(Boolean) ?? "en";
if (document.documentElement.lang === spoken.zh) {
  for (const element of document.querySelectorAll("[data-zh]")) {
    if (element instanceof HTMLMetaElement) element.content = element.dataset.zh;
    else element.textContent = element.dataset.zh;
  }
}

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
