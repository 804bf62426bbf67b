// The computer's camera on a page that also takes a file or a number: a card that is read back or found, or codes of
// lists. What was read goes into the page's own form, which is handed in as if it had been filled in by hand; nothing of
// a picture stays. Worker, module and camera are the pocket reader's.
import { Camera, Reader, outlines } from "/pocket/eye.js";

const box = document.getElementById("camera"), field = document.getElementById(box.dataset.field);
const [button, view] = ["button", ".view"].map((it) => box.querySelector(it));
const [video, svg, said] = ["video", "svg", "[role=status]"].map((it) => box.querySelector(it));
const word = (id) => box.querySelector(`[data-said="${id}"]`).textContent;
// As the module counts its modes and languages.
const MODES = { lists: 2, card: 4, find: 4 }, LANGS = ["zh", "ko", "en"];
const REST = 120000;
// Frames in which a card was read, of which the best is handed in: chosen, half a second; one that is as new is enough.
const FRAMES = 12, AS_NEW = 4;
const does = box.dataset.does;
let reader = null, best = null, frames = 0, shown = 0;

const furnish = () => reader.ask({ does: "open", kept: { lang: LANGS.indexOf(document.documentElement.lang), mode: MODES[does] } });
const eye = new Camera(video);
function stop(text = "") {
  eye.close();
  outlines(svg, [], 1, 1);
  view.hidden = true;
  button.textContent = word("on");
  said.textContent = text;
  [best, frames] = [null, 0];
}
// A fallen worker is started again a few times; then the file is what is left.
const may = (times) => { if (times > 3) stop(word("none")); return times <= 3; };

button.onclick = async () => {
  if (eye.track) return stop();
  said.textContent = "";
  reader ??= new Reader(may, furnish);
  try {
    await Promise.all([eye.open(() => stop(word("lost"))), furnish()]);
  } catch (error) {
    return stop(word(error.name === "NotAllowedError" ? "refused" : "none"));
  }
  if (!eye.track) return;
  view.hidden = false;
  view.scrollIntoView({ block: "nearest" });
  button.textContent = word("off");
  shown = Date.now();
  look(eye.track);
};

async function look(track) {
  if (eye.track !== track) return;
  if (Date.now() - shown > REST) return stop(word("rest"));
  const frame = document.hidden ? null : eye.frame();
  if (frame) {
    const it = await reader.ask({ does: "frame", ...frame }, [frame.bytes.buffer]);
    if (it && eye.track === track) {
      outlines(svg, it.outlines, frame.width, frame.height);
      if (it.outlines.length || it.card) shown = Date.now();
      said.textContent = it.fault ?? it.hint ?? it.gathered ?? "";
      if (await taken(it)) return;
    }
  }
  setTimeout(() => look(track), 30);
}

// Whether what was seen is what the page is for, and was handed in.
async function taken({ card, bundle }) {
  if (does === "lists") {
    if (!bundle) return false;
    return hand(new File([Uint8Array.from(bundle.match(/../g), (pair) => parseInt(pair, 16))], "bundle.cbor"));
  }
  if (!card) return false;
  if (does === "find") {
    if (card.number) field.value = card.number;
    return card.number ? hand() : false;
  }
  if (!best || card.grade > best.grade) best = { grade: card.grade, picture: await eye.picture() };
  frames += 1;
  if (best.grade < AS_NEW && frames < FRAMES) return false;
  return hand(new File([best.picture], "card.png", { type: "image/png" }));
}
function hand(file) {
  stop();
  if (file) {
    const files = new DataTransfer();
    files.items.add(file);
    field.files = files.files;
  }
  field.form.requestSubmit(field.form.querySelector("button[name=do]"));
  return true;
}
stop();
box.hidden = false;
