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
  return { row_01_sign_in, row_13_screen };
};
