// A portrait cut out before it is handed in. Without this the server cuts about the middle.
"use strict";

const form = document.getElementById("portrait");
const file = form.querySelector("input[type=file]");
const crop = document.getElementById("crop"), canvas = crop.querySelector("canvas");
const film = document.getElementById("film"), video = film.querySelector("video");
const camera = document.getElementById("camera");
const [zoom, across, down] = ["zoom", "across", "down"].map((id) => document.getElementById(id));
const ink = canvas.getContext("2d");
let picture = null;

// What is cut out: the largest piece of the canvas's shape, less by the zoom, never finer than half the canvas.
const cut = () => {
  const part = Math.min(picture.width / canvas.width, picture.height / canvas.height);
  const most = Math.max(1, part / 0.5);
  const by = part / most ** Number(zoom.value);
  const width = canvas.width * by, height = canvas.height * by;
  return { x: (picture.width - width) * across.value, y: (picture.height - height) * down.value, width, height };
};

const draw = () => {
  if (!picture) return;
  const { x, y, width, height } = cut();
  ink.fillStyle = "#fff";
  ink.fillRect(0, 0, canvas.width, canvas.height);
  ink.drawImage(picture, x, y, width, height, 0, 0, canvas.width, canvas.height);
};

const show = (bitmap) => {
  // One that is too small goes as it is: the server says so.
  const fits = bitmap && bitmap.width >= canvas.width / 2 && bitmap.height >= canvas.height / 2;
  picture = fits ? bitmap : null;
  crop.hidden = !picture;
  [zoom.value, across.value, down.value] = [0, 0.5, 0.5];
  draw();
};

file.addEventListener("change", async () => {
  show(file.files.length ? await createImageBitmap(file.files[0]).catch(() => null) : null);
});
for (const slider of [zoom, across, down]) slider.addEventListener("input", draw);

canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
canvas.addEventListener("pointermove", (event) => {
  if (!picture || !canvas.hasPointerCapture(event.pointerId)) return;
  const { width, height } = cut(), seen = canvas.getBoundingClientRect();
  const move = (slider, by, room) => { if (room > 0) slider.value = Number(slider.value) - by / room; };
  move(across, (event.movementX / seen.width) * width, picture.width - width);
  move(down, (event.movementY / seen.height) * height, picture.height - height);
  draw();
});

form.addEventListener("submit", async (event) => {
  if (!picture || event.submitter?.value === "drop") return;
  event.preventDefault();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.95));
  const handed = new DataTransfer();
  handed.items.add(new File([blob], "portrait.jpg", { type: "image/jpeg" }));
  file.files = handed.files;
  form.submit();
});

// The camera, where the browser has one and this page may use it.
const end = () => {
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
  film.hidden = true;
};
if (navigator.mediaDevices) {
  const [start, none] = camera.children;
  camera.hidden = false;
  start.addEventListener("click", async () => {
    const wanted = { video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 960 } } };
    video.srcObject = await navigator.mediaDevices.getUserMedia(wanted).catch(() => null);
    none.hidden = video.srcObject !== null;
    if (!video.srcObject) return;
    film.hidden = false;
    await video.play();
  });
  film.querySelector("button").addEventListener("click", async () => {
    if (!video.videoWidth) return;
    const taken = await createImageBitmap(video);
    end();
    file.value = "";
    show(taken);
  });
  addEventListener("pagehide", end);
}
