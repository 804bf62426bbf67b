// A new officer's morning at the station's desk: what the handbook says, done by the words that stand on the pages and by nothing
// else, no address and no name of a field, in one language or in each. At the end everything that the handbook names was used.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { serious } from "./eyes.mjs";
import { browser } from "./stand.mjs";

const [station, ...chosen] = process.argv.slice(2);
const langs = chosen.length ? chosen : ["zh", "ko", "en"];
const root = fileURLToPath(new URL("../../src/words/", import.meta.url));
let passed = 0, failed = 0;
const check = (is, what) => { if (is) passed += 1; else { failed += 1; console.log("FAILED: " + what); } };

// What the words room says in a language; a message of one line, which is all that buttons and headings have.
const words = (lang) => {
  const all = new Map();
  for (const room of ["desk", "station", "cases", "card", "delegation", "handbook"]) {
    for (const line of readFileSync(join(root, lang, room + ".ftl"), "utf8").split("\n")) {
      const [, id, text] = line.match(/^([a-z][a-z0-9-]*) = (.*)$/) ?? [];
      if (id) all.set(id, text);
    }
  }
  return (id) => all.get(id) ?? id;
};
// What the handbook calls by its name.
const named = new Set([...readFileSync(join(root, "en/handbook.ftl"), "utf8").matchAll(/\{ ([a-z-]+) \}/g)].map(([, id]) => id));
// No demonstration asks for a number and a passphrase; roles stand in headings alone.
for (const it of ["desk-enter-number", "desk-enter-passphrase", "desk-enter", "role-counter"]) named.delete(it);
const names = { zh: "中文", ko: "한국어", en: "English" };

// Twelve who come that morning: class, names, birth as each writes it.
const people = [
  ["resident", "김하나", "Kim Hana", "1931-4-2"],
  ["foreign-resident", "박두리", "Pak Turi", "1925/12/30"],
  ["state-employee", "赵三江", "Zhao Sanjiang", "1929年5月21日"],
  ["resident", "李四海", "Li Sihai", "19400101"],
  ["resident", "최다섯", "Choe Tasot", "1935년 7월 9일"],
  ["foreign-resident", "정여섯", "Jong Yosot", "1918-02-28"],
  ["state-employee", "孙七星", "Sun Qixing", "1938/3/3"],
  ["resident", "오여덟", "O Yodol", "1944-11"],
  ["foreign-resident", "윤아홉", "Yun Ahop", "1909"],
  ["resident", "임열", "Im Yol", "1950. 6. 15."],
  ["state-employee", "周十一", "Zhou Shiyi", "1932-8-8"],
  ["resident", "한열둘", "Han Yoltul", "1947年2月"],
];
const drawn = fileURLToPath(new URL("../../src/station/pages/tests/portrait.png", import.meta.url));
// Writes rows below the names of an empty table, each cell in the column of its name, as text.
const FILL = `
import re, sys, zipfile
from xml.sax.saxutils import escape
lines = [line.split(",") for line in sys.stdin.read().split("\\n")]
old = zipfile.ZipFile(sys.argv[1])
shared = re.findall("<t[^>]*>([^<]*)</t>", old.read("xl/sharedStrings.xml").decode())
sheet = old.read("xl/worksheets/sheet1.xml").decode()
places = {shared[int(text)]: place for place, text in re.findall('<c r="([A-Z]+)1"[^>]*t="s"[^>]*><v>([0-9]+)</v>', sheet)}
rows = ""
for number, line in enumerate(lines[1:], 2):
    cells = sorted(((places[name], text) for name, text in zip(lines[0], line)), key=lambda it: (len(it[0]), it[0]))
    rows += f'<row r="{number}">' + "".join(f'<c r="{place}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>' for place, text in cells) + "</row>"
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as new:
    for name in old.namelist():
        data = old.read(name)
        new.writestr(name, sheet.replace("</sheetData>", rows + "</sheetData>").encode() if name == "xl/worksheets/sheet1.xml" else data)
`;
// Officers of the demonstration, by what they do.
const does = { counter: 3, police: 4, border: 5, supervisor: 1 };

