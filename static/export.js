// What is drawn in the page as a drawing of its own: every box, line, word and icon as SVG, with the colours and the places
// that the browser has computed. No foreign HTML is in it, so that drawing programs open it and a canvas may take it.

const NS = "http://www.w3.org/2000/svg";
const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const rounded = (number) => String(Math.round(number * 100) / 100);
const pixels = (value) => Number.parseFloat(value) || 0;
const shows = (colour) => colour && colour !== "none" && !/^rgba\(.*, 0\)$|^transparent$/.test(colour);

/** What an SVG element needs said, because the style sheet is not there to say it. */
const PAINT = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
  "opacity",
];

/** The drawing of an element and all that is in it. */
export function svg(root, title) {
  const frame = root.getBoundingClientRect();
  const [width, height] = [Math.ceil(frame.width), Math.ceil(frame.height)];
  const paper = getComputedStyle(root.closest(".stage") ?? root).backgroundColor;
  const drawing = { x: frame.left, y: frame.top, out: [], clips: [], pen: document.createElement("canvas").getContext("2d") };
  walk(root, drawing);
  const patterns = [...document.querySelectorAll(".patterns pattern")].map((pattern) => inlined(pattern)).join("");
  return (
    `<svg xmlns="${NS}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">` +
    `<title>${escaped(title)}</title><defs>${patterns}${drawing.clips.join("")}</defs>` +
    `<rect width="${width}" height="${height}" fill="${paper}"/>${drawing.out.join("")}</svg>`
  );
}

function walk(element, drawing) {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden" || style.clipPath.startsWith("inset(50%")) return;
  const rect = element.getBoundingClientRect();
  const faded = style.opacity !== "1";
  if (faded) drawing.out.push(`<g opacity="${style.opacity}">`);
  if (element.namespaceURI === NS) {
    graphic(element, rect, drawing);
  } else if (element.tagName === "CANVAS") {
    const [x, y] = [rounded(rect.left - drawing.x), rounded(rect.top - drawing.y)];
    drawing.out.push(
      `<image x="${x}" y="${y}" width="${rounded(rect.width)}" height="${rounded(rect.height)}" href="${element.toDataURL()}"/>`,
    );
  } else if (style.display === "contents" || (rect.width > 0 && rect.height > 0)) {
    box(rect, style, drawing);
    const cuts = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    if (cuts) clip(rect, drawing);
    pseudo(element, "::before", rect, style, drawing);
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) words(child, style, drawing);
      else if (child.nodeType === Node.ELEMENT_NODE) walk(child, drawing);
    }
    pseudo(element, "::after", rect, style, drawing);
    if (cuts) drawing.out.push("</g>");
  }
  if (faded) drawing.out.push("</g>");
}

function clip(rect, drawing) {
  const id = `clip-${drawing.clips.length}`;
  const place = `x="${rounded(rect.left - drawing.x)}" y="${rounded(rect.top - drawing.y)}"`;
  drawing.clips.push(
    `<clipPath id="${id}"><rect ${place} width="${rounded(rect.width)}" height="${rounded(rect.height)}"/></clipPath>`,
  );
  drawing.out.push(`<g clip-path="url(#${id})">`);
}

/** Background and borders. */
function box(rect, style, drawing) {
  const [x, y, width, height] = [rect.left - drawing.x, rect.top - drawing.y, rect.width, rect.height];
  const sides = ["Top", "Right", "Bottom", "Left"].map((side) => ({
    width: style[`border${side}Style`] === "none" ? 0 : pixels(style[`border${side}Width`]),
    colour: style[`border${side}Color`],
    line: style[`border${side}Style`],
  }));
  const [first] = sides;
  const even = sides.every((side) => side.width === first.width && side.colour === first.colour && side.line === first.line);
  const fill = shows(style.backgroundColor) ? style.backgroundColor : "none";
  const radius = Math.min(pixels(style.borderTopLeftRadius), width / 2, height / 2);
  const round = style.borderTopLeftRadius.endsWith("%") ? Math.min(width, height) / 2 : radius;
  const outlined = even && first.width > 0 && shows(first.colour);
  if (fill !== "none" || outlined) {
    const inset = outlined ? first.width / 2 : 0;
    drawing.out.push(
      `<rect x="${rounded(x + inset)}" y="${rounded(y + inset)}" width="${rounded(Math.max(width - 2 * inset, 0))}" ` +
        `height="${rounded(Math.max(height - 2 * inset, 0))}" rx="${rounded(Math.max(round - inset, 0))}" fill="${fill}"` +
        (outlined ? ` stroke="${first.colour}" stroke-width="${first.width}"${dashes(first)}` : "") +
        "/>",
    );
  }
  if (even) return;
  const ends = [[x, y, x + width, y], [x + width, y, x + width, y + height], [x, y + height, x + width, y + height], [x, y, x, y + height]];
  sides.forEach((side, index) => {
    if (side.width === 0 || !shows(side.colour)) return;
    const [x1, y1, x2, y2] = ends[index].map(rounded);
    drawing.out.push(
      `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${side.colour}" stroke-width="${side.width}"${dashes(side)}/>`,
    );
  });
}

