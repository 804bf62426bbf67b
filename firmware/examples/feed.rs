//! Writes pictures of the demonstration's permits into a v4l2loopback device, as a camera would.
//!
//! `feed DEVICE WIDTHxHEIGHT YUYV|NV12|MJPG|GREY FRAMES golden|forged|desk|frozen`: what the camera check of the virtual
//! machine shows to the real terminal. A frozen camera gives the same bytes over and over; every other one has noise.

#![expect(clippy::print_stdout, reason = "it tells whoever runs the check")]

use core::time::Duration;
use std::io::Write as _;

use permit_signing::demo;
use permit_symbol::Symbol;
use permit_symbol::camera::{Kind, Photo, Shot, photograph};
use v4l::video::Output as _;

type Failure = Box<dyn core::error::Error>;

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [device, size, format, frames, scene] = &args[..] else {
        return Err("feed DEVICE WIDTHxHEIGHT FORMAT FRAMES SCENE".into());
    };
    let (width, height) = size.split_once('x').ok_or("a size is 640x480")?;
    let size = (width.parse()?, height.parse()?);
    let fourcc: [u8; 4] = format.as_bytes().try_into()?;
    let pictures = pictures(scene, size, fourcc)?;
    let mut output = v4l::Device::with_path(device)?;
    output.set_format(&v4l::Format::new(size.0, size.1, v4l::FourCC::new(&fourcc)))?;
    let rate = v4l::Fraction::new(1, 30);
    output.set_params(&v4l::video::output::Parameters::new(rate))?;
    println!("FEEDING");
    for number in 0..frames.parse::<usize>()? {
        output.write_all(&pictures[number % pictures.len()])?;
        std::thread::sleep(Duration::from_millis(60));
    }
    println!("FED");
    Ok(())
}

/// A few frames as the device wants them; one where the camera is frozen.
fn pictures(scene: &str, size: (u32, u32), fourcc: [u8; 4]) -> Result<Vec<Vec<u8>>, Failure> {
    let mut text = core::str::from_utf8(demo::GOLDEN)?.trim_end().to_owned();
    if scene == "forged" {
        let middle = text.len() / 2;
        let other = if text.as_bytes()[middle] == b'0' { "1" } else { "0" };
        text.replace_range(middle..=middle, other);
    }
    let symbols = if scene == "desk" { Vec::new() } else { vec![Symbol::new(&text)?] };
    let frames = if scene == "frozen" { 1 } else { 4 };
    let shot = |frame| Shot { kind: Kind::Clean, strength: 0.0, size, seed: 5, frame };
    let take = |frame| noisy(photograph(&shot(frame), &symbols), frame);
    (0..frames).map(take).map(|photo| encode(&photo, fourcc)).collect()
}

/// A live sensor is never still.
fn noisy(mut photo: Photo, frame: u32) -> Photo {
    let mut state = frame.wrapping_mul(0x9e37_79b9) | 1;
    for luma in photo.picture.pixels_mut() {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *luma = luma.saturating_add((state >> 30) as u8);
    }
    photo
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
