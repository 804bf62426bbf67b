// The station's desk in a browser: each class from the application to a permit that was handed over, in each language, on the real program.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { serious, verdict } from "./eyes.mjs";
import { browser, enter } from "./stand.mjs";

const [station, permit, keys, lists, reader] = process.argv.slice(2);
const shots = join(process.env.SCREENS, "desk");
mkdirSync(shots, { recursive: true });
const home = mkdtempSync(join(tmpdir(), "permit-desk-"));
let passed = 0, failed = 0;
const check = (is, what) => { if (is) passed += 1; else { failed += 1; console.log("FAILED: " + what); } };

const child = spawn(station, ["--lang", "en", "--state", join(home, "desk"), "serve", "--demo", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
process.on("SIGTERM", () => process.exit(1));
const terminals = [];
process.on("exit", () => { for (const it of [child, ...terminals]) it.kill(); rmSync(home, { recursive: true, force: true }); });
let said = "";
child.stderr.on("data", (data) => { said += data; });
const address = await new Promise((go, no) => {
  createInterface({ input: child.stdout }).on("line", (line) => { said += line; go(line); });
  child.on("exit", (status) => no(new Error(`permit-station ended with ${status}: ${said}`)));
});
check(/^http:\/\/127\.0\.0\.1:\d+\/$/.test(address), `the first line is the address: ${address}`);

const context = await browser(join(home, "profile")), page = context.pages()[0] ?? (await context.newPage());
page.setDefaultTimeout(60000);
const wrong = [];
page.on("pageerror", (error) => wrong.push(error.message));
page.on("console", (message) => { if (/Content Security Policy/.test(message.text())) wrong.push(message.text()); });
page.on("dialog", (dialog) => { wrong.push("dialog " + dialog.message()); dialog.dismiss(); });
const at = (path) => page.goto(new URL(path, address).href);
const shot = async (name, whole = false) => {
  await page.screenshot({ path: join(shots, name + ".png"), fullPage: whole });
  const found = await serious(page);
  check(found.length === 0, `axe ${name}: ${found}`);
};
const press = async (selector) => { await Promise.all([page.waitForNavigation(), page.click(selector)]); };
const path = () => new URL(page.url()).pathname;

// Signs in as an officer of the demonstration, in a language.
const officer = async (number, lang) => {
  await context.clearCookies();
  await at("/enter");
  await press(`button[name=officer][value="${number}"]`);
  await press(`button[name=lang][value=${lang}]`);
};
const act = async (number, name) => { await at(`/applications/${number}`); await press(`form[action$="/${name}"] button`); };
const signed = async (number) => {
  await at(`/applications/${number}/approve`);
  await shot(`sign-${number}`);
  await press("button[value=sign]");
  check(path() === `/applications/${number}`, `${number} is approved: ${path()}`);
};

// A portrait, cut out in the page or, without its script, by the server; then the card, on which it is seen.
const drawn = fileURLToPath(new URL("../../src/station/pages/tests/portrait.png", import.meta.url));
const portrait = async (number, lang, scripted) => {
  const side = () => page.evaluate(async (path) => {
    const image = Object.assign(new Image(), { src: path });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 856, height: 540 });
    canvas.getContext("2d").drawImage(image, 0, 0, 856, 540);
    return [...canvas.getContext("2d").getImageData(160, 250, 1, 1).data.slice(0, 3)];
  }, `/applications/${number}/card-front.svg`);
  const empty = await side();
  if (!scripted) await page.route("**/portrait.js", (route) => route.abort());
  await at(`/applications/${number}/portrait`);
  await page.setInputFiles("[name=portrait]", drawn);
  if (scripted) {
    await page.waitForSelector("#crop canvas", { state: "visible" });
    const seen = () => page.evaluate(() => [...document.querySelector("#crop canvas").getContext("2d").getImageData(240, 20, 1, 1).data].join());
    const whole = await seen();
    await page.fill("#zoom", "0.6");
    check(await seen() !== whole, "what is seen changes with what is cut out");
  }
  await shot(`portrait-${lang}`, true);
  await press("button[value=keep]");
  check(path() === `/applications/${number}/print`, `${number} has a portrait: ${path()}`);
  const face = await side();
  check(Math.max(...face.map((it, n) => Math.abs(it - empty[n]))) > 20, `${number}: it is on the card: ${empty} became ${face}`);
  if (!scripted) await page.unroute("**/portrait.js");
};

