// The pocket reader's page in Chromium: every verdict that a phone gives, in three languages, on a phone and a tablet, by
// day and by night; a film as its camera; lists by codes; without a network; and everything a browser can take away.
// walk.mjs FOLDER WORLD CODES: the built page, a demonstration, and the pictures of the codes of its bundle.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Browser, Server, axe } from "./stand.mjs";
import { film } from "./film.mjs";

const [folder, world, codes] = process.argv.slice(2);
const screens = join(process.env.SCREENS ?? "target/screens", "pocket");
mkdirSync(screens, { recursive: true });
const place = mkdtempSync(join(tmpdir(), "permit-pocket-film-"));
const json = (path) => JSON.parse(readFileSync(path, "utf8"));
const all = json(join(world, "pictures", "manifest.json"));
const clean = all.filter((it) => it.kind === "clean"), desk = all.find((it) => it.kind === "desk");
const first = (code) => clean.find((it) => it.code === code);
const picture = (it) => join(world, "pictures", it.file);
let passed = 0, failed = 0;
const held = (name, good, why = "") => {
  if (good) passed += 1; else failed += 1;
  console.log(good ? `held: ${name}` : `NOT HELD: ${name} ${why}`);
};
const part = async (name, work) => {
  try { await work(); } catch (error) { held(name, false, String(error.stack ?? error).slice(0, 600)); }
};

const server = await Server.start(folder, readFileSync(join(world, "bundle.cbor")));
const shown = (page, id, timeout = 60000) => page.waitForSelector(`#${id}:not([hidden])`, { timeout });
const notice = async (page) => { await shown(page, "notice"); return page.textContent("#notice"); };
const shot = (page, name) => page.screenshot({ path: join(screens, name + ".png"), fullPage: true });

// Lists from the page's own server, the root compared; then a crossing and the demonstration's day.
async function prepare(page) {
  await page.click("[data-go=lists]");
  await page.click("#lists-server");
  await shown(page, "offered");
  await page.click("#root-same");
  await page.waitForFunction(() => document.querySelector("#edge .demo"));
  await page.click("[data-go=patrol]");
  await stand(page, first(0));
}
async function stand(page, { crossing, side, direction, at }) {
  if (!await page.evaluate(() => document.getElementById("where").open)) await page.click("#where summary");
  await page.waitForFunction((number) => document.querySelector(`#place option[value="${number}"]`), crossing);
  await page.selectOption("#place [name=crossing]", String(crossing));
  await page.check(`#place [name=side][value="${side === "A" ? 0 : 1}"]`);
  await page.check(`#place [name=direction][value="${direction === "entry" ? 0 : 1}"]`);
  // The zone's offset in 1963, whose hours the manifest gives in UTC.
  const local = new Date(Date.parse(at) + 8 * 3600000).toISOString().slice(0, 16);
  await page.fill("#place [name=at]", local);
  await page.dispatchEvent("#place [name=at]", "change");
  await page.click("#where summary");
}
// Holds what the page keeps, so that writing it waits for so many milliseconds.
function slow(ms) {
  return new Promise((done) => {
    const request = indexedDB.open("permit-pocket", 1);
    request.onsuccess = () => {
      const base = request.result, end = Date.now() + ms;
      const change = base.transaction("kept", "readwrite"), store = change.objectStore("kept");
      const hold = () => { if (Date.now() < end) store.get("state").onsuccess = hold; };
      change.oncomplete = () => base.close();
      hold();
      done();
    };
  });
}
async function verdict(page, file) {
  await page.evaluate(() => document.getElementById("verdicts").replaceChildren());
  await page.setInputFiles("#picture", file);
  await page.waitForSelector("#verdicts .verdict");
  return page.evaluate(() => Number(document.querySelector("#verdicts .verdict").dataset.code));
}
// What a page must not do, whatever it shows: run out of the screen sideways, or say an id instead of words.
const whole = (page) => page.evaluate(() => ({
  wide: document.documentElement.scrollWidth > innerWidth,
  ids: document.body.innerText.match(/\b(pocket|screen|verdict|flaw|place|document)-[a-z0-9-]+/)?.[0] ?? null,
}));
async function clear(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  held(`axe finds nothing: ${name}`, !found.violations.length, JSON.stringify(found.violations.map((it) => [it.id, it.nodes[0].html, it.nodes[0].failureSummary])).slice(0, 700));
}

