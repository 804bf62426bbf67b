// The real terminal in a browser: pictures of permits in, decisions by touch, keys and three buttons, events out.
import { createHash } from "node:crypto";
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { walks, words } from "./codes.mjs";
import * as eyes from "./eyes.mjs";
import { duty } from "./duty.mjs";
import { hold, typed } from "./keys.mjs";
import { Stand, browser, enter } from "./stand.mjs";

const [reader, screens, keys] = process.argv.slice(2);
const shots = join(process.env.SCREENS, "real");
mkdirSync(shots, { recursive: true });
const home = mkdtempSync(join(tmpdir(), "permit-real-"));
process.on("SIGTERM", () => process.exit(1));
process.on("exit", () => { for (const it of Reader.all) it.child.kill(); rmSync(home, { recursive: true, force: true }); });
let passed = 0, failed = 0;
const check = (is, what) => { if (is) passed += 1; else { failed += 1; console.log("FAILED: " + what); } };
const soon = async (is, what, ms = 60000) => {
  const end = Date.now() + ms;
  while (!(await is())) {
    if (Date.now() > end) { check(false, what); return false; }
    await new Promise((go) => setTimeout(go, 30));
  }
  check(true, what);
  return true;
};

// A terminal that runs: its page's address, its events, its end.
class Reader {
  static all = [];
  static async start(folder, ...more) {
    const it = new Reader();
    Reader.all.push(it);
    it.events = [];
    // Where a limit is set to its files from outside, a write fails; it is no reason to be ended.
    const patient = ["-c", 'trap "" XFSZ; exec "$0" "$@"', reader];
    it.child = spawn("sh", [...patient, "--board", "sim", "--camera", folder, "--listen", "127.0.0.1:0", "--events", "-", ...more], { stdio: ["ignore", "pipe", "pipe"] });
    it.said = "";
    it.child.stderr.on("data", (data) => { it.said += data; });
    it.ended = new Promise((go) => it.child.on("exit", (status) => go(status)));
    const first = new Promise((go) => createInterface({ input: it.child.stdout }).on("line", (line) => {
      if (!line.startsWith("http")) it.events.push(JSON.parse(line));
      else if (it.link) enter(context, line).then(() => { it.second = new URL(line).origin; }); else { it.link = line; go(); }
    }).on("close", go));
    await first;
    check(/^http:\/\/127\.0\.0\.1:\d+\/(\?key=[0-9a-f]{32})?$/.test(it.link), `the first line is the address: ${it.link} ${it.said}`);
    it.address = new URL(it.link).origin;
    if (it.link.includes("key")) await enter(context, it.link);
    return it;
  }
  of(kind) { return this.events.filter((it) => it.event === kind); }
  // A part that broke leaves none behind.
  static left() { for (const it of Reader.all) if (!it.away) it.child.kill(); }
  async end() { this.child.kill("SIGTERM"); return this.ended; }
}

// --- pictures
const [all, rest, unread] = ["all", "rest", "unread"].map((name) => join(home, name));
const stand = await Stand.start(screens);
for (const [which, at] of [["draw", all], ["rest", rest], ["unread", unread]]) {
  mkdirSync(at);
  stand.say(`${which} ${at}`);
  await stand.line();
}
await stand.end();
const pictures = readdirSync(all).sort();
const folder = (name, ...wanted) => {
  const at = join(home, name);
  mkdirSync(at);
  for (const it of wanted) copyFileSync(join(all, it), join(at, it));
  return at;
};
const context = await browser(join(home, "profile")), page = context.pages()[0] ?? (await context.newPage());
page.setDefaultTimeout(60000);
const wrong = [];
page.on("pageerror", (error) => wrong.push("error " + error.message));
context.on("dialog", (dialog) => { wrong.push("dialog " + dialog.message()); dialog.dismiss(); });
const shot = (name) => page.screenshot({ path: join(shots, name + ".png") });
const stage = (name) => page.waitForFunction((it) => document.documentElement.dataset.stage === it, name, { timeout: 60000 });
const nobody = () => page.waitForFunction(() => document.querySelector("[data-chip=officer]").classList.contains("warn"));

