// The worker that reads and the camera that gives it frames: for the page here, and for a desk's pages, which load both
// from here. Neither knows a word, nor what is done with what was read.

export class Reader {
  // What a call may take before the worker is started again: as a whole, or from one word of it to the next.
  static patience = 20000;
  #worker = null; #calls = new Map(); #last = 0; #fallen = 0;
  // `may` is asked whether it is started again after so many falls; `anew` furnishes one that was.
  constructor(may, anew) {
    Object.assign(this, { may, anew });
    this.#start();
  }
  // `going` hears how far a call is that tells.
  ask(message, transfer = [], patience = Reader.patience, going = () => {}) {
    return new Promise((done) => {
      const id = ++this.#last;
      const timed = () => setTimeout(() => this.#again(), patience);
      this.#calls.set(id, { done, going, timed, timer: timed() });
      this.#worker.postMessage({ ...message, id }, transfer);
    });
  }
  call(name, args = [], bytes = null) {
    return this.ask({ does: "ask", name, args, bytes });
  }
  #start() {
    this.#worker = new Worker(new URL("reader.js", import.meta.url));
    this.#worker.onmessage = ({ data }) => {
      const call = this.#calls.get(data.id);
      if (!call) return;
      clearTimeout(call.timer);
      if ("more" in data) {
        call.timer = call.timed();
        call.going(data.more);
        return;
      }
      this.#calls.delete(data.id);
      if ("fell" in data) this.#again(call); else call.done(data.answer);
    };
    this.#worker.onerror = () => this.#again();
  }
  // What fell or hangs is ended; whoever waits for it gets nothing.
  #again(fallen) {
    const waiting = [...this.#calls.values(), ...(fallen ? [fallen] : [])];
    this.#calls.clear();
    for (const { done, timer } of waiting) { clearTimeout(timer); done(null); }
    this.#worker.terminate();
    if (!this.may(++this.#fallen)) return;
    this.#start();
    this.anew();
  }
}

// A camera's frames, at most so many pixels long.
const LONGEST = 1280;
export class Camera {
  track = null;
  #canvas = document.createElement("canvas");
  #pen = this.#canvas.getContext("2d", { willReadFrequently: true });
  constructor(video) { this.video = video; }
  // Throws as `getUserMedia` does; `lost` is called when it is taken away.
  async open(lost) {
    const wanted = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: { ideal: "environment" } };
    const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    [this.track] = stream.getVideoTracks();
    this.track.onended = () => { this.close(); lost(); };
    this.video.srcObject = stream;
    await this.video.play().catch(() => {});
  }
  close() {
    if (this.track) this.track.onended = null;
    this.track?.stop();
    this.track = this.video.srcObject = null;
    this.#canvas.width = this.#canvas.height = 0;
  }
  // Four bytes a pixel of what the camera sees now; nothing while it sees nothing.
  frame() {
    const { videoWidth, videoHeight } = this.video;
    if (!this.track || !videoWidth) return null;
    const share = Math.min(1, LONGEST / Math.max(videoWidth, videoHeight));
    const width = Math.round(videoWidth * share), height = Math.round(videoHeight * share), canvas = this.#canvas;
    // A phone that is turned gives another size: the module begins a new stream by itself.
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    this.#pen.drawImage(this.video, 0, 0, width, height);
    return { width, height, bytes: new Uint8Array(this.#pen.getImageData(0, 0, width, height).data.buffer) };
  }
  // The last frame as a picture without loss.
  picture() { return new Promise((done) => this.#canvas.toBlob(done, "image/png")); }
}

// The outline of every code in view, over a picture of that size.
export function outlines(svg, all, width, height) {
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren(...all.map((corners) => {
    const it = document.createElementNS(svg.namespaceURI, "polygon");
    it.setAttribute("points", corners.map((point) => point.join(",")).join(" "));
    return it;
  }));
}
