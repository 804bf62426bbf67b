// Row 2: what a scanner can type decides nothing, what a person holds down does. Chromium gets the key events of a
// keyboard: every length, every control character, several speeds, on each colour and page.

// A keyboard at Chromium's own door.
export class Typist {
  static async at(context, page) {
    const it = new Typist();
    it.page = page;
    it.at = 0;
    it.cdp = await context.newCDPSession(page);
    return it;
  }
  static NAMED = { Enter: [13, "\r"], Tab: [9, ""], Escape: [27, ""], Backspace: [8, ""], Delete: [46, ""], ArrowLeft: [37, ""], ArrowRight: [39, ""],
    ArrowUp: [38, ""], ArrowDown: [40, ""], Home: [36, ""], End: [35, ""], PageUp: [33, ""], PageDown: [34, ""], ContextMenu: [93, ""], Insert: [45, ""] };
  static of(key) {
    if (/^F\d+$/.test(key)) return { key, code: key, windowsVirtualKeyCode: 111 + Number(key.slice(1)) };
    const named = Typist.NAMED[key];
    if (named) return { key, code: key, windowsVirtualKeyCode: named[0], text: named[1] || undefined };
    const code = /[a-z]/i.test(key) ? "Key" + key.toUpperCase() : /\d/.test(key) ? "Digit" + key : key === " " ? "Space" : "Unidentified";
    return { key, code, windowsVirtualKeyCode: /[a-z0-9 ]/i.test(key) ? key.toUpperCase().charCodeAt(0) : 0, text: key };
  }
  // When a key moved is the keyboard's word, as it is the kernel's for a real one: a browser that is late to hear of it
  // makes no hold of a short press. In seconds, as the browser wants it.
  moment(ms = 0.1) {
    this.at = Math.max(this.at + ms, Date.now());
    return this.at / 1000;
  }
  down(key, modifiers = 0, more = {}) {
    const { text, ...rest } = Typist.of(key), chord = modifiers & 7, timestamp = this.moment();
    return this.cdp.send("Input.dispatchKeyEvent", { type: text && !chord ? "keyDown" : "rawKeyDown", ...rest, ...(chord ? {} : { text }), modifiers, timestamp, ...more });
  }
  up(key, modifiers = 0, after = 0.1) {
    const { text, ...rest } = Typist.of(key);
    return this.cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...rest, modifiers, timestamp: this.moment(after) });
  }
  // Keys one after another; a pair is a key with its modifiers (1 Alt, 2 Ctrl, 8 Shift). Without a pause nothing is waited for.
  async type(keys, pause = 0) {
    let sent = [];
    for (const it of keys) {
      const [key, modifiers = 0] = [it].flat();
      sent.push(this.down(key, modifiers), this.up(key, modifiers));
      if (pause) await this.rest(pause);
      if (sent.length > 200) { await Promise.all(sent); sent = []; }
    }
    await Promise.all(sent);
  }
  async hold(key, ms = 800, modifiers = 0) {
    await this.down(key, modifiers);
    await this.rest(ms);
    await this.up(key, modifiers, ms);
  }
  rest(ms) { return new Promise((go) => setTimeout(go, ms)); }
}

// Holds a key by Playwright's keyboard, as a person does who means it.
export const hold = async (page, key, ms = 800) => {
  // Whatever was typed before is over.
  await page.waitForTimeout(350);
  await page.keyboard.down(key);
  await page.waitForTimeout(ms);
  await page.keyboard.up(key);
};

const text = (length) => [...Array(length)].map((_, i) => "BP1:NCFOX0$J*5 -+./%abc9"[i % 24]);
const control = [...Array(32)].map((_, byte) => [String.fromCharCode(64 + byte).toLowerCase(), 2]).slice(1);
const keys = ["Escape", "Tab", "Backspace", "Delete", "Insert", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "ContextMenu",
  ...[...Array(12)].map((_, i) => `F${i + 1}`)];