function dashes({ line, width }) {
  if (line === "dashed") return ` stroke-dasharray="${3 * width} ${2 * width}"`;
  return line === "dotted" ? ` stroke-dasharray="${width} ${width}"` : "";
}

/** A line or a ring that the style sheet draws beside an element. */
function pseudo(element, which, rect, own, drawing) {
  const style = getComputedStyle(element, which);
  if (style.content === "none" || style.content === "normal" || style.position !== "absolute") return;
  const [width, height] = [pixels(style.width), pixels(style.height)];
  const left = rect.left + pixels(own.borderLeftWidth) + pixels(style.left) + pixels(style.marginLeft);
  const top = rect.top + pixels(own.borderTopWidth) + pixels(style.top) + pixels(style.marginTop);
  const painted = { left, top, width, height };
  if (/gradient/.test(style.backgroundImage)) {
    const colour = style.backgroundImage.match(/rgba?\([^)]*\)|oklab\([^)]*\)|color\([^)]*\)/)?.[0] ?? own.color;
    const [x, y] = [left - drawing.x, top - drawing.y];
    const flat = width > height;
    const to = flat ? [x + width, y + height / 2] : [x + width / 2, y + height];
    const from = flat ? [x, y + height / 2] : [x + width / 2, y];
    drawing.out.push(
      `<line x1="${rounded(from[0])}" y1="${rounded(from[1])}" x2="${rounded(to[0])}" y2="${rounded(to[1])}" ` +
        `stroke="${colour}" stroke-width="${Math.min(width, height)}" stroke-dasharray="4 5"/>`,
    );
    return;
  }
  const faded = style.opacity !== "1";
  if (faded) drawing.out.push(`<g opacity="${style.opacity}">`);
  box(painted, style, drawing);
  if (faded) drawing.out.push("</g>");
}

/** The lines of a text, each where the browser put it. */
function words(text, style, drawing) {
  if (!/\S/.test(text.data)) return;
  const size = pixels(style.fontSize);
  drawing.pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const ascent = drawing.pen.measureText("x").fontBoundingBoxAscent || size * 0.8;
  const lines = [];
  for (const { 0: word, index } of text.data.matchAll(/\S+\s*/g)) {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const [place] = range.getClientRects();
    if (!place) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.top - place.top) < 2) last.words += word;
    else lines.push({ left: place.left, top: place.top, words: word });
  }
  const attributes =
    `font-family="${escaped(style.fontFamily)}" font-size="${rounded(size)}" font-weight="${style.fontWeight}" fill="${style.color}"` +
    (style.fontStyle === "normal" ? "" : ` font-style="${style.fontStyle}"`) +
    (style.letterSpacing === "normal" ? "" : ` letter-spacing="${style.letterSpacing}"`);
  for (const line of lines) {
    const [x, y] = [rounded(line.left - drawing.x), rounded(line.top - drawing.y + ascent)];
    drawing.out.push(`<text x="${x}" y="${y}" ${attributes}>${escaped(line.words.replace(/\s+/g, " ").trimEnd())}</text>`);
  }
}

/** An icon or a bar, with its paint said in it. */
function graphic(element, rect, drawing) {
  if (element.tagName !== "svg" || rect.width === 0) return;
  const box = element.getAttribute("viewBox");
  const place = `x="${rounded(rect.left - drawing.x)}" y="${rounded(rect.top - drawing.y)}"`;
  drawing.out.push(
    `<svg ${place} width="${rounded(rect.width)}" height="${rounded(rect.height)}" overflow="visible"${box ? ` viewBox="${box}"` : ""}>` +
      [...element.children].map(inlined).join("") +
      "</svg>",
  );
}

