"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { scans, pictures, words } = data;
  const $ = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg";

  // Everything that comes from a picture or a file name becomes a text node and nothing else.
  const make = (tag, className, ...children) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };
  const draw = (tag, attributes) => {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };
  const ms = (number) => `${number < 10 ? number.toFixed(1) : Math.round(number)} ms`;
  const percent = (share) => `${(100 * share).toFixed(share && share < 0.1 ? 1 : 0)} %`;
  const total = (scan) => scan.ms[0] + scan.ms[1] + scan.ms[2];
  const mark = (scan) => {
    const node = make("span", `mark t-${scan.class}`, scan.shape);
    node.setAttribute("aria-hidden", "true");
    return node;
  };

  const view = (scan, all) => {
    const frame = make("span", "pic");
    const picture = scan.picture === null ? null : pictures[scan.picture];
    if (!picture) {
      frame.append(make("span", `bare t-${scan.class}`, scan.shape));
      return frame;
    }
    const image = make("img");
    image.alt = "";
    image.decoding = "async";
    image.src = `data:image/jpeg;base64,${picture.jpeg}`;
    frame.append(image);
    const outlines = draw("svg", { viewBox: `0 0 ${picture.wide} ${picture.high}`, "aria-hidden": "true" });
    for (const other of all ? scans.filter((one) => one.picture === scan.picture) : [scan]) {
      if (!other.corners) continue;
      const points = other.corners.map((corner) => corner.join(",")).join(" ");
      outlines.append(draw("polygon", { class: "halo", points }), draw("polygon", { class: `edge t-${other.class}`, points }));
    }
    frame.append(outlines);
    return frame;
  };

  // ---- pictures
  const chosen = { classes: new Set(), text: "", kind: "", outcome: "", sort: "order" };
  const haystack = scans.map((scan) =>
    [scan.file, scan.title, scan.reason, scan.code, scan.kind, scan.kindName, scan.permit, scan.text, scan.where, ...scan.also.flat()].join("\u0000").toLowerCase());
  const orders = {
    order: (a, b) => a.number - b.number,
    slowest: (a, b) => total(b) - total(a) || a.number - b.number,
    worn: (a, b) => (b.wear ? b.wear.used : -1) - (a.wear ? a.wear.used : -1) || a.number - b.number,
    code: (a, b) => a.code - b.code || a.number - b.number,
    strength: (a, b) => (b.strength ?? -1) - (a.strength ?? -1) || a.number - b.number,
  };
  const differs = new Set(["lost", "wrong", "misread"]);
  let list = [];
  let drawn = 0;

  const card = (scan, index) => {
    const frame = view(scan, false);
    frame.append(mark(scan));
    if (differs.has(scan.outcome)) frame.append(make("span", "flag", words.flag.replace("%a", scan.expected ?? "?")));
    const node = make("button", `card t-${scan.class}`, frame, make("span", "body",
      make("span", "head", make("span", "", scan.title), make("em", "", String(scan.code))),
      make("span", "why", scan.text ? `${scan.reason} ${scan.text}` : scan.reason),
      make("span", "meta", make("span", "", scan.name), make("span", "", ms(total(scan))))));
    node.type = "button";
    node.title = scan.file;
    node.addEventListener("click", () => open(list, index, node));
    return node;
  };
  const STEP = 90;
  const extend = () => {
    const part = list.slice(drawn, drawn + STEP).map((scan, index) => card(scan, drawn + index));
    drawn += part.length;
    $("grid").append(...part);
  };
  const fits = (scan) =>
    (chosen.classes.size === 0 || chosen.classes.has(scan.class)) &&
    (!chosen.kind || scan.kind === chosen.kind) &&
    (!chosen.outcome || (chosen.outcome === "differs" ? differs.has(scan.outcome) : scan.outcome === chosen.outcome)) &&
    chosen.text.split(/\s+/).every((word) => haystack[scan.number].includes(word));
  // What is chosen stands in the address, so that a view can be kept and sent: #curves, or #pictures&kind=glare.
  let tabbed = "pictures";
  const remember = () => {
    const parts = new URLSearchParams();
    for (const name of [...chosen.classes].sort()) parts.append("class", name);
    for (const name of ["kind", "outcome", "text"]) if (chosen[name]) parts.set(name, chosen[name]);
    if (chosen.sort !== "order") parts.set("sort", chosen.sort);
    const query = parts.toString();
    history.replaceState(null, "", `#${tabbed}${query && "&"}${query}`);
  };
  const recall = () => {
    const [tab, ...rest] = location.hash.slice(1).split("&"), parts = new URLSearchParams(rest.join("&"));
    chosen.classes = new Set(parts.getAll("class").filter((name) => document.querySelector(`.chip[data-class="${CSS.escape(name)}"]`)));
    for (const chip of document.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", String(chosen.classes.has(chip.dataset.class)));
    for (const name of ["kind", "outcome", "sort"]) {
      const wanted = parts.get(name) ?? "", known = [...$(name).options].some((option) => option.value === wanted);
      $(name).value = chosen[name] = known ? wanted : name === "sort" ? "order" : "";
    }
    chosen.text = (parts.get("text") ?? "").toLowerCase();
    $("search").value = chosen.text;
    select(tabs.some((one) => one.id === `tab-${tab}`) ? tab : "pictures", false);
  };
  const apply = () => {
    list = scans.filter(fits).sort(orders[chosen.sort]);
    drawn = 0;
    $("grid").replaceChildren();
    $("shown").textContent = words.shown.replace("%a", list.length).replace("%b", scans.length);
    if (list.length === 0) $("grid").append(make("p", "none", words.none));
    extend();
  };
  const choose = () => { apply(); remember(); };
  const watcher = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting) || drawn >= list.length) return;
    extend();
    // Watched anew, because it may be in view still.
    watcher.unobserve($("more"));
    watcher.observe($("more"));
  }, { rootMargin: "1200px" });
  watcher.observe($("more"));

  for (const chip of document.querySelectorAll(".chip")) {
    chip.addEventListener("click", () => {
      const name = chip.dataset.class;
      const on = !chosen.classes.delete(name);
      if (on) chosen.classes.add(name);
      chip.setAttribute("aria-pressed", String(on));
      select("pictures", false);
      choose();
    });
  }
  let waiting = 0;
  $("search").addEventListener("input", (event) => {
    chosen.text = event.target.value.trim().toLowerCase();
    clearTimeout(waiting);
    waiting = setTimeout(choose, 120);
  });
  for (const name of ["kind", "outcome", "sort"]) {
    $(name).addEventListener("change", (event) => {
      chosen[name] = event.target.value;
      choose();
    });
  }
  $("bar").addEventListener("submit", (event) => event.preventDefault());

  // ---- details
  const dialog = $("detail");
  let at = { list: [], index: 0, from: null };
  const stages = ["found", "decoded", "text", "envelope", "signature", "rules"];
  const section = (name, ...children) => [make("h3", "", name), ...children];
  const fact = (name, value, className) =>
    value === null || value === undefined || value === "" ? [] : [make("dt", "", name), make("dd", className || "", value instanceof Node ? value : String(value))];

  // The address was made by the command, of a path alone: a name cannot make another of it.
  const original = (scan, child) => {
    const link = make("a", "original", child);
    Object.assign(link, { href: scan.link, target: "_blank", rel: "noopener", title: words.original });
    return link;
  };

  const steps = (scan) => {
    const reached = stages.indexOf(scan.stage);
    return make("ul", "steps", ...stages.map((stage, index) =>
      make("li", index === reached ? "last" : index < reached ? "done" : "", words.stages[index])));
  };
  const times = (scan) => {
    const most = Math.max(...scan.ms, 0.001);
    return make("table", "times", make("tbody", "", ...scan.ms.map((value, index) => {
      const bar = make("progress");
      bar.max = most;
      bar.value = value;
      bar.setAttribute("aria-hidden", "true");
      return make("tr", "", make("td", "", words.times[index]), make("td", "", bar), make("td", "", `${value.toFixed(2)} ms`));
    })));
  };
  const details = (scan) => {
    const title = make("h2", "", mark(scan), make("span", "", scan.title), make("small", "", String(scan.code)));
    title.id = "detail-title";
    const say = make("div", `say t-${scan.class}`, title, make("p", "", scan.reason), make("p", "next", `${words.next}: ${scan.next}`));
    if (differs.has(scan.outcome)) say.append(make("p", "differs", `${words.outcomes[scan.outcome]} · ${words.expected}: ${scan.expected ?? "?"}`));
    if (scan.also.length) say.append(...section(words.also, make("ul", "", ...scan.also.map(([name, why]) => make("li", "", make("b", "", name), ` ${why}`)))));
    if (scan.notes.length) say.append(...section(words.notes, make("ul", "", ...scan.notes.map((note) => make("li", "", note)))));
    say.append(...section(words.stage, steps(scan)), ...section(words.time, times(scan)));
    say.append(...section(words.facts, make("dl", "facts",
      ...fact(words.file, scan.link ? original(scan, scan.file) : scan.file, "mono"), ...fact(words.where, scan.where), ...fact(words.permit, scan.permit, "mono"), ...fact(words.names, scan.names),
      ...fact(words.text, scan.text, "mono"), ...fact(words.kind, scan.kind && (scan.strength === null ? scan.kindName : `${scan.kindName} · ${scan.strength}`)),
      ...fact(words.symbol, scan.symbol), ...fact(words.wear, scan.wear && `${scan.wear.grade} · ${percent(scan.wear.used)}`),
      ...fact(words.evidence, scan.evidence, "mono"))));
    return say;
  };
  const show = () => {
    const scan = at.list[at.index];
    const tool = (name, label, act) => {
      const node = make("button", name, label);
      node.type = "button";
      node.addEventListener("click", act);
      return node;
    };
    const tools = make("div", "tools", tool("", `← ${words.before}`, () => step(-1)), tool("", `${words.after} →`, () => step(1)), tool("close", words.close, () => dialog.close()));
    dialog.replaceChildren(make("div", `sheet t-${scan.class}`, scan.link ? original(scan, view(scan, true)) : view(scan, true), details(scan)), tools);
    dialog.scrollTop = 0;
  };
  const step = (by) => {
    at.index = (at.index + by + at.list.length) % at.list.length;
    show();
    dialog.querySelector(".close").focus();
  };
  const open = (from, index, node) => {
    at = { list: from, index, from: node };
    show();
    dialog.showModal();
    dialog.querySelector(".close").focus();
  };
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => at.from && at.from.focus());

  // ---- tabs
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const select = (name, focus) => {
    tabbed = name;
    for (const tab of tabs) {
      const on = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      $(tab.getAttribute("aria-controls")).hidden = !on;
      if (on && focus) tab.focus();
    }
  };
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => { select(tab.id.slice(4), false); remember(); });
    tab.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by) { select(tabs[(index + by + tabs.length) % tabs.length].id.slice(4), true); remember(); }
    });
  });
  addEventListener("hashchange", () => { recall(); apply(); });
  for (const node of document.querySelectorAll("[data-scan]")) {
    node.addEventListener("click", () => open([scans[Number(node.dataset.scan)]], 0, node));
  }
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !dialog.open) {
      event.preventDefault();
      select("pictures", false);
      $("search").focus();
    }
  });

  // ---- the slowest and the most worn
  const ten = (id, value, text, order, has) => {
    const top = scans.filter(has).sort(order).slice(0, 10);
    const most = Math.max(...top.map(value), 0.001);
    $(id).append(...top.map((scan, index) => {
      const bar = make("progress");
      bar.max = most;
      bar.value = value(scan);
      bar.setAttribute("aria-hidden", "true");
      const node = make("button", `row t-${scan.class}`, view(scan, false), make("strong", "", scan.name), make("output", "", text(scan)), bar);
      node.type = "button";
      node.title = scan.file;
      node.addEventListener("click", () => open(top, index, node));
      return make("li", "", node);
    }));
    if (top.length === 0) $(id).append(make("li", "none", words.none));
  };
  ten("slowest", total, (scan) => ms(total(scan)), orders.slowest, (scan) => scan.first && total(scan) > 0);
  ten("worn", (scan) => scan.wear.used, (scan) => `${scan.wear.grade} · ${percent(scan.wear.used)}`, orders.worn, (scan) => scan.wear);

  recall();
  apply();
})();
