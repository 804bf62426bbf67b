// The worker that owns the module: one call after another, each answered. It keeps nothing but what it was told to be
// furnished with. A call that falls is said, and this worker is ended by the page, which starts another.
"use strict";
const decoder = new TextDecoder();
// When these files were written, in seconds since 1970: a clock that says less is wrong.
const BUILT = Number("@BUILT@");
let wasm = null;
const others = {};

async function load(file) {
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(file);
  const { instance } = await WebAssembly.instantiate(await answer.arrayBuffer(), {});
  return instance.exports;
}

// Calls a function of a module with bytes as its input.
function call(module, name, args = [], bytes = null) {
  if (bytes) {
    const at = module.pocket_input(bytes.length);
    if (!at) return null;
    new Uint8Array(module.memory.buffer, at, bytes.length).set(bytes);
    args = [...args, bytes.length];
  }
  const length = module["pocket_" + name](...args);
  return JSON.parse(decoder.decode(new Uint8Array(module.memory.buffer, module.pocket_output(), length)));
}

const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const tick = (module, anew) => call(module, "clock", [Date.now() / 1000, performance.now() / 1000, anew ? 1 : 0]);

// Everything that is kept, in the order in which it is believed.
function furnish(module, kept) {
  const words = call(module, "language", [kept.lang]);
  if (kept.root) call(module, "anchor", [], unhex(kept.root));
  call(module, "floor", [Math.max(BUILT, kept.floor ?? BUILT)]);
  tick(module, true);
  if (kept.marks) call(module, "marks", [], unhex(kept.marks));
  const taken = kept.bundle ? call(module, "take", [], kept.bundle) : null;
  call(module, "at", [], new TextEncoder().encode(kept.at ?? ""));
  const [crossing, side, direction] = kept.place ?? [0, 0, 0];
  call(module, "place", [crossing, side, direction]);
  call(module, "mode", [kept.mode ?? 0]);
  return { words, taken, status: tick(module, true) };
}

const does = {
  async open({ kept }) {
    wasm ??= await load("pocket.wasm");
    return furnish(wasm, kept);
  },
  clock: ({ anew }) => tick(wasm, anew),
  ask: ({ name, args, bytes }) => call(wasm, name, args, bytes),
  frame({ width, height, bytes }) {
    const status = tick(wasm, false);
    const start = performance.now();
    const seen = call(wasm, "frame", [width, height], bytes);
    return { ...seen, status, ms: performance.now() - start };
  },
  // What reads files is in modules of their own, each loaded when the first such file is chosen; false where it cannot be.
  async load({ module }) {
    try {
      others[module] ??= await load(module);
      return true;
    } catch {
      return false;
    }
  },
  words: ({ module, bytes }) => call(others[module], "root", [], bytes)?.words,
  // Page by page: a file of many takes longer than any call may, and it is said how many are left.
  file({ module, bytes, kept }, going) {
    furnish(others[module], kept);
    let seen = call(others[module], "file", [], bytes);
    while (seen.more) {
      going(seen.more);
      seen = call(others[module], "page");
    }
    return seen;
  },
};

onmessage = async ({ data }) => {
  try {
    const going = (more) => postMessage({ id: data.id, more });
    postMessage({ id: data.id, answer: await does[data.does](data, going) });
  } catch (error) {
    postMessage({ id: data.id, fell: String(error) });
  }
};
