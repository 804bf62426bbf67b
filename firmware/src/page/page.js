// The pages' script: swaps in what changed, sends what was touched, draws the picture. It knows no rule and no word;
// keys are `keys.js`'s.
"use strict";
(() => {
  const root = document.documentElement, of = root.dataset.screen;
  const by = (id) => document.getElementById(id);
  // The key has done its work: it goes from the address.
  if (of === "enter") return location.replace(location.pathname);
  if (of === "stranger") return;
  const shown = {};
  let about = root.dataset.about || "", stage = root.dataset.stage;

  // --- commands
  async function ask(command) {
    try {
      const answer = await fetch("/ask", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Permit-Reader": "1" },
        body: JSON.stringify(command),
      });
      if (!answer.ok) say(document.body.dataset[answer.status === 503 ? "busy" : "refused"]);
    } catch { lost(true); }
  }
  function say(text, ms = 4000) {
    const box = by("said");
    if (!box || !text) return;
    box.textContent = text;
    box.hidden = false;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { box.hidden = true; }, ms);
  }
  // --- the supervisor's: the export as a file, and who else may come in
  async function download() {
    try {
      const answer = await fetch("/journal");
      if (!answer.ok) return say(document.body.dataset[answer.status === 409 ? "officer" : "refused"]);
      const link = document.createElement("a"), held = URL.createObjectURL(await answer.blob());
      Object.assign(link, { href: held, download: "journal.cbor" }).click();
      setTimeout(() => URL.revokeObjectURL(held), 60000);
    } catch { lost(true); }
  }
  async function tablets(allow) {
    try {
      const answer = await fetch("/tablets", {
        method: "POST", headers: { "Content-Type": "application/json", "X-Permit-Reader": "1" }, body: `{"allow":${allow}}`,
      });
      say(answer.ok ? await answer.text() : document.body.dataset.refused, answer.ok && allow === "true" ? 120000 : 4000);
    } catch { lost(true); }
  }
  async function pair(code) {
    const answer = await fetch("/pair", {
      method: "POST", headers: { "Content-Type": "application/json", "X-Permit-Reader": "1" }, body: JSON.stringify([code]),
    });
    if (answer.ok) location.replace("/"); else say(document.body.dataset.refused);
  }
  function lost(is) { const box = by("lost"); if (box) box.hidden = !is; root.classList.toggle("lost", is); }

  const on = () => ({
    night: root.dataset.night === "true", large: root.dataset.large === "true",
    "hide-names": root.dataset.hidden === "true", illuminate: root.dataset.lamp === "true",
  });
  function shut() { for (const open of document.querySelectorAll("dialog[open]")) open.close(); }
  function open(id) {
    shut();
    const dialog = by(id);
    if (id === "officer") { tried = null; wrong(""); }
    for (const input of dialog.querySelectorAll("input")) input.value = "";
    // Whoever signs in leaves help free for everybody.
    if (id === "officer") dialog.show(); else dialog.showModal();
  }
  // The start screen is sign-in: it comes by itself while nobody answers for what is decided here.
  let away = 0;
  function welcome() {
    const idle = ["waiting", "out-of-order"].includes(stage), said = document.querySelector("#stage .notice");
    if (of === "guard" && idle && root.dataset.locked === "true" && !said && Date.now() > away && !document.querySelector("dialog[open]")) open("officer");
  }

  document.addEventListener("click", (event) => {
    const at = event.target.closest("button");
    if (!at) return;
    const { ask: asked, open: opens, toggle, key } = at.dataset;
    if (opens && !asked) return open(opens);
    if ("close" in at.dataset) { away = Date.now() + 60000; return shut(); }
    if ("print" in at.dataset) return print();
    if ("download" in at.dataset) return download();
    if (at.dataset.tablets) return tablets(at.dataset.tablets);
    if (toggle) { ask({ command: toggle, on: !on()[toggle] }); return shut(); }
    if (key !== undefined) return press(at.closest("dialog"), key);
    if (!asked) return;
    const command = { command: asked, ...JSON.parse(at.dataset.with || "{}") };
    if (at.dataset.about) command.about = at.dataset.about === "now" ? about : at.dataset.about;
    const asking = ask(command);
    if (at.dataset.then) asking.then(() => location.assign(at.dataset.then));
    if (opens) open(opens); else shut();
  });

  // --- pads
  let field = null;
  document.addEventListener("focusin", (event) => { if (event.target.matches("dialog input")) field = event.target; });
  function press(dialog, key) {
    const input = field && dialog.contains(field) ? field : dialog.querySelector("input");
    input.value = key ? (input.value + key).slice(0, input.maxLength) : input.value.slice(0, -1);
  }
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const data = new FormData(event.target), form = event.target.dataset.form;
    if (form === "pair") pair(data.get("code"));
    else if (form === "number") ask({ command: "number", number: data.get("number") });
    else if (form === "appoint") ask({ command: "appoint", officer: Number(data.get("officer")), pin: data.get("pin"), role: data.get("role") || null });
    else if (form === "change-pin") ask({ command: "change-pin", old: data.get("old"), new: data.get("new") });
    else if (form === "set-clock") ask({ command: "set-clock", time: data.get("time") });
    else return enter(event.target, data);
    event.target.reset();
    shut();
  });

  // --- sign-in: the dialog stays until somebody is signed in, and says why nobody is
  let tried = null;
  const notice = () => document.querySelector("#stage .notice")?.textContent ?? "";
  function enter(form, data) {
    tried = { before: notice(), at: Date.now() };
    wrong("");
    form.elements.pin.value = "";
    form.elements.pin.focus();
    ask({ command: "sign-in", officer: Number(data.get("officer")), pin: data.get("pin") });
    // The same answer twice is no news.
    setTimeout(() => answered(root.dataset.duty === "true"), 3000);
  }
  function wrong(text) {
    const box = document.querySelector("#officer .wrong");
    box.textContent = text;
    box.hidden = !text;
  }
  function answered(signed) {
    if (!tried) return;
    const text = notice(), fresh = text && (text !== tried.before || Date.now() - tried.at > 2500);
    if (!signed && !fresh) return;
    tried = null;
    if (signed) by("officer").close();
    else if (by("officer").open) wrong(text);
  }

  // --- keyboard
  const buttons = { F8: "confirm", F9: "switch", F10: "assist" };
  function told(what, at) {
    const box = by("hold");
    for (const held of document.querySelectorAll(".held")) held.classList.remove("held");
    if (!box) return;
    clearTimeout(told.timer);
    box.hidden = !what;
    box.className = what;
    box.textContent = box.dataset[what] ?? "";
    if (what === "tap") told.timer = setTimeout(() => { box.hidden = true; }, 3000);
    else if (what && at !== document.body) at.classList.add("held");
  }
  keyboard({
    scan: (text) => { if (of !== "pair") ask({ command: "scan", text }); },
    act: (key, at) => {
      if (buttons[key]) { if (of === "guard") ask({ command: "press", button: buttons[key], about: at }); }
      else if (document.querySelector("dialog[open]")) { away = Date.now() + 60000; shut(); }
      else if (of === "guard") ask({ command: "dismiss", about: at });
    },
    // What stands there: whatever else changes is nobody's decision.
    mark: () => about || null,
    tell: told,
  });

  // --- news
  function swap(id, html) {
    const box = by(id);
    if (!box || shown[id] === html) return;
    const held = box.contains(document.activeElement) ? document.activeElement.id : null;
    shown[id] = html;
    box.innerHTML = html; // Written by the terminal, escaped there; the test of hostile strings watches this line.
    if (held && by(held)) by(held).focus();
  }
  // What must be read whole is made smaller until it is whole, and no smaller than can be read; then it scrolls.
  function fit() {
    for (const box of document.querySelectorAll(".say, .card, .calm")) {
      for (let share = root.dataset.large === "true" ? 1.32 : 1; share > 0.62; share -= 0.04) {
        box.style.setProperty("--fit", share.toFixed(2));
        if (box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1) break;
      }
    }
  }
  if (of === "guard") new ResizeObserver(fit).observe(by("stage"));
  function tell(news) {
    if (news.lang && news.lang !== root.lang) return location.reload();
    for (const [id, html] of news.parts) swap(id, html);
    root.dataset.night = news.night;
    if (news.large !== undefined) root.dataset.large = news.large;
    if (of !== "guard") return;
    const fresh = news.stage !== stage || news.about !== about;
    if (fresh && news.stage === "verdict") { shut(); sound(news.tones); }
    const unlocked = root.dataset.locked === "true" && !news.locked;
    if (unlocked) by("officer").close();
    answered(news.duty);
    Object.assign(root.dataset, { stage: news.stage, about: news.about, look: news.look, hidden: news.hidden, lamp: news.lamp, duty: news.duty, locked: news.locked });
    ({ stage, about } = news);
    fit();
    welcome();
    if (fresh || unlocked) choose();
  }
  // The keyboard is where the decision is, also on a page that was opened while a verdict stood.
  function choose() {
    if (!document.querySelector("dialog[open]")) document.querySelector("#keys .chosen")?.focus();
  }
  if (of === "pair") return;
  // --- the journal as codes, one after the other: no faster than is safe for eyes
  if (of === "codes") {
    const codes = [...document.querySelectorAll("#sequence .code")];
    let at = 0;
    const turn = () => { codes.forEach((code, number) => { code.hidden = number !== at; }); at = (at + 1) % codes.length; };
    if (codes.length) { turn(); setInterval(turn, 1000 / 3); }
  }
  welcome();
  if (of === "guard") choose();
  const events = new EventSource("/events" + (of === "guard" ? "" : "?" + of));
  events.onmessage = (event) => { lost(false); tell(JSON.parse(event.data)); };
  // A stream that is refused does not come again by itself. The page is asked for first: what is reloaded into an error
  // has no script any more to try again.
  const again = () => fetch(location.pathname).then((answer) => answer.ok, () => false).then((ok) => ok ? location.reload() : later());
  const later = () => setTimeout(again, 2000);
  events.onerror = () => {
    lost(true);
    if (events.readyState === EventSource.CLOSED) later();
  };

  // --- a sign of life, while what is drawn is drawn and news come: only a machine with a screen of its own wants it
  function live() {
    requestAnimationFrame(() => setTimeout(async () => {
      const open = events.readyState === EventSource.OPEN;
      const answer = open && await fetch("/beat", { method: "POST", headers: { "X-Permit-Reader": "1" } }).catch(() => null);
      if (!answer || answer.status !== 404) live();
    }, 2000));
  }
  live();

  // --- tones, where there is no buzzer
  function sound(tones) {
    if (!tones) return;
    const audio = (sound.audio ||= new AudioContext());
    let at = audio.currentTime;
    for (const tone of tones.split(" ")) {
      const [pitch, ms] = tone.split(":").map(Number);
      if (pitch) {
        const voice = audio.createOscillator(), gain = audio.createGain();
        gain.gain.value = 0.2;
        voice.frequency.value = pitch;
        voice.connect(gain).connect(audio.destination);
        voice.start(at);
        voice.stop(at + ms / 1000);
      }
      at += ms / 1000;
    }
  }

  // --- the picture
  async function look() {
    const canvas = by("picture");
    if (document.hidden || !["waiting", "looking", "updating"].includes(stage)) return;
    const answer = await fetch("/picture");
    if (answer.status !== 200) return;
    const outlines = answer.headers.get("X-Outlines") || "", bitmap = await createImageBitmap(await answer.blob());
    if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
    }
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    by("outline").setAttribute("viewBox", `0 0 ${bitmap.width} ${bitmap.height}`);
    const place = (pair) => pair.split(",").map((part, axis) => part / 10000 * (axis ? bitmap.height : bitmap.width)).join(",");
    const polygon = (points) => {
      const it = document.createElementNS("http://www.w3.org/2000/svg", "polygon");
      it.setAttribute("points", points.split(" ").map(place).join(" "));
      return it;
    };
    by("outline").replaceChildren(...outlines.split(";").filter(Boolean).map(polygon));
    by("eye").classList.add("on");
  }
  if (of === "guard") {
    const next = () => look().catch(() => {}).finally(() => setTimeout(next, 150));
    next();
  }
})();