// The real terminal before whose camera the printed card lies: green, and nothing that could be taken for a real one.
const crosses = async (number, lang, picture) => {
  const camera = join(home, `camera-${number}`);
  mkdirSync(camera);
  copyFileSync(picture, join(camera, "card.png"));
  const terminal = spawn(reader, ["--board", "sim", "--camera", camera, "--fps", "20", "--listen", "127.0.0.1:0", "--events", "-", "--lang", lang, "--state", join(home, `terminal-${number}`)], { stdio: ["ignore", "pipe", "pipe"] });
  terminals.push(terminal);
  let told = "";
  terminal.stderr.on("data", (data) => { told += data; });
  const link = await new Promise((go, no) => {
    createInterface({ input: terminal.stdout }).on("line", (line) => { told += line; if (line.startsWith("http")) go(line); });
    terminal.on("exit", (status) => no(new Error(`permit-reader ended with ${status}: ${told}`)));
  });
  if (link.includes("key")) await enter(context, link);
  const screen = await context.newPage();
  await screen.goto(new URL(link).origin + "/");
  await screen.waitForFunction(() => document.documentElement.dataset.stage === "verdict", null, { timeout: 60000 });
  const seen = await verdict(screen), all = await screen.textContent("body");
  check(seen.code === 0 && seen.look === "green" && seen.shape === "tick", `${number}: the terminal shows green: ${JSON.stringify(seen)}`);
  const specimen = { zh: "演示 · 样本", ko: "시연 · 견본", en: "DEMO · SPECIMEN" }[lang];
  check(all.includes(specimen), `${number}: under ${specimen}: ${all}`);
  check(!/NAMGUNG|남궁/.test(told), `${number}: no name is told: ${told}`);
  await screen.screenshot({ path: join(shots, `terminal-${lang}.png`) });
  await screen.close();
  terminal.removeAllListeners("exit");
  terminal.kill();
};

