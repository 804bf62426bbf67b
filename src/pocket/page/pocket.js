// The page: what the guard or the holder touches, the camera, and the worker that reads and judges. It decides nothing
// and words nothing, keeps nothing of a permit, and asks the network for its own files and lists alone.
import { Camera, Reader, outlines } from "./eye.js";
import { alone, keeps, read, tell, told, write } from "./keep.js";
import { by, crossings, edge, explained, groups, notice, sound, speak, verdict, wake, word } from "./show.js";

const root = document.documentElement;
const MODES = { patrol: 0, holder: 1, lists: 2, root: 3 };
let state = {}, status = null, mode = MODES.patrol;

// --- the worker
// What fell or hangs is ended, another is started and furnished with the same, and the page says so.
let reader = null, restarting = null;
const may = (times) => {
  const goes = times <= 3 || status;
  if (!goes) failed();
  return goes;
};
const anew = () => { restarting = furnish().then(() => { if (status) notice(word("pocket-again")); }); };
const ask = (...it) => reader.ask(...it), call = (...it) => reader.call(...it);
function failed() {
  by("before").hidden = true;
  by("failed").hidden = false;
}
async function furnish() {
  const answer = await ask({ does: "open", kept: { ...state, mode } });
  if (!answer) return;
  speak(answer.words);
  if (answer.taken && !answer.taken.taken) notice(answer.taken.said);
  show(answer.status);
}

function show(fresh) {
  const other = status?.root?.hex !== fresh.root?.hex;
  status = fresh;
  if (other) installed();
  edge(status);
  button();
  for (const it of document.querySelectorAll("[data-lang]")) it.setAttribute("aria-pressed", String(Number(it.dataset.lang) === state.lang));
  by("storage").textContent = word(keeps ? "pocket-kept-short" : "pocket-not-kept");
  by("where").open ||= Boolean(status.lists) && state.place === undefined;
}
async function remember(change) {
  state = { ...state, ...change };
  await write(state);
}

// --- tabs of the page
async function go(tab, looking = MODES[tab] ?? mode) {
  root.dataset.tab = tab;
  installed();
  for (const it of document.querySelectorAll("[data-go]")) it.toggleAttribute("aria-current", it.dataset.go === tab);
  mode = looking;
  outlines(by("outline"), [], 1, 1);
  by("hint").textContent = by("gathered").textContent = "";
  clear();
  if (tab === "limits") stop();
  // No permit is judged where lists are gathered, and the other way round.
  show(await call("mode", [mode]) ?? status);
}
for (const it of document.querySelectorAll("[data-go]")) {
  it.onclick = () => { notice(""); if (it.dataset.go === "lists") stop(); go(it.dataset.go); };
}

// --- what was read
function clear() {
  by("verdicts").replaceChildren();
  by("explained").replaceChildren();
  by("next").hidden = true;
  by("waiting").hidden = false;
  delete by("eye").dataset.look;
}
by("next").onclick = async () => {
  clear();
  await call("mode", [mode]);
};
async function seen(it) {
  if (!it) return;
  if (it.status) show(it.status);
  if (it.fault) notice(it.fault);
  if (it.gathered && root.dataset.tab === "lists") by("gathered").textContent = it.gathered;
  if (it.root) offer(it.root);
  if (it.bundle) return gathered(it.bundle);
  if (it.said.length) {
    by("verdicts").replaceChildren(...it.said.map(verdict));
    by("eye").dataset.look = it.said[0].light;
    by("waiting").hidden = true;
    by("next").hidden = false;
    sound(it.said[0]);
  }
  if (it.explained) by("explained").replaceChildren(...explained(it.explained));
  if (it.said.length || it.explained) passed();
}
// The floor rises with what was judged: once a minute is enough.
let raised = 0;
async function passed() {
  if (Date.now() - raised < 60000) return;
  raised = Date.now();
  const fresh = await ask({ does: "clock", anew: false });
  if (fresh?.floor && fresh.floor > (state.floor ?? -Infinity)) await remember({ floor: fresh.floor });
}

