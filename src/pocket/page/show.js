// What stands on the page: every word comes from the module, every text goes in as text.
export const by = (id) => document.getElementById(id);
const root = document.documentElement;
let words = new Map();
export const word = (id) => words.get(id) ?? "";

export function speak([tag, said]) {
  words = new Map(said);
  root.lang = tag;
  document.title = word("pocket-title");
  for (const it of document.querySelectorAll("[data-w]")) it.textContent = word(it.dataset.w);
  for (const it of document.querySelectorAll("[data-l]")) it.setAttribute("aria-label", word(it.dataset.l));
}

export function make(name, attributes = {}, ...children) {
  const it = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
  it.append(...children.filter((child) => child !== null && child !== undefined));
  return it;
}

function shape(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), use = document.createElementNS(svg.namespaceURI, "use");
  svg.setAttribute("class", "shape");
  svg.setAttribute("aria-hidden", "true");
  svg.dataset.shape = name;
  use.setAttribute("href", "#" + name);
  svg.append(use);
  return svg;
}

const list = (name, lines) => lines.length ? make("ul", { class: name }, ...lines.map((line) => make("li", {}, line))) : null;
const named = (text) => make("bdi", {}, text);

function portrait(hex) {
  const canvas = make("canvas", { role: "img", "aria-label": word("screen-portrait") });
  const bytes = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  createImageBitmap(new Blob([bytes])).then((picture) => {
    [canvas.width, canvas.height] = [picture.width, picture.height];
    canvas.getContext("2d").drawImage(picture, 0, 0);
  }).catch(() => canvas.remove());
  return canvas;
}

function card(said) {
  if (!said.names) return null;
  const [native, latin] = said.names;
  const fact = ({ name, value, weighty }) => make("div", weighty ? { class: "weighty" } : {}, make("dt", {}, name), make("dd", {}, named(value)));
  return make("div", { class: "card" }, said.portrait ? portrait(said.portrait) : null,
    native ? make("p", { class: "native" }, named(native)) : null, make("p", { class: "latin" }, named(latin)),
    make("dl", {}, ...said.facts.map(fact)));
}

export function verdict(said) {
  return make("section", { class: "verdict", "data-look": said.light, "data-code": said.code, "data-shape": said.shape },
    make("div", { class: "head" }, shape(said.shape), make("div", {}, make("h2", {}, said.heading),
      said.title !== said.heading ? make("p", { class: "title" }, said.title) : null,
      make("p", { class: "tags" }, make("span", { class: "code" }, said.numbered), said.journey ? make("span", {}, said.journey) : null,
        said.demo ? make("span", { class: "demo" }, said.demo) : null))),
    make("p", { class: "reason" }, said.reason), make("p", { class: "next" }, said.next),
    list("also", said.also.map((it) => it.title + " · " + it.reason)), list("unasked", said.limits), card(said), list("notes", said.notes));
}

export function explained({ said, lines, outlook }) {
  const cell = ([name, title]) => make("td", {}, shape(name), title);
  const head = ["pocket-outlook", "pocket-today", "pocket-tomorrow"].map((id) => make("th", { scope: "col" }, word(id)));
  const rows = outlook.map((row) => make("tr", {}, make("th", { scope: "row" }, named(row.crossing)), cell(row.today), cell(row.tomorrow)));
  return [verdict(said), list("lines", lines),
    rows.length ? make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)) : null].filter(Boolean);
}

// A fingerprint: its groups, and below them its words in the language of the page, once they are there; never those of another
// that was shown before, or is still on its way.
export async function groups(box, print, spelt) {
  const list = (all) => (all ?? []).map((it) => make("li", {}, it)), below = box.nextElementSibling;
  box.dataset.of = print?.hex ?? "";
  box.replaceChildren(...list(print?.groups));
  below.replaceChildren();
  const words = print ? await spelt(print) : null, number = ["zh", "ko", "en"].indexOf(document.documentElement.lang);
  if (box.dataset.of === (print?.hex ?? "")) below.replaceChildren(...list(words?.[number]));
}

export function edge(status) {
  const line = (text, kind) => text ? make("li", kind ? { class: kind } : {}, text) : null;
  const { lists, clock } = status;
  by("edge").replaceChildren(...[
    line(lists?.demo ? word("screen-demo") : null, "demo"),
    ...(lists ? lists.age.map((age) => line(age)) : [line(word("pocket-lists-absent"), "warn")]),
    line(lists?.warning, "warn"), line(clock.trusted ? clock.time : clock.said, clock.trusted ? "" : "warn"),
  ].filter(Boolean));
  by("age").textContent = lists ? lists.age.join(" ") : word("pocket-lists-absent");
  by("here").textContent = status.here;
  by("no-root").hidden = Boolean(status.root);
  by("demo-day").hidden = !lists?.demo;
}

// The crossings to stand at.
export function crossings(status) {
  const options = [[0, word("pocket-nowhere")], ...(status.lists?.crossings ?? []).map(({ number, name }) => [number, name])];
  const form = by("place");
  form.elements.crossing.replaceChildren(...options.map(([number, name]) => make("option", { value: number }, name)));
  const [crossing, side, direction] = status.place ?? [0, null, null];
  form.elements.crossing.value = crossing;
  if (side !== null) [form.elements.side.value, form.elements.direction.value] = [String(side), String(direction)];
}

let timer = null;
export function notice(text, seconds = 12) {
  clearTimeout(timer);
  by("notice").textContent = text;
  by("notice").hidden = !text;
  if (text) timer = setTimeout(() => { by("notice").hidden = true; }, seconds * 1000);
}

// --- tone and vibration
let audio = null;
export const wake = () => { audio ??= new AudioContext(); audio.resume(); };
export function sound({ tones, vibration }) {
  navigator.vibrate?.(vibration);
  if (!audio) return;
  let at = audio.currentTime;
  for (const [pitch, ms] of tones) {
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
