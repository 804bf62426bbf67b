// What the browser keeps for the page: root, lists, what was accepted, place, language, night and the clock's floor.
// Nothing of a permit is ever among it.
const NAME = "permit-pocket";

function opened() {
  return new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept");
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function on(mode, work) {
  const base = await opened();
  try {
    return await new Promise((done, fail) => {
      const change = base.transaction("kept", mode), request = work(change.objectStore("kept"));
      change.oncomplete = () => done(request.result);
      change.onerror = change.onabort = () => fail(change.error);
    });
  } finally {
    base.close();
  }
}

// Where a browser keeps nothing, it is kept as long as the page is open.
let here = {};
export let keeps = true;

export async function read() {
  try {
    here = (await on("readonly", (store) => store.get("state"))) ?? {};
  } catch {
    keeps = false;
  }
  return here;
}

export async function write(state) {
  here = state;
  if (!keeps) return;
  try {
    await on("readwrite", (store) => store.put(state, "state"));
  } catch {
    keeps = false;
  }
}

// One tab at a time, so that no tab puts older lists back.
export const alone = (work) => navigator.locks ? navigator.locks.request(NAME, work) : work();

const channel = "BroadcastChannel" in self ? new BroadcastChannel(NAME) : null;
export const tell = () => channel?.postMessage("changed");
export const told = (work) => { if (channel) channel.onmessage = work; };
