// The page under forced colours, on paper, at 400 % zoom, to those who tell fewer colours apart; targets and focus.
import assert from "node:assert/strict";
import test from "node:test";
import { barriers } from "./access.mjs";
import { launch, screenshot } from "./browser.mjs";
import { choose, opened as openedIn } from "./manifests.mjs";

const { browser, close } = await launch();
test.after(close);

const opened = (t, options) => openedIn(t, browser, options);

for (const colorScheme of ["light", "dark"]) {
  test(`under forced colours every state still has its shape and what is marked is seen: ${colorScheme}`, async (t) => {
    const page = await opened(t, { forcedColors: "active", colorScheme });
    await page.locator(".slot .pod-card").first().click();
    const seen = await page.evaluate(() => {
      const canvas = getComputedStyle(document.body).backgroundColor;
      const icons = [...document.querySelectorAll(".slot .state-icon")].map((icon) => getComputedStyle(icon).color);
      const bars = [...document.querySelectorAll(".layer.past .lane-bar")].map((bar) => getComputedStyle(bar).fill);
      const selected = getComputedStyle(document.querySelector(".slot [data-selected]"));
      return { canvas, icons, bars, outline: selected.outlineStyle };
    });
    assert.ok(seen.icons.length > 1 && seen.icons.every((colour) => colour !== seen.canvas));
    assert.ok(seen.bars.length > 1 && seen.bars.every((fill) => fill !== seen.canvas));
    assert.equal(seen.outline, "solid");
    await screenshot(page, `forced-colors-${colorScheme}`);
  });
}

test("on paper there is the moment, its explanation and its lanes, and nothing to press", async (t) => {
  const page = await opened(t);
  await page.emulateMedia({ media: "print" });
  for (const shown of [".picture", ".headline", ".layers"]) assert.ok(await page.locator(shown).isVisible(), shown);
  for (const hidden of [".editor", ".buttons", ".bar .button"]) {
    assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  }
  const { wide, cut } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    cut: [...document.querySelectorAll(".stage, .why-body")].filter((it) => it.scrollHeight > it.clientHeight + 1).length,
  }));
  assert.deepEqual({ wide, cut }, { wide: 0, cut: 0 });
  await screenshot(page, "print", { fullPage: true });
});

test("at 400 % zoom nothing is cut off and nothing covers the page", async (t) => {
  const page = await opened(t, { viewport: { width: 320, height: 256 } });
  await page.keyboard.press("End");
  const { wide, fixed } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    fixed: [...document.querySelectorAll("body *")].filter((it) => getComputedStyle(it).position === "fixed" && it.clientHeight > 80).length,
  }));
  assert.deepEqual({ wide, fixed }, { wide: 0, fixed: 0 });
  assert.deepEqual(await barriers(page), []);
  await screenshot(page, "zoom-400", { fullPage: true });
});

for (const [name, options] of [["desktop", {}], ["phone", { viewport: { width: 390, height: 844 } }]]) {
  test(`what can be pressed is 24 pixels high and wide, or has room around it: ${name}`, async (t) => {
    const page = await opened(t, options);
    await choose(page, "Both together");
    await page.keyboard.press("End");
    await page.locator(".slot .pod-card").first().click();
    const small = await page.evaluate(() => {
      const shown = (it) => it.checkVisibility({ visibilityProperty: true }) && !it.closest(".visually-hidden, .sentence, .prose, .cm-editor");
      const all = [...document.querySelectorAll("button, a, input, select, summary, [role=slider], [tabindex='0']")].filter(shown);
      const boxes = all.map((it) => ({ it, box: it.getBoundingClientRect() })).filter(({ box }) => box.width > 0);
      // WCAG 2.5.8: a circle of 24 pixels around a small one touches no other target.
      const alone = ({ it, box }) => {
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        return boxes.every(({ it: other, box: near }) => {
          if (other === it || other.contains(it) || it.contains(other)) return true;
          const [dx, dy] = [Math.max(near.left - x, x - near.right, 0), Math.max(near.top - y, y - near.bottom, 0)];
          return Math.hypot(dx, dy) >= 12;
        });
      };
      const tiny = boxes.filter(({ it, box }) => (box.width < 23.5 || box.height < 23.5) && it.getAttribute("role") !== "slider" && it.tagName !== "INPUT");
      return tiny.filter((target) => !alone(target)).map(({ it, box }) => `${it.className} ${Math.round(box.width)}x${Math.round(box.height)} ${it.textContent.slice(0, 20)}`);
    });
    assert.deepEqual(small, []);
  });
}

test("whatever has the focus shows it", async (t) => {
  const page = await opened(t);
  const blind = [];
  await page.locator(".skip").focus();
  for (let press = 0; press < 70; press++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const it = document.activeElement;
      if (!it || it === document.body || it.closest(".cm-editor")) return { left: true };
      const style = getComputedStyle(it);
      const grip = it.matches("[role=slider]") ? getComputedStyle(it.querySelector(".playhead-grip")).boxShadow : "none";
      return { ring: (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || grip !== "none", name: it.className };
    });
    if (seen.left) await page.keyboard.press("Escape");
    else if (!seen.ring) blind.push(seen.name);
  }
  assert.deepEqual(blind, []);
});

// The matrices of Machado, Oliveira and Fernandes (2009) for the full deficiencies.
const SIGHT = {
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
function lab([r, g, b]) {
  const xyz = [0.4124 * r + 0.3576 * g + 0.1805 * b, 0.2126 * r + 0.7152 * g + 0.0722 * b, 0.0193 * r + 0.1192 * g + 0.9505 * b];
  const [x, y, z] = [xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089].map((v) => (v > 0.008856 ? Math.cbrt(v) : 7.787 * v + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

for (const colorScheme of ["light", "dark"]) {
  test(`colour-blind readers tell what is well from what is not: ${colorScheme}`, async (t) => {
    const page = await opened(t, { colorScheme });
    const colours = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement("i"));
      const names = ["ready", "unready", "failed", "creating", "terminating"];
      return names.map((name) => {
        probe.style.setProperty("color", `var(--${name})`);
        return getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3).map((value) => value / 255);
      });
    });
    const close = [];
    for (const [kind, matrix] of Object.entries(SIGHT)) {
      const seen = colours.map((colour) => {
        const light = colour.map(linear);
        return lab(matrix.map((row) => Math.min(1, Math.max(0, row.reduce((sum, factor, i) => sum + factor * light[i], 0)))));
      });
      const [ready, unready, failed] = seen;
      for (const [name, other] of [["unready", unready], ["failed", failed]]) {
        const distance = Math.hypot(...ready.map((value, i) => value - other[i]));
        if (distance < 12) close.push(`${kind}: ready and ${name} differ by ${distance.toFixed(1)}`);
      }
    }
    assert.deepEqual(close, []);
  });
}