// --- the camera
const eye = new Camera(by("video"));
let shown = 0, slow = false;
const REST = 120000;
function button() {
  by("camera").textContent = word(eye.track ? "pocket-camera-off" : "pocket-camera-on");
  by("eye").hidden = !eye.track;
}
async function camera() {
  if (eye.track) return stop();
  try {
    await eye.open(() => { stop(); notice(word("pocket-camera-lost"), 30); });
  } catch (error) {
    notice(word(error.name === "NotAllowedError" ? "pocket-camera-refused" : "pocket-camera-none"), 30);
    return;
  }
  const { track } = eye;
  const torch = track.getCapabilities?.().torch === true;
  by("lamp").hidden = !torch;
  by("lamp").onclick = async () => {
    const on = by("lamp").getAttribute("aria-pressed") !== "true";
    await track.applyConstraints({ advanced: [{ torch: on }] }).catch(() => {});
    by("lamp").setAttribute("aria-pressed", String(on));
  };
  shown = Date.now();
  button();
  look(track);
}
function stop() {
  eye.close();
  by("lamp").hidden = true;
  outlines(by("outline"), [], 1, 1);
  button();
}
by("camera").onclick = () => { wake(); camera(); };
async function look(track) {
  const begun = performance.now();
  if (eye.track !== track) return;
  if (Date.now() - shown > REST) { stop(); notice(word("pocket-camera-rest"), 60); return; }
  const frame = document.hidden ? null : eye.frame();
  if (frame) {
    const of = mode, it = await ask({ does: "frame", ...frame }, [frame.bytes.buffer]);
    if (it && eye.track === track && of === mode) {
      outlines(by("outline"), it.outlines, frame.width, frame.height);
      if (it.outlines.length || it.gathered) shown = Date.now();
      by("hint").textContent = it.hint ?? "";
      await seen(it);
    }
    await restarting;
  }
  // As many as the module reads, and four a second where power is short.
  setTimeout(() => look(track), Math.max(slow ? 250 : 5, 33 - (performance.now() - begun)));
}
document.addEventListener("visibilitychange", async () => {
  // Nothing watched the clock while the page slept.
  if (!document.hidden && reader) show(await ask({ does: "clock", anew: true }) ?? status);
});
async function power() {
  const battery = await navigator.getBattery?.();
  if (!battery) return;
  const told = () => {
    const low = battery.level <= 0.15 && !battery.charging;
    if (low && !slow) notice(word("pocket-power"));
    slow = low;
  };
  battery.onlevelchange = battery.onchargingchange = told;
  told();
}

// --- pictures and numbers
by("picture").onchange = async ({ target }) => {
  const [file] = target.files;
  target.value = "";
  if (!file) return;
  notice("");
  wake();
  await settled.catch(() => {});
  const it = await opened(new Uint8Array(await file.arrayBuffer()));
  if ((it?.absent || it?.foreign) && await known(file)) return;
  if (it?.absent) return notice(word("pocket-file-absent"));
  await seen(it);
  await restarting;
};
// Pictures are read by one module, pages of PDF files by another that is loaded only for these. Over a slow network that takes
// longer than any call may.
const LOADING = 300000;
async function opened(bytes) {
  for (const module of ["files.wasm", "pdf.wasm"]) {
    let told = setTimeout(() => { told = null; notice(word("pocket-file-loading"), LOADING / 1000); }, 1000);
    const there = await ask({ does: "load", module }, [], LOADING);
    if (told === null) notice("");
    clearTimeout(told);
    if (!there) return there === false ? { absent: true } : null;
    let going = false;
    const more = (said) => { going = true; notice(said, LOADING / 1000); };
    const it = await ask({ does: "file", module, bytes, kept: { ...state, mode } }, [], undefined, more);
    if (going && it) notice("");
    if (it?.foreign !== "PDF") return it;
  }
  return null;
}
// Kinds that the browser knows and no module does.
async function known(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return false;
  const share = Math.min(1, 4096 / Math.max(picture.width, picture.height));
  const drawn = new OffscreenCanvas(Math.round(picture.width * share), Math.round(picture.height * share));
  const on = drawn.getContext("2d");
  on.drawImage(picture, 0, 0, drawn.width, drawn.height);
  const bytes = new Uint8Array(on.getImageData(0, 0, drawn.width, drawn.height).data.buffer);
  await seen(await call("still", [drawn.width, drawn.height], bytes));
  return true;
}
by("number").onsubmit = async (event) => {
  event.preventDefault();
  notice("");
  wake();
  await settled.catch(() => {});
  await ask({ does: "clock", anew: false });
  await seen(await call("number", [], new TextEncoder().encode(event.target.elements.number.value)));
  event.target.reset();
};

// --- where one stands
by("where").ontoggle = () => { if (by("where").open && status) crossings(status); };
// Nothing is judged while the place changes: it would be shown for one place and asked at another.
let settled = Promise.resolve();
by("place").onchange = ({ target }) => { settled = settled.catch(() => {}).then(() => moved(target)); };
async function moved(target) {
  const form = by("place").elements;
  if (target === form.at) {
    await remember({ at: form.at.value });
    await call("at", [], new TextEncoder().encode(state.at));
  } else {
    const place = [form.crossing, form.side, form.direction].map((it) => Number(it.value));
    await remember({ place: place[0] ? place : null });
    await call("place", place);
  }
  clear();
  show(await ask({ does: "clock", anew: true }) ?? status);
  tell();
}

