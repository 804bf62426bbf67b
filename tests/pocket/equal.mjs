// The module against the vectors, and against what the command said of the demonstration's pictures.
// equal.mjs FOLDER VECTORS WORLD COMMAND.json [chromium]: in Node or in Chromium; prints a line for each thing held, and ends
// with the count.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Module, SIDES, WAYS, unhex } from "./module.mjs";

const [folder, vectors, world, command, where] = process.argv.slice(2);
let failed = 0;
const held = (name, good, why = "") => {
  name += where ? `, in ${where}` : "";
  console.log(good ? `held: ${name}` : `NOT HELD: ${name} ${why}`);
  if (!good) failed += 1;
};
let browser = null, server = null, page = null;
// The same module in a page of Chromium's.
class Browsed {
  async ask(name, args = [], bytes = null) {
    return page.evaluate(([name, args, text]) => window.module.ask(name, args, text === null ? null : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))), [name, args, bytes && Buffer.from(bytes).toString("base64")]);
  }
  async anchor(hex) {
    await this.ask("forget");
    return this.ask("anchor", [], unhex(hex));
  }
  megabytes() { return page.evaluate(() => window.module.megabytes()); }
}
async function browsed() {
  const stand = await import("./stand.mjs");
  server = await stand.Server.start(folder, null);
  server.changed.set("module.js", Buffer.from(readFileSync(new URL("./module.mjs", import.meta.url), "utf8").replace(/^import .*$/m, "")));
  server.changed.set("equal.html", Buffer.from("<!doctype html><title>equal</title>"));
  browser = await stand.Browser.start({ camera: false });
  page = await browser.context.newPage();
  page.setDefaultTimeout(0);
  await page.goto(server.url + "equal.html");
}
async function open(file) {
  if (!where) return Module.open(join(folder, file));
  await page.evaluate(async (file) => {
    const { Module } = await import("/module.js");
    const { instance } = await WebAssembly.instantiate(await (await fetch(file)).arrayBuffer(), {});
    window.module = Module.of(instance);
  }, file);
  return new Browsed();
}
const json = (path) => JSON.parse(readFileSync(path, "utf8"));

// The moment by hand; nothing goes by the clock.
const at = (seconds) => pocket.ask("at", [], new TextEncoder().encode(seconds === null ? "" : new Date(seconds * 1000).toISOString().replace(".000", "")));

// --- vectors: the verdict with every other finding, and bundles taken or refused
async function judged() {
  let asked = 0, unasked = 0;
  const wrong = [];
  for (const folder of ["valid", "invalid", "edge"]) {
    for (const name of readdirSync(join(vectors, folder))) {
      const vector = json(join(vectors, folder, name));
      if (!vector.scan_hex) continue;
      const { clock, floor, doubt, by_hand } = vector.time;
      // What a journal knows, a fault of a terminal, and doubts that take a day or a battery clock to come about.
      if (vector.presence || vector.fault || vector.time.floors || clock === null || ![null, "jumped"].includes(doubt) || clock - floor > 400 * 86400) {
        unasked += 1;
        continue;
      }
      asked += 1;
      await pocket.anchor(vector.anchor);
      await pocket.ask("take", [], readFileSync(join(vectors, "bundles", vector.bundle + ".cbor")));
      if (floor !== undefined) await pocket.ask("floor", [floor]);
      await pocket.ask("place", [vector.crossing, SIDES[vector.side], WAYS[vector.direction]]);
      await at(by_hand ? clock : null);
      await pocket.ask("clock", [doubt ? clock - 86400 : clock, 0, 1]);
      if (doubt) await pocket.ask("clock", [clock, 0, 0]);
      const [said] = (await pocket.ask("text", [], unhex(vector.scan_hex))).said;
      if (said?.code !== vector.expect.code || said.also.length !== vector.expect.also.length) wrong.push(`${folder}/${name}: ${said?.code} for ${vector.expect.code}`);
    }
  }
  held(`${asked} vectors judged alike, ${unasked} that a phone cannot be asked`, asked > 130 && !wrong.length, wrong.slice(0, 20).join("; "));
}
async function taken() {
  const wrong = [];
  let asked = 0;
  for (const folder of ["valid", "invalid", "edge"]) {
    for (const name of readdirSync(join(vectors, folder))) {
      const vector = json(join(vectors, folder, name));
      if (!vector.bundle_hex) continue;
      asked += 1;
      await pocket.anchor(vector.anchor);
      if (vector.clock !== null) {
        await pocket.ask("floor", [vector.clock - 86400]);
        await pocket.ask("clock", [vector.clock, 0, 1]);
      }
      if (vector.before_hex) await pocket.ask("take", [], unhex(vector.before_hex));
      const answer = await pocket.ask("take", [], unhex(vector.bundle_hex));
      if (answer.taken !== vector.expect.taken) wrong.push(`${name}: ${answer.taken} ${answer.said}`);
    }
  }
  held(`${asked} bundles taken or refused alike`, asked > 40 && !wrong.length, wrong.slice(0, 20).join("; "));
}

// --- the demonstration's pictures, code by code
async function pictures() {
  const said = readFileSync(command, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const asks = new Map(json(join(world, "pictures", "manifest.json")).map((it) => [it.file, it]));
  const files = new Map();
  for (const record of said) {
    const name = record.file.split("/").pop();
    files.set(name, [...(files.get(name) ?? []), record.code]);
  }
  const root = await pocket.ask("root", [], readFileSync(join(world, "root.cbor")));
  await pocket.anchor(root.hex);
  await pocket.ask("take", [], readFileSync(join(world, "bundle.cbor")));
  const wrong = [], times = [];
  for (const [name, codes] of files) {
    const ask = asks.get(name);
    await pocket.ask("place", [ask.crossing, SIDES[ask.side], WAYS[ask.direction]]);
    await at(Date.parse(ask.at) / 1000);
    await pocket.ask("clock", [Date.parse(ask.at) / 1000, 0, 1]);
    const bytes = readFileSync(join(world, "pictures", name));
    const begun = performance.now();
    let seen = await pocket.ask("file", [], bytes);
    while (seen.more) seen = await pocket.ask("page");
    times.push(performance.now() - begun);
    const mine = seen.said.map((it) => it.code).sort().join(), theirs = codes.sort().join();
    if (mine !== theirs) wrong.push(`${name}: ${mine} for ${theirs}`);
  }
  times.sort((a, b) => a - b);
  const mean = times.reduce((sum, it) => sum + it, 0) / times.length;
  console.log(`pictures: mean ${mean.toFixed(1)} ms, p95 ${times[Math.floor(times.length * 0.95)].toFixed(1)} ms (file to verdict), ${(await pocket.megabytes()).toFixed(1)} MiB`);
  held(`${files.size} pictures judged as the command judges them`, files.size > 500 && !wrong.length, wrong.slice(0, 20).join("; "));
}

if (where) await browsed();
let pocket = await open("pocket.wasm");
await judged();
await taken();
pocket = await open("files.wasm");
await pictures();
await browser?.end();
await server?.stop();
console.log(failed ? `${failed} not held` : "all held");
process.exit(failed ? 1 : 0);
