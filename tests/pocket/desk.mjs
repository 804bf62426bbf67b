// The station's desk with the pocket reader's folder: a card found and read back by the computer's camera, and lists taken
// by their codes, on the real program. desk.mjs STATION FOLDER CODES: the program, the built page, and the pictures of the
// codes of the demonstration's bundle.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Browser, axe } from "./stand.mjs";
import { film } from "./film.mjs";

const [station, folder, codes] = process.argv.slice(2);
const screens = join(process.env.SCREENS ?? "target/screens", "pocket");
mkdirSync(screens, { recursive: true });
const place = mkdtempSync(join(tmpdir(), "permit-pocket-desk-"));
let failed = 0, passed = 0;
const held = (name, good, why = "") => {
  if (good) passed += 1; else failed += 1;
  console.log(good ? `held: ${name}` : `NOT HELD: ${name} ${why}`);
};

const child = spawn(station, ["--lang", "en", "--state", join(place, "desk"), "serve", "--demo", "--listen", "127.0.0.1:0", "--pocket", folder], { stdio: ["ignore", "pipe", "inherit"] });
process.on("exit", () => { child.kill(); rmSync(place, { recursive: true, force: true }); });
const address = await new Promise((go, no) => {
  createInterface({ input: child.stdout }).once("line", go);
  child.on("exit", (status) => no(new Error(`permit-station ended with ${status}`)));
});
const at = (page, path) => page.goto(new URL(path, address).href);
const path = (page) => new URL(page.url()).pathname;

// An officer at a browser with a film for its camera, in a language.
async function officer(number, lang, options) {
  const browser = await Browser.start({ size: { width: 1280, height: 800 }, ...options });
  const page = await browser.context.newPage();
  page.setDefaultTimeout(60000);
  page.troubles = [];
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("console", (line) => { if (/Content Security Policy|Refused to|Permissions policy/i.test(line.text())) page.troubles.push(line.text()); });
  await at(page, "/enter");
  await page.click(`button[name=officer][value="${number}"]`);
  await page.click(`button[name=lang][value=${lang}]`);
  await page.waitForSelector(`html[lang^=${lang}]`);
  return { browser, page };
}
async function shot(page, name) {
  await page.screenshot({ path: join(screens, `desk-${name}.png`) });
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const serious = found.violations.filter((it) => ["serious", "critical"].includes(it.impact));
  held(`axe finds nothing: desk, ${name}`, !serious.length, JSON.stringify(serious.map((it) => [it.id, it.nodes[0].html])).slice(0, 500));
}
// Holds back what the page hands in, until it is given.
const hold = (page) => page.evaluate(() => {
  window.hand = HTMLFormElement.prototype.requestSubmit;
  HTMLFormElement.prototype.requestSubmit = function (by) { window.handed = [this, by]; };
});
const give = (page) => page.evaluate(() => { const [form, by] = window.handed; window.hand.call(form, by); });
// The camera on, and what became of the page.
async function show(page, name) {
  await page.waitForSelector("#camera:not([hidden])");
  const left = page.waitForNavigation().catch(async (error) => {
    await page.screenshot({ path: join(screens, "desk-stuck.png") });
    throw new Error(`${error.message}: ${await page.textContent("#camera [role=status]")}; ${page.troubles}`);
  });
  await Promise.all([left, page.click("#camera button")]);
  if (name) await shot(page, name);
}
// What stays in the browser of a desk: nothing.
const kept = (page) => page.evaluate(async () => ({
  caches: (await caches.keys()).length, bases: (await indexedDB.databases()).length, local: localStorage.length + sessionStorage.length,
}));

