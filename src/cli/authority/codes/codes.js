// Shows one code after the other. It knows their number and nothing of what they say.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const codes = [...document.querySelectorAll(".code")], { fastest, pause, play } = document.body.dataset;
  let order = codes.map((_, number) => number), at = 0, rate = Number(document.body.dataset.rate), timer = 0, awake = null;

  function show() {
    codes.forEach((code, number) => { code.hidden = number !== order[at]; });
    by("at").textContent = order[at] + 1;
    Object.assign(by("bar"), { max: order.length, value: at + 1 });
  }
  function step(by) { at = (at + by + order.length) % order.length; show(); }
  function run(on) {
    clearInterval(timer);
    timer = on ? setInterval(() => step(1), 1000 / rate) : 0;
    by("play").textContent = on ? pause : play;
    by("rate").textContent = rate;
    stay(on);
  }
  // A screen that goes dark shows nothing; where the browser cannot keep it lit, its settings have to.
  async function stay(on) {
    try {
      if (!on) { awake?.release(); awake = null; } else if (!awake) awake = await navigator.wakeLock.request("screen");
    } catch { awake = null; }
  }
  function speed(more) { rate = Math.min(Number(fastest), Math.max(1, rate + more)); run(timer !== 0); }
  function single(by) { run(false); step(by); }
  function full() { document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(); }
  // "3, 7–9": the codes that are still missing. Empty: all.
  function only(text) {
    const wanted = new Set();
    let good = true;
    for (const part of text.split(/[,;，、\s]+/).filter(Boolean)) {
      const [, first, last] = /^(\d{1,3})(?:[-–~](\d{1,3}))?$/.exec(part) ?? [];
      if (!first) { good = false; continue; }
      for (let number = Number(first); number <= Number(last ?? first); number += 1) wanted.add(number - 1);
    }
    const all = codes.map((_, number) => number), some = all.filter((number) => wanted.has(number));
    if (text.trim() && !some.length) good = false;
    by("only").setAttribute("aria-invalid", String(!good));
    order = some.length ? some : all;
    at = 0;
    show();
  }

  by("play").addEventListener("click", () => run(timer === 0));
  by("back").addEventListener("click", () => single(-1));
  by("next").addEventListener("click", () => single(1));
  by("slower").addEventListener("click", () => speed(-1));
  by("faster").addEventListener("click", () => speed(1));
  by("full").addEventListener("click", full);
  by("print").addEventListener("click", () => print());
  // Where any codes do, none is missing.
  by("only")?.addEventListener("input", (event) => only(event.target.value));
  document.addEventListener("visibilitychange", () => { if (!document.hidden && timer) { awake = null; stay(true); } });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input")) return;
    const does = {
      " ": () => run(timer === 0), ArrowLeft: () => single(-1), ArrowRight: () => single(1), "+": () => speed(1), "=": () => speed(1),
      "-": () => speed(-1), f: full, F: full, Home: () => { at = 0; show(); },
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
  show();
  run(true);
})();