const parts = {};

// Every code a picture shows here, in each language, as the terminal plays them: the page says what the events say.
parts.folder = async () => {
  const seen = new Set();
  await page.exposeFunction("told", (code) => told.push(code));
  // The terminal ends behind the last one, on a busy machine before the page has heard of it: that is one more.
  const played = folder("played", ...pictures), expected = [...pictures, pictures[0]].map((name) => Number(name.slice(0, 2)));
  copyFileSync(join(all, pictures[0]), join(played, "99-the-end.png"));
  let told;
  for (const tag of ["zh", "ko", "en"]) {
    let it, verdicts, shown, first, codes, late, heard;
    // The page opens while the first pictures pass, and hears of the last before the terminal is gone; on a machine that
    // is busy they pass slower the second time.
    for (const fps of ["24", "6"]) {
      it = await Reader.start(played, "--once", "--fps", fps, "--lang", tag);
      told = [];
      await page.goto(it.address + "/");
      await page.evaluate(() => {
        let last = "";
        new MutationObserver(() => {
          const box = document.querySelector(".verdict"), mark = box ? box.dataset.code + box.textContent : "";
          if (mark && mark !== last) window.told(Number(box.dataset.code) + ":" + document.documentElement.lang);
          last = mark;
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
      }).catch(() => {});
      check(await it.ended === 0, `${tag}: --once ends with status 0: ${it.said}`);
      verdicts = it.of("verdict").map((event) => event.code);
      shown = told.map((one) => one.split(":"));
      first = verdicts.indexOf(Number(shown[0]?.[0]));
      codes = new Set(shown.map(([code]) => Number(code)));
      late = new Set(verdicts.slice(first, -1));
      heard = [...late].every((code) => codes.has(code));
      if (first >= 0 && first < verdicts.length - 5 && heard) break;
    }
    check(verdicts.join() === expected.join(), `${tag}: one verdict for each picture, in order: ${verdicts}`);
    check(first >= 0 && first < verdicts.length - 5, `${tag}: the page opened in time, at ${first} of ${verdicts.length}`);
    check(shown.every(([, lang]) => lang === tag), `${tag}: the page speaks it`);
    check(heard, `${tag}: the page shows ${[...codes]} of ${[...late]}`);
    for (const event of ["lamps", "tone"]) check(it.of(event).length > pictures.length, `${tag}: ${event} are told`);
    check(!/NAMGUNG|00101-1963/.test(JSON.stringify(it.events) + it.said), `${tag}: no name and no number is told`);
    for (const code of codes) seen.add(code);
  }
  console.log(`the real terminal showed ${pictures.length} pictures in 3 languages: codes ${[...seen].sort((a, b) => a - b).join(" ")}`);
};

// By touch, by keys, by three buttons: each decision is told and recorded before the relay moves.
parts.decide = async () => {
  const it = await Reader.start(folder("valid", "00-hangul-name.png"), "--fps", "20", "--lang", "en", "--state", join(home, "plain"));
  await page.goto(it.address + "/");
  const decide = async (code, how, decision) => {
    await stage("verdict");
    const before = it.of("decision").length, moved = it.of("relay").filter((event) => event.closed).length;
    check((await eyes.verdict(page)).code === code, `code ${code} stands`);
    await how();
    await soon(() => it.of("decision").length > before, `${decision} is told`);
    const last = it.of("decision").at(-1);
    check(last.decision === decision && last.code === code, `${decision} of ${code}: ${JSON.stringify(last)}`);
    if (decision === "admitted") {
      await soon(() => it.of("relay").filter((event) => event.closed).length === moved + 1, "the relay closes once");
      await soon(() => it.of("relay").at(-1).closed === false, "and opens again");
      check(it.events.findLastIndex((event) => event.event === "relay" && event.closed) > it.events.lastIndexOf(last), "the entry is before the relay");
    } else check(it.of("relay").filter((event) => event.closed).length === moved, `${decision}: the relay does not move`);
  };
  await stage("verdict");
  const look = await eyes.verdict(page);
  check(look.look === "green" && look.shape === "tick", "valid is green and a tick");
  check(/NAMGUNG/.test(await page.textContent(".card")) && /남궁/.test(await page.textContent(".card")), "both names stand large");
  await shot("valid");
  await decide(0, () => page.click("#choice-admit"), "admitted");
  // The same permit again, which is away now: the journal knows.
  await page.waitForFunction(() => document.documentElement.dataset.stage === "verdict" && document.querySelector(".verdict").dataset.code !== "0", null, { timeout: 60000 });
  check([50, 51].includes((await eyes.verdict(page)).code), "admitted before: the journal refers or refuses");
  const again = (await eyes.verdict(page)).code;
  await shot("again");
  await decide(again, async () => { await page.focus("#choice-turn-back"); await hold(page, "Enter"); }, "turned-back");
  await stage("decision");
  await page.click("#open-slip");
  await page.waitForSelector(".slip .code svg");
  check(!/NAMGUNG|남궁|00101-1963/.test(await page.textContent(".slip")), "the slip has no name and no number");
  await shot("slip");
  await page.click("#back");
  await stage("decision");
  await hold(page, "F8");
  // Three buttons alone: switch until Confirm would turn back, confirm; then help.
  await stage("verdict");
  for (let i = 0; i < 3 && (await page.textContent("#does-confirm")) !== "Turn back"; i += 1) {
    const was = await page.textContent("#does-confirm");
    await hold(page, "F9");
    await page.waitForFunction((it) => document.querySelector("#does-confirm").textContent !== it, was);
  }
  await decide(again, () => hold(page, "F8"), "turned-back");
  await stage("decision");
  await hold(page, "F8");
  await stage("verdict");
  await decide(again, () => hold(page, "F10"), "assisted");
  await stage("assisting");
  check(!(await page.$(".verdict")) && !/NAMGUNG/.test(await page.textContent("#stage")), "help shows nothing of the person");
  await shot("assisting");
  check(await it.end() === 0, "asked to stop, it ends with status 0");
};

// Officers with PINs, a shift handed over.
parts.officers = async () => {
  const state = join(home, "state");
  for (const [number, pin] of [["7", "834921"], ["9", "275018"]]) {
    const done = spawnSync(reader, ["--enrol", number, "--state", state], { input: pin + "\n" });
    check(done.status === 0, `officer ${number} is enrolled: ${done.stderr}`);
  }
  const it = await Reader.start(folder("expired", "31-expired-yesterday.png"), "--fps", "20", "--lang", "en", "--state", state);
  await page.goto(it.address + "/");
  await nobody();
  await stage("verdict");
  check(!(await page.$("#choice-admit")), "nobody signed in: nobody is admitted against a verdict");
  const sign = async (officer, pin) => {
    await page.fill("#officer [name=officer]", officer);
    await page.click("#officer [name=pin]");
    for (const key of pin) await page.click(`#officer [data-key="${key}"]`);
    await page.click("#officer [type=submit]");
  };
  const on = (number) => page.waitForFunction((it) => document.querySelector("[data-chip=officer]").textContent.includes(it), number, { timeout: 60000 });
  const admit = async (grounds) => {
    await stage("verdict");
    const before = it.of("decision").length, about = await page.evaluate(() => document.documentElement.dataset.about);
    await page.click("#choice-admit");
    await page.click(`#grounds [data-with*=${grounds}]`);
    await soon(() => it.of("decision").length > before, `admitted on grounds ${grounds}`);
    // The page may be a moment behind.
    await page.waitForFunction((it) => document.documentElement.dataset.stage !== "verdict" || document.documentElement.dataset.about !== it, about);
  };
  const tries = async (pin) => {
    await page.click("#open-menu");
    await page.click("#menu .off-duty[data-open=officer]");
    await sign("7", pin);
  };
  await tries("111111");
  await page.waitForSelector(".notice");
  check(!/Officer 7/.test(await page.textContent("#bar")), "a wrong PIN signs nobody in");
  await page.waitForSelector("#officer .wrong:not([hidden])");
  check(await page.isVisible("#officer[open]") && await page.inputValue("#officer [name=officer]") === "7" && await page.inputValue("#officer [name=pin]") === "", "after a wrong PIN the dialog stays, says why and wants the PIN again");
  await shot("wrong-pin");
  // Each wrong one doubles the wait: sooner or later it is longer than the touches of the next try last.
  let wait = null;
  for (let i = 0; i < 5 && !wait; i += 1) {
    await tries("222222");
    for (const end = Date.now() + 4000; Date.now() < end && !wait; await page.waitForTimeout(30)) wait = (await page.textContent("#stage")).match(/Wait \D*(\d+)\D* second/);
  }
  check(Boolean(wait), "too soon after a wrong one, the next has to wait");
  await page.waitForTimeout(1000 * Number(wait?.[1] ?? 60) + 500);
  await tries("834921");
  await on("7");
  await admit("confirmed");
  check(it.of("decision").at(-1).decision === "admitted", "officer 7 admits against the verdict, with grounds");
  // Hand-over: from the touch on, officer 7 is gone.
  await stage("verdict");
  await page.click("#open-menu");
  await page.click("#menu [data-ask=sign-out][data-open=officer]");
  await nobody();
  await page.waitForFunction(() => !document.querySelector("#choice-admit"));
  check(true, "between two officers nobody decides in a name");
  await shot("hand-over");
  // The next one signs in by keys alone.
  check(await page.evaluate(() => document.activeElement.name) === "officer", "the dialog has the focus");
  await page.keyboard.type("9");
  await page.keyboard.press("Tab");
  await page.keyboard.type("275018", { delay: 80 });
  await hold(page, "Enter");
  await on("9");
  check(!/Officer 7/.test(await page.textContent("#bar")), "officer 9 took over");
  check(await it.end() === 0, "asked to stop, it ends with status 0");
};

// The supervisor's page while nobody stands at the terminal: lists from a stick, the journal exported, tablets.
parts.supervisor = async () => {
  const out = join(home, "export"), stick = join(home, "stick.cbor"), desk = join(home, "desk");
  for (const at of [out, desk]) mkdirSync(at);
  // An empty desk, lit from one side.
  const pixels = Buffer.alloc(640 * 480, 0).map((_, i) => 90 + (i % 640) / 8 + (Math.floor(i / 640) % 7));
  writeFileSync(join(desk, "desk.pgm"), Buffer.concat([Buffer.from("P5 640 480 255\n"), pixels]));
  const more = ["--fps", "20", "--lang", "en", "--state", join(home, "supervised"), "--export", out, "--stick", stick, "--tablets", "127.0.0.2:0"];
  let it = await Reader.start(desk, ...more);
  await page.goto(it.address + "/supervisor");
  const rows = () => page.textContent("#rows");
  check(/passed/.test(await rows()) && !/failed/.test(await rows()), "the self-test passed: " + (await rows()).slice(0, 300));
  const press = async (button) => {
    await page.click(button);
    const notice = await page.waitForFunction(() => document.querySelector("#rows .notice")?.textContent).then((it) => it.jsonValue());
    await page.waitForFunction(() => !document.querySelector("#rows .notice"));
    return notice;
  };
  check(/No stick/.test(await press("[data-ask=update]")), "without a stick the lists stay");
  copyFileSync(join(keys, "demo/bundle.cbor"), stick);
  check(/in use/.test(await press("[data-ask=update]")), "lists are taken from the stick");
  await lists(it, press);
  check(/exported/.test(await press("[data-ask=export]")), "the journal is exported to the stick");
  const files = readdirSync(out);
  check(files.length === 1 && /^journal-A1-\d{10}\.cbor$/.test(files[0]), `one whole file: ${files}`);
  check(readFileSync(join(out, files[0])).includes("border-permit-journal/1"), "it is an export");
  check(!/NAMGUNG/.test(readFileSync(join(out, files[0])).toString("latin1")), "it has no name");
  const [got] = await Promise.all([page.waitForEvent("download"), page.click("#download")]);
  check(readFileSync(await got.path()).includes("border-permit-journal/1"), "the journal is exported as a file");
  check((await eyes.serious(page)).length === 0, "axe on the supervisor's page: " + (await eyes.serious(page)));
  await shot("supervisor");
  check(await it.end() === 0, "asked to stop, it ends with status 0");
  it = await Reader.start(folder("at-desk", "31-expired-yesterday.png"), ...more);
  await page.goto(it.address + "/supervisor");
  await tablet(it);
  check(await it.end() === 0, "asked to stop, it ends with status 0");
};

// The codes of a bundle, by section 9 of the format and nothing else.
const codes = (bundle) => {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", digest = (bytes) => createHash("sha256").update(bytes).digest();
  const base45 = (bytes) => {
    let text = "";
    for (let i = 0; i < bytes.length; i += 2) {
      const pair = bytes.subarray(i, i + 2);
      let value = pair.readUIntBE(0, pair.length);
      for (let left = pair.length + 1; left > 0; left -= 1) { text += alphabet[value % 45]; value = Math.floor(value / 45); }
    }
    return text;
  };
  const total = Math.ceil(bundle.length / 383);
  return Array.from({ length: total }, (_, i) => {
    const part = Buffer.concat([digest(bundle).subarray(0, 8), Buffer.from([total, i]), bundle.subarray(i * 383, (i + 1) * 383)]);
    return "BL1:" + base45(Buffer.concat([part, digest(part).subarray(0, 4)]));
  });
};

// Lists from codes: asked for on the supervisor's page, followed on the guard's screen, stopped once, then taken.
const lists = async (it, press) => {
  const bundle = readFileSync(join(keys, "demo/bundle.cbor")), texts = codes(bundle);
  const ask = (command) => page.evaluate((it) => fetch("/ask", {
    method: "POST", headers: { "Content-Type": "application/json", "X-Permit-Reader": "1" }, body: JSON.stringify(it),
  }).then((answer) => answer.status), command);
  const said = (selector, what) => page.waitForFunction(([at, it]) => document.querySelector(at)?.textContent.replace(/[\u2066-\u2069]/g, "").includes(it), [selector, what], { timeout: 60000 });
  await page.goto(it.address + "/");
  check(await ask({ command: "scan", text: texts[0] }) === 202, "a code of lists where none are read");
  await said("#stage .notice", "code of lists");
  for (const then of ["stopped", "taken"]) {
    await page.goto(it.address + "/supervisor");
    await page.click("#read-lists");
    await page.waitForURL(it.address + "/");
    await said("#gathered", "No code read yet");
    check(/Cancel/.test(await page.textContent("#keys")), "it can be cancelled");
    for (const text of [texts[4], texts[9], texts[4], texts[10], texts[11]]) await ask({ command: "scan", text });
    await said("#gathered", `4 of ${texts.length}`);
    await said("#missing", "1–4, 6–9, 13–24");
    await ask({ command: "scan", text: "BP1:SPECIMEN" });
    await said("#stage .notice", "none of their codes");
    check((await eyes.serious(page)).length === 0, "axe while lists are read: " + (await eyes.serious(page)));
    await shot("lists-" + then);
    if (then === "stopped") {
      await page.click("#stop");
      await said("#stage .notice", "Stopped");
    }
  }
  for (const text of texts.toReversed()) await ask({ command: "scan", text });
  await said("#stage .notice", "in use");
  await page.goto(it.address + "/supervisor");
  await page.waitForFunction(() => !document.querySelector("#rows .notice"));
};

// A tablet comes in by the code, and goes when the supervisor says so.
const tablet = async (it) => {
  const port = it.said.match(/tablets=(\S+)/)?.[1];
  check(Boolean(port), `where tablets come in is logged: ${it.said}`);
  const other = await browser(join(home, "tablet")), pad = other.pages()[0] ?? (await other.newPage());
  await pad.goto(`http://${port}/`);
  check(new URL(pad.url()).pathname === "/pair", "a tablet that is not allowed is asked for a code");
  check((await eyes.serious(pad)).length === 0, "axe on a stranger's page: " + (await eyes.serious(pad)));
  await pad.screenshot({ path: join(shots, "tablet-stranger.png") });
  await page.click("#allow-tablet");
  await page.waitForFunction(() => /\d{8}/.test(document.querySelector("#said").textContent));
  const code = (await page.textContent("#said")).match(/\d{8}/)[0];
  await shot("tablet-code");
  await pad.fill("[name=code]", code === "00000000" ? "11111111" : "00000000");
  await pad.click("[type=submit]");
  await pad.waitForSelector("#said:not([hidden])");
  await pad.fill("[name=code]", code);
  await pad.click("[type=submit]");
  await pad.waitForFunction(() => document.documentElement.dataset.screen === "guard");
  await pad.waitForFunction(() => document.documentElement.dataset.stage === "verdict");
  check((await eyes.verdict(pad)).code === 31, "the tablet shows what stands at the terminal");
  await pad.screenshot({ path: join(shots, "tablet.png") });
  await page.click("#forget-tablets");
  await page.waitForTimeout(300);
  await pad.goto(`http://${port}/`);
  check(new URL(pad.url()).pathname === "/pair", "forgotten, it is a stranger again");
  await other.close();
};

// Night, large type, languages by one touch, on the real page; axe on each; nothing cut off.
parts.looks = async () => {
  const it = await Reader.start(folder("refer", "22-unknown-key.png"), "--fps", "20", "--lang", "en");
  await page.goto(it.address + "/");
  await stage("verdict");
  let runs = 0;
  for (const tag of ["zh", "ko", "en"]) {
    await page.click("#lang-" + tag);
    await page.waitForFunction((it) => document.documentElement.lang === it, tag);
    for (const [mode, set] of [["night", true], ["large", true], ["night", false], ["large", false]]) {
      await page.setViewportSize({ width: 800, height: 480 });
      await stage("verdict");
      await page.click("#open-menu");
      await page.click(`#menu [data-toggle=${mode}]`);
      await page.waitForFunction(([k, v]) => document.documentElement.dataset[k] === String(v), [mode, set]);
      check((await eyes.cut(page)).length === 0, `${tag} ${mode} ${set}: cut off ${await eyes.cut(page)}`);
      check((await eyes.serious(page)).length === 0, `${tag} ${mode} ${set}: axe ${await eyes.serious(page)}`);
      runs += 1;
      await shot(`${tag}-${mode}-${set}`);
    }
  }
  // What never stood in a page reaches nobody: a number typed by touch is code 12, and its permit is not read.
  await page.setViewportSize({ width: 1280, height: 800 });
  check(await it.end() === 0, "asked to stop, it ends with status 0");
  await page.waitForSelector("#lost:not([hidden])", { timeout: 60000 });
  check(true, "a page whose terminal is gone says so");
  console.log(`axe-core on the real terminal: ${runs + 2} pages`);
};

// Two lanes: each page says which it is; one guard's decision changes the other's screen and moves nothing there.
parts.lanes = async () => {
  const state = join(home, "lanes");
  for (const [number, pin] of [["7", "834921"], ["9", "275018"]]) spawnSync(reader, ["--enrol", number, "--state", state], { input: pin + "\n" });
  const it = await Reader.start(folder("lane-1", "00-hangul-name.png"), "--camera", folder("lane-2", "00-hangul-name.png"),
    "--fps", "20", "--lang", "en", "--state", state);
  const sign = async (at, officer, pin) => {
    await at.click("#open-officer");
    await at.fill("#officer [name=officer]", officer);
    await at.fill("#officer [name=pin]", pin);
    await at.click("#officer [type=submit]");
    await at.waitForFunction(() => document.documentElement.dataset.locked === "false");
  };
  await soon(() => it.second, "the second line is the second lane's address");
  const other = await context.newPage();
  other.setDefaultTimeout(60000);
  await page.goto(it.address + "/");
  await other.goto(it.second + "/");
  const name = async (at) => (await at.textContent("#bar .lane")).replace(/[\u2068\u2069]/g, "");
  check(await name(page) === "Lane 1" && await name(other) === "Lane 2", "each page says which lane it is");
  for (const [tag, said] of [["zh", "2 号通道"], ["ko", "2번 통로"], ["en", "Lane 2"]]) {
    await other.setViewportSize({ width: 800, height: 480 });
    await other.click("#lang-" + tag);
    await other.waitForFunction((it) => document.documentElement.lang === it, tag);
    check(await name(other) === said, `${tag}: ${await name(other)}`);
    check((await eyes.cut(other)).length === 0, `${tag}: cut off ${await eyes.cut(other)}`);
    check((await eyes.serious(other)).length === 0, `${tag}: axe ${await eyes.serious(other)}`);
    await other.screenshot({ path: join(shots, `lane-2-${tag}.png`) });
  }
  await other.setViewportSize({ width: 1280, height: 800 });
  check(await page.evaluate(() => document.documentElement.lang) === "en", "a language is of one lane's page");
  const stands = (at, code) => at.waitForFunction((it) => document.querySelector(".verdict")?.dataset.code === it, code, { timeout: 60000 });
  await stands(other, "0");
  await stands(page, "0");
  check(!(await page.$("#choice-admit")), "nothing is decided before somebody signs in");
  await sign(page, "7", "834921");
  await sign(other, "9", "275018");
  await page.click("#choice-admit");
  await soon(() => it.of("relay").some((event) => event.closed), "the gate opens");
  await other.waitForFunction(() => ["50", "51"].includes(document.querySelector(".verdict")?.dataset.code), null, { timeout: 60000 });
  await other.screenshot({ path: join(shots, "lane-2-overtaken.png") });
  check(it.of("relay").every((event) => event.lane === 1), "the other lane's relay does not move");
  check(it.of("decision").every((event) => event.lane === 1), "and nothing is decided there");
  await page.goto(it.address + "/supervisor");
  const rows = (await page.textContent("#rows")).replace(/[\u2068\u2069]/g, "");
  check(/Lane 1/.test(rows) && /Lane 2/.test(rows), "the supervisor sees both lanes: " + rows.slice(0, 300));
  check((await eyes.serious(page)).length === 0, "axe on the supervisor's page of two lanes: " + (await eyes.serious(page)));
  await shot("supervisor-lanes");
  await other.click("#open-menu");
  await other.click("#menu [data-ask=sign-out]:not([data-open])");
  await page.waitForFunction(() => [...document.querySelectorAll("#rows section")].some((it) => /Lane.*2/.test(it.textContent) && it.querySelector("li.warn")));
  check(true, "what changes in the other lane changes there");
  await other.close();
  check(await it.end() === 0, "asked to stop, it ends with status 0");
};

// Keys that a scanner types, and keys that are held.
Object.assign(parts, typed({ Reader, folder, home, page, context, check, soon, shot, stage }));
Object.assign(parts, duty({ Reader, reader, folder, home, page, check, soon, shot, stage }));

// Every code in three languages, one after another, each with its pictures.
const { missing, ...walked } = walks({ Reader, all, rest, unread, home, page, check, soon, shot });
Object.assign(parts, walked);

// An officer who signs in and walks away, on a page of their own: a minute passes while the rest goes on.
const leave = async () => {
  const state = join(home, "left");
  const done = spawnSync(reader, ["--enrol", "5", "--state", state], { input: "604417\n" });
  check(done.status === 0, `officer 5 is enrolled: ${done.stderr}`);
  const it = await Reader.start("none", "--lang", "en", "--idle", "1", "--state", state);
  it.away = true;
  const other = await context.newPage();
  other.setDefaultTimeout(60000);
  await other.setViewportSize({ width: 800, height: 480 });
  await other.goto(it.address + "/");
  await other.click("#open-menu");
  await other.click("#menu .off-duty[data-open=officer]");
  await other.fill("#officer [name=officer]", "5");
  await other.fill("#officer [name=pin]", "604417");
  await other.click("#officer [type=submit]");
  await other.waitForFunction(() => document.querySelector("[data-chip=officer]").textContent.includes("5"));
  // What is behind is drawn slowly.
  await page.bringToFront();
  return { it, other };
};
parts.idle = async () => {
  const { it, other } = await left;
  await other.bringToFront();
  await other.waitForFunction(() => document.querySelector("[data-chip=officer]").classList.contains("warn"), null, { timeout: 120000 });
  for (const tag of ["en", "ko", "zh"]) {
    if (tag !== "en") await other.click("#lang-" + tag);
    await other.waitForFunction((it) => document.documentElement.lang === it, tag);
    const said = await other.waitForFunction(() => document.querySelector("#stage .notice")?.textContent).then((it) => it.jsonValue());
    check(said === words(tag, "screen-notice-signed-out"), `${tag}: whoever did nothing is signed out, and it is said: ${said}`);
    check((await eyes.cut(other)).length === 0, `${tag}: cut off ${await eyes.cut(other)}`);
    await other.screenshot({ path: join(shots, `signed-out-${tag}.png`) });
  }
  check((await eyes.serious(other)).length === 0, "axe on what is said then: " + (await eyes.serious(other)));
  await other.close();
  check(await it.end() === 0, "asked to stop, it ends with status 0");
};

const wanted = process.env.REAL?.split(",") ?? Object.keys(parts);
const left = wanted.includes("idle") ? leave() : null;
await left?.catch(() => {});
for (const name of wanted) {
  const from = Date.now();
  try { await parts[name](); } catch (error) {
    check(false, `${name}: ${error.stack}`);
    // What stood there, for whoever reads this where no picture is kept.
    const there = () => page.evaluate(() => [location.pathname, { ...document.documentElement.dataset }, document.body.innerText.slice(0, 600)]);
    const reader = Reader.all.at(-1), away = new Promise((go) => setTimeout(go, 5000));
    console.log(`the page: ${JSON.stringify(await Promise.race([there(), away]).catch(String))}`);
    console.log(`the terminal: ${JSON.stringify(reader?.events.filter((it) => it.event !== "lamps").slice(-8))}, ${reader?.child.exitCode} ${reader?.child.signalCode} ${reader?.said.slice(-600)}`);
    await shot("broken-" + name).catch(() => {});
    Reader.left();
  }
  console.log(`real ${name}: ${((Date.now() - from) / 1000).toFixed(1)} s`);
}
if (!process.env.REAL) check(missing().length === 0, `codes that were not shown: ${missing()}`);
check(wrong.length === 0, "dialogs and errors: " + [...new Set(wrong)].slice(0, 5).join("; "));
await context.close();
console.log(`the real terminal: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