const LANGS = ["zh", "ko", "en"];
// Codes of a journal or a terminal (50 to 53, 62) are not a phone's to give; 10 and 12 come from no picture of a permit
// and are tried beside these.
const CODES = [...new Set(clean.map((it) => it.code))].sort((a, b) => a - b);

await part("every code", async () => {
  const browser = await Browser.start();
  const page = await browser.page(server.url);
  held("before any root: it is said", await page.isVisible("#no-root"));
  await shot(page, "first");
  await prepare(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await verdict(page, picture(first(0)));
  const before = server.asked.length;
  let read = 0;
  for (const [number, lang] of LANGS.entries()) {
    await page.click(`[data-lang="${number}"]`);
    await page.waitForFunction((tag) => document.documentElement.lang === tag, lang);
    for (const [look, size, dark] of [["phone", { width: 360, height: 740 }, false], ["tablet", { width: 1024, height: 768 }, true]]) {
      await page.setViewportSize(size);
      await page.click("[data-go=limits]");
      if (await page.getAttribute("#night", "aria-pressed") !== String(dark)) await page.click("#night");
      await page.click("[data-go=patrol]");
      const wrong = [];
      for (const code of CODES) {
        const it = first(code);
        if (it.at !== first(0).at || it.crossing !== first(0).crossing) await stand(page, it);
        const got = await verdict(page, picture(it)), { wide, ids } = await whole(page);
        read += 1;
        if (got !== code || wide || ids) wrong.push(`${code}: ${got} ${wide ? "wide" : ""} ${ids ?? ""}`);
        await shot(page, `${lang}-${look}-${code}`);
        if (it.at !== first(0).at || it.crossing !== first(0).crossing) await stand(page, first(0));
      }
      await page.fill("#number input", "00101-1963-00000042-001-K");
      await page.click("#number button");
      await shown(page, "notice");
      held(`${lang}, ${look}: ${CODES.length} codes`, !wrong.length, wrong.join("; "));
      await verdict(page, picture(first(0)));
      await clear(page, `${lang}, ${look}, valid`);
      // The two codes that no picture of a permit gives: none in it, and a number that was typed.
      const number = await page.textContent("#verdicts .card dl div:last-child dd");
      held(`${lang}, ${look}: a picture without a code is code 10`, await verdict(page, picture(desk)) === 10);
      await shot(page, `${lang}-${look}-10`);
      await page.fill("#number input", number.replace(/[^0-9A-Z-]/g, ""));
      await page.click("#number button");
      await page.waitForSelector('#verdicts [data-code="12"]');
      const typed = await whole(page);
      held(`${lang}, ${look}: a typed number is code 12`, !typed.wide && !typed.ids, `${typed.wide} ${typed.ids}`);
      await shot(page, `${lang}-${look}-12`);
      await verdict(page, picture(first(31)));
      await clear(page, `${lang}, ${look}, expired`);
      for (const tab of ["holder", "lists", "limits"]) {
        await page.click(`[data-go=${tab}]`);
        if (tab === "holder") {
          await page.setInputFiles("#picture", picture(first(0)));
          await page.waitForSelector("#explained table");
        }
        await shot(page, `${lang}-${look}-${tab}`);
        const { wide, ids } = await whole(page);
        held(`${lang}, ${look}, ${tab}: whole`, !wide && !ids, `${wide} ${ids}`);
        await clear(page, `${lang}, ${look}, ${tab}`);
      }
      await page.click("[data-go=patrol]");
    }
  }
  held(`no request while ${read} permits were read`, !server.since(before).length, server.since(before).join());
  // Nowhere: not asked, and said so. The disk takes two seconds to keep the place: nothing is judged at the former one meanwhile.
  await page.click("#where summary");
  await page.evaluate(slow, 2000);
  await page.selectOption("#place [name=crossing]", "0");
  const away = await verdict(page, picture(first(42)));
  await page.waitForTimeout(3000);
  held("a verdict stands, however long the place took to keep", await page.locator("#verdicts .verdict").count() === 1);
  held("away from every crossing no crossing is asked, and it is said", away === 0 && await page.locator(".unasked li").count() === 3);
  await shot(page, "nowhere");
  // What is kept: root, lists, place; nothing of a permit.
  const kept = await page.evaluate(async () => {
    const base = await new Promise((done) => { const it = indexedDB.open("permit-pocket"); it.onsuccess = () => done(it.result); });
    const state = await new Promise((done) => { const it = base.transaction("kept").objectStore("kept").get("state"); it.onsuccess = () => done(it.result); });
    const cached = [];
    for (const name of await caches.keys()) cached.push(...(await (await caches.open(name)).keys()).map((it) => new URL(it.url).pathname));
    return { keys: Object.keys(state).sort(), cached: cached.sort(), local: localStorage.length + sessionStorage.length, title: document.title, steps: history.length, href: location.href };
  });
  held("nothing of a permit is kept", kept.keys.every((key) => ["at", "bundle", "floor", "lang", "marks", "night", "place", "root"].includes(key)) &&
    kept.local === 0 && kept.cached.every((name) => !/jpg|png|bundle/.test(name)) && kept.href === server.url, JSON.stringify(kept));
  held("no script error, nothing refused by the policy", !page.troubles.length, page.troubles.join("; "));
  await browser.end();
});

await part("a film as the camera", async () => {
  const browser = await Browser.start();
  const helper = await browser.context.newPage();
  const path = join(place, "permits.y4m"), wanted = [0, 31, 25, 11];
  await film(helper, path, wanted.map((code) => picture(first(code))), { width: 1280, height: 720, rate: 4, frames: 8, between: 6 });
  await browser.end();
  const seeing = await Browser.start({ film: path });
  const page = await seeing.page(server.url);
  await prepare(page);
  await page.click("#camera");
  const found = new Set();
  const outlined = page.waitForSelector("#outline polygon", { state: "attached" });
  for (const code of wanted) {
    await page.waitForSelector(`#verdicts [data-code="${code}"]`, { timeout: 120000 });
    found.add(code);
    await page.screenshot({ path: join(screens, `camera-${code}.png`) });
  }
  await outlined;
  held("each permit held before the camera is judged", found.size === wanted.length);
  // Taken away, as another program does.
  await page.evaluate(() => document.getElementById("video").srcObject.getVideoTracks()[0].dispatchEvent(new Event("ended")));
  held("a camera that is taken away is said", (await notice(page)).length > 10 && await page.isHidden("#eye"));
  await page.setViewportSize({ width: 844, height: 390 });
  await page.click("#camera");
  await page.waitForSelector("#verdicts .verdict");
  held("a phone that is turned goes on", !(await whole(page)).wide);
  await page.screenshot({ path: join(screens, "turned.png") });
  await seeing.end();
});

await part("lists by codes from a film", async () => {
  const helper = await Browser.start();
  const drawn = await helper.context.newPage(), path = join(place, "lists.y4m");
  const files = readdirSync(codes).filter((name) => name.endsWith(".png")).sort().map((name) => join(codes, name));
  await film(drawn, path, files, { width: 640, height: 480, rate: 3, frames: 1, between: 0 });
  await helper.end();
  const browser = await Browser.start({ film: path });
  const page = await browser.page(server.url);
  await page.click("[data-go=lists]");
  await page.click("#lists-codes");
  await page.waitForFunction(() => /\d/.test(document.getElementById("gathered").textContent), null, { timeout: 60000 });
  await page.screenshot({ path: join(screens, "codes.png") });
  await shown(page, "offered", 180000);
  const print = await page.textContent("#offered ol");
  await page.screenshot({ path: join(screens, "root.png") });
  await page.click("#root-same");
  await page.waitForFunction(() => document.querySelector("#edge .demo"));
  held(`${files.length} codes before the camera are the lists`, print.length === 64);
  await browser.end();
});

await part("pages of a PDF file, and a fingerprint in words", async () => {
  const browser = await Browser.start();
  const drawn = await browser.context.newPage();
  const image = (code) => `<img style="width:100%" src="data:image/png;base64,${readFileSync(picture(first(code))).toString("base64")}">`;
  await drawn.setContent(`${image(0)}<div style="break-before:page"></div>${image(31)}`);
  const file = { name: "permits.pdf", mimeType: "application/pdf", buffer: await drawn.pdf({ format: "A4" }) };
  await drawn.close();
  const page = await browser.page(server.url);
  await prepare(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await verdict(page, file);
  const codes = () => page.$$eval("#verdicts .verdict", (all) => all.map((it) => Number(it.dataset.code)));
  held("every page of a PDF file is judged", (await codes()).join() === "0,31", (await codes()).join());
  await shot(page, "pdf");
  const before = server.asked.length;
  await verdict(page, file);
  held("and asks for nothing a second time", !server.since(before).length, server.since(before).join());
  // Each page takes less than a call may, and all of them more.
  const leaves = await browser.context.newPage();
  await leaves.setContent([0, 31, 0, 31].map((code) => `<div style="break-after:page">${image(code)}</div>`).join(""));
  const many = { ...file, buffer: await leaves.pdf({ format: "A4" }) };
  await leaves.close();
  const [reads] = page.workers().filter((it) => it.url().endsWith("reader.js"));
  await reads.evaluate(() => {
    const all = others["pdf.wasm"];
    const slow = (ask) => (...it) => { for (const end = Date.now() + 3000; Date.now() < end;); return ask(...it); };
    others["pdf.wasm"] = { ...all, pocket_file: slow(all.pocket_file), pocket_page: slow(all.pocket_page) };
  });
  await page.evaluate(async () => { (await import("./eye.js")).Reader.patience = 8000; });
  await page.setInputFiles("#picture", many);
  const left = await notice(page);
  await page.waitForFunction(() => document.querySelectorAll("#verdicts .verdict").length >= 4, null, { timeout: 60000 }).catch(() => {});
  held("a file of many pages takes longer than any call may, and says how many are left", /[1-4]/.test(left) && /^0,31,0,31/.test((await codes()).join()), `${left}: ${(await codes()).join()}`);
  await page.evaluate(async () => { (await import("./eye.js")).Reader.patience = 20000; });
  await page.setInputFiles("#picture", { ...file, buffer: file.buffer.subarray(0, 300) });
  held("a damaged one is said", /damaged/.test(await notice(page)));
  await page.setInputFiles("#picture", { ...file, buffer: Buffer.from("%PDF-1.7\n" + "1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\n".repeat(50) + "trailer<</Root 1 0 R>>") });
  held("and one that turns in a circle", (await notice(page)).length > 5 && await verdict(page, picture(first(31))) === 31);
  await page.click("[data-go=lists]");
  const spelt = [];
  for (const [number, lang] of LANGS.entries()) {
    await page.click(`[data-lang="${number}"]`);
    await page.waitForFunction((tag) => document.documentElement.lang === tag, lang);
    await page.waitForFunction((old) => { const it = document.querySelector("#fingerprint + .spelt"); return it.children.length === 24 && it.textContent !== old; }, spelt.at(-1) ?? "");
    spelt.push(await page.textContent("#fingerprint + .spelt"));
    await shot(page, `fingerprint-${lang}`);
    await clear(page, `fingerprint, ${lang}`);
  }
  const late = await page.evaluate(async () => {
    const { groups } = await import("./show.js"), box = document.getElementById("fingerprint"), below = box.nextElementSibling;
    const of = (hex) => ({ hex, groups: [hex] }), spelt = (word, ms) => () => new Promise((done) => setTimeout(done, ms, [[word], [word], [word]]));
    const first = groups(box, of("aaaa"), spelt("late", 400));
    const other = groups(box, of("bbbb"), spelt("other", 1));
    const at = below.textContent;
    await other;
    const own = below.textContent;
    await first;
    return [at, own, below.textContent];
  });
  held("words of another fingerprint never stand below one", late.join() === ",other,other", late.join());
  held("a fingerprint is spelt in three languages", /^\p{Script=Han}{24}$/u.test(spelt[0]) && /^\p{Script=Hangul}+$/u.test(spelt[1]) && /^[a-z]+$/.test(spelt[2]), spelt.join("; "));
  held("the page says nothing against its policy", !page.troubles.length, page.troubles.join("; "));
  await browser.end();
});

await part("what a browser takes away", async () => {
  const browser = await Browser.start();
  const page = await browser.page(server.url);
  await prepare(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller || navigator.serviceWorker.ready.then(() => true));
  // The worker falls, and the page goes on.
  await verdict(page, picture(first(0)));
  const [worker] = page.workers().filter((it) => it.url().endsWith("reader.js"));
  await worker.evaluate(() => { others["files.wasm"] = { ...others["files.wasm"], pocket_file: () => { throw new WebAssembly.RuntimeError("unreachable"); } }; });
  await page.setInputFiles("#picture", picture(first(0)));
  const said = await notice(page);
  held("a picture on which the reader falls is said, and it goes on", said.length > 10 && await verdict(page, picture(first(31))) === 31, said);
  // Two tabs.
  const other = await browser.page(server.url);
  await page.click("#where summary");
  await page.selectOption("#place [name=crossing]", "0");
  held("another tab learns of a change and says so", (await notice(other)).length > 5);
  await stand(page, first(0));
  // An update of the page under way.
  const fresh = readFileSync(join(folder, "sw.js"), "utf8").replace(/VERSION = "[^"]*"/, 'VERSION = "another"');
  server.changed.set("sw.js", Buffer.from(fresh));
  await other.close();
  await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });
  await shown(page, "newer");
  held("a newer page waits until it is wanted", await verdict(page, picture(first(31))) === 31);
  await page.screenshot({ path: join(screens, "newer.png") });
  await Promise.all([page.waitForEvent("load"), page.click("#take-newer")]);
  await page.waitForSelector("#page:not([hidden])");
  held("and is used then", (await page.evaluate(() => caches.keys())).join() === "another");
  // Without a network.
  await server.stop();
  const begun = Date.now();
  await page.reload();
  await page.waitForSelector("#page:not([hidden])");
  const ready = Date.now() - begun;
  const code = await verdict(page, picture(first(0)));
  console.log(`opened without a network in ${ready} ms, first verdict after ${Date.now() - begun} ms`);
  held("without a network it opens and judges", code === 0);
  await page.click("[data-go=lists]");
  await page.click("#lists-server");
  held("a server that is gone is said", (await notice(page)).length > 5);
  await page.screenshot({ path: join(screens, "offline.png") });
  await server.listen(server.port);
  // Storage cleared.
  await page.goto("about:blank");
  const tool = await browser.context.newCDPSession(page);
  await tool.send("Storage.clearDataForOrigin", { origin: new URL(server.url).origin, storageTypes: "all" });
  await page.goto(server.url);
  await page.waitForSelector("#page:not([hidden])");
  held("storage that was cleared is said, and nothing is judged", await page.isVisible("#no-root"));
  await page.click("[data-go=patrol]");
  await page.setInputFiles("#picture", picture(first(0)));
  held("without lists nothing is judged", (await notice(page)).length > 5 && await page.locator("#verdicts .verdict").count() === 0);
  await browser.end();
});

await part("no camera, little power", async () => {
  const browser = await Browser.start({ camera: false });
  await browser.context.addInitScript(() => {
    navigator.getBattery = async () => ({ level: 0.1, charging: false });
  });
  const page = await browser.page(server.url);
  held("little power is said", (await notice(page)).length > 5);
  await page.click("[data-go=patrol]");
  await page.click("#camera");
  await page.waitForFunction((before) => document.getElementById("notice").textContent !== before, await page.textContent("#notice"));
  held("a camera that is refused is said, with what works", /picture/i.test(await page.textContent("#notice")));
  await page.screenshot({ path: join(screens, "refused.png") });
  await browser.end();
});

await server.stop();
rmSync(place, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