// --- root and lists
let waiting = null;
function offer(print, bundle = null) {
  stop();
  waiting = { print, bundle };
  compared();
  by("offered").hidden = false;
}
// The words of a fingerprint are asked of the module that has them, once; without it the groups are compared alone.
const prints = new Map();
async function spelt({ hex }) {
  if (!prints.has(hex) && await ask({ does: "load", module: "files.wasm" }, [], LOADING)) {
    const words = await ask({ does: "words", module: "files.wasm", bytes: new TextEncoder().encode(hex) });
    if (words) prints.set(hex, words);
  }
  return prints.get(hex);
}
const compared = () => groups(by("offered").querySelector("ol"), waiting?.print, spelt);
const installed = () => groups(by("fingerprint"), root.dataset.tab === "lists" ? status?.root : null, spelt);
by("root-same").onclick = () => alone(async () => {
  const { print, bundle } = waiting;
  by("offered").hidden = true;
  if (print.hex !== state.root) await remember({ root: print.hex, bundle: undefined, marks: undefined, place: undefined, at: undefined });
  await furnish();
  if (bundle) await take(bundle);
  tell();
});
by("root-other").onclick = () => { waiting = null; by("offered").hidden = true; };
by("root-scan").onclick = async () => { await go("lists", MODES.root); if (!eye.track) camera(); };
by("lists-codes").onclick = async () => { await go("lists", MODES.lists); if (!eye.track) camera(); };
by("lists-file").onchange = async ({ target }) => {
  const [file] = target.files;
  if (file) await given(new Uint8Array(await file.arrayBuffer()));
  target.value = "";
};
by("lists-server").onclick = async () => {
  const answer = await fetch("bundle.cbor", { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return notice(word("pocket-lists-unreachable"));
  await given(new Uint8Array(await answer.arrayBuffer()));
};
// A bundle, or a root alone. Without an installed root its fingerprint is compared first.
async function given(bytes) {
  const print = await call("root", [], bytes);
  if (print && (!state.root || !print.lists)) return offer(print, print.lists ? bytes : null);
  await alone(() => take(bytes));
}
async function take(bytes) {
  // Another tab may have taken newer ones in the meantime.
  const kept = await read();
  if (kept.marks !== state.marks) { state = { ...kept }; await furnish(); }
  await ask({ does: "clock", anew: false });
  const taken = await call("take", [], bytes);
  if (!taken) return;
  if (taken.taken) await remember({ bundle: bytes, marks: taken.marks });
  notice(taken.said);
  await furnish();
  if (taken.taken) tell();
}
async function gathered(bundle) {
  stop();
  by("gathered").textContent = "";
  await given(Uint8Array.from(bundle.match(/../g), (pair) => parseInt(pair, 16)));
}
by("forget").onclick = () => { by("forget-sure").hidden = false; };
by("forget-sure").onclick = () => alone(async () => {
  by("forget-sure").hidden = true;
  by("offered").hidden = true;
  state = { lang: state.lang, night: state.night };
  await write(state);
  await furnish();
  tell();
});
told(async () => {
  state = await read();
  await furnish();
  notice(word("pocket-lists-shared"));
});

// --- language and night
for (const it of document.querySelectorAll("[data-lang]")) {
  it.onclick = async () => {
    await remember({ lang: Number(it.dataset.lang) });
    clear();
    notice("");
    await furnish();
    compared();
    installed();
  };
}
function night(on) {
  root.dataset.night = String(on);
  by("night").setAttribute("aria-pressed", String(on));
}
by("night").onclick = async () => {
  await remember({ night: root.dataset.night !== "true" });
  night(state.night);
};

// --- the page itself: kept for when there is no network, and never changed under somebody's hands
async function offline() {
  const holder = navigator.serviceWorker;
  if (!holder) return;
  let had = Boolean(holder.controller);
  const registration = await holder.register("sw.js");
  const ready = (fresh) => { by("newer").hidden = false; by("take-newer").onclick = () => fresh.postMessage("take"); };
  if (registration.waiting && had) ready(registration.waiting);
  registration.onupdatefound = () => {
    const fresh = registration.installing;
    fresh.onstatechange = () => { if (fresh.state === "installed" && holder.controller) ready(fresh); };
  };
  // The first one takes over a page that came from the server: the same files.
  holder.oncontrollerchange = () => { if (had) location.reload(); had = true; };
  await holder.ready;
  by("offline").hidden = false;
}

async function main() {
  state = { ...await read() };
  const wished = navigator.languages.map((tag) => ["zh", "ko", "en"].indexOf(tag.slice(0, 2))).find((at) => at >= 0);
  state.lang ??= wished ?? 2;
  night(state.night ?? matchMedia("(prefers-color-scheme: dark)").matches);
  reader = new Reader(may, anew);
  await furnish();
  await restarting;
  if (!status) return;
  by("before").hidden = true;
  by("page").hidden = false;
  await go(status.lists ? "patrol" : "lists");
  navigator.storage?.persist?.();
  power().catch(() => {});
  await offline().catch(() => {});
}
main().catch(failed);
