// Films for a camera: pictures decoded by a browser, written as Y4M, which Chromium plays as a camera.
import { readFileSync, writeFileSync, appendFileSync } from "node:fs";

// The luma of a picture file, drawn on white in the middle of a frame of that size.
export async function luma(page, file, width, height) {
  const kind = file.endsWith(".png") ? "image/png" : "image/jpeg";
  const text = await page.evaluate(async ([data, kind, width, height]) => {
    const picture = await createImageBitmap(await (await fetch(`data:${kind};base64,${data}`)).blob());
    const canvas = new OffscreenCanvas(width, height), pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, height);
    const share = Math.min(width / picture.width, height / picture.height);
    const [w, h] = [picture.width * share, picture.height * share];
    pen.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h);
    const rgba = pen.getImageData(0, 0, width, height).data;
    let grey = "";
    for (let at = 0; at < rgba.length; at += 4) grey += String.fromCharCode((77 * rgba[at] + 150 * rgba[at + 1] + 29 * rgba[at + 2]) >> 8);
    return btoa(grey);
  }, [readFileSync(file).toString("base64"), kind, width, height]);
  return Buffer.from(text, "base64");
}

// Each picture for so many frames and then nothing for some, so that a reader takes the next as another.
export async function film(page, path, files, { width, height, rate, frames, between }) {
  writeFileSync(path, `YUV4MPEG2 W${width} H${height} F${rate}:1 Ip A1:1 C420jpeg\n`);
  const chroma = Buffer.alloc(width * height / 2, 128), wall = Buffer.alloc(width * height, 200);
  const add = (grey, times) => { for (let n = 0; n < times; n += 1) appendFileSync(path, Buffer.concat([Buffer.from("FRAME\n"), grey, chroma])); };
  for (const file of files) {
    add(await luma(page, file, width, height), frames);
    add(wall, between);
  }
}
