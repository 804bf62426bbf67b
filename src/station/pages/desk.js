// What a keyboard and a moment's patience do without it: nothing here is needed to work.
"use strict";

// Whether a key is one of an input method that is still putting a word together (229: as older browsers say it).
const composing = (event) => event.isComposing || event.keyCode === 229;

// Lists: up and down from row to row, Home and End to the first and the last, letters to the row in which a word begins so.
let typed = "", since = 0;
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || composing(event)) return;
  if (event.target.closest("input, select, textarea, dialog")) return;
  const rows = [...document.querySelectorAll("main tbody tr")].filter((row) => row.querySelector("a"));
  const links = rows.map((row) => row.querySelector("a"));
  const at = links.indexOf(document.activeElement);
  const last = links.length - 1;
  if (last < 0) return;
  let to = { ArrowDown: at + 1, ArrowUp: at < 0 ? last : at - 1, Home: 0, End: last }[event.key];
  if (to === undefined && /^[\p{L}\p{N}]$/u.test(event.key)) {
    // Keys within a second are one beginning.
    typed = event.timeStamp - since < 1000 ? typed + event.key.toLowerCase() : event.key.toLowerCase();
    since = event.timeStamp;
    const begins = (row) => [...row.cells].some((cell) => cell.textContent.toLowerCase().split(/\s+/).some((word) => word.startsWith(typed)));
    to = rows.findIndex(begins);
    if (to < 0) return;
  }
  if (to === undefined || (at < 0 && (event.key === "Home" || event.key === "End"))) return;
  event.preventDefault();
  links[Math.min(Math.max(to, 0), last)].focus();
});

// What is to be printed: a button for what the browser's menu does.
for (const it of document.querySelectorAll("[data-print]")) {
  it.hidden = false;
  it.addEventListener("click", () => print());
}

// A batch that is on its way in goes on by itself.
const more = document.querySelector("#goes-on button");
if (more) setTimeout(() => more.click(), 300);

// Going to whatever has a name on the page: the lists, the acts, an application by its number.
const go = document.getElementById("go"), goes = document.getElementById("goes");
if (go && goes) {
  const field = goes.querySelector("input"), list = goes.querySelector("ul"), none = goes.querySelector(".none");
  const fold = (text) => text.normalize("NFKC").trim().toLowerCase();
  let found = [], chosen = 0;
  const places = () => {
    const all = document.querySelectorAll("main .acts a, main .acts button, nav.margin a, header.top form button");
    return [...all].filter((it) => it.offsetParent).map((it) => {
      const name = [...it.childNodes].filter((node) => !node.classList?.contains("count")).map((node) => node.textContent).join("").trim();
      return { name, act: () => it.click() };
    });
  };
  const choose = (to) => {
    chosen = Math.min(Math.max(to, 0), found.length - 1);
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === chosen)));
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
    if (found.length) field.setAttribute("aria-activedescendant", `goes-${chosen}`);
    else field.removeAttribute("aria-activedescendant");
  };
  const act = () => {
    const it = found[chosen];
    if (!it) return;
    goes.close();
    it.act();
  };
  const show = () => {
    const words = fold(field.value).split(/\s+/);
    found = places().filter((it) => words.every((word) => fold(it.name).includes(word)));
    if (/^\d+$/.test(words[0]) && words.length === 1 && document.querySelector('nav.margin a[href="/search"]')) {
      const number = Number(words[0]);
      found.unshift({ name: `${goes.dataset.application} ${number}`, act: () => location.assign(`/applications/${number}`) });
    }
    list.replaceChildren(...found.map((it, n) => {
      const item = document.createElement("li");
      Object.assign(item, { id: `goes-${n}`, textContent: it.name });
      item.setAttribute("role", "option");
      item.addEventListener("click", () => { choose(n); act(); });
      return item;
    }));
    none.hidden = found.length > 0;
    choose(0);
  };
  const open = () => {
    if (goes.open) return;
    field.value = "";
    goes.showModal();
    show();
    field.focus();
  };
  go.hidden = false;
  go.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.code !== "KeyK" || composing(event)) return;
    event.preventDefault();
    open();
  });
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1 }[event.key];
    if (to === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (to === undefined) act();
    else choose(to);
  });
}

// What is typed into a name, a birth or a region is looked at when the field is left: what is wrong with it is said beside it,
// and whoever may be the same person is shown once all three are there.
const button = document.querySelector("button[value=alike]");
const place = document.getElementById("alike");
if (button && place) {
  const form = button.form;
  let asked = 0;
  const says = (name, page) => {
    const old = document.getElementById(`f-${name}`), said = page.getElementById(`f-${name}`);
    if (!old || !said || old.contains(document.activeElement)) return;
    if (!old.querySelector(".error") && !said.querySelector(".error")) return;
    said.querySelector(".error")?.setAttribute("role", "alert");
    old.replaceWith(document.adoptNode(said));
  };
  form.addEventListener("change", async (event) => {
    const { name, value } = event.target;
    if (!["latin", "native", "birth", "region"].includes(name) || !value.trim()) return;
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "alike");
    asked += 1;
    const own = asked;
    const answer = await fetch(location.pathname, { method: "POST", body });
    if (own !== asked || ![200, 422].includes(answer.status)) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (form.elements[name]?.value === value) says(name, page);
    const found = page.getElementById("alike");
    if (answer.ok && found) place.replaceChildren(...found.childNodes);
  });
}
