// Goes through everything that can stand on the pages, as a guard, a stranger and an attacker would.
import { readFileSync, mkdirSync, existsSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import * as eyes from "./eyes.mjs";
import { hold } from "./keys.mjs";
import { Stand } from "./stand.mjs";

const [binary, shared] = process.argv.slice(2);
const screens = process.env.SCREENS;
mkdirSync(screens, { recursive: true });
const only = process.env.ONLY?.split(",");

let passed = 0, failed = 0;
const check = (is, what) => { if (is) passed += 1; else { failed += 1; console.log("FAILED: " + what); } };
const stand = await Stand.start(binary);
const { context, address } = stand;
const page = context.pages()[0] ?? (await context.newPage());
const wrong = [];
context.on("dialog", (dialog) => { wrong.push("dialog " + dialog.message()); dialog.dismiss(); });
page.on("dialog", () => {});
page.on("pageerror", (error) => wrong.push("error " + error.message));
page.on("console", (message) => { if (message.type() === "error" && !/status of 40[049]/.test(message.text())) wrong.push("console " + message.text()); });

const ask = (command) => page.evaluate((it) => fetch("/ask", {
  method: "POST", headers: { "Content-Type": "application/json", "X-Permit-Reader": "1" }, body: JSON.stringify(it),
}).then((answer) => answer.status), command);
const stage = (name) => page.waitForFunction((it) => document.documentElement.dataset.stage === it, name, { timeout: 60000 });
const about = () => page.evaluate(() => document.documentElement.dataset.about || null);
const calm = async () => {
  await ask({ command: "dismiss", about: await about() });
  await stage("waiting");
};
const set = async (root, value) => page.waitForFunction(([k, v]) => document.documentElement.dataset[k] === v, [root, value], { timeout: 60000 });
const lang = async (tag) => {
  // The page may load anew before the answer is there.
  await ask({ command: "language", lang: tag }).catch(() => {});
  await page.waitForFunction((it) => document.documentElement.lang === it && !!document.querySelector("#keys button"), tag, { timeout: 60000 });
  await page.waitForTimeout(150);
};
const shot = (name) => page.screenshot({ path: join(screens, name + ".png") });
const cut = () => eyes.cut(page), letters = () => eyes.letters(page), serious = (target = page) => eyes.serious(target);
const parts = {};

const all = await stand.cases();
const sizes = { "800x480": [800, 480], "1024x600": [1024, 600], "1280x800": [1280, 800], "1920x1080": [1920, 1080] };
const show = async (code) => {
  if (code === 12) await ask({ command: "number", number: "00101-1963-00000001-001-" + "0" }).then(() => {});
  else if (code === 62) { stand.say("fault on"); stand.say("case " + all.get(0)); }
  else stand.say("case " + all.get(code));
  await stage("verdict");
  if (code === 62) stand.say("fault off");
};
await page.goto(address + "/");
await stage("waiting");

parts.codes = async () => {
  const codes = [...all.keys(), 62].filter((code) => code !== 12).sort((a, b) => a - b);
  const said = {};
  for (const tag of ["zh", "ko", "en"]) {
    await lang(tag);
    for (const code of codes) {
      await calm();
      await show(code);
      const seen = await eyes.verdict(page);
      check(seen.code === code, `${tag} ${code}: shows ${seen.code}`);
      check(seen.heading && seen.reason && seen.next, `${tag} ${code}: heading, reason and next step`);
      const script = { zh: /[\u4e00-\u9fff]/, ko: /[\uac00-\ud7a3]/, en: /^[\u2068\u2069\x20-\x7e\u2013\u2019·→—]+$/u }[tag];
      check(script.test(seen.heading + seen.reason.replace(/[\u2068][^\u2069]*\u2069/gu, "")), `${tag} ${code}: spoken in its language: ${seen.reason}`);
      (said[tag] ??= new Map()).set(code, seen);
      for (const name of Object.keys(sizes)) {
        const [width, height] = sizes[name];
        await page.setViewportSize({ width, height });
        const over = await cut();
        check(over.length === 0, `${tag} ${code} ${name}: cut off ${over.slice(0, 3).join("; ")}`);
        const size = await letters();
        check(size.least >= 10.5 && size.reason >= 16, `${tag} ${code} ${name}: letters of ${JSON.stringify(size)} pixels`);
        check(!/\\u\{/.test(await page.textContent("#stage")), `${tag} ${code}: no marks are written out`);
        if (name === "800x480" || (tag === "en" && name === "1280x800")) await shot(`${tag}-${String(code).padStart(2, "0")}-${name}`);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    }
  }
  for (const tag of ["zh", "ko", "en"]) {
    const seen = [...said[tag].values()];
    check(new Set(seen.map((it) => it.title)).size >= seen.length - 1, `${tag}: every code has a title of its own`);
    const looks = new Map(seen.map((it) => [it.look, `${it.sign} ${it.shape} ${it.border}`]));
    check(looks.size === 5, `${tag}: five looks`);
    const without = new Map(seen.map((it) => [it.look, it.shape + it.heading]));
    check(new Set(without.values()).size === 5, `${tag}: told apart without colour`);
  }
  console.log(`${codes.length} codes in 3 languages at 4 sizes`);
};

parts.grey = async () => {
  await lang("en");
  for (const code of [0, 31, 51, 25, 11]) {
    await calm();
    await show(code);
    await page.evaluate(() => document.documentElement.classList.add("grey"));
    await page.addStyleTag({ url: "/look.css" }).catch(() => {});
    await page.evaluate(() => { document.documentElement.style.filter = "grayscale(1)"; });
    await shot(`grey-${code}`);
    await page.evaluate(() => { document.documentElement.style.filter = ""; });
  }
};

parts.modes = async () => {
  for (const tag of ["zh", "ko", "en"]) {
    await lang(tag);
    for (const [night, large] of [[true, false], [false, true], [true, true]]) {
      await ask({ command: "night", on: night });
      await ask({ command: "large", on: large });
      await set("night", String(night));
      await set("large", String(large));
      await page.setViewportSize({ width: 800, height: 480 });
      for (const code of [0, 31, 51, 11, 25]) {
        await calm();
        await show(code);
        const over = await cut(), seen = await letters();
        check(over.length === 0, `${tag} ${code} night ${night} large ${large}: cut off ${over.slice(0, 3).join("; ")}`);
        check(seen.least >= 10.5 && seen.reason >= 16, `${tag} ${code} night ${night} large ${large}: letters of ${JSON.stringify(seen)} pixels`);
        await shot(`${tag}-${code}-night-${night}-large-${large}`);
      }
    }
    await ask({ command: "night", on: false });
    await ask({ command: "large", on: false });
    await calm();
  }
  await page.setViewportSize({ width: 1280, height: 800 });
};

// Large type makes words larger and none smaller: each is measured in both.
parts.large = async () => {
  const large = async (on) => { await ask({ command: "large", on }); await set("large", String(on)); };
  let words = 0, larger = 0;
  const both = async (what) => {
    const measured = {};
    for (const on of [false, true]) {
      await large(on);
      for (const name of Object.keys(sizes)) {
        const [width, height] = sizes[name];
        await page.setViewportSize({ width, height });
        const over = await cut();
        check(over.length === 0, `${what} ${name} large ${on}: cut off ${over.slice(0, 3).join("; ")}`);
        (measured[name] ??= []).push(await eyes.words(page));
      }
    }
    await large(false);
    for (const [name, [normal, wide]] of Object.entries(measured)) {
      const smaller = normal.filter((word, at) => word.text !== wide[at]?.text || wide[at].size < word.size - 0.05);
      check(smaller.length === 0 && normal.length === wide.length, `row_3_large ${what} ${name}: smaller in large type: ${smaller.slice(0, 3).map((it) => `${it.text} ${it.size}`).join("; ")}`);
      words += normal.length;
      larger += normal.filter((word, at) => wide[at] && wide[at].size > word.size + 0.05).length;
    }
  };
  for (const tag of ["en", "zh", "ko"]) {
    await lang(tag);
    await calm();
    await both(`${tag} waiting`);
    for (const code of tag === "en" ? [...all.keys(), 62].filter((code) => code !== 12) : [0, 31, 51, 11, 25]) {
      await calm();
      await show(code);
      await both(`${tag} ${code}`);
      if (tag === "zh") { await large(true); await page.setViewportSize({ width: 800, height: 480 }); await cut(); await shot(`large-${code}`); await large(false); }
    }
    await calm();
  }
  check(larger > words / 4, `large type makes words larger: ${larger} of ${words}`);
  console.log(`large type: ${larger} of ${words} words are larger, none smaller`);
  await page.setViewportSize({ width: 1280, height: 800 });
};

parts.stages = async () => {
  for (const tag of ["zh", "ko", "en"]) {
    await lang(tag);
    await calm();
    for (const name of Object.keys(sizes)) {
      const [width, height] = sizes[name];
      await page.setViewportSize({ width, height });
      await page.waitForSelector("#eye.on");
      check((await cut()).length === 0, `${tag} waiting ${name}: ${await cut()}`);
      if (name === "800x480") await shot(`${tag}-waiting`);
      for (const hint of ["show", "closer", "farther", "hold-still", "straight", "blurred", "more-light", "less-light", "faint", "torn", "glare", "several", "part", "small", "type-number"]) {
        stand.say("hint " + hint);
        await stage("looking");
        const over = await cut();
        check(over.length === 0, `${tag} hint ${hint} ${name}: ${over.slice(0, 2)}`);
        if (hint === "blurred" && name === "800x480") await shot(`${tag}-hint`);
      }
      await stage("waiting");
    }
    await page.setViewportSize({ width: 800, height: 480 });
    stand.say("camera unplugged");
    await stage("out-of-order");
    check((await cut()).length === 0, `${tag} out of order: ${await cut()}`);
    await shot(`${tag}-out-of-order`);
    stand.say("camera good");
    await stage("waiting");
    await show(51);
    await ask({ command: "assist" });
    await stage("assisting");
    await shot(`${tag}-assisting`);
    await calm();
    await show(31);
    await page.click("#choice-turn-back");
    await stage("decision");
    await shot(`${tag}-turned-back`);
    check((await cut()).length === 0, `${tag} turned back: ${await cut()}`);
    await page.click("#open-slip");
    await page.waitForSelector(".slip .code svg");
    const slip = await page.textContent("main");
    const tongues = await page.$$eval(".slip", (all) => all.map((it) => it.lang));
    check([...tongues].sort().join() === "en,ko,zh" && tongues[0] === "zh", `row_3_slip in three languages, the traveller's first: ${tongues}`);
    check(!/NAMGUNG|남궁|00101-1963/.test(slip), `${tag}: the slip has no name and no number`);
    check(/31/.test(slip) && /1963-10-10/.test(slip), `${tag}: the slip has its code and deadline: ${slip}`);
    await page.setViewportSize({ width: 1280, height: 800 });
    await shot(`${tag}-slip`);
    await page.click("#back");
    await stage("decision");
    await calm();
    for (const path of ["supervisor", "notice", "traveller"]) {
      await page.goto(`${address}/${path}`);
      await shot(`${tag}-${path}`);
    }
    await page.goto(address + "/");
    await stage("waiting");
    for (const dialog of ["menu", "number", "officer", "keyboard"]) {
      await page.setViewportSize({ width: 800, height: 480 });
      await page.click("#open-menu");
      if (dialog !== "menu") await page.click(`#menu [data-open=${dialog}]:not([data-ask])`);
      const fits = await page.evaluate((id) => { const it = document.getElementById(id); return it.scrollHeight <= it.clientHeight + 2 && it.scrollWidth <= it.clientWidth + 2; }, dialog);
      check(fits, `${tag}: the dialog ${dialog} fits 800x480`);
      await shot(`${tag}-dialog-${dialog}`);
      await hold(page, "Escape");
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  }
};

// Whatever the pages show or print, no code on them is a permit's.
parts.codeless = async () => {
  const seen = new Map();
  const look = async (what, of = page) => {
    for (const media of ["screen", "print"]) {
      await of.emulateMedia({ media });
      const file = join(screens, `codeless-${what}-${media}.png`);
      await of.screenshot({ path: file, fullPage: true });
      const codes = await stand.decode(file);
      seen.set(`${what} ${media}`, codes);
      check(!codes.some((text) => /^bp\d/i.test(text)), `row_4 no permit's text on ${what}, ${media}: ${codes}`);
    }
    await of.emulateMedia({ media: null });
  };
  await page.setViewportSize({ width: 1280, height: 800 });
  await lang("zh");
  for (const code of [...all.keys(), 62].filter((code) => code !== 12)) {
    await calm();
    await show(code);
    await look(`code-${code}`);
  }
  await calm();
  await look("waiting");
  await show(31);
  await page.click("#choice-turn-back");
  await stage("decision");
  await look("decision");
  await page.click("#open-slip");
  await page.waitForSelector(".slip .code svg");
  await look("slip");
  const slip = seen.get("slip screen");
  check(slip.length === 1 && slip[0].includes("31"), `the slip's own code is read, so that others would be: ${slip}`);
  await page.click("#back");
  await stage("decision");
  await calm();
  for (const path of ["notice", "traveller", "supervisor"]) {
    await page.goto(`${address}/${path}`);
    await look(path);
  }
  await page.click("#scanner");
  await page.waitForSelector("main.text svg");
  await look("scanner");
  check(seen.get("scanner screen").length === 1, "the set-up sheet's code is read");
  await page.goto(address + "/");
  await stage("waiting");
  console.log(`codeless: ${seen.size} pictures of pages, ${[...seen.values()].flat().length} codes, none a permit's`);
};

parts.traveller = async () => {
  const small = await context.newPage();
  await small.setViewportSize({ width: 480, height: 128 });
  await small.goto(address + "/traveller");
  for (const code of [0, 31, 51]) {
    await calm();
    await show(code);
    await small.waitForFunction(() => /请稍候/.test(document.body.textContent));
    const text = await small.textContent("body");
    check(/请稍候/.test(text) && /기다려/.test(text) && !/NAMGUNG|남궁|남|31/.test(text), "the traveller sees: please wait");
  }
  await calm();
  await show(0);
  await page.click("#choice-admit");
  await small.waitForFunction(() => /请通行/.test(document.body.textContent));
  check(await small.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight), "the small display is not cut off");
  await small.screenshot({ path: join(screens, "small.png") });
  check((await serious(small)).length === 0, "axe on the small display: " + (await serious(small)));
  await small.close();
  await stage("waiting");
};

parts.walks = async () => {
  await lang("en");
  await calm();
  // By keyboard alone: the marked choice has the focus, Enter takes it.
  await show(0);
  await page.waitForFunction(() => document.activeElement?.id === "choice-admit");
  await hold(page, "Enter");
  await stage("decision");
  await stage("waiting");
  await show(51);
  await page.waitForFunction(() => document.activeElement?.classList.contains("chosen"));
  await page.focus("#choice-admit");
  await page.keyboard.press("ArrowRight");
  check(await page.evaluate(() => document.activeElement.id) === "choice-turn-back", "arrows move among the choices");
  await hold(page, "Enter");
  await stage("decision");
  await hold(page, "Escape");
  await stage("waiting");
  // Every control is reached by Tab and shows it.
  const reached = new Set();
  await page.evaluate(() => document.activeElement.blur());
  for (let i = 0; i < 20; i += 1) {
    // As a person types: faster it is a scan, which moves nothing.
    await page.waitForTimeout(80);
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => { const it = document.activeElement, style = getComputedStyle(it); return [it.id, style.outlineStyle, parseFloat(style.outlineWidth)]; });
    if (at[0]) { reached.add(at[0]); check(at[1] !== "none" && at[2] >= 3, `focus is visible on ${at[0]}`); }
  }
  for (const id of ["direction", "lang-zh", "lang-ko", "lang-en", "open-menu", "open-number", "assist", "off-duty"]) check(reached.has(id), `Tab reaches ${id}`);
  // The last crossings say sign, code, word and decision, and no row is cut in half.
  const rows = await page.$$eval(".last li", (all) => all.map((it) => {
    const box = it.parentElement.getBoundingClientRect(), at = it.getBoundingClientRect();
    return { text: it.textContent, whole: at.left >= box.right - 1 || at.bottom <= box.bottom + 1 };
  }));
  check(rows[0]?.text.includes("!51 Already on that sideTurned back"), `the last crossing: ${rows[0]?.text}`);
  check(rows.every((row) => row.whole), "no crossing is cut in half");
  // Whoever reads that nobody is signed in signs in there.
  await page.click("#off-duty");
  await page.waitForSelector("#officer[open]");
  await page.click("#officer [data-close]");
  // By three buttons alone.
  await page.evaluate(() => document.activeElement.blur());
  const way = () => page.evaluate(() => document.querySelector("#direction b").textContent);
  const before = await way();
  await hold(page, "F9");
  await page.waitForFunction((it) => document.querySelector("#direction b").textContent !== it, before);
  await hold(page, "F9");
  await page.waitForFunction((it) => document.querySelector("#direction b").textContent === it, before);
  await show(0);
  check(await page.textContent("#does-confirm") === "Admit", "the page says what Confirm does");
  await hold(page, "F8");
  await stage("decision");
  await stage("waiting");
  await show(31);
  check(await page.textContent("#does-confirm") === "Turn back", "Confirm would turn back");
  await hold(page, "F9");
  await page.waitForFunction(() => document.querySelector("#does-confirm").textContent === "Next person");
  await hold(page, "F9");
  await page.waitForFunction(() => document.querySelector("#does-confirm").textContent === "Admit");
  await hold(page, "F9");
  await page.waitForFunction(() => document.querySelector("#does-confirm").textContent === "Turn back");
  await hold(page, "F8");
  await stage("decision");
  await hold(page, "F8");
  await stage("waiting");
  await show(53);
  await hold(page, "F10");
  await stage("assisting");
  await hold(page, "F8");
  await stage("waiting");
  // A scanner that types: its Enter presses no button.
  await show(0);
  await page.waitForFunction(() => document.activeElement?.id === "choice-admit");
  await page.keyboard.type("https://example.org/ a b", { delay: 0 });
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.documentElement.dataset.look === "grey");
  check(true, "a typed scan is judged and decides nothing");
  await calm();
  // Officers: PIN, hand-over, a decision against the verdict with grounds.
  await page.click("#open-menu");
  await page.click("#menu .off-duty[data-open=officer]");
  await page.click("#officer [name=officer]");
  for (const key of "7") await page.click(`#officer [data-key="${key}"]`);
  await page.click("#officer [name=pin]");
  for (const key of "1234") await page.click(`#officer [data-key="${key}"]`);
  await page.click("#officer [type=submit]");
  await page.waitForFunction(() => /7/.test(document.querySelector("[data-chip=officer]").textContent));
  await show(31);
  await page.click("#choice-admit");
  await page.waitForSelector("#grounds[open]");
  await shot("grounds");
  await page.click("#grounds [data-with*=confirmed]");
  // It may have come and gone on a machine that is busy: the edge still says it.
  await page.waitForFunction(() => document.querySelector("[data-decision=admitted]") || /31.*Admitted/.test(document.querySelector(".last li")?.textContent.replace(/\s+/g, " ") ?? ""));
  check(true, "admitted on grounds");
  await page.waitForFunction(() => document.documentElement.dataset.stage === "waiting", null, { timeout: 60000 });
  // Hand-over: the one before is gone at once, and nothing is decided in their name.
  stand.say("officer 7");
  await page.click("#open-menu");
  check(!(await page.isVisible("#menu .off-duty")), "whoever is on duty hands over");
  await page.click("#menu [data-ask=sign-out][data-open=officer]");
  await page.waitForSelector("#officer[open]");
  await page.waitForFunction(() => !/7/.test(document.querySelector("[data-chip=officer]").textContent));
  await hold(page, "Escape");
  await show(31);
  check((await page.$("#choice-admit")) === null, "nobody admits in the name of the officer before");
  await calm();
  stand.say("officer 7");
  await set("locked", "false");
  // What is raised is chosen from a list that fits, in each language.
  const spoken = await page.evaluate(() => document.documentElement.lang), size = page.viewportSize();
  await page.setViewportSize({ width: 800, height: 480 });
  for (const tag of ["zh", "ko", "en"]) {
    await lang(tag);
    for (const dialog of ["menu", "raise"]) {
      await page.click("#open-menu");
      if (dialog !== "menu") await page.click(`#menu [data-open=${dialog}]`);
      const fits = await page.evaluate((id) => { const it = document.getElementById(id); return it.scrollHeight <= it.clientHeight + 2 && it.scrollWidth <= it.clientWidth + 2; }, dialog);
      check(fits, `r17_${tag}: the dialog ${dialog} of an officer fits 800x480`);
      await shot(`${tag}-dialog-${dialog}-on-duty`);
      if (dialog === "menu") await hold(page, "Escape");
    }
    check((await page.$$("#raise [data-ask=raise]")).length === 8, `r17_${tag}: eight concerns and no field`);
    check((await page.$("#raise input, #raise textarea")) === null, `r17_${tag}: no words`);
    await page.click("#raise [data-close]");
  }
  await lang(spoken);
  await page.setViewportSize(size);
  // A number by touch.
  await page.click("#open-number");
  for (const key of "00101-1963-00000001-001-") await page.click(`#number [data-key="${key}"]`);
  await page.click("#number [type=submit]");
  await page.waitForSelector(".notice");
  check(true, "a mistyped number is said");
  for (const last of "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*") {
    await ask({ command: "number", number: "00101-1963-00000001-001-" + last });
    await page.waitForTimeout(40);
    if (await page.evaluate(() => document.documentElement.dataset.stage === "verdict")) break;
  }
  await stage("verdict");
  check(await page.getAttribute(".verdict", "data-code") === "12", "a typed number is code 12");
  for (const tag of ["zh", "ko", "en"]) {
    await lang(tag);
    await page.setViewportSize({ width: 800, height: 480 });
    check((await cut()).length === 0, `${tag} 12: cut off ${await cut()}`);
    await shot(`${tag}-12-800x480`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await calm();
  // A finger that was too slow decides nothing.
  await show(51);
  const stands = await about();
  check(await ask({ command: "admit" }) === 400, "a decision about no verdict is refused");
  check(await ask({ command: "admit", about: "0000000000000000" }) === 202, "a decision about another verdict reaches the machine");
  await page.waitForSelector(".notice");
  check(await about() === stands && await page.evaluate(() => document.documentElement.dataset.stage) === "verdict", "which refuses it");
  check(await ask({ command: "nonsense" }) === 400, "an unknown command is refused");
  await calm();
  // Hidden names do not reach the browser.
  await ask({ command: "hide-names", on: true });
  await show(0);
  check(!/NAMGUNG|남궁/.test(await page.content()), "hidden names are not in the page");
  const told = await page.textContent("#stage");
  check(!/00101-1963|Born|Permit number/.test(told), `row_3_hidden: neither birth date nor number: ${told}`);
  await shot("hidden");
  await ask({ command: "hide-names", on: false });
  await calm();
  // Targets for gloves.
  await page.setViewportSize({ width: 800, height: 480 });
  await show(51);
  const narrow = await page.evaluate(() => [...document.querySelectorAll("button, a.button")].filter((it) => it.checkVisibility())
    .map((it) => [it.id || it.className, it.getBoundingClientRect()]).filter(([, box]) => box.width < 48 || box.height < 48).map(([name, box]) => `${name} ${box.width}x${box.height}`));
  check(narrow.length === 0, "targets of at least 48 pixels: " + narrow);
  await page.setViewportSize({ width: 1280, height: 800 });
  await calm();
};

parts.axe = async () => {
  let runs = 0;
  for (const night of [false, true]) {
    await ask({ command: "night", on: night });
    await set("night", String(night));
    for (const tag of ["zh", "ko", "en"]) {
      await lang(tag);
      for (const code of [0, 31, 51, 11, 25]) {
        await calm();
        await show(code);
        const found = await serious();
        runs += 1;
        check(found.length === 0, `axe ${tag} ${code} night ${night}: ${found}`);
      }
      await calm();
      check((await serious()).length === 0, `axe ${tag} waiting night ${night}: ${await serious()}`);
      for (const id of ["menu", "number", "officer", "keyboard", "grounds", "raise"]) {
        await page.evaluate((it) => document.getElementById(it).showModal(), id);
        check((await serious()).length === 0, `axe ${tag} ${id} night ${night}: ${await serious()}`);
        await page.evaluate((it) => document.getElementById(it).close(), id);
        runs += 1;
      }
      for (const path of ["supervisor", "notice", "slip", "traveller"]) {
        await page.goto(`${address}/${path}`);
        check((await serious()).length === 0, `axe ${tag} ${path} night ${night}: ${await serious()}`);
        runs += 1;
      }
      await page.goto(address + "/");
      await stage("waiting");
    }
  }
  await ask({ command: "night", on: false });
  console.log(`axe-core: ${runs} pages, day and night`);
};

parts.door = async () => {
  const { hostname, port } = new URL(address), good = `127.0.0.1:${port}`;
  const first = await fetch(stand.link);
  const cookie = first.headers.get("set-cookie").split(";")[0];
  check(/HttpOnly/.test(first.headers.get("set-cookie")) && /SameSite=Strict/.test(first.headers.get("set-cookie")), "the cookie is strict");
  for (const [name, value] of [["content-security-policy", /default-src 'self'.*frame-ancestors 'none'/], ["x-content-type-options", /nosniff/], ["cache-control", /no-store/], ["x-frame-options", /DENY/]])
    check(value.test(first.headers.get(name) ?? ""), `header ${name}`);
  const send = (method, path, headers, body) => new Promise((go) => {
    const call = request({ host: hostname, port, method, path, headers, setHost: false }, (answer) => { answer.destroy(); go(answer.statusCode); });
    call.on("error", () => go(0));
    call.end(body);
  });
  const hosts = [[good, true], [`localhost:${port}`, true], [`[::1]:${port}`, true], ["127.0.0.1", false], ["localhost", false], [`attacker.example:${port}`, false], [`127.0.0.1.attacker.example:${port}`, false],
    [`127.0.0.1:${Number(port) + 1}`, false], ["0.0.0.0:" + port, false], [`127.1:${port}`, false], [`LOCALHOST.:${port}`, false], ["", false], [null, false]];
  const origins = [[(host) => `http://${host}`, true], [() => null, null], [() => "null", false], [() => "http://attacker.example", false], [(host) => `https://${host}`, false], [(host) => `http://${host}.attacker.example`, false], [() => `http://127.0.0.1:1`, false]];
  const sites = [["same-origin", true], [null, true], ["none", null], ["same-site", false], ["cross-site", false]];
  let asked = 0;
  for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) for (const [host, hostGood] of hosts) for (const [make, originGood] of origins) for (const [site, siteGood] of sites) for (const path of ["/", "/ask", "/picture"]) {
    const origin = make(host ?? good), headers = { Cookie: cookie, "Content-Type": "application/json", "X-Permit-Reader": "1" };
    if (host !== null) headers.Host = host;
    if (origin !== null) headers.Origin = origin;
    if (site !== null) headers["Sec-Fetch-Site"] = site;
    const writes = !["GET", "HEAD"].includes(method);
    const let_in = hostGood && (originGood ?? !writes) && (siteGood ?? (path === "/" && !writes));
    const status = await send(method, path, headers, writes ? '{"command":"dismiss"}' : undefined);
    const right = let_in
      ? (path === "/ask" ? (method === "POST" ? status === 202 : status === 405) : (writes ? status === 405 : status === 200 || status === 204))
      : [400, 403, 421].includes(status);
    asked += 1;
    check(right, `${method} ${path} host ${host} origin ${origin} site ${site}: ${status}`);
  }
  const base = { Host: good, Origin: `http://${good}`, "Content-Type": "application/json" };
  for (const [name, headers, body, status] of [
    ["no header of ours", { ...base, Cookie: cookie }, "{}", 403],
    ["no cookie", { ...base, "X-Permit-Reader": "1" }, '{"command":"dismiss"}', 403],
    ["another cookie", { ...base, "X-Permit-Reader": "1", Cookie: cookie.replace(/.$/, "x") }, '{"command":"dismiss"}', 403],
    ["too long", { ...base, "X-Permit-Reader": "1", Cookie: cookie }, '{"command":"' + "x".repeat(9000) + '"}', 413],
    ["not JSON", { ...base, "X-Permit-Reader": "1", Cookie: cookie }, "<form>", 400],
  ]) {
    const got = await send("POST", "/ask", headers, body);
    check(got === status, `${name}: ${got}`);
  }
  check(await send("GET", "/", { Host: good }) === 403, "no page without the cookie");
  check(await send("GET", "/picture", { Host: good }) === 403, "no picture without the cookie");
  check(await send("GET", "/events", { Host: good }) === 403, "no events without the cookie");
  const figures = await fetch(address + "/metrics").then((it) => it.text());
  check(/permit_reader_lists_age_days\{side="A"\} \d+/.test(figures) && !/NAMGUNG/.test(figures), "figures");
  console.log(`door: ${asked} requests`);
};

parts.naughty = async () => {
  const list = join(shared, "data/vectors/naughty/blns.json");
  if (!existsSync(list)) return console.log("skipped: ../shared/data/vectors/naughty/blns.json is not here");
  await lang("en");
  const strings = JSON.parse(readFileSync(list, "utf8"));
  const count = () => page.evaluate(() => [document.querySelectorAll("*").length, [...document.querySelectorAll("#stage *")].map((it) => it.tagName).join(" ")].join("|"));
  await calm();
  stand.say('name "plain"');
  await show(0);
  await page.waitForFunction(() => document.querySelector(".latin")?.textContent === "plain" && !document.querySelector(".notice"));
  const before = await count();
  let shown = 0;
  for (const [at, text] of strings.entries()) {
    stand.say("name " + JSON.stringify(text));
    await ask({ command: "illuminate", on: at % 2 === 0 });
    const want = text.replace(/\r\n?/g, "\n").replace(/\0/g, "\ufffd");
    let seen = false;
    // The stand may hear of the name after the page asked: then the page is drawn once more.
    for (let i = 0; i < 12 && !seen; i += 1) {
      await ask({ command: "hide-names", on: true });
      await ask({ command: "hide-names", on: false });
      seen = await page.waitForFunction((want) => document.querySelector(".latin bdi")?.textContent === want, want, { timeout: 5000 }).then(() => true, () => false);
    }
    if (seen) shown += 1;
    // The name may show before the page without names that was asked for first is drawn.
    let after = await count();
    for (let i = 0; i < 50 && after !== before; i += 1) { await page.waitForTimeout(100); after = await count(); }
    check(after === before, `name ${JSON.stringify(text)}: the same elements, ${before} and ${after}`);
  }
  check(shown === strings.length, `${shown} of ${strings.length} hostile names were shown letter by letter`);
  stand.say("name null");
  await calm();
  let scans = 0, kinds = new Set();
  for (const text of strings) {
    if (text.trim() === "") continue;
    stand.say("text " + JSON.stringify(text));
    await stage("verdict");
    kinds.add(await page.evaluate(() => [...document.querySelectorAll("#stage *")].map((it) => it.tagName).join(" ")));
    scans += 1;
    await calm();
  }
  check(kinds.size <= 2, `hostile codes: ${kinds.size} kinds of page`);
  check(wrong.length === 0, "dialogs and errors: " + wrong.slice(0, 5));
  console.log(`hostile strings: ${strings.length} as names, ${scans} as codes, ${wrong.length} dialogs or errors`);
};

for (const name of only ?? Object.keys(parts)) {
  const from = Date.now();
  try { await parts[name](); } catch (error) { check(false, `${name}: ${error.stack}`); await shot("broken-" + name).catch(() => {}); await page.goto(address + "/").catch(() => {}); }
  console.log(`${name}: ${((Date.now() - from) / 1000).toFixed(1)} s`);
}
check(wrong.length === 0, "dialogs, errors, refusals of the browser: " + [...new Set(wrong)].slice(0, 5).join("; "));
await stand.end();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
