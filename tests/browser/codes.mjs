// Every code of the verdicts' page on the real terminal, in three languages, with a picture of each: permits held before
// the camera one after another, the number of a dead one typed, other places and times, days between two crossings, a
// disk that fails. What stands on the page is what the events tell, in its language, shape and colour, and whole.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as eyes from "./eyes.mjs";
import { hold as press } from "./keys.mjs";

const tags = ["zh", "ko", "en"];
// The verdicts' page: what each code is on an outward journey.
const kinds = new Map([[0, "valid"], [11, "not-a-permit"], ...[12, 21, 22, 34, 51, 52, 53, 60, 61, 62].map((code) => [code, "refer"]),
  ...[20, 23, 24, 25, 30, 31, 32, 33, 40, 41, 42, 43, 50].map((code) => [code, "invalid"])]);
const shapes = { valid: "tick", refer: "mark", invalid: "cross", "not-a-permit": "query" };
const looks = { valid: "green", refer: "amber", invalid: "red", "not-a-permit": "grey" };
const script = { zh: /[\u4e00-\u9fff]/, ko: /[\uac00-\ud7a3]/, en: /^[\x20-\x7e\u2013\u2019·→—]+$/u };

// ISO 7064 MOD 37,2 over the digits, as it is printed.
const number = (digits) => {
  const sum = [...digits.replaceAll("-", "")].reduce((sum, digit) => ((sum + Number(digit)) * 2) % 37, 0);
  return `${digits}-${"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"[(38 - sum) % 37]}`;
};

// A sentence of the screen, as the project has it.
export const words = (tag, id) => readFileSync(new URL(`../../src/words/${tag}/screen.ftl`, import.meta.url), "utf8").match(new RegExp(`^${id} = (.*)$`, "m"))[1];

