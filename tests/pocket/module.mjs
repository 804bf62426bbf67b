// The pocket reader's module, as a browser calls it, in Node.
import { readFileSync } from "node:fs";

const decoder = new TextDecoder();
export const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

export class Module {
  static async open(file) {
    const { instance } = await WebAssembly.instantiate(readFileSync(file), {});
    return Module.of(instance);
  }
  static of(instance) {
    return Object.assign(new Module(), { wasm: instance.exports });
  }
  ask(name, args = [], bytes = null) {
    if (bytes) {
      const at = this.wasm.pocket_input(bytes.length);
      if (!at) throw new Error("too large");
      new Uint8Array(this.wasm.memory.buffer, at, bytes.length).set(bytes);
      args = [...args, bytes.length];
    }
    const length = this.wasm["pocket_" + name](...args);
    return JSON.parse(decoder.decode(new Uint8Array(this.wasm.memory.buffer, this.wasm.pocket_output(), length)));
  }
  // A reader with nothing known but a root; what was accepted is nothing.
  anchor(hex) {
    this.ask("forget");
    return this.ask("anchor", [], unhex(hex));
  }
  megabytes() {
    return this.wasm.memory.buffer.byteLength / 2 ** 20;
  }
}

export const SIDES = { A: 0, B: 1 };
export const WAYS = { entry: 0, exit: 1 };
