//! Writes pictures of the demonstration's permits into a v4l2loopback device, as a camera would.
//!
//! `feed DEVICE WIDTHxHEIGHT YUYV|NV12|MJPG|GREY FRAMES SCENE`: what the camera check of the virtual machine shows to
//! the real terminal. A scene is `desk`, `frozen`, or the name of a case of the demonstration. A frozen camera gives
//! the same bytes over and over; every other one has noise. `feed DEVICE WIDTHxHEIGHT FORMAT 0 leave` shows nothing: it
//! leaves a camera in that format and an odd frame rate, as another program might.

#![expect(clippy::print_stdout, reason = "it tells whoever runs the check")]

use core::time::Duration;
use std::io::Write as _;

use permit_signing::demo::{self, World};
use permit_symbol::camera::{Kind, Photo, Shot, photograph};
use permit_symbol::{GreyBuf, Symbol};

type Failure = Box<dyn core::error::Error>;

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [device, size, format, frames, scene] = &args[..] else {
        return Err("feed DEVICE WIDTHxHEIGHT FORMAT FRAMES SCENE".into());
    };
    let (width, height) = size.split_once('x').ok_or("a size is 640x480")?;
    let size = (width.parse()?, height.parse()?);
    let fourcc: [u8; 4] = format.as_bytes().try_into()?;
    let wanted = v4l::Format::new(size.0, size.1, v4l::FourCC::new(&fourcc));
    if scene == "leave" {
        return leave(device, &wanted);
    }
    let pictures = pictures(scene, size, fourcc)?;
    let mut output = v4l::Device::with_path(device)?;
    v4l::video::Output::set_format(&output, &wanted)?;
    let rate = v4l::Fraction::new(1, 30);
    v4l::video::Output::set_params(&output, &v4l::video::output::Parameters::new(rate))?;
    println!("FEEDING");
    for number in 0..frames.parse::<usize>()? {
        output.write_all(&pictures[number % pictures.len()])?;
        std::thread::sleep(Duration::from_millis(60));
    }
    println!("FED");
    Ok(())
}

/// Leaves a camera as no terminal wants it.
fn leave(device: &str, wanted: &v4l::Format) -> Result<(), Failure> {
    let device = v4l::Device::with_path(device)?;
    let left = v4l::video::Capture::set_format(&device, wanted)?;
    let rate = v4l::Fraction::new(2, 25);
    let wanted = v4l::video::capture::Parameters::new(rate);
    let left_at = v4l::video::Capture::set_params(&device, &wanted)?.interval;
    println!("LEFT {} {left_at}", left.fourcc);
    Ok(())
}

/// A few frames as the device wants them; one where the camera is frozen.
fn pictures(scene: &str, size: (u32, u32), fourcc: [u8; 4]) -> Result<Vec<Vec<u8>>, Failure> {
    let symbols = match scene {
        "desk" => Vec::new(),
        scene => vec![Symbol::new(core::str::from_utf8(&text(scene)?)?)?],
    };
    let shot = Shot { kind: Kind::Clean, strength: 0.0, size, seed: 5, frame: 0 };
    let photo = photograph(&shot, &symbols);
    let frames = if scene == "frozen" { 1 } else { 4 };
    (0..frames).map(|frame| encode(&noisy(&photo, frame), fourcc)).collect()
}

/// What the code of a case holds.
fn text(scene: &str) -> Result<Vec<u8>, Failure> {
    if matches!(scene, "golden" | "frozen") {
        return Ok(demo::GOLDEN.trim_ascii_end().to_vec());
    }
    let cases = World::make()?.cases()?;
    let case = cases.into_iter().find(|case| case.name == scene);
    Ok(case.ok_or("no such case in the demonstration")?.text)
}

/// A live sensor is never still.
fn noisy(photo: &Photo, frame: u32) -> Photo {
    let mut state = frame.wrapping_mul(0x9e37_79b9) | 1;
    let noise = |luma: &u8| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        luma.saturating_add((state >> 30) as u8)
    };
    let pixels = photo.picture.pixels().iter().map(noise).collect();
    let picture = GreyBuf::from_vec(photo.picture.width(), photo.picture.height(), pixels);
    Photo { picture: picture.unwrap_or_else(|| photo.picture.clone()), ..photo.clone() }
}

fn encode(photo: &Photo, fourcc: [u8; 4]) -> Result<Vec<u8>, Failure> {
    let luma = photo.picture.pixels();
    Ok(match &fourcc {
        b"MJPG" => photo.jpeg()?,
        b"YUYV" => luma.iter().flat_map(|luma| [*luma, 128]).collect(),
        b"NV12" => luma.iter().copied().chain(core::iter::repeat_n(128, luma.len() / 2)).collect(),
        b"GREY" => luma.to_vec(),
        _ => return Err("a format of YUYV, NV12, MJPG, GREY".into()),
    })
}
