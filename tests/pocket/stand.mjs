// The page's folder on a server of its own, and a browser with a film for its camera; both started and ended here.
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { createRequire } from "node:module";

const require = createRequire(new URL("../browser/package.json", import.meta.url));
const { chromium } = require("playwright-core");
export const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const KINDS = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json" };

// Any static server: files of a folder, lists beside them, every request counted.
export class Server {
  static async start(folder, bundle) {
    const it = Object.assign(new Server(), { folder, bundle, asked: [], changed: new Map(), sockets: new Set() });
    it.server = createServer((request, answer) => {
      const name = new URL(request.url, "http://x").pathname.slice(1) || "index.html";
      it.asked.push(name);
      const bytes = it.file(name);
      answer.writeHead(bytes ? 200 : 404, { "Content-Type": KINDS[extname(name)] ?? "application/octet-stream", "Cache-Control": "no-cache" });
      answer.end(bytes ?? "");
    });
    it.server.on("connection", (socket) => { it.sockets.add(socket); socket.on("close", () => it.sockets.delete(socket)); });
    await it.listen(0);
    return it;
  }
  listen(port) {
    return new Promise((done) => this.server.listen(port, "127.0.0.1", () => { this.port = this.server.address().port; done(); }));
  }
  file(name) {
    if (this.changed.has(name)) return this.changed.get(name);
    if (name === "bundle.cbor") return this.bundle;
    try { return readFileSync(join(this.folder, name)); } catch { return null; }
  }
  // What the page asked for since; a browser looks for a newer worker by itself.
  since(before) { return this.asked.slice(before).filter((name) => name !== "sw.js"); }
  // Gone, as a network is.
  stop() {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((done) => this.server.close(done));
  }
  get url() { return `http://localhost:${this.port}/`; }
}

export class Browser {
  static async start({ film = null, camera = true, size = { width: 390, height: 844 }, dark = false } = {}) {
    const profile = mkdtempSync(join(tmpdir(), "permit-pocket-"));
    const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"];
    if (camera) args.push("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream");
    if (film) args.push("--use-file-for-fake-video-capture=" + film);
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: "/usr/bin/chromium", headless: true, args, viewport: size, hasTouch: true, locale: "en-GB",
      colorScheme: dark ? "dark" : "light", permissions: camera ? ["camera"] : [],
    });
    return Object.assign(new Browser(), { context, profile });
  }
  async page(url) {
    const page = await this.context.newPage();
    page.troubles = [];
    page.on("pageerror", (error) => page.troubles.push(String(error)));
    page.on("console", (line) => { if (/Content Security Policy|Refused to/.test(line.text())) page.troubles.push(line.text()); });
    page.setDefaultTimeout(60000);
    await page.goto(url);
    await page.waitForSelector("#page:not([hidden])");
    return page;
  }
  async end() {
    await this.context.close();
    rmSync(this.profile, { recursive: true, force: true });
  }
}
