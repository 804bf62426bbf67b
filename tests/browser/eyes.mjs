// What is looked for in a page, whatever stands on it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// What is cut off: a box whose content is larger than itself, or has to be scrolled. The page fits a view in the frames
// after it came, and on a busy machine a frame takes its time: what is still cut off after two seconds stays so.
export const cut = async (page) => {
  const end = Date.now() + 2000;
  for (;;) {
    await page.evaluate(() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go))));
    const found = await boxes(page);
    if (found.length === 0 || Date.now() > end) return found;
  }
};

const boxes = (page) => page.evaluate(() => [...document.querySelectorAll("#bar, #stage, .say, .card, .calm, #keys, #keys button")]
    .filter((it) => it.scrollHeight > it.clientHeight + 3 || it.scrollWidth > it.clientWidth + 2)
    .map((it) => `${it.tagName}.${it.className}#${it.id} ${it.scrollWidth}x${it.scrollHeight} in ${it.clientWidth}x${it.clientHeight}`));

// The smallest letters of a verdict, and those of the reason, in pixels.
export const letters = (page) => page.evaluate(() => {
  const size = (it) => parseFloat(getComputedStyle(it).fontSize);
  return { least: Math.min(...[...document.querySelectorAll(".say *, .card *")].filter((it) => it.textContent.trim() && !it.closest("svg")).map(size)), reason: size(document.querySelector(".reason")) };
});

// Every word on the guard's screen that is seen, and the size of its letters in pixels.
export const words = (page) => page.evaluate(() => {
  const own = (it) => [...it.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent.trim()).join(" ").trim();
  return [...document.querySelectorAll("#bar *, #stage *, #keys *")].filter((it) => own(it) && it.checkVisibility() && !it.closest("svg, dialog, time"))
    .map((it) => ({ text: own(it), size: parseFloat(getComputedStyle(it).fontSize) }));
});

// What axe-core finds serious or critical.
export const serious = async (page) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.filter((it) => ["serious", "critical"].includes(it.impact)).map((it) => `${it.id}: ${it.nodes[0].html.slice(0, 120)}`);
};

// What a guard sees of a verdict, by each way of seeing it.
export const verdict = (page) => page.evaluate(() => {
  const box = document.querySelector(".verdict"), text = (it) => box.querySelector(it)?.textContent.trim() ?? "";
  return { code: Number(box.dataset.code), sign: box.dataset.sign, look: document.documentElement.dataset.look,
    shape: box.querySelector("svg.shape").dataset.shape, heading: text("h2"), title: text(".title") || text("h2"),
    reason: text(".reason"), next: text(".next"), border: getComputedStyle(box).borderTopStyle };
});