export const typed = ({ Reader, folder, home, page, context, check, soon, shot, stage }) => {
  // What a page asks for is noted; scans go no further, so that what stands stays.
  const watch = async (at, through = () => false) => {
    const asked = [];
    await at.route("**/ask", (route) => {
      const command = route.request().postDataJSON();
      asked.push(command);
      return command.command !== "scan" || through(command) ? route.continue() : route.fulfill({ status: 202 });
    });
    return asked;
  };
  const other = (asked) => asked.filter((it) => !["scan", "beat"].includes(it.command));
  // A verdict that gives way to the next is told as not decided: that is nobody's decision.
  const still = (it) => it.of("decision").every((event) => event.decision === "not-decided") && !it.of("relay").some((event) => event.closed);
  const stands = () => page.evaluate(() => document.querySelector(".verdict")?.dataset.code ?? null);

  const row_02_scans = async () => {
    for (const [name, picture, lengths] of [["red", "32-revoked-by-serial.png", 400], ["amber", "22-unknown-key.png", 40], ["green", "00-hangul-name.png", 40]]) {
      const it = await Reader.start(folder("keys-" + name, picture), "--fps", "20", "--lang", "en", "--unattended", "3600");
      await page.goto(it.address + "/");
      await stage("verdict");
      const code = await stands(), typist = await Typist.at(context, page), asked = await watch(page);
      const clear = async (what) => {
        // What was decided is asked for a moment later, on a busy machine several.
        await page.evaluate(() => new Promise((go) => setTimeout(go, 300)));
        check(other(asked).length === 0, `${name} ${what}: only scans are asked for, and not ${JSON.stringify(other(asked).slice(0, 3))}`);
        check(still(it), `${name} ${what}: nothing is decided, no gate moves`);
        asked.length = 0;
      };
      const buttons = await page.$$eval("#keys button", (all) => all.map((at) => at.id));
      // Every length up to a line of a code, then some, with the focus on whatever can be pressed.
      const tried = [...Array(lengths + 1).keys()].filter((length) => length <= 100 || length % 19 === 0);
      // What this row asks is whether something was decided; a page that is not there is opened again, and said.
      const focus = (id) => page.focus("#" + id, { timeout: 20000 }).catch(async () => {
        const now = await page.evaluate(() => [location.pathname, { ...document.documentElement.dataset }, document.body.innerText.slice(0, 400)]).catch(String);
        console.log(`${name}: no ${id} on ${JSON.stringify(now)}; ${JSON.stringify(it.events.filter((one) => one.event !== "lamps").slice(-6))} ${it.said.slice(-400)}`);
        check(still(it) && other(asked).length === 0, `${name}: nothing is decided where ${id} has gone`);
        await page.goto(it.address + "/");
        await page.focus("#" + id);
      });
      for (const length of tried) {
        await focus(buttons[length % buttons.length]);
        await typist.type([...text(length), "Enter"]);
      }
      const heard = asked.filter((it) => it.command === "scan").map((it) => it.text.length);
      check(heard.length >= tried.length * 0.9, `${name}: scans of ${heard.length} lengths of ${tried.length} reach the terminal`);
      await clear(`lengths up to ${lengths}`);
      for (const pause of [1, 5, 20, 45, 80, 150, 400]) for (const what of [[], ["1"], [" "], ["a", "b", "c"], [..."BP1: X"]]) {
        await focus(buttons[pause % buttons.length]);
        await typist.type([...what, "Enter"], pause);
      }
      await clear("every speed");
      // Every control character and every key that is no letter: alone, at the end, in the middle.
      for (const byte of [...control, ...keys]) {
        await focus(buttons[0]);
        await typist.type([byte]);
        await typist.type([byte, "Enter"]);
        await typist.type(["1", byte, "Enter"]);
        await typist.type([...text(5), byte, ...text(5), "Enter", byte, byte]);
      }
      for (const modifier of [1, 2, 4, 8, 3, 10]) await typist.type([["Enter", modifier], [" ", modifier], ["F8", modifier], ["Escape", modifier]]);
      await clear("every control character");
      // A key that got stuck in the middle of a scan, and keys pressed together.
      // Moments are given when a key is sent: what belongs together is sent together, however late the browser hears of it.
      await Promise.all([typist.type(text(12)), typist.down("Enter")]);
      await typist.rest(900);
      await typist.up("Enter", 0, 900);
      await typist.rest(400);
      await Promise.all([typist.down("a"), typist.down("Enter")]);
      await typist.rest(900);
      await Promise.all([typist.up("Enter", 0, 900), typist.up("a")]);
      await typist.rest(400);
      await typist.hold("Enter", 900, 8);
      await typist.rest(400);
      await Promise.all([typist.down("Enter"), ...[...Array(20)].map(() => typist.down("Enter", 0, { autoRepeat: true })), typist.up("Enter")]);
      await clear("stuck keys and chords");
      check(name === "green" || await stands() === code, `${name}: the verdict stands`);
      // What goes through is judged, and decides nothing.
      await page.unroute("**/ask");
      await typist.rest(400);
      await typist.type([..."https://example.org/", "Enter"]);
      await page.waitForFunction(() => document.querySelector(".verdict")?.dataset.code === "11");
      check(still(it), `${name}: a scan that is judged decides nothing`);
      check(await it.end() === 0, "asked to stop, it ends with status 0");
    }
  };

  const row_02_held = async () => {
    const it = await Reader.start(folder("held", "32-revoked-by-serial.png"), "--fps", "20", "--lang", "en");
    await page.goto(it.address + "/");
    const typist = await Typist.at(context, page);
    const decided = async (how, decision) => {
      await stage("verdict");
      await page.waitForFunction(() => document.activeElement?.classList.contains("chosen"));
      await typist.rest(400);
      const before = it.of("decision").length;
      await how();
      await soon(() => it.of("decision").length > before, `a held key decides: ${decision}`);
      check(it.of("decision").at(-1)?.decision === decision, `${decision}: ${JSON.stringify(it.of("decision").at(-1))}`);
      await typist.rest(400);
      await page.waitForFunction(() => ["decision", "assisting"].includes(document.documentElement.dataset.stage));
      await typist.hold("Escape");
    };
    for (const key of ["Enter", " ", "F8"]) await decided(() => typist.hold(key), "turned-back");
    await decided(() => typist.hold("F10"), "assisted");
    // Its progress is seen, and a short press is told what is missing.
    await stage("verdict");
    await typist.rest(400);
    await typist.down("Enter");
    await page.waitForSelector("#hold.hold:not([hidden])");
    await shot("hold");
    await page.waitForSelector("#hold.release:not([hidden])");
    check(await page.evaluate(() => document.querySelector(".held")?.id) === "choice-turn-back", "what is held is marked");
    // Another key ends it.
    await typist.type(["ArrowRight"]);
    await typist.up("Enter");
    await page.waitForSelector("#hold[hidden]", { state: "attached" });
    await typist.rest(400);
    // A page that is opened while a verdict stands has the keyboard where the decision is.
    await page.reload();
    await stage("verdict");
    await page.waitForFunction(() => document.activeElement?.id === "choice-turn-back", null, { timeout: 10000 });
    await typist.rest(400);
    const before = it.of("decision").length;
    await typist.type(["Enter"]);
    await page.waitForSelector("#hold.tap:not([hidden])");
    check(it.of("decision").length === before, "a short press decides nothing, and it is said");
    await shot("tap");
    check(await it.end() === 0, "asked to stop, it ends with status 0");
  };

  // In dialogs, in fields, on every page: nobody signs in, no number is looked up, no page is left by a scan.
  const row_02_pages = async () => {
    const it = await Reader.start(folder("pages", "32-revoked-by-serial.png"), "--fps", "20", "--lang", "en");
    await page.goto(it.address + "/");
    await stage("verdict");
    const typist = await Typist.at(context, page), asked = await watch(page);
    const scan = [..."7", "Tab", ..."834921", "Enter"], lines = [scan, ["Enter"], [..."834921", "Enter"], ["Escape"], ["F8"], [["m", 2]], [["j", 2]], [" "], [..."x ", "Enter"]];
    for (const id of ["officer", "number", "grounds", "menu", "keyboard"]) {
      await page.evaluate((it) => document.getElementById(it).showModal?.(), id);
      for (const line of lines) await typist.type(line);
      await typist.rest(350);
      check(other(asked).length === 0, `${id}: a scan asks for nothing else: ${JSON.stringify(other(asked))}`);
      check(await page.evaluate((it) => document.getElementById(it).open ?? true, id), `${id}: it stays open`);
      const left = await page.$$eval(`#${id} input`, (all) => all.map((at) => at.value).join(""));
      check(!left.includes("834921"), `${id}: what was scanned does not stay in a field: ${left}`);
      await page.evaluate((it) => document.getElementById(it).close?.(), id);
    }
    // By a person, held at the end: it is sent.
    await page.evaluate(() => document.getElementById("number").showModal());
    await page.focus("#number input");
    await typist.type([..."00101-1963"], 90);
    await typist.rest(400);
    await typist.hold("Enter");
    await soon(() => other(asked).length > 0, "a key that is held in a field sends it");
    check(other(asked).map((it) => it.number).join() === "00101-1963", `a number that is typed and held is looked up: ${JSON.stringify(asked)}`);
    asked.length = 0;
    for (const path of ["supervisor", "notice", "slip", "traveller"]) {
      await page.goto(`${it.address}/${path}`);
      for (let i = 0; i < 6; i += 1) {
        await typist.type(["Tab"]);
        for (const line of lines) await typist.type(line);
      }
      for (const byte of [...control, ...keys]) await typist.type([byte, "Enter"]);
      check(other(asked).length === 0, `${path}: only scans are asked for: ${JSON.stringify(other(asked))}`);
      check(new URL(page.url()).pathname === "/" + path, `${path}: the page is not left`);
    }
    check(still(it), "nothing was decided");
    await page.unroute("**/ask");
    check(await it.end() === 0, "asked to stop, it ends with status 0");
  };
  return { row_02_scans, row_02_held, row_02_pages };
};
