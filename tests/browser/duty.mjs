// Row 1: nothing is decided without an officer, and help is free. Row 13: a screen whose page is dead is noticed, told by
// lamps, and started again.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as eyes from "./eyes.mjs";

export const duty = ({ Reader, reader, folder, home, page, check, soon, shot, stage }) => {
  const row_01_sign_in = async () => {
    const state = join(home, "duty"), words = (id) => page.textContent(id);
    check(spawnSync(reader, ["--enrol", "7", "--state", state], { input: "834921\n" }).status === 0, "officer 7 is enrolled");
    const it = await Reader.start("none", "--lang", "en", "--state", state);
    await page.setViewportSize({ width: 800, height: 480 });
    await page.goto(it.address + "/");
    await page.waitForSelector("#officer[open]");
    check(true, "the start screen is sign-in");
    for (const tag of ["zh", "ko", "en"]) {
      await page.click("#lang-" + tag);
      await page.waitForFunction((it) => document.documentElement.lang === it, tag);
      await page.waitForSelector("#officer[open]");
      const whole = await page.evaluate(() => { const it = document.getElementById("officer"); return it.scrollHeight <= it.clientHeight + 2 && it.scrollWidth <= it.clientWidth + 2; });
      check(whole, `${tag}: signing in fits 800x480`);
      check((await eyes.cut(page)).length === 0, `${tag}: cut off ${await eyes.cut(page)}`);
      check((await eyes.serious(page)).length === 0, `${tag}: axe ${await eyes.serious(page)}`);
      await shot("sign-in-" + tag);
      await page.click("#officer [data-close]");
      check(await page.isVisible("#open-officer"), `${tag}: it is offered again`);
      check((await eyes.cut(page)).length === 0, `${tag} locked: cut off ${await eyes.cut(page)}`);
      await shot("locked-" + tag);
      await page.reload();
      await page.waitForSelector("#officer[open]");
    }
    // Help is free while somebody could sign in.
    await page.click("#assist");
    await stage("assisting");
    check(true, "help needs nobody to sign in");
    await page.click("#done");
    await stage("waiting");
    await page.waitForSelector("#officer[open]");
    for (const [name, text] of [["officer", "7"], ["pin", "834921"]]) {
      await page.click(`#officer [name=${name}]`);
      for (const key of text) await page.click(`#officer [data-key="${key}"]`);
    }
    await page.click("#officer [type=submit]");
    await page.waitForFunction(() => document.documentElement.dataset.locked === "false");
    check(!(await page.isVisible("#officer")) && !(await page.isVisible("#open-officer")), "signed in by touch, the terminal is free");
    await page.setViewportSize({ width: 1280, height: 800 });
    check(await it.end() === 0, "asked to stop, it ends with status 0");
  };

  // Row 3 of the screens: PINs, enrolment and the time on the supervisor's page, what a shift came to, what is counted.
  const row_03_office = async () => {
    const state = join(home, "office");
    for (const [number, role] of [["1", "supervisor"], ["7", "officer"]]) {
      const done = spawnSync(reader, ["--enrol", number, "--role", role, "--state", state], { input: "834921\n" });
      check(done.status === 0, `officer ${number} is enrolled as ${role}: ${done.stderr}`);
    }
    const it = await Reader.start("none", "--lang", "en", "--state", state);
    const ask = (command) => page.evaluate((it) => fetch("/ask", {
      method: "POST", headers: { "Content-Type": "application/json", "X-Permit-Reader": "1" }, body: JSON.stringify(it),
    }).then((answer) => answer.status), command);
    const on = async (officer, pin) => {
      await ask({ command: "sign-in", officer, pin });
      // Numbers are isolated from the writing around them.
      const shown = async () => (await page.textContent("[data-chip=officer], #rows")).replace(/[\u2066-\u2069]/g, "");
      await soon(async () => (await shown()).includes(`Officer ${officer}`), `officer ${officer} signs in`);
    };
    const said = (text) => soon(async () => (await page.textContent("#rows .notice").catch(() => "")).includes(text), `it is said: ${text}`);
    const fill = async (dialog, fields) => {
      await page.click(`[data-open=${dialog}]`);
      for (const [name, text] of Object.entries(fields)) {
        if (name === "role") await page.selectOption(`#${dialog} [name=role]`, text);
        else await page.fill(`#${dialog} [name=${name}]`, text);
      }
      await page.setViewportSize({ width: 800, height: 480 });
      await shot("office-" + dialog);
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.click(`#${dialog} [type=submit]`);
    };
    const codes = () => page.$$eval("#sequence .code:not([hidden]) figcaption", (all) => all.map((it) => it.textContent.trim()));
    await page.goto(it.address + "/");
    await page.waitForSelector("#officer[open]");
    await page.goto(it.address + "/supervisor");
    await page.click("#codes");
    await page.waitForURL("**/codes");
    check((await codes()).length === 0 && /has to be signed in/.test(await page.textContent("main")), "nobody signed in, no journal as codes");
    await page.goto(it.address + "/");
    await on(7, "834921");
    await page.goto(it.address + "/supervisor");
    await fill("appoint", { officer: "9", pin: "111111", role: "officer" });
    await said("A supervisor has to be signed in");
    await on(1, "834921");
    await fill("appoint", { officer: "9", pin: "111111", role: "officer" });
    await said("The PIN is set");
    // The journal as codes: one at a time, each in turn, whole on the smallest screen.
    await page.setViewportSize({ width: 800, height: 480 });
    await page.click("#codes");
    await page.waitForSelector("#sequence .code:not([hidden]) svg");
    const all = await page.locator("#sequence .code").count(), turned = new Set();
    await soon(async () => {
      const now = await codes();
      if (now.length === 1) turned.add(now[0]);
      return turned.size === all;
    }, "each code of the journal stands alone in its turn");
    const square = await page.$eval("#sequence .code:not([hidden]) svg", (it) => { it.scrollIntoView(); const { top, bottom, left, right } = it.getBoundingClientRect(); return { top, bottom, left, right }; });
    check(square.top >= 0 && square.left >= 0 && square.right <= 800 && square.bottom <= 480, `a code is whole on 800x480: ${JSON.stringify(square)}`);
    check((await eyes.serious(page)).length === 0, `codes: axe ${await eyes.serious(page)}`);
    check((await eyes.cut(page)).length === 0, `codes: cut off ${await eyes.cut(page)}`);
    await shot("office-codes");
    await page.setViewportSize({ width: 1280, height: 800 });
    await shot("office-codes-desk");
    await page.click("#back");
    await on(9, "111111");
    await fill("set-clock", { time: "1963-09-10 12:34" });
    await said("Somebody else set this officer");
    await fill("change-pin", { old: "111111", new: "604417" });
    await said("The PIN is set");
    await on(9, "604417");
    await fill("set-clock", { time: "1963-09-10 12:34" });
    await said("Somebody else set this officer");
    check((await page.textContent("#rows")).includes("Away from home"), "what is counted stands there");
    await page.goto(it.address + "/");
    await ask({ command: "sign-out" });
    await page.click("#off-duty");
    await page.waitForSelector("#officer[open]");
    await soon(async () => /Shift of officer .?9/.test(await page.textContent("#shift")), "whoever comes sees what the shift before came to");
    await shot("office-shift");
    const figures = await fetch(it.address + "/metrics").then((it) => it.text());
    check(/permit_reader_away \d/.test(figures) && /permit_reader_decisions_total\{decision="admitted"\} \d/.test(figures), `counts: ${figures}`);
    check(await it.end() === 0, "asked to stop, it ends with status 0");
  };

  // What descends from a process, and is a renderer of pages.
  const renderers = (root) => {
    const all = readdirSync("/proc").filter((it) => /^\d+$/.test(it)).map((id) => {
      try {
        const [, parent] = readFileSync(`/proc/${id}/stat`, "utf8").match(/\) \w (\d+)/);
        return { id: Number(id), parent: Number(parent), line: readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ") };
      } catch { return null; }
    }).filter(Boolean);
    const below = (id) => all.filter((it) => it.parent === id).flatMap((it) => [it, ...below(it.id)]);
    return below(root);
  };
  const row_13_screen = async () => {
    const kiosk = join(home, "kiosk");
    mkdirSync(kiosk);
    chmodSync(kiosk, 0o2750);
    const it = await Reader.start("none", "--lang", "en", "--kiosk", kiosk, "--state", join(home, "dark"));
    check(!it.link.includes("key"), "the key is not printed");
    const start = join(kiosk, "lane-1.html"), key = readFileSync(start, "utf8").match(/key=([0-9a-f]+)/)[1];
    const troubles = async () => (await fetch(it.address + "/metrics").then((it) => it.text())).match(/reader_troubles (\d+)/)[1];
    const lives = async () => /^[0-3]$/.test((await fetch(`${it.address}/alive?key=${key}`).then((it) => it.text())).trim());
    const blinks = () => it.of("lamps").slice(-6).filter((event) => event.red).length >= 3;
    await soon(async () => (await fetch(it.address + "/metrics")).status === 200, "it runs");
    const before = await troubles();
    for (const turn of ["first", "second"]) {
      const screen = spawn(reader, ["--screen", start, "--", "/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", `--user-data-dir=${join(home, "kiosk-profile")}`, "--app={}"], { stdio: "ignore" });
      Reader.all.push({ child: screen });
      const ended = new Promise((go) => screen.on("exit", go));
      await soon(lives, `${turn}: the page lives`);
      await soon(async () => (await troubles()) === before, `${turn}: nothing is missed`);
      check(!renderers(screen.pid).some((at) => at.line.includes(key)), `${turn}: the key stands on no command line`);
      if (turn === "second") {
        screen.kill("SIGTERM");
        check(await ended === 0, "asked to stop, the screen ends with status 0");
        break;
      }
      const dead = renderers(screen.pid).filter((at) => at.line.includes("--type=renderer"));
      check(dead.length > 0, "there is a renderer to kill");
      for (const at of dead) process.kill(at.id, "SIGKILL");
      await soon(async () => (await troubles()) > before, "a dead page is a trouble of the terminal");
      await soon(blinks, "and the lamps say it");
      check(await ended === 75, "the browser is ended, to be started again");
      await soon(() => renderers(process.pid).every((at) => !at.line.includes("kiosk-profile")), "nothing of it is left");
    }
    check(await it.end() === 0, "asked to stop, it ends with status 0");
  };
  return { row_01_sign_in, row_03_office, row_13_screen };
};
