// The files of the page, kept for when there is no network. Nothing else is ever kept here: lists are in the page's own
// storage, and what was read is nowhere.
"use strict";
const VERSION = "@VERSION@";
const FILES = ["./", "pocket.css", "pocket.js", "show.js", "eye.js", "keep.js", "reader.js", "pocket.wasm", "files.wasm", "pdf.wasm", "manifest.webmanifest", "icon.svg"];

onmessage = ({ data }) => { if (data === "take") skipWaiting(); };
oninstall = (event) => event.waitUntil((async () => {
  const cache = await caches.open(VERSION);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
})());
onactivate = (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== VERSION) await caches.delete(name);
  await clients.claim();
})());
onfetch = (event) => {
  const { request } = event, url = new URL(request.url), scope = new URL(registration.scope);
  if (request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  const file = url.pathname.slice(scope.pathname.length);
  if (file === "" || file === "index.html" || FILES.includes(file)) {
    const kept = file === "index.html" || file === "" ? scope.href : new URL(file, scope).href;
    event.respondWith(caches.open(VERSION).then((cache) => cache.match(kept)).then((answer) => answer ?? fetch(request)));
  }
};
