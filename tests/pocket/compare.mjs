// The module beside other readers that a page can load, in one page of Chromium, on the same pictures in turns: read,
// misread, milliseconds, bytes to load. compare.mjs FOLDER PICTURES [EVERY]: pictures with their manifest, a
// demonstration's or those of scenes.py; each picture, or each so-manieth. Figures; nothing fails.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Browser, Server } from "./stand.mjs";

const [folder, pictures, every = 1] = process.argv.slice(2);
const here = fileURLToPath(new URL(".", import.meta.url));
if (!existsSync(join(here, "node_modules/zxing-wasm"))) execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: here });
const library = (path) => readFileSync(join(here, "node_modules", path));
const FILES = {
  ours: ["pocket.wasm"],
  "zxing-wasm": ["zxing.js", "zxing_reader.wasm"],
  jsqr: ["jsqr.js"],
  "html5-qrcode": ["zxing-js.js"],
};
const server = await Server.start(folder, Buffer.alloc(0));
server.changed.set("compare.html", Buffer.from("<!doctype html><title>compare</title><script src=zxing.js></script><script src=jsqr.js></script><script src=zxing-js.js></script>"));
server.changed.set("zxing.js", library("zxing-wasm/dist/iife/reader/index.js"));
server.changed.set("zxing_reader.wasm", library("zxing-wasm/dist/reader/zxing_reader.wasm"));
server.changed.set("jsqr.js", library("jsqr/dist/jsQR.js"));
server.changed.set("zxing-js.js", library("html5-qrcode/third_party/zxing-js.umd.js"));
const all = JSON.parse(readFileSync(join(pictures, "manifest.json"), "utf8"))
  .map(({ file, kind, payload, codes = payload ? [{ payload }] : [], expected = [] }) => ({ file, kind,
    codes: [...codes.map((it) => it.payload), ...expected.map((text) => Buffer.from(text).toString("hex"))] }))
  .filter((it) => it.codes.length).filter((_, at) => at % every === 0);
for (const it of all) server.changed.set("pictures/" + it.file, readFileSync(join(pictures, it.file)));
const codes = all.reduce((sum, it) => sum + it.codes.length, 0);

const browser = await Browser.start();
const page = await browser.context.newPage();
page.setDefaultTimeout(0);
await page.goto(server.url + "compare.html");
await page.evaluate(async () => {
  const { instance: { exports: wasm } } = await WebAssembly.instantiate(await (await fetch("pocket.wasm")).arrayBuffer(), {});
  await ZXingWASM.prepareZXingModule({ overrides: { locateFile: (name) => "/" + name }, fireImmediately: true });
  const bytes = (text) => new TextEncoder().encode(text), hex = (it) => Array.from(it, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const hints = new Map([[ZXing.DecodeHintType.POSSIBLE_FORMATS, [ZXing.BarcodeFormat.QR_CODE]], [ZXing.DecodeHintType.TRY_HARDER, false]]);
  const zxing = new ZXing.MultiFormatReader(false, hints);
  window.readers = {
    // The bytes of each code: what is judged elsewhere is told here.
    ours(picture, canvas) {
      const at = wasm.pocket_input(picture.data.length);
      new Uint8Array(wasm.memory.buffer, at, picture.data.length).set(picture.data);
      const length = wasm.pocket_read(picture.width, picture.height, picture.data.length);
      return JSON.parse(new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, wasm.pocket_output(), length)));
    },
    async "zxing-wasm"(picture) {
      const found = await ZXingWASM.readBarcodes(picture, { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 255 });
      return found.filter((it) => it.isValid).map((it) => hex(it.bytes));
    },
    jsqr(picture) {
      const found = jsQR(picture.data, picture.width, picture.height);
      return found ? [hex(Uint8Array.from(found.binaryData))] : [];
    },
    "html5-qrcode"(picture, canvas) {
      const source = new ZXing.HTMLCanvasElementLuminanceSource(canvas);
      const bitmap = new ZXing.BinaryBitmap(new ZXing.HybridBinarizer(source));
      try { return [hex(bytes(zxing.decode(bitmap).text))]; } catch { return []; }
    },
  };
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    readers.BarcodeDetector = async (picture, canvas) => (await detector.detect(canvas)).map((it) => hex(bytes(it.rawValue)));
  }
});
const names = await page.evaluate(() => Object.keys(readers));
const sums = new Map(names.map((name) => [name, { read: 0, misread: 0, times: [], kinds: new Map() }]));
for (const [turn, it] of all.entries()) {
  const order = names.map((_, at) => names[(at + turn) % names.length]);
  const answers = await page.evaluate(async ([file, order]) => {
    const picture = await createImageBitmap(await (await fetch("pictures/" + file)).blob());
    const canvas = document.createElement("canvas"), pen = canvas.getContext("2d", { willReadFrequently: true });
    // No larger than the page makes a picture that the browser decodes.
    const share = Math.min(1, 4096 / Math.max(picture.width, picture.height));
    [canvas.width, canvas.height] = [picture.width, picture.height].map((it) => Math.round(it * share));
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const data = pen.getImageData(0, 0, canvas.width, canvas.height), answers = [];
    for (const name of order) {
      const begun = performance.now();
      let found = [];
      try { found = await readers[name](data, canvas); } catch {}
      answers.push([name, found, performance.now() - begun]);
    }
    return answers;
  }, [it.file, order]);
  for (const [name, found, ms] of answers) {
    const sum = sums.get(name), read = it.codes.filter((code) => found.includes(code)).length;
    sum.times.push(ms);
    sum.read += read;
    sum.misread += found.filter((code) => !it.codes.includes(code)).length;
    const kind = sum.kinds.get(it.kind) ?? [0, 0];
    sum.kinds.set(it.kind, [kind[0] + read, kind[1] + it.codes.length]);
  }
}
await browser.end();
await server.stop();
const size = (name) => (FILES[name] ?? []).reduce((sum, file) => sum + gzipSync(server.file(file), { level: 9 }).length, 0);
console.log(`${codes} codes in ${all.length} pictures, in turns`);
for (const [name, { read, misread, times }] of sums) {
  times.sort((a, b) => a - b);
  const mean = times.reduce((sum, it) => sum + it, 0) / times.length;
  console.log(`${name}: read ${read} (${(100 * read / codes).toFixed(1)} %), misread ${misread}, mean ${mean.toFixed(1)} ms, p95 ${times[Math.floor(times.length * 0.95)].toFixed(1)} ms, ${(size(name) / 1000).toFixed(0)} kB compressed`);
}
for (const kind of new Set(all.map((it) => it.kind))) {
  console.log(kind + ": " + [...sums].map(([name, { kinds }]) => `${name} ${kinds.get(kind).join("/")}`).join(", "));
}