function inlined(element) {
  const style = getComputedStyle(element);
  if (style.display === "none") return "";
  const own = [...element.attributes].filter(({ name }) => !/^(class|style|aria-|role|data-)/.test(name));
  const attributes = own.map(({ name, value }) => ` ${name}="${escaped(value)}"`).join("");
  const paint = PAINT.filter((name) => !element.hasAttribute(name))
    .map((name) => [name, style.getPropertyValue(name)])
    .filter(([, value]) => value && value !== "normal")
    .map(([name, value]) => ` ${name}="${escaped(value.replace(/url\("?#?[^"#]*#/g, "url(#").replaceAll('"', ""))}"`)
    .join("");
  const font =
    element.tagName === "text" ? ` font-family="${escaped(style.fontFamily)}" font-size="${style.fontSize}"` : "";
  const inside = [...element.childNodes]
    .map((child) => (child.nodeType === Node.TEXT_NODE ? escaped(child.data) : inlined(child)))
    .join("");
  return `<${element.tagName}${attributes}${paint}${font}>${inside}</${element.tagName}>`;
}

async function image(drawing) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`;
  await image.decode();
  return image;
}

/** A drawing as a picture, at twice its size. */
export async function png(drawing) {
  const drawn = await image(drawing);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * drawn.width, 2 * drawn.height];
  canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}

const KINDS = ["video/webm;codecs=vp9", "video/webm", "video/mp4"];
const kind = () => KINDS.find((kind) => globalThis.MediaRecorder?.isTypeSupported(kind));
const [WIDTH, HEIGHT, CAPTION] = [1280, 720, 64];
const LONGEST = 120_000;

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/**
 * Records a run: `stops` are [stop, milliseconds], `seek` shows one, `goesOn` is told the percent that are done and says
 * whether to go on. Recorders work in real time, so it takes as long as it will take to watch.
 */
export async function video(stops, seek, goesOn) {
  const type = kind();
  if (!type) throw new Error("no recorder");
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const pen = canvas.getContext("2d", { alpha: false });
  const parts = [];
  const recorder = new MediaRecorder(canvas.captureStream(12), { mimeType: type, videoBitsPerSecond: 4_000_000 });
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const ended = new Promise((resolve) => recorder.addEventListener("stop", resolve));
  const whole = stops.reduce((sum, [, millis]) => sum + millis, 0);
  const haste = Math.min(1, LONGEST / Math.max(whole, 1));
  let done = 0;
  for (const [stop, millis] of stops) {
    const begun = performance.now();
    seek(stop);
    await pause(40);
    const root = document.querySelector(".picture");
    if (!root) break;
    const drawn = await image(svg(root, document.title));
    if (recorder.state === "inactive") recorder.start(1_000);
    const show = () => {
      still(pen, drawn);
    };
    show();
    done += millis;
    if (!goesOn(Math.floor((100 * done) / Math.max(whole, 1)))) break;
    // A canvas that does not change gives no frames.
    for (let left = millis * haste - (performance.now() - begun); left > 0; left -= 160) {
      await pause(Math.min(left, 160));
      show();
    }
  }
  if (recorder.state === "inactive") throw new Error("nothing to record");
  recorder.stop();
  await ended;
  return new Blob(parts, { type: type.split(";")[0] });
}

/** One frame: the stage, as large as it fits, and beneath it what happens. */
function still(pen, drawn) {
  const style = getComputedStyle(document.querySelector(".stage"));
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  const scale = Math.min(WIDTH / drawn.width, (HEIGHT - CAPTION) / drawn.height);
  const [width, height] = [drawn.width * scale, drawn.height * scale];
  pen.drawImage(drawn, (WIDTH - width) / 2, 0, width, height);
  pen.fillStyle = getComputedStyle(document.querySelector(".transport")).backgroundColor;
  pen.fillRect(0, HEIGHT - CAPTION, WIDTH, CAPTION);
  pen.fillStyle = style.color;
  pen.font = `600 24px ${style.fontFamily}`;
  pen.fillText(document.querySelector(".headline")?.textContent ?? "", 24, HEIGHT - 24, WIDTH - 320);
  pen.font = `18px ${style.fontFamily}`;
  pen.textAlign = "right";
  pen.fillText(document.querySelector(".time")?.firstChild?.textContent ?? "", WIDTH - 24, HEIGHT - 25, 260);
  pen.textAlign = "left";
}
