// What a keyboard and a moment's patience do without it: nothing here is needed to work.
"use strict";

// Lists: up and down from row to row, Home and End to the first and the last.
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, select, textarea")) return;
  const rows = [...document.querySelectorAll("main tbody tr")];
  const links = rows.map((row) => row.querySelector("a")).filter((link) => link);
  const at = links.indexOf(document.activeElement);
  const last = links.length - 1;
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? last : at - 1, Home: 0, End: last }[event.key];
  if (to === undefined || last < 0 || (at < 0 && !event.key.startsWith("Arrow"))) return;
  event.preventDefault();
  links[Math.min(Math.max(to, 0), last)].focus();
});

// The same person: asked for whenever names or birth were changed and all three are there.
const button = document.querySelector("button[value=alike]");
const place = document.getElementById("alike");
if (button && place) {
  const form = button.form;
  const value = (name) => form.elements[name].value.trim();
  let asked = 0;
  form.addEventListener("change", async (event) => {
    if (!["latin", "native", "birth", "region"].includes(event.target.name)) return;
    if (!value("latin") || !value("birth") || !value("region")) return;
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "alike");
    asked += 1;
    const own = asked;
    const answer = await fetch(location.pathname, { method: "POST", body });
    if (!answer.ok || own !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("alike");
    if (found) place.replaceChildren(...found.childNodes);
  });
}
