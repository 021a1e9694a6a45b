// Pictures compared coarsely: each is a grid of the mean colours of its squares, so that another font, another rasteriser and
// another place of a letter change little, and an element that is absent, moved or of another colour changes much.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The side of a square, in pixels of the page. */
const SQUARE = 16;
/** Two colours of a square are alike up to this distance, of 255 in each channel. */
const ALIKE = 30;
/** So many squares of a thousand may differ. */
export const ALLOWED = 2;

const folder = join(import.meta.dirname, "pictures");
const renews = process.env.SETWISE_RENEW_PICTURES === "1";

/** The grid of a picture: rows of colours as three hexadecimal digits a channel pair, `rrggbb` cut to `rgb`. */
export async function grid(browser, png) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const rows = await page.evaluate(
    async ([base64, square]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const [width, height] = [Math.ceil(bitmap.width / square), Math.ceil(bitmap.height / square)];
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const pen = canvas.getContext("2d", { willReadFrequently: true });
      pen.drawImage(bitmap, 0, 0);
      const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
      const rows = [];
      for (let y = 0; y < height; y++) {
        let row = "";
        for (let x = 0; x < width; x++) {
          const sum = [0, 0, 0];
          let count = 0;
          for (let j = y * square; j < Math.min((y + 1) * square, bitmap.height); j++) {
            for (let i = x * square; i < Math.min((x + 1) * square, bitmap.width); i++) {
              for (let channel = 0; channel < 3; channel++) sum[channel] += data[4 * (j * bitmap.width + i) + channel];
              count++;
            }
          }
          row += sum.map((total) => Math.round((total / count / 255) * 35).toString(36)).join("");
        }
        rows.push(row);
      }
      return rows;
    },
    [png.toString("base64"), SQUARE],
  );
  await context.close();
  return rows;
}

const colour = (rows, x, y) => {
  const digits = rows[y]?.slice(3 * x, 3 * x + 3);
  return digits?.length === 3 ? [...digits].map((digit) => (Number.parseInt(digit, 36) * 255) / 35) : undefined;
};
const distance = (a, b) => Math.max(...a.map((value, channel) => Math.abs(value - b[channel])));

/** How many squares of a thousand differ; a square that moved by less than its side counts as the same. */
export function difference(before, after) {
  const height = Math.max(before.length, after.length);
  const width = Math.max(before[0].length, after[0].length) / 3;
  let differing = 0;
  const differs = (from, to, x, y) => {
    const own = colour(from, x, y);
    if (!own) return true;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const other = colour(to, x + dx, y + dy);
        if (other && distance(own, other) <= ALIKE) return false;
      }
    }
    return true;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (differs(before, after, x, y) || differs(after, before, x, y)) differing++;
  }
  return (1000 * differing) / (width * height);
}

/** What differs between a picture and the one that is kept, if too much does; keeps the picture where that is asked for. */
export async function compared(browser, name, png) {
  const file = join(folder, `${name}.grid`);
  const now = await grid(browser, png);
  if (renews) {
    writeFileSync(file, `${now.join("\n")}\n`);
    return undefined;
  }
  if (!existsSync(file)) return `${name} is not kept yet: SETWISE_RENEW_PICTURES=1 keeps it`;
  const share = difference(readFileSync(file, "utf8").trimEnd().split("\n"), now);
  return share <= ALLOWED ? undefined : `${name}: ${share.toFixed(1)} of 1000 squares differ, ${ALLOWED} may`;
}