// Cards as they are printed: 3 is to be read back, 4 is another.
const films = {};
{
  const { browser, page } = await officer(3, "en", { size: { width: 620, height: 460 } });
  // A page without a policy, which lets pictures be fetched.
  const blank = await browser.context.newPage();
  for (const number of [3, 4]) {
    const scan = await browser.context.newPage(), wire = await browser.context.newCDPSession(scan);
    await wire.send("Emulation.setDeviceMetricsOverride", { width: 620, height: 460, deviceScaleFactor: 3, mobile: false });
    await at(scan, `/applications/${number}/folded-outside.svg`);
    const picture = join(place, `${number}.png`);
    writeFileSync(picture, await scan.screenshot());
    films[number] = join(place, `${number}.y4m`);
    await film(blank, films[number], [picture], { width: 1280, height: 720, rate: 5, frames: 20, between: 4 });
  }
  films.lists = join(place, "lists.y4m");
  const drawn = readdirSync(codes).filter((name) => name.endsWith(".png")).sort().map((name) => join(codes, name));
  await film(blank, films.lists, drawn, { width: 640, height: 480, rate: 3, frames: 1, between: 0 });
  await browser.end();
}
{
  const { browser, page } = await officer(3, "zh", { film: films[4] });
  await at(page, "/search");
  await page.waitForSelector("#camera:not([hidden])");
  await shot(page, "search");
  await show(page);
  held("a card before the camera is found by its number, which stands in no address", path(page) === "/applications/4", path(page));
  await at(page, "/applications/3/read-back");
  await show(page, "another");
  held("another card is said to be another", path(page) === "/applications/3/read-back" && /00101-1963-/.test(await page.textContent(".summary")));
  held("nothing refused, no script error", !page.troubles.length, page.troubles.join("; "));
  await browser.end();
}
{
  const { browser, page } = await officer(3, "ko", { film: films[3] });
  await at(page, "/applications/3/read-back");
  await page.waitForSelector("#camera:not([hidden])");
  await shot(page, "read-back");
  // What is handed in is held back, and looked at.
  await hold(page);
  await page.click("#camera button");
  await page.waitForFunction(() => window.handed);
  held("what is handed in is one picture of the whole frame", await page.evaluate(async () => {
    const [file] = document.getElementById("i-picture").files, picture = await createImageBitmap(file);
    return file.type === "image/png" && picture.width === 1280 && picture.height === 720;
  }));
  await Promise.all([page.waitForNavigation(), give(page)]);
  held("the card before the camera is read back", path(page) === "/applications/3" && /4/.test(await page.textContent("main")), path(page));
  held("it can be handed over", await page.locator('form[action$="/hand-over"], a[href$="/hand-over"]').count() > 0);
  held("nothing stays in the browser", Object.values(await kept(page)).every((it) => it === 0), JSON.stringify(await kept(page)));
  held("nothing refused, no script error: read back", !page.troubles.length, page.troubles.join("; "));
  await browser.end();
}
{
  const { browser, page } = await officer(1, "en", { film: films.lists });
  await at(page, "/lists");
  await page.waitForSelector("#camera:not([hidden])");
  // However soon all codes are read, the page stands until it was looked at.
  await hold(page);
  await page.click("#camera button");
  await page.waitForFunction(() => /\d/.test(document.querySelector("#camera [role=status]").textContent));
  await page.locator("#camera").scrollIntoViewIfNeeded();
  await shot(page, "lists");
  await page.waitForFunction(() => window.handed);
  await Promise.all([page.waitForNavigation(), give(page)]);
  held("lists are taken by their codes", path(page) === "/lists" && await page.locator(".summary").count() === 0, await page.textContent("main"));
  held("nothing refused, no script error: lists", !page.troubles.length, page.troubles.join("; "));
  await browser.end();
}
{
  const { browser, page } = await officer(3, "en", { camera: false });
  await at(page, "/search");
  await page.waitForSelector("#camera:not([hidden])");
  await page.click("#camera button");
  await page.waitForFunction(() => document.querySelector("#camera [role=status]").textContent.length > 10);
  await shot(page, "refused");
  held("a camera that is refused is said, and the form stays", await page.isVisible("[name=number]"));
  await browser.end();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
