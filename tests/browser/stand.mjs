// The pages and a browser, both started here and ended here.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

// A browser with a profile of its own.
export const browser = (profile) => chromium.launchPersistentContext(profile, {
  executablePath: "/usr/bin/chromium",
  headless: true,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"],
  viewport: { width: 1280, height: 800 },
  acceptDownloads: true,
});

// Lets a browser in by the address that was printed.
export const enter = (context, link) => context.request.get(link);

export class Stand {
  static async start(binary) {
    const it = new Stand();
    it.child = spawn(binary, { stdio: ["pipe", "pipe", "inherit"] });
    it.lines = [];
    it.waiting = [];
    createInterface({ input: it.child.stdout }).on("line", (line) => {
      const next = it.waiting.shift();
      if (next) next(line); else it.lines.push(line);
    });
    it.link = await it.line();
    it.address = new URL(it.link).origin;
    it.profile = mkdtempSync(join(tmpdir(), "permit-browser-"));
    it.context = await browser(it.profile);
    await enter(it.context, it.link);
    return it;
  }
  line() {
    return this.lines.length ? Promise.resolve(this.lines.shift()) : new Promise((go) => this.waiting.push(go));
  }
  say(line) { this.child.stdin.write(line + "\n"); }
  async cases() {
    this.lines.length = 0;
    this.say("cases");
    const all = new Map();
    for (;;) {
      const line = await this.line();
      if (line === "end") return all;
      const [, code, name] = line.match(/^case (\d+) (\S+)$/) ?? [];
      if (name && !all.has(Number(code))) all.set(Number(code), name);
    }
  }
  // What the codes in a picture say.
  async decode(file) {
    this.say("decode " + file);
    for (;;) {
      const line = await this.line();
      if (line.startsWith("codes ")) return JSON.parse(line.slice(6));
    }
  }
  async end() {
    await this.context?.close();
    this.child.stdin.write("quit\n");
    this.child.kill();
    rmSync(this.profile, { recursive: true, force: true });
  }
}
