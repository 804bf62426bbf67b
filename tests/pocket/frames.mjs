// 100,000 frames through the module, hostile ones among them: its memory stays flat. Then 1,000 permits in the page: no
// request. frames.mjs FOLDER WORLD FRAMES.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Browser, Server } from "./stand.mjs";
import { luma } from "./film.mjs";
import { Module } from "./module.mjs";

const [folder, world, wanted] = process.argv.slice(2);
const frames = Number(wanted), WIDTH = 640, HEIGHT = 480;
const clean = JSON.parse(readFileSync(join(world, "pictures/manifest.json"), "utf8")).filter((it) => it.kind === "clean");
let failed = 0;
const held = (name, good, why = "") => { console.log(good ? `held: ${name}` : `NOT HELD: ${name} ${why}`); failed += !good; };

const server = await Server.start(folder, readFileSync(join(world, "bundle.cbor")));
const browser = await Browser.start();
const helper = await browser.context.newPage();
const greys = [];
for (const it of clean.slice(0, 40)) greys.push(await luma(helper, join(world, "pictures", it.file), WIDTH, HEIGHT));

const pocket = await Module.open(join(folder, "pocket.wasm"));
pocket.anchor(pocket.ask("root", [], readFileSync(join(world, "root.cbor"))).hex);
pocket.ask("take", [], readFileSync(join(world, "bundle.cbor")));
pocket.ask("at", [], new TextEncoder().encode("1963-09-10T04:00Z"));
pocket.ask("clock", [0, 0, 1]);
// Chance that is the same every time (xorshift).
let seed = 20261201;
const chance = (below) => {
  seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5;
  return (seed >>> 0) % below;
};
const rgba = new Uint8Array(WIDTH * HEIGHT * 4);
let verdicts = 0, warm = 0, begun = Date.now();
for (let n = 0; n < frames; n += 1) {
  // A permit for some frames, then another; one frame in eight is spoilt: noise, bands, or nothing at all.
  const grey = greys[Math.floor(n / 12) % greys.length], spoilt = chance(8) === 0 ? 1 + chance(3) : 0;
  for (let at = 0; at < grey.length; at += 1) {
    const level = spoilt === 1 ? chance(256) : spoilt === 2 ? (Math.floor(at / WIDTH) % (2 + n % 9) ? 255 : 0) : spoilt === 3 ? n % 256 : grey[at];
    rgba[4 * at] = rgba[4 * at + 1] = rgba[4 * at + 2] = level;
  }
  verdicts += pocket.ask("frame", [WIDTH, HEIGHT], rgba).said.length;
  if (n === Math.min(2000, Math.floor(frames / 10))) warm = pocket.megabytes();
  if (n % 10000 === 9999) console.log(`${n + 1} frames, ${verdicts} verdicts, ${pocket.megabytes().toFixed(1)} MiB, ${((Date.now() - begun) / (n + 1)).toFixed(1)} ms a frame`);
}
held(`${frames} frames, ${verdicts} verdicts: ${warm.toFixed(1)} MiB at the beginning, ${pocket.megabytes().toFixed(1)} at the end`, verdicts > frames / 100 && pocket.megabytes() <= warm + 1);

const page = await browser.page(server.url);
await page.click("[data-go=lists]");
await page.click("#lists-server");
await page.waitForSelector("#offered:not([hidden])");
await page.click("#root-same");
await page.waitForFunction(() => document.querySelector("#edge .demo"));
await page.click("[data-go=patrol]");
await page.evaluate(() => navigator.serviceWorker.ready);
const before = server.asked.length;
let read = 0;
for (; read < 1000; read += 1) {
  await page.evaluate(() => document.getElementById("verdicts").replaceChildren());
  await page.setInputFiles("#picture", join(world, "pictures", clean[read % clean.length].file));
  await page.waitForSelector("#verdicts .verdict");
}
held(`${read} permits read in the page: ${server.since(before).length} requests`, !server.since(before).length, server.since(before).join());
await browser.end();
await server.stop();
process.exit(failed ? 1 : 0);