export const walks = ({ Reader, all, rest, unread, home, page, check, soon, shot }) => {
  const seen = new Map(tags.map((tag) => [tag, new Set()]));
  const hand = join(home, "hand");
  let turn = [...tags];
  // Whoever holds a picture before the camera takes the one before away: the folder has one, and it is another one now.
  const hold = (picture) => {
    mkdirSync(hand, { recursive: true });
    const next = join(home, "next");
    if (Buffer.isBuffer(picture)) writeFileSync(next, picture); else copyFileSync(picture, next);
    renameSync(next, join(hand, "held"));
    return hand;
  };
  const permit = (name) => join(readdirSync(all).includes(name + ".png") ? all : rest, name + ".png");
  const start = async (picture, ...more) => {
    const pace = more.includes("--fps") ? [] : ["--fps", "20"];
    const it = await Reader.start(hold(picture), ...pace, "--lang", turn[0], ...more);
    await page.setViewportSize({ width: 800, height: 480 });
    await page.goto(it.address + "/");
    return it;
  };
  const end = async (it) => {
    check(await it.end() === 0, `asked to stop, it ends with status 0: ${it.said}`);
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  const stands = () => page.evaluate(() => document.querySelector(".verdict")?.dataset.code);
  // Until this code stands; whatever else does is put away.
  const come = (code) => soon(async () => {
    const now = await stands().catch(() => undefined);
    if (now !== undefined && now !== String(code)) await press(page, "Escape");
    return now === String(code);
  }, `code ${code} comes`);
  const speak = async (tag) => {
    if (await page.evaluate(() => document.documentElement.lang) !== tag) await page.click("#lang-" + tag);
    await page.waitForFunction((it) => document.documentElement.lang === it, tag);
  };
  // Each language, beginning with the one that stands.
  const each = async (work) => {
    for (const tag of turn) {
      await speak(tag);
      await work(tag);
    }
    turn = turn.toReversed();
  };
  // What stands, read at one moment: a valid verdict goes by itself and comes again.
  const read = (tag, code) => page.waitForFunction(([tag, code]) => {
    const box = document.querySelector(".verdict"), root = document.documentElement;
    if (box?.dataset.code !== code || root.lang !== tag) return null;
    const text = (it) => (box.querySelector(it)?.textContent.trim() ?? "").replace(/\u2068([^\u2068\u2069]|\u2068[^\u2069]*\u2069)*\u2069/gu, "");
    return { look: root.dataset.look, shape: box.querySelector("svg.shape").dataset.shape, heading: text("h2"), reason: text(".reason"), next: text(".next") };
  }, [tag, String(code)]).then((it) => it.jsonValue());
  // A code that stands: told, and shown in each language.
  const shown = async (it, name, code, kind = kinds.get(code)) => {
    if (!await come(code)) return;
    await soon(() => it.of("verdict").at(-1)?.code === code, `${name}: code ${code} is told`);
    const told = it.of("verdict").at(-1);
    check(told.class === kind, `${name}: told as ${told.class}, not ${kind}`);
    await each(async (tag) => {
      const now = await read(tag, code), colour = code === 25 ? "blue" : looks[kind];
      check(now.shape === shapes[kind] && now.look === colour, `${name} ${tag}: ${now.shape} and ${now.look}`);
      check(now.heading && now.reason && now.next, `${name} ${tag}: heading, reason and next step`);
      check(script[tag].test(now.heading) && script[tag].test(now.reason), `${name} ${tag}: spoken in its language: ${now.heading}: ${now.reason}`);
      const over = await eyes.cut(page);
      check(over.length === 0, `${name} ${tag}: cut off ${over.slice(0, 3).join("; ")}`);
      await shot(`${name}-${tag}`);
      seen.get(tag).add(code);
    });
    check(it.of("verdict").at(-1).code === code, `${name}: it stood all the while`);
  };

  // An empty desk, lit from one side, in this much light.
  const desk = (light) => Buffer.concat([Buffer.from("P5 640 480 255\n"), Buffer.alloc(640 * 480).map((_, i) => light * (90 + (i % 640) / 8 + (Math.floor(i / 640) % 7)))]);

  const parts = {};

  // One place, one day: every code that a picture alone can show.
  parts.held = async () => {
    const one = new Map(readdirSync(all).sort().map((file) => [Number(file.slice(0, 2)), file.slice(0, -4)]).toReversed());
    const it = await start(permit(one.get(0)), "--state", join(home, "held"));
    for (const code of [...one.keys()].sort((a, b) => a - b)) {
      hold(permit(one.get(code)));
      await shown(it, one.get(code), code);
    }
    const told = it.of("verdict").length;
    await end(it);
    console.log(`${one.size} codes before the camera, ${told} verdicts`);
  };

  // What keeps a code from being read: said, and no verdict. Then the number of a dead one is typed by touch.
  parts.unread = async () => {
    // A hint takes a few frames of a picture, which a busy machine must have time for.
    const it = await start(desk(1), "--fps", "4", "--state", join(home, "typing"));
    for (const hint of [...readdirSync(unread).sort(), "more-light"]) {
      await each(async (tag) => {
        // A code that is seen for long has another hint.
        hold(desk(1));
        await page.waitForFunction(() => document.documentElement.dataset.stage === "waiting", null, { timeout: 60000 });
        hold(hint === "more-light" ? desk(0.1) : join(unread, hint));
        const wanted = words(tag, "screen-hint-" + hint);
        const said = await page.waitForFunction((it) => document.querySelector("h2.hint")?.textContent.trim() === it, wanted).then(() => true, () => false);
        check(said, `${tag}: ${hint} is said: ${await page.textContent("#stage h2")}`);
        check((await eyes.cut(page)).length === 0, `${tag} ${hint}: cut off ${await eyes.cut(page)}`);
        await shot(`10-${hint}-${tag}`);
        seen.get(tag).add(10);
      });
    }
    check(it.of("verdict").length === 0, "what is not read has no verdict");
    hold(desk(1));
    await page.waitForFunction(() => document.documentElement.dataset.stage === "waiting");
    const digits = "00101-1963-00000040-001";
    await page.click("#open-number");
    for (const key of number(digits)) await page.click(`#number [data-key="${key}"]`);
    await page.click("#number [type=submit]");
    await shown(it, "12-typed-and-revoked", 12);
    const told = it.of("verdict").at(-1);
    check(told.source === "typed" && told.also.join() === "32", `what the lists know of it: ${JSON.stringify(told)}`);
    check((await page.textContent(".number")).includes(digits), "the number stands there to be compared");
    await end(it);
  };

  // A code that a camera sees all the while and that cannot be read: after eight seconds its number is asked for.
  parts.numbers = async () => {
    const [, width, height] = readFileSync(join(unread, "blurred")).subarray(0, 20).toString("latin1").match(/^P5\s(\d+)\s(\d+)\s/);
    const grey = readFileSync(join(unread, "blurred")).subarray(-width * height), film = join(home, "unread.y4m");
    // Twenty seconds of it, with a camera's noise of one level.
    const frames = Array.from({ length: 80 }, (_, n) => [Buffer.from("FRAME\n"), grey.map((level, i) => Math.min(254, level) + (i * 31 + n * 17) % 7 % 2)]);
    writeFileSync(film, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F4:1 Cmono\n`), ...frames.flat()]));
    const it = await Reader.start(film, "--fps", "4", "--lang", turn[0]);
    await page.setViewportSize({ width: 800, height: 480 });
    await page.goto(it.address + "/");
    await each(async (tag) => {
      const wanted = words(tag, "screen-hint-type-number");
      const said = await page.waitForFunction((it) => document.querySelector("h2.hint")?.textContent.trim() === it, wanted).then(() => true, () => false);
      check(said, `${tag}: after a while the number is asked for: ${await page.textContent("#stage h2")}`);
      check(await page.evaluate(() => document.querySelector("#open-number").classList.contains("chosen")), `${tag}: typing it is what is offered`);
      check((await eyes.cut(page)).length === 0, `${tag} type-number: cut off ${await eyes.cut(page)}`);
      await shot(`10-type-number-${tag}`);
    });
    check(it.of("verdict").length === 0, "and it has no verdict");
    await end(it);
  };

  // Other places and times: a crossing that is shut, a clock below the signed lists, lists half a year old.
  parts.places = async () => {
    for (const [name, kind, ...more] of [
      ["43-crossing-closed", "invalid", "--crossing", "4"],
      ["43-crossing-suspended", "invalid", "--crossing", "7", "--at", "1963-09-13"],
      ["43-crossing-before-its-hours", "invalid", "--crossing", "1", "--at", "1963-09-10T07:00"],
      ["43-crossing-closed-homeward", "refer", "--crossing", "4", "--direction", "entry"],
      ["60-clock-below-the-floor", "refer", "--at", "1963-09-08"],
      ["61-lists-too-old", "refer", "--at", "1964-03-08T08:00"],
    ]) {
      const it = await start(permit(name), ...more);
      await shown(it, name, Number(name.slice(0, 2)), kind);
      await end(it);
    }
  };

  // Only a journal can tell: each time the terminal lets somebody through, and is started again later or elsewhere.
  parts.journal = async () => {
    for (const [name, first, then] of [
      ["50-entries-used-up", [], null],
      ["51-already-beyond", [], ["--at", "1963-09-11"]],
      ["52-stayed-too-long", [], ["--at", "1963-10-20", "--direction", "entry"]],
      ["53-seen-elsewhere", ["--crossing", "6", "--at", "1963-09-10T11:50", "--direction", "entry"], ["--at", "1963-09-10T12:00"]],
    ]) {
      const code = Number(name.slice(0, 2)), state = ["--state", join(home, name)];
      let it = await start(permit(name), ...state, ...first);
      await come(0);
      // Whoever reaches for a verdict that just went by itself decides nothing: it comes again.
      for (const last = Date.now() + 60000; it.of("decision").length === 0 && Date.now() < last;) {
        await page.click("#choice-admit", { timeout: 5000 }).catch(() => {});
        for (const calm = Date.now() + 3000; it.of("decision").length === 0 && Date.now() < calm;) await page.waitForTimeout(30);
      }
      await soon(() => it.of("gate").some((event) => event.turned), `${name}: let through`);
      check(it.of("decision").map((event) => event.decision).join() === "admitted", `${name}: admitted first`);
      if (then) {
        await end(it);
        it = await start(permit(name), ...state, ...then);
      }
      await shown(it, name, code);
      await end(it);
    }
  };

  // The disk takes no more: what was green is referred, and is green again once the disk is whole.
  parts.faults = async () => {
    const it = await start(permit("00-hangul-name"), "--state", join(home, "faults"));
    await come(0);
    const limit = (most) => spawnSync("prlimit", ["--pid", String(it.child.pid), `--fsize=${most}:unlimited`]);
    check(limit(0).status === 0, "no file can grow any more");
    await press(page, "Escape");
    await shown(it, "62-journal-not-written", 62);
    check(limit("unlimited").status === 0, "files grow again");
    await press(page, "Escape");
    await come(0);
    await end(it);
  };

  return { ...parts, missing: () => [10, ...kinds.keys()].filter((code) => tags.some((tag) => !seen.get(tag).has(code))) };
};
