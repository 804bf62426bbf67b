// The keyboard: what a scanner types decides nothing, what a person holds down does.
// A scanner can type any text, every control character, Enter, Esc, Tab and function keys, and may stop in the middle;
// it cannot hold a key for long and let it go again. So a short press does nothing but move the focus, and whatever is
// typed fast and ends in Enter goes to the terminal as it came. Cleaning it is not done here.
"use strict";
globalThis.keyboard = ({ scan, act, mark, tell }) => {
  // Milliseconds: how long a key is held, at least and at most; between two characters of a scan, at most; the same
  // where a person may be typing into a field, or moved the focus with Tab; then how long a scan without an end waits.
  const HOLD = 600, LONGEST = 10000, GAP = 300, FAST = 50, PATIENCE = 400;
  // Characters: what is long enough to be a scan without an end, what is plainly typed by no person, the most of a scan.
  const WHOLE = 16, MANY = 4, MOST = 4096;
  const HELD = ["Enter", " ", "Escape", "F8", "F9", "F10"];
  const FREE = ["Tab", "Shift", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"];
  const BYTES = { Tab: "\t", Backspace: "\b", Escape: "\x1b", Delete: "\x7f" };
  const down = new Set();
  let typed = "", last = -GAP, seen = 0, alt = "", hold = null, own = null, before = null, timer = 0;

  const field = (at) => at instanceof HTMLInputElement && at;
  const burst = (at, now) => typed !== "" && now - last <= (field(at) || !/[^\t\b\x1b]/.test(typed) ? FAST : GAP);
  // The character a key stands for; scanners send control characters as Ctrl and a letter.
  function character(event) {
    const { key } = event;
    if (event.altKey || event.metaKey) return "";
    if (event.ctrlKey) return /^[a-z@[\\\]^_]$/i.test(key) ? String.fromCharCode(key.toUpperCase().charCodeAt(0) & 31) : "";
    return [...key].length === 1 ? key : BYTES[key] ?? "";
  }
  // Takes a character; whether it belongs to a scan.
  function take(char, at, now) {
    clearTimeout(timer);
    const fast = burst(at, now);
    if (char === "\r" || char === "\n") {
      if (fast) send();
      return fast;
    }
    if (!fast) {
      typed = "";
      before = field(at) && { at, value: at.value };
    }
    if (typed.length < MOST) typed += char;
    last = now;
    if (typed.length >= WHOLE) timer = setTimeout(send, PATIENCE);
    if (typed.length >= MANY) restore();
    return fast && typed.length >= MANY;
  }
  function send() {
    clearTimeout(timer);
    restore();
    const text = typed;
    typed = "";
    if (text) scan(text);
  }
  // What a scanner typed into a field goes out of it again.
  function restore() { if (before) before.at.value = before.value; }

  function end(said) { if (hold) { clearTimeout(hold.timer); hold = null; tell(said ?? ""); } }
  function begin(event) {
    const at = document.activeElement;
    hold = { key: event.key, code: event.code, from: event.timeStamp, at, mark: mark(), timer: 0 };
    const mine = hold;
    // Not at once: a scan is not to flash.
    hold.timer = setTimeout(() => {
      tell("hold", at);
      mine.timer = setTimeout(() => tell("release", at), HOLD - 150);
    }, 150);
  }

  addEventListener("keydown", (event) => {
    const { key, code, target } = event, now = event.timeStamp;
    if (event.isComposing || key === "Process" || key === "Unidentified") return;
    if (now - seen > 1000 && !event.repeat) down.clear();
    seen = now;
    const into = field(target), editing = into && !HELD.slice(2).includes(key) && !/^F\d+$/.test(key) && key !== "Enter";
    const allowed = FREE.includes(key) && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!allowed && !editing) event.preventDefault();
    if (into && event.ctrlKey && !/^[acvxz]$/i.test(key)) event.preventDefault();
    if (event.repeat) return;
    // A second key ends a hold: no chord decides.
    end();
    const alone = [...down].every((it) => it.startsWith("Shift"));
    down.add(code);
    if (event.altKey) {
      if (/^\d$/.test(key)) alt += key;
      event.preventDefault();
      return;
    }
    const scanning = burst(target, now);
    if (key === "Enter" && take("\r", target, now)) return;
    const char = key === "Enter" ? "" : character(event);
    if (char && take(char, target, now)) event.preventDefault();
    const modified = event.ctrlKey || event.metaKey || event.shiftKey;
    if (HELD.includes(key) && alone && !modified && !scanning && !(into && key === " ")) begin(event);
    if ((key === "ArrowRight" || key === "ArrowLeft") && !into) {
      const all = [...document.querySelectorAll("#keys button:not(:disabled)")], i = all.indexOf(document.activeElement);
      if (i >= 0) all[(i + (key === "ArrowRight" ? 1 : all.length - 1)) % all.length].focus();
    }
  }, true);

  addEventListener("keyup", (event) => {
    const { key, code, target } = event, now = event.timeStamp;
    seen = now;
    down.delete(code);
    if (!field(target) && (key === " " || key === "Enter")) event.preventDefault();
    // Where characters are typed by their numbers: Alt, 0 6 6, and Alt is let go.
    if (key === "Alt" && alt) {
      take(String.fromCharCode(Number(alt) & 255), target, now);
      alt = "";
    }
    if (!hold || hold.code !== code) return;
    const { from, at, mark: was } = hold, ms = now - from;
    if (ms < HOLD) {
      end();
      // A person who presses it shortly is told; a scanner goes on typing.
      setTimeout(() => { if (seen === now) tell("tap"); }, GAP);
      return;
    }
    end();
    if (ms > LONGEST) return;
    typed = "";
    // What was marked when the key went down, or nothing: what came meanwhile is not decided on.
    const there = at.isConnected ? at : at.id ? document.getElementById(at.id) : null;
    if (key !== "Enter" && key !== " ") return act(key, was);
    if (was !== mark()) return;
    if (field(there)) return there.form?.requestSubmit();
    own = there?.closest("button, a[href]");
    own?.click();
    own = null;
  }, true);

  // A click without a pointer is a key's: only the one that was held may.
  addEventListener("click", (event) => {
    const at = event.target.closest("button, a");
    if (event.detail !== 0 || !at || at === own) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  addEventListener("contextmenu", (event) => event.preventDefault());
  const forget = () => { end(); down.clear(); typed = ""; alt = ""; };
  addEventListener("blur", forget);
  document.addEventListener("visibilitychange", forget);
};
