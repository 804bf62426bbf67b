// A design looked at while it is changed. Without this a button does it.
"use strict";

const form = document.getElementById("design");
const seen = document.getElementById("seen");
let asked = 0, waits = 0;

const look = async () => {
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "look");
  asked += 1;
  const own = asked;
  const answer = await fetch(location.pathname, { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("seen");
  if (found && own === asked) seen.replaceChildren(...found.childNodes);
};
form.addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  clearTimeout(waits);
  waits = setTimeout(look, 400);
});

// A file into the field above it.
for (const file of form.querySelectorAll("input[type=file]")) {
  file.parentElement.hidden = false;
  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    document.getElementById(file.dataset.into).value = await file.files[0].text();
    await look();
  });
}
