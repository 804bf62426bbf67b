// What a camera's frame of 1280 × 720 costs the module while it follows: a permit held, one that moves, one too worn to be
// read, a desk with none.
// pace.mjs FOLDER WORLD [FRAMES]: processor time in Node, which other work on the machine hardly changes, and time on the
// clock in Chromium's worker, there and back. Figures; nothing fails.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Browser, Server } from "./stand.mjs";
import { luma } from "./film.mjs";
import { Module } from "./module.mjs";

const [folder, world, frames = 300] = process.argv.slice(2);
const WIDTH = 1280, HEIGHT = 720, KINDS = ["held", "moving", "worn", "empty"];
const all = JSON.parse(readFileSync(join(world, "pictures/manifest.json"), "utf8")), it = all.find((it) => it.kind === "clean" && it.code === 0);
const server = await Server.start(folder, readFileSync(join(world, "bundle.cbor")));
const browser = await Browser.start();
const page = await browser.context.newPage();
page.setDefaultTimeout(0);
const card = await luma(page, join(world, "pictures", it.file), WIDTH, HEIGHT);

// Each frame has a sensor's noise; what is held trembles by a pixel, what moves goes seven pixels a frame and is smeared
// over five of them.
const make = (kind, n, base, rgba) => {
  const width = 1280, height = 720;
  let seed = 20261202 + n;
  const swing = (of) => (Math.floor(n / of) % 2 ? of - 1 - n % of : n % of);
  const [dx, dy] = kind === "moving" ? [7 * swing(24) - 80, 2 * swing(24)] : kind === "empty" ? [0, 0] : [n % 3 - 1, n % 2];
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
    const row = ((y + dy + height) % height) * width;
    let level = 0;
    if (kind === "moving") { for (let by = 0; by < 5; by += 1) level += base[row + (x + dx + by + width) % width]; level /= 5; } else level = base[row + (x + dx + width) % width];
    seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5;
    level = Math.max(0, Math.min(255, level + (seed & 7) - 3.5));
    const at = 4 * (y * width + x);
    rgba[at] = rgba[at + 1] = rgba[at + 2] = level;
    rgba[at + 3] = 255;
  }
};
const rgba = new Uint8Array(WIDTH * HEIGHT * 4);
const module = async () => {
  const pocket = await Module.open(join(folder, "pocket.wasm"));
  pocket.anchor(pocket.ask("root", [], readFileSync(join(world, "root.cbor"))).hex);
  pocket.ask("take", [], readFileSync(join(world, "bundle.cbor")));
  pocket.ask("at", [], new TextEncoder().encode(it.at));
  pocket.ask("clock", [0, 0, 1]);
  return pocket;
};
const empty = await luma(page, join(world, "pictures", all.find((it) => it.kind === "desk").file), WIDTH, HEIGHT);
// The most spoilt picture of which a dozen frames tell nothing.
let worn = card;
for (const { file } of all.filter((it) => ["combo", "motion"].includes(it.kind)).sort((a, b) => b.strength - a.strength)) {
  const pocket = await module();
  worn = await luma(page, join(world, "pictures", file), WIDTH, HEIGHT);
  let read = false;
  for (let n = 0; n < 12 && !read; n += 1) {
    make("worn", n, worn, rgba);
    read = pocket.ask("frame", [WIDTH, HEIGHT], rgba).said.length > 0;
  }
  if (!read) { console.log(`worn: ${file}`); break; }
}
const base = (kind) => ({ empty, worn })[kind] ?? card;
const said = (times) => {
  times.sort((a, b) => a - b);
  const share = (of) => times[Math.min(times.length - 1, Math.floor(times.length * of))].toFixed(1);
  return `median ${share(0.5)} ms, p95 ${share(0.95)} ms, most ${share(1)} ms`;
};

for (const kind of KINDS) {
  const pocket = await module(), times = [];
  let read = 0;
  for (let n = 0; n < frames; n += 1) {
    make(kind, n, base(kind), rgba);
    const before = process.cpuUsage();
    const seen = pocket.ask("frame", [WIDTH, HEIGHT], rgba);
    const { user, system } = process.cpuUsage(before);
    // The first frames are compiled while they run.
    if (n >= 30) times.push((user + system) / 1000);
    read += seen.held || seen.said.length > 0;
  }
  console.log(`Node, processor time, ${kind}: ${said(times)}; the permit read in ${read} of ${frames}`);
}

server.changed.set("pace.html", Buffer.from("<!doctype html><title>pace</title>"));
await page.goto(server.url + "pace.html");
await page.evaluate(`window.make = ${make}`);
for (const kind of KINDS) {
  const found = await page.evaluate(async ([kind, grey, frames, kept]) => {
    const { Reader } = await import("/eye.js");
    const bytes = (text, of) => Uint8Array.from(atob(text), of);
    const base = bytes(grey, (letter) => letter.charCodeAt(0));
    const reader = new Reader(() => false, () => {});
    await reader.ask({ does: "open", kept: { ...kept, bundle: new Uint8Array(await (await fetch("bundle.cbor")).arrayBuffer()) } });
    const inside = [], whole = [];
    for (let n = 0; n < frames; n += 1) {
      const rgba = new Uint8Array(1280 * 720 * 4);
      make(kind, n, base, rgba);
      const begun = performance.now();
      const { ms } = await reader.ask({ does: "frame", width: 1280, height: 720, bytes: rgba }, [rgba.buffer]);
      if (n >= 30) { inside.push(ms); whole.push(performance.now() - begun); }
    }
    return { inside, whole };
  }, [kind, base(kind).toString("base64"), Number(frames), { lang: 2, root: (await module()).ask("root", [], readFileSync(join(world, "root.cbor"))).hex, at: it.at, mode: 0 }]);
  console.log(`Chromium's worker, ${kind}: ${said(found.inside)}; there and back: ${said(found.whole)}`);
}
await browser.end();
await server.stop();
