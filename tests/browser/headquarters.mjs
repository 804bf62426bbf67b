// Headquarters' pages in a browser, on the real program: signing in, every page in each language, on a desk's screen and a tablet.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { serious } from "./eyes.mjs";
import { browser } from "./stand.mjs";

const [headquarters, keys] = process.argv.slice(2);
const shots = join(process.env.SCREENS, "headquarters");
mkdirSync(shots, { recursive: true });
const home = mkdtempSync(join(tmpdir(), "permit-headquarters-"));
let passed = 0, failed = 0;
const check = (is, what) => { if (is) passed += 1; else { failed += 1; console.log("FAILED: " + what); } };

const state = ["--lang", "en", "--state", join(home, "state")];
const run = (args) => {
  const { status, stdout, stderr } = spawnSync(headquarters, [...state, ...args], { encoding: "utf8" });
  check(status === 0, `${args.join(" ")}: ${status} ${stdout} ${stderr}`);
};
const demo = join(keys, "demo");
run(["init", "--side", "A", "--bundle", join(demo, "bundle.cbor"), "--root", join(demo, "root.cbor")]);
// The public key of RFC 8032's first test (section 7.1) as that of a station's record.
run(["station", "101", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"]);
run(["officer", "add", "--number", "1", "--name", "INVENTED A"]);

const child = spawn(headquarters, [...state, "serve", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
process.on("SIGTERM", () => process.exit(1));
process.on("exit", () => { child.kill(); rmSync(home, { recursive: true, force: true }); });
let said = "";
child.stderr.on("data", (data) => { said += data; });
const address = await new Promise((go, no) => {
  createInterface({ input: child.stdout }).on("line", go);
  child.on("exit", (status) => no(new Error(`permit-headquarters ended with ${status}: ${said}`)));
});
check(/^http:\/\/127\.0\.0\.1:\d+\/$/.test(address), `the first line is the address: ${address}`);

const context = await browser(join(home, "profile")), page = context.pages()[0] ?? (await context.newPage());
page.setDefaultTimeout(60000);
const wrong = [];
page.on("pageerror", (error) => wrong.push(error.message));
page.on("console", (message) => { if (/Content Security Policy/.test(message.text())) wrong.push(message.text()); });
const at = (path) => page.goto(new URL(path, address).href);
const press = async (selector) => { await Promise.all([page.waitForNavigation(), page.click(selector)]); };
const path = () => new URL(page.url()).pathname;

// Nobody sees anything before signing in, nor after leaving.
await at("/");
check(path() === "/enter", `a stranger is asked to sign in: ${path()}`);
await press("button[name=officer][value='1']");
check(path() === "/", `one click signs in to a demonstration: ${path()}`);
await press("button[formaction='/leave']");
await at("/");
check(path() === "/enter", "whoever has left is a stranger again");
await press("button[name=officer][value='1']");

const links = async (start) => page.locator(`main a[href^="${start}"]`).evaluateAll((all) => all.map((it) => it.getAttribute("href")));
const terminal = (await links("/terminals/"))[0], station = (await links("/stations/"))[0];
check(Boolean(terminal && station), `the overview leads to terminals and stations: ${terminal}, ${station}`);
for (const lang of ["zh", "ko", "en"]) {
  await at("/");
  await press(`button[name=lang][value=${lang}]`);
  for (const [name, where] of [["overview", "/"], ["terminal", terminal], ["station", station], ["reports", "/reports"]]) {
    for (const [width, height] of [[1280, 800], [820, 1180]]) {
      await page.setViewportSize({ width, height });
      const answer = await at(where);
      const it = `${name}-${lang}-${width}`;
      check(answer.status() === 200, `${it}: ${answer.status()}`);
      check((await page.getAttribute("html", "lang")) === lang, `${it}: its language`);
      check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${it}: nothing is cut off`);
      check(!/\\u\{/.test(await page.textContent("body")), `${it}: no mark is spelt out`);
      await page.screenshot({ path: join(shots, it + ".png"), fullPage: true });
      const found = await serious(page);
      check(found.length === 0, `axe ${it}: ${found}`);
    }
  }
}
for (const where of ["/terminals/9999", "/reports/1", "/reports/1/%2e%2e", "/nowhere"]) {
  const answer = await at(where);
  check(answer.status() === 404, `${where}: ${answer.status()}`);
}
check(wrong.length === 0, `no error in the pages: ${wrong}`);
check(!/INVENTED/.test(said), "no name in what it says");
await context.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