for (const lang of langs) await morning(lang);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

async function morning(lang) {
  const t = words(lang), used = new Set(), home = mkdtempSync(join(tmpdir(), "permit-morning-"));
  const shots = join(process.env.SCREENS, "morning", lang);
  mkdirSync(shots, { recursive: true });
  const child = spawn(station, ["--lang", lang, "--state", join(home, "desk"), "serve", "--demo", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
  const leave = () => { child.kill(); rmSync(home, { recursive: true, force: true }); };
  process.once("exit", leave);
  const address = await new Promise((go, no) => {
    createInterface({ input: child.stdout }).on("line", go);
    child.on("exit", (status) => no(new Error(`permit-station ended with ${status}`)));
  });
  const context = await browser(join(home, "profile")), page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(10000);
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => { if (/Content Security Policy/.test(message.text())) wrong.push(message.text()); });
  page.on("dialog", (dialog) => { wrong.push("dialog " + dialog.message()); dialog.dismiss(); });
  await page.addInitScript(() => { window.printed = 0; window.print = () => { window.printed += 1; }; });
  const began = Date.now();
  let steps = 0, shown = 0;
  const exactly = (text) => new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(\\s*\\d+)?\\s*$`);
  // A button or a link by what stands on it; a list of the margin has its count behind its name.
  const press = async (id, among = page.locator("body")) => {
    used.add(id);
    const name = exactly(t(id)), found = among.getByRole("button", { name }).or(among.getByRole("link", { name }));
    const count = await found.count();
    if (!count) throw new Error(`${lang}: nothing says "${t(id)}" on "${await page.title()}": ${(await page.textContent("main")).replace(/\s+/g, " ").slice(0, 400)}`);
    steps += 1;
    await Promise.all([page.waitForNavigation(), found.first().click()]);
  };
  const sheet = page.locator("main");
  const field = (id, nth = 0) => sheet.getByLabel(t(id), { exact: true }).nth(nth);
  const write = async (id, text, nth = 0) => { steps += 1; await field(id, nth).fill(text); };
  const choose = async (id) => { steps += 1; await sheet.getByLabel(t(id), { exact: true }).check(); };
  const shot = async (name) => {
    shown += 1;
    await page.screenshot({ path: join(shots, `${String(shown).padStart(2, "0")}-${name}.png`), fullPage: true });
    const found = await serious(page);
    check(found.length === 0, `${lang} axe ${name}: ${found}`);
  };
  const says = async (id, what) => check((await sheet.textContent()).includes(t(id)), `${lang} ${what}: "${t(id)}" in ${(await sheet.textContent()).replace(/\s+/g, " ").slice(0, 300)}`);
  // Another officer takes the seat.
  const seat = async (role) => {
    if (await page.getByRole("button", { name: exactly(t("desk-leave")) }).count()) await press("desk-leave");
    await page.locator(`.people button:nth-of-type(${does[role]})`).click();
    await page.waitForLoadState();
    const own = page.getByRole("button", { name: names[lang] });
    if (await own.getAttribute("aria-pressed") !== "true") await Promise.all([page.waitForNavigation(), own.click()]);
  };
  const open = async (queue, name) => {
    await press(queue, page.locator("nav"));
    if (queue === "desk-queue-expiring") await shot("expiring");
    const row = sheet.locator("tr", { hasText: name });
    if (await row.count() === 0) throw new Error(`${lang}: ${name} is not in ${t(queue)}`);
    steps += 1;
    await Promise.all([page.waitForNavigation(), row.first().getByRole("link").first().click()]);
  };
  // What the browser's menu does.
  const paper = async () => {
    used.add("desk-print-now");
    steps += 1;
    await sheet.getByRole("button", { name: t("desk-print-now") }).click();
    check(await page.evaluate(() => window.printed) === 1, `${lang}: it is printed once`);
  };
  const latin = (who) => who[2].toUpperCase();

  // Taking in.
  const apply = async (who, mistaken) => {
    const [kind, native, name, birth] = who;
    await press("desk-start", page.locator("nav"));
    await press("desk-new");
    await choose("desk-journey-private");
    await choose(`class-${kind}`);
    await press("desk-go-on");
    if (kind === "state-employee") await choose("paper-personnel-letter");
    if (kind === "resident") {
      await write("desk-paper-place", "온성");
      await write("desk-paper-issuer", "演示公社一");
    } else {
      await write("desk-paper-issuer", "演示单位");
      if (kind === "foreign-resident") await write("desk-paper-issuer", "演示部门", 1);
    }
    await write("desk-paper-dated", "1963-9-1");
    if (kind !== "state-employee") await write("desk-paper-dated", "1963/9/2", 1);
    if (kind === "state-employee") {
      await press("desk-go-on");
      await press("desk-step-fill");
    }
    await write("card-name-native", native);
    await write("card-name-latin", mistaken ?? name);
    await write("card-birth", birth);
    const region = field("card-home"), offered = await page.locator(`#${await region.getAttribute("list")} option`).first().getAttribute("value");
    await write("card-home", offered);
    if (who === people[0] || kind === "state-employee") await shot(`form-${kind}`);
    if (who === people[1]) {
      // The applicant comes back with what is missing.
      await press("desk-keep");
      await open("desk-queue-drafts", latin(who));
      await press("desk-step-fill");
    }
    await press("desk-hand-in");
    await says("state-submitted", `${name} is handed in`);
  };

  await page.goto(address);
  await shot("sign-in");
  await seat("counter");
  await shot("today");
  await press("desk-handbook", page.locator("nav"));
  await shot("handbook");
  for (const who of people) await apply(who, who === people[4] ? "Choe Tsaot" : who === people[8] ? "Yun Aohp" : undefined);
  await shot("taken-in");

  // A journey for work is told so, and kept nowhere.
  await press("desk-start", page.locator("nav"));
  await press("desk-new");
  await choose("desk-journey-work");
  await choose("class-resident");
  await press("desk-go-on");
  await says("desk-not-this-permit", "a journey for work");
  await shot("work");

  // Deciding.
  const approve = async (who) => {
    await press("desk-step-approve");
    if (who === people[0]) await shot("sign");
    await press("desk-sign");
  };
  await seat("police");
  for (const who of people.slice(0, 11)) {
    await open("desk-queue-submitted", who === people[4] ? "CHOE TSAOT" : who === people[8] ? "YUN AOHP" : latin(who));
    await press("desk-step-review");
    if (who === people[0]) await shot("under-review");
    if (who !== people[9] && who !== people[4]) await approve(who);
  }
  // One lacks something.
  await open("desk-queue-submitted", latin(people[11]));
  await press("desk-step-want");
  await choose("paper-commune-letter");
  await shot("something-missing");
  await press("desk-step-want");
  await says("state-incomplete", "something is missing");
  // A refusal that the second does not stand for.
  await open("desk-queue-review", latin(people[4]).replace("TASOT", "TSAOT"));
  const refusal = async () => {
    await press("desk-step-propose-refusal");
    await choose("ground-not-resident");
    await write("desk-grounds-words", "거주지가 국경지역이 아닙니다.");
  };
  await refusal();
  await press("desk-go-on");
  await press("desk-sign");
  await seat("border");
  await open("desk-queue-refusals", "CHOE TSAOT");
  await press("desk-step-drop-refusal");
  await press("desk-step-drop-refusal");
  await says("state-under-review", "the review goes on");
  await seat("police");
  // One refusal, by two.
  await open("desk-queue-review", latin(people[9]));
  await refusal();
  await shot("refusal");
  await press("desk-go-on");
  await press("desk-sign");
  await seat("border");
  await open("desk-queue-refusals", latin(people[9]));
  await press("desk-step-refuse");
  await shot("refusal-second");
  await press("desk-sign");
  await says("state-refused", "it is refused by two");
  await press("desk-decision");
  await paper();
  await shot("notice-of-refusal");
  for (const who of people.filter((it) => it[0] === "state-employee")) {
    await open("desk-queue-review", latin(who));
    await approve(who);
  }

  // A misspelling seen while it is under review: corrected by the counter, and approved as it is now.
  await seat("counter");
  await open("desk-queue-review", "CHOE TSAOT");
  await press("desk-step-correct");
  await write("card-name-latin", "Choe Tasot");
  await write("desk-correct-why", "옮겨 적을 때의 잘못");
  await press("desk-compare");
  await shot("correct");
  await press("desk-step-correct");
  // What was missing is brought.
  await open("desk-queue-incomplete", latin(people[11]));
  await press("desk-step-fill");
  await write("desk-paper-issuer", "演示公社一");
  await write("desk-paper-dated", "1963-9-3");
  await press("desk-hand-in");
  await says("state-submitted", "what was missing is there");
  await seat("police");
  await open("desk-queue-review", "CHOE TASOT");
  await approve(people[4]);
  await open("desk-queue-submitted", latin(people[11]));
  await press("desk-step-review");
  await approve(people[11]);

  // Signing, printing, reading back, handing over.
  const printed = async (who, name) => {
    await page.waitForFunction(() => [...document.images].every((it) => it.complete && it.naturalWidth > 0));
    if (who === people[0]) await shot("print");
    const drawn = await page.locator(".prints img").first().getAttribute("src");
    const scan = await context.newPage(), picture = join(home, "scan.png");
    const wire = await context.newCDPSession(scan);
    await wire.send("Emulation.setDeviceMetricsOverride", { width: 620, height: 460, deviceScaleFactor: 3, mobile: false });
    await scan.goto(new URL(drawn, address).href);
    writeFileSync(picture, await scan.screenshot());
    await scan.close();
    await paper();
    await press("desk-printed");
    await press("desk-step-read-back");
    await field("desk-read-picture").setInputFiles(picture);
    if (who === people[0]) await shot("read-back");
    await press("desk-step-read-back");
    await says("state-read-back", `${name}: it is read back`);
  };
  const handed = async (who, name) => {
    if (who === people[0]) await open("desk-queue-to-hand-over", name);
    await press("desk-step-hand-over");
    if (who === people[0]) await shot("hand-over");
    await press("desk-step-hand-over");
    await says("state-active", `${name}: it is handed over`);
  };
  await seat("counter");
  const given = people.filter((it) => it !== people[9]);
  for (const who of given) {
    const name = who === people[8] ? "YUN AOHP" : latin(who);
    await open("desk-queue-approved", name);
    await press("desk-step-issue");
    if (who === people[2]) {
      await press("desk-portrait");
      await field("desk-portrait-file").setInputFiles(drawn);
      await page.waitForSelector("#crop canvas", { state: "visible" });
      await shot("portrait");
      await press("desk-portrait-keep");
    }
    await printed(who, name);
    await handed(who, name);
  }
  await shot("handed-over");
  // Several at once: what the desk had to print before.
  await press("desk-queue-to-print", page.locator("nav"));
  await press("desk-several");
  await press("desk-several-look");
  await shot("several");
  await paper();
  await press("desk-printed");

  // A card is lost: its holder says so at the counter and gets the next copy.
  const find = async (name) => {
    await press("desk-search", page.locator("nav"));
    await write("card-name", name);
    await press("desk-search", sheet);
    await Promise.all([page.waitForNavigation(), sheet.locator("tr", { hasText: name.toUpperCase() }).last().getByRole("link").first().click()]);
  };
  await find("Li Sihai");
  await press("desk-step-lose");
  await shot("lost");
  await press("desk-step-lose");
  await says("state-lost", "it is lost");
  await press("desk-step-reprint");
  await press("desk-step-reprint");
  await printed(people[3], "the next copy");
  await handed(people[3], "the next copy");

  // A misspelling that is seen on the card.
  await find("Yun Aohp");
  await press("desk-amend");
  await shot("correct-the-permit");
  await write("desk-paper-issuer", "演示单位");
  await write("desk-paper-issuer", "演示部门", 1);
  await write("desk-paper-dated", "1963-9-1");
  await write("desk-paper-dated", "1963-9-2", 1);
  await write("card-name-latin", "Yun Ahop");
  await press("desk-hand-in");
  await seat("police");
  await open("desk-queue-submitted", "YUN AHOP");
  await press("desk-step-review");
  await approve(people[8]);
  await seat("counter");
  await open("desk-queue-approved", "YUN AHOP");
  await press("desk-step-issue");
  await printed(people[8], "the corrected permit");
  await handed(people[8], "the corrected permit");
  await find("Yun Aohp");
  await says("state-superseded", "the one before is replaced");

  // Renewing, withdrawing, giving back, revoking.
  await open("desk-queue-expiring", "DOKGO MARU");
  await press("desk-renew");
  await shot("renew");
  await open("desk-queue-incomplete", "HWANGBO DEUL");
  await press("desk-step-withdraw");
  await press("desk-step-withdraw");
  await says("state-withdrawn", "it is withdrawn");
  await find("Kim Hana");
  await press("desk-step-surrender");
  await press("desk-step-surrender");
  await says("state-surrendered", "it is given back");
  await seat("police");
  await find("Pak Turi");
  await press("desk-step-propose-revocation");
  await choose("ground-misuse");
  await write("desk-grounds-words", "통행증을 다른 사람에게 빌려주었습니다.");
  await press("desk-go-on");
  await press("desk-sign");
  await seat("border");
  await find("Pak Turi");
  await press("desk-step-revoke");
  await press("desk-sign");
  await says("state-revoked", "it is revoked by two");
  await seat("counter");
  await press("desk-matters", page.locator("nav"));
  await write("desk-matter-words", "窗口的扫描仪太慢。");
  await press("desk-matter-raise");
  await shot("issue-raised");

  // Fifty from a table: the empty one, filled in as a spreadsheet does it, with a mistake first.
  await press("desk-batch", page.locator("nav"));
  await shot("batch");
  used.add("desk-batch-empty");
  const empty = page.waitForEvent("download");
  await sheet.getByRole("link", { name: t("desk-batch-empty") }).click();
  const book = join(home, "empty.xlsx");
  await (await empty).saveAs(book);
  const letter = (n) => String.fromCharCode(65 + n % 26);
  const rows = [...Array(50).keys()].map((n) => `resident,ko,온성,1963/9/1,演示公社,1963年9月2日,HYON ${letter(Math.floor(n / 26))}${letter(n)},1931/4/${n % 28 + 1},156,cn-yanji-county`);
  const head = "class,language,relative-letter,relative-letter-dated,commune-letter,commune-letter-dated,latin,birth,nationality,region";
  const looks = async (rows) => {
    const table = join(home, "table.xlsx");
    const filled = spawnSync("python3", ["-c", FILL, book, table], { input: [head, ...rows].join("\n"), encoding: "utf8" });
    check(filled.status === 0, `${lang}: the table is filled in: ${filled.stderr}`);
    await field("desk-batch-file").setInputFiles(table);
    await press("desk-batch-look");
  };
  await looks([rows[0].replace("1931/4/1", "1931/4/31"), ...rows.slice(1)]);
  await shot("batch-wrong");
  used.add("desk-batch-list");
  const list = page.waitForEvent("download");
  await sheet.getByRole("link", { name: t("desk-batch-list") }).click();
  await (await list).path();
  await looks(rows);
  await shot("batch-looked-at");
  await press("desk-batch-take");
  await page.waitForFunction(() => !document.querySelector("[name=digest]"), null, { timeout: 30000 });
  await shot("batch-taken-in");
  await press("desk-start", page.locator("nav"));
  await shot("end-of-morning");
  await press("desk-lock");
  await shot("locked");
  const unused = [...named].filter((it) => !used.has(it));
  check(unused.length === 0, `${lang}: the handbook names what was not used: ${unused}`);
  check(wrong.length === 0, `${lang}: nothing ran and nothing was refused: ${wrong}`);
  await context.close();
  process.removeListener("exit", leave);
  leave();
  console.log(`${lang}: ${steps} steps by their words, ${Math.round((Date.now() - began) / 1000)} s, ${shown} pictures`);
}