const classes = [["resident", "zh", 2], ["foreign-resident", "ko", 2], ["state-employee", "en", 1]];
await at("/enter");
await shot("enter");
await officer(1, "en");
await shot("start-supervisor");
for (const [kind, lang, papers] of classes) {
  await officer(3, lang);
  await shot(`start-${lang}`);
  await at("/new");
  await shot(`new-${lang}`);
  await page.check("input[name=journey][value=private]");
  await page.check(`input[name=class][value=${kind}]`);
  await press("button[value=go]");
  if (kind === "state-employee") await page.check("input[value=protection-letter]");
  for (let n = 0; n < papers; n += 1) {
    await page.fill(`[name=paper-${n}-issuer]`, "演示单位");
    await page.fill(`[name=paper-${n}-dated]`, "1963年9月1日");
  }
  if (kind === "state-employee") {
    await press("button[value=keep]");
    await at(`${path()}/fill`);
  }
  await page.fill("[name=native]", "남궁하늘");
  await page.fill("[name=latin]", "Namgung Hanul");
  await page.fill("[name=birth]", "1931/13/2");
  // A region that the station does not serve is said while the form is still filled in, and so that it is served now.
  await page.fill("[name=region]", "Pyongyang");
  await page.locator("[name=latin]").focus();
  await page.waitForSelector("#f-region .error");
  await shot(`region-${lang}`, true);
  await page.fill("[name=region]", "cn-yanji-county");
  await page.locator("[name=latin]").focus();
  await page.waitForSelector("#f-region:not(.wrong)");
  check(path().startsWith("/new/") || kind === "state-employee", `${kind}: nothing was handed in by it: ${path()}`);
  await press("button[value=submit]");
  await shot(`wrong-${lang}`, true);
  check(await page.locator(".summary a").count() === 1 && await page.locator(".wrong .error").count() === 1, `${kind}: one error, beside its field and on top`);
  await page.fill("[name=birth]", "1931년 4월 2일");
  if (kind !== "resident") {
    // Somebody of this name and birth was taken in before: named as soon as the field is left.
    await page.locator("[name=birth]").blur();
    await page.waitForSelector("#alike table");
    await shot(`alike-${lang}`, true);
  }
  await press("button[value=submit]");
  const number = Number(path().split("/").pop());
  check(number > 0, `${kind}: it has a number: ${path()}`);
  await shot(`application-${lang}`);
  await officer(4, lang);
  await act(number, "review");
  await signed(number);
  if (kind === "state-employee") { await officer(5, lang); await signed(number); }
  await officer(3, lang);
  if (kind === "state-employee") {
    // Signed with the portrait in its code, which the print below has to hold.
    await at(`/applications/${number}/portrait`);
    await page.setInputFiles("[name=portrait]", drawn);
    await page.check("input[name=code]");
    await shot("portrait-code", true);
    await press("button[value=keep]");
    check(/Portrait in the code: \D*\d+\D* bytes/.test(await page.textContent("main")), "the print says how much of the code is its portrait");
  } else await act(number, "issue");
  check(path() === `/applications/${number}/print`, `${kind}: it is signed: ${path()}`);
  if (kind !== "state-employee") await portrait(number, lang, kind === "resident");
  await page.waitForFunction(() => [...document.images].every((it) => it.complete && it.naturalWidth > 0));
  await shot(`print-${lang}`, true);
  await press("button[value=printed]");
  // The print as a scanner at about 290 dpi sees it.
  const scan = await context.newPage(), picture = join(home, `${number}.png`);
  const wire = await context.newCDPSession(scan);
  await wire.send("Emulation.setDeviceMetricsOverride", { width: 620, height: 460, deviceScaleFactor: 3, mobile: false });
  await scan.goto(new URL(`/applications/${number}/folded-outside.svg`, address).href);
  writeFileSync(picture, await scan.screenshot());
  await scan.close();
  const judged = spawnSync(permit, ["--lang", "en", "verify", picture, "--bundle", join(keys, "demo/bundle.cbor"), "--root", join(keys, "demo/root.cbor"), "--crossing", "3", "--side", "A", "--direction", "exit", "--at", "1963-09-10"], { encoding: "utf8" });
  check(judged.status === 0 && /\bValid\b/.test(judged.stdout) && !/not (yet )?valid/i.test(judged.stdout), `${kind}: the checkpoint says ${judged.stdout}${judged.stderr}`);
  await crosses(number, lang, picture);
  await at(`/applications/${number}/read-back`);
  await shot(`read-back-${lang}`);
  await page.setInputFiles("[name=picture]", picture);
  await press("button[value=read]");
  check(path() === `/applications/${number}`, `${kind}: it is read back: ${path()}`);
  await at(`/applications/${number}/hand-over`);
  await shot(`hand-over-${lang}`);
  await press("button[value=do]");
  check(await page.locator(".state.good").count() === 1, `${kind}: it is handed over`);
  check(await page.locator(".story li").count() >= 10, `${kind}: its story is told`);
  await shot(`done-${lang}`, true);
}
for (const it of ["search", "matters", "officers", "notice", "queues/to-hand-over", "applications/6/propose-refusal"]) {
  await officer(it.includes("refusal") ? 4 : 3, "en");
  await at("/" + it);
  await shot(it.replaceAll("/", "-"));
  if (it.startsWith("queues")) {
    for (const [key, row] of [["ArrowDown", 0], ["End", -1], ["Home", 0], ["ArrowUp", 0]]) {
      await page.keyboard.press(key);
      const is = await page.evaluate((row) => [...document.querySelectorAll("tbody a")].at(row) === document.activeElement, row);
      check(is, `${key} goes to the row ${row}`);
    }
    const last = await page.locator("tbody tr").last().locator("td").nth(1).textContent();
    const word = last.trim().split(/\s+/).find((it) => /^[A-Z]/.test(it));
    for (const letter of word.slice(0, 3).toLowerCase()) await page.keyboard.press(letter);
    const row = await page.evaluate(() => document.activeElement.closest("tr")?.textContent ?? "");
    check(row.split(/\s+/).some((it) => it.startsWith(word.slice(0, 3))), `letters go to a row with ${word.slice(0, 3)}`);
  }
}
// Going by keyboard alone: to an application by its number, to a list and to an act by a part of its name.
await officer(3, "en");
await page.keyboard.press("Control+k");
await page.keyboard.type("6");
await shot("go");
await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
check(path() === "/applications/6", `a number leads to its application: ${path()}`);
await page.keyboard.press("Control+k");
await page.keyboard.type("search");
await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
check(path() === "/search", `a part of a name leads there: ${path()}`);
await page.keyboard.press("Control+k");
await page.keyboard.type("zzz");
check(await page.locator("#goes .none").isVisible() && await page.locator("#goes li").count() === 0, "what is nowhere is said");
await page.keyboard.press("Escape");
check(!await page.locator("#goes").isVisible(), "Escape leaves");
await at("/applications/6/person");
check(await page.locator("tbody tr").count() >= 1, "everything of a person");
await shot("person");
// A refusal by two, and what the applicant is told.
await officer(4, "en");
await at("/applications/7/propose-refusal");
await page.check("input[value=not-resident]");
await page.fill("[name=words]", "거주지가 국경 지대가 아닙니다.");
await press("button[value=look]");
await press("button[value=sign]");
await officer(5, "zh");
await at("/applications/7/refuse");
await shot("refuse");
await press("button[value=sign]");
await at("/applications/7/decision");
check(/불허됐습니다/.test(await page.textContent(".letter")), "the notice is in the applicant's language");
await shot("decision");
// A case on the other side's request, from its receipt to the family's return; and a refusal of another kind by two.
await officer(7, "ko");
await at("/cases");
check(await page.locator("tbody tr").count() === 4 && /7/.test(await page.textContent("tbody tr")), "cases: whose time runs out first stands first");
await shot("cases-ko");
await at("/cases/new");
await shot("case-new-ko");
await page.check("input[value=army-family]");
await page.fill("[name=native]", "선우여름");
await page.fill("[name=latin]", "Seonu Yeoreum");
await page.fill("[name=birth]", "1931년 4월");
await page.selectOption("[name=people]", "3");
await page.fill("[name=basis]", "182");
await press("button[value=receive]");
const family = path();
for (const item of ["request", "consent"]) await press(`button[value=${item}]`);
await shot("case-ko");
await officer(4, "zh");
await at(family);
check(await page.locator(".grave").count() === 0, "a family of an army member is not refused");
await at(`${family}/approve`);
await shot("case-approve-zh");
await press("button[value=sign]");
await officer(7, "ko");
await at(`${family}/authorisation`);
check(await page.locator("article img, article svg").count() === 0, "an authorisation bears no code");
await shot("authorisation", true);
await page.emulateMedia({ media: "print" });
await page.screenshot({ path: join(shots, "authorisation-print.png"), fullPage: true });
await page.emulateMedia({ media: null });
for (const it of ["authorise", "depart", "return"]) { await at(`${family}/${it}`); if (it === "depart") await shot("case-depart-ko"); await press("button[value=do]"); }
check(await page.locator(".state.good").count() === 1 && await page.locator(".story li").count() === 7, "the case has ended, and its story is told");
await officer(4, "en");
await at("/cases/1/propose-refusal");
await page.check("input[value=false-statement]");
await page.fill("[name=words]", "진술한 친척 관계가 사실이 아닙니다.");
await press("button[value=look]");
await press("button[value=sign]");
await shot("case-refusal-en");
await officer(1, "en");
await at("/cases/1/refuse");
await press("button[value=sign]");
await at("/cases/1/decision");
check(/불허됐습니다/.test(await page.textContent(".letter")), "the notice of a case is in the person's language");
await at("/cases/ended");
await shot("cases-ended-en");
// A design of the station's own: looked at while it is changed, told what is wrong, used, and given up again.
for (const lang of ["zh", "ko", "en"]) {
  await officer(1, lang);
  await at("/designs/card");
  await page.waitForFunction(() => [...document.images].every((it) => it.complete && it.naturalWidth > 0));
  await shot(`design-${lang}`, true);
}
const front = await page.inputValue("#i-front"), shown = await page.getAttribute(".looks img", "src");
await page.fill("#i-front", front.replace("<defs>", "<defs><script/>"));
await page.waitForSelector("#seen .error");
await shot("design-wrong");
await page.fill("#i-front", front.replaceAll("#123f4b", "#5b1a2e"));
await page.waitForFunction((was) => (document.querySelector(".looks img")?.getAttribute("src") ?? was) !== was, shown);
await press("button[value=use]");
check(/JEGAL/.test(await page.textContent("main")), "who took a design into use is told");
await shot("designs");
await at("/designs/card");
await press("button[value=drop]");
// Special personnel: delegated by two supervisors, each at a seat of their own, taken up elsewhere, and their record home again.
await officer(1, "zh");
await at("/delegations/new");
await shot("delegate-zh", true);
await officer(1, "en");
await at("/delegations/new");
for (const [field, text] of [["number", "199"], ["quota", "40"], ["from", "1963-9-10"], ["through", "1963/11/30"], ["communes", "演示公社一\n演示公社二"]]) await page.fill(`[name=${field}]`, text);
for (const [field, value] of [["region", 3], ["officers", 3], ["officers", 4], ["second", 2]]) await page.check(`[name=${field}][value="${value}"]`);
await press("button[value=sign]");
check(path() === "/delegations" && await page.locator('a[href="/delegations/199/sign"]').count() === 1, "one has signed, and it waits for the other");
await officer(2, "ko");
await at("/delegations/199/sign");
await shot("delegate-sign-ko");
await press("button[value=sign]");
check(path() === "/delegations/199", `it is delegated: ${path()}`);
await shot("delegated-ko");
const file = (name) => join(home, name), [away, theirs, other] = ["away", "theirs", "other"].map(file);
for (const [from, to] of [["desk", "00199.desk"], ["station.toml", "station.toml"]]) {
  const answer = await context.request.get(new URL(`/delegations/199/${from}`, address).href);
  writeFileSync(file(to), await answer.body());
}
const runs = (program, ...line) => {
  const done = spawnSync(program, line, { encoding: "utf8" });
  check(done.status === 0, `${line.join(" ")}: ${done.stdout}${done.stderr}`);
};
const desk = (state, ...line) => runs(station, "--lang", "en", "--state", state, ...line);
desk(away, "take-up", file("00199.desk"));
runs(lists, file("lists.cbor"), "2", file("station.toml"));
desk(away, "lists", file("lists.cbor"), "--officer", "1");
// Somebody whom this desk knows, too.
writeFileSync(file("person.toml"), `class = "resident"
language = "ko"
commune = "演示公社一"
papers = [{ kind = "relative-letter", issuer = "온성", dated = "1963-09-01" }, { kind = "commune-letter", issuer = "演示公社一", dated = "1963-09-02" }]
permit = { latin = "NAMGUNG HANUL", native = "남궁하늘", birth = "1931-04-02", nationality = "156", region = "cn-yanji-county" }
`);
desk(away, "apply", file("person.toml"), "--officer", "3");
desk(away, "hand-back", file("home.bin"));
// And a record that another desk's special personnel of the same number hand back.
desk(other, "init", "--demo");
desk(other, "delegate", theirs, "--number", "199", "--region", "cn-yanji-county", "--commune", "演示公社一", "--from", "1963-09-10", "--through", "1963-09-30", "--quota", "1", "--officer", "3", "--sign", "1", "--sign", "2");
desk(theirs, "hand-back", file("other.bin"));
await officer(1, "en");
const merge = async (name, looked) => {
  await page.setInputFiles("[name=record]", file(name));
  if (looked) await page.check("[name=looked]");
  await press("button[value=take]");
};
await at("/delegations/merge");
await merge("other.bin");
check(/sealed for another station/.test(await page.textContent(".summary")), "another desk's file is refused");
await shot("merge-other");
await merge("home.bin");
check(/may be the same person/.test(await page.textContent("main")) && await page.locator("[name=looked]").count() === 1, "what conflicts is shown, and nothing is taken");
await shot("merge-conflict", true);
await merge("home.bin", true);
check(path() === "/delegations/199" && await page.locator("tbody tr").count() === 1, `it is taken: ${path()}`);
await shot("delegation-home", true);
// Several cards at once.
await officer(3, "en");
await at("/prints");
await shot("prints");
await press("button[value=look]");
await page.waitForFunction(() => [...document.images].every((it) => it.complete && it.naturalWidth > 0));
await shot("prints-sheets", true);
await page.emulateMedia({ media: "print" });
await page.screenshot({ path: join(shots, "prints-paper.png"), fullPage: true });
await page.emulateMedia({ media: null });
// A table of sixty people: one row is wrong, then all are taken in, and it goes on by itself to the end.
await officer(3, "ko");
await at("/batch");
const letter = (n) => String.fromCharCode(65 + n % 26), head = "class,language,relative-letter,relative-letter-dated,commune-letter,commune-letter-dated,latin,birth,nationality,region";
const people = [...Array(60).keys()].map((n) => `resident,ko,온성,1963-09-01,演示公社,1963-09-02,PAK ${letter(Math.floor(n / 26))}${letter(n)},1931,156,cn-yanji-county`);
const looks = async (rows) => {
  writeFileSync(file("table.csv"), [head, ...rows].join("\r\n"));
  await page.setInputFiles("[name=batch]", file("table.csv"));
  await press("button[value=look]");
};
await looks([...people, people[0].replace("1931", "1931-13")]);
check(await page.locator('a[href="/batch/wrong.xlsx"]').count() === 1 && !/PAK/.test(await page.textContent("main")), "what is wrong is listed without a name");
await shot("batch-wrong");
await looks(people);
await shot("batch-ko");
await page.click("button[value=take]");
await page.waitForFunction(() => document.querySelector(".note") && !document.querySelector("[name=digest]"), null, { timeout: 60000 });
check(/60/.test(await page.textContent(".note")), `all are taken in: ${await page.textContent(".note")}`);
await shot("batch-done");
// Every page that a link leads to, by every role, on three screens: two of a kind, and as axe sees them.
const screens = [["tablet", 820, 1180], ["large", 1920, 1080], ["desk", 1280, 800]], kinds = new Map();
for (const number of [1, 3, 4, 5, 7]) {
  await officer(number, "ko");
  const [waiting, known] = [["/"], new Set(["/"])];
  for (let it = waiting.shift(); it !== undefined; it = waiting.shift()) {
    const kind = `${number} ${it.replace(/\d+/g, "N")}`, seen = kinds.get(kind) ?? 0;
    if (seen === 2) continue;
    kinds.set(kind, seen + 1);
    const answer = await at(it);
    check(answer.status() === 200, `${number} at ${it}: ${answer.status()}`);
    for (const [name, width, height] of screens) {
      await page.setViewportSize({ width, height });
      check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: nothing of ${it} is beside the screen`);
      if (["/", "/applications/6", "/new/resident", "/queues/submitted"].includes(it) && name !== "desk") await shot(`${name}-${it.slice(1).replaceAll("/", "-") || "start"}-${number}`);
    }
    const found = await serious(page);
    check(found.length === 0, `axe ${number} at ${it}: ${found}`);
    const links = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")));
    for (const to of links) {
      if (!to.startsWith("/") || /\/desk$|\.(toml|svg|xlsx)$/.test(to) || known.has(to)) continue;
      known.add(to);
      waiting.push(to);
    }
  }
}
check(kinds.size > 80, `pages of every role were seen: ${kinds.size}`);
await officer(3, "en");
await page.emulateMedia({ colorScheme: "dark" });
await at("/");
await shot("start-dark");
await at("/applications/6");
await shot("application-dark");
check(wrong.length === 0, `nothing ran and nothing was refused: ${wrong}`);
check(!/NAMGUNG|Namgung|남궁/.test(said), `no name is told: ${said}`);
await context.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
