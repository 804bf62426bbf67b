//! A video device through V4L2: luma of its newest frame, whatever happens to it.
//!
//! The only file that names nokhwa. It runs in a thread of its own, because a frame may never come and cannot be given
//! up on; a supervisor judges the silence. What a device was left in is put right before it is opened, since nokhwa
//! refuses a device whose present state it does not know. A device that goes is waited for.

use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use nokhwa::Camera;
use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType,
    Resolution,
};
use permit_symbol::GreyBuf;
use v4l::video::Capture as _;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::frame::{Frame, FrameError, Slot};

/// Between tries to open a device.
const AGAIN: Duration = Duration::from_secs(1);

/// Watches a device for the life of the process; every frame goes to the slot.
///
/// The path is resolved at every try: a device named by its port comes back under another number.
pub fn watch(device: &Path, slot: &Slot) {
    let mut told = false;
    loop {
        // The stream beneath panics where a driver refuses to be stopped: that ends the session, not the thread.
        let session = AssertUnwindSafe(|| session(device, slot, &mut told));
        let ended = catch_unwind(session).unwrap_or(FrameError::Gone);
        slot.lose();
        if !core::mem::replace(&mut told, true) {
            tracing::warn!(error = %ended, "the camera is gone");
        }
        thread::sleep(AGAIN);
    }
}

/// Frames until the device gives none any more; why it does not.
fn session(device: &Path, slot: &Slot, told: &mut bool) -> FrameError {
    let mut open = match Device::open(device) {
        Ok(open) => open,
        Err(error) => return error,
    };
    *told = false;
    tracing::info!(format = ?open.format, "the camera is open");
    loop {
        match open.frame() {
            Ok(frame) => slot.put(frame),
            Err(error) => return error,
        }
    }
}

/// What a device was asked for and agreed to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Format {
    kind: Kind,
    width: u32,
    height: u32,
    /// Bytes from one row to the next.
    stride: usize,
    fps: u32,
}

/// The formats whose luma can be had without a conversion.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Yuyv,
    Nv12,
    Mjpeg,
}

impl Kind {
    const fn fourcc(self) -> &'static [u8; 4] {
        match self {
            Self::Yuyv => b"YUYV",
            Self::Nv12 => b"NV12",
            Self::Mjpeg => b"MJPG",
        }
    }

    const fn named(self) -> FrameFormat {
        match self {
            Self::Yuyv => FrameFormat::YUYV,
            Self::Nv12 => FrameFormat::NV12,
            Self::Mjpeg => FrameFormat::MJPEG,
        }
    }

    /// The luma of a frame; `None` for a frame that was cut off.
    fn luma(self, bytes: &[u8], format: &Format) -> Option<GreyBuf> {
        let (width, height) = (format.width as usize, format.height as usize);
        let across = match self {
            // The buffer is longer than the picture in it, which ends itself.
            Self::Mjpeg => return jpeg(bytes),
            Self::Yuyv => 2,
            Self::Nv12 => 1,
        };
        let mut pixels = Vec::with_capacity(width * height);
        for row in bytes.chunks(format.stride.max(1)).take(height) {
            let row = row.get(..across * width)?;
            pixels.extend(row.iter().step_by(across));
        }
        GreyBuf::from_vec(format.width, format.height, pixels)
    }
}

/// What is tried, in this order: size before rate, plain before compressed.
const WISHES: [(Kind, u32, u32); 6] = [
    (Kind::Yuyv, 1280, 720),
    (Kind::Mjpeg, 1280, 720),
    (Kind::Nv12, 1280, 720),
    (Kind::Yuyv, 640, 480),
    (Kind::Mjpeg, 640, 480),
    (Kind::Nv12, 640, 480),
];

/// Frames a second that are asked for, and below which another wish is tried first.
const FPS: (u32, u32) = (30, 15);

struct Device {
    camera: Camera,
    format: Format,
}

impl Device {
    fn open(path: &Path) -> Result<Self, FrameError> {
        let path = path.canonicalize().map_err(FrameError::Open)?;
        let number = number(&path).ok_or(FrameError::Format)?;
        let format = agree(&path)?;
        let size = Resolution::new(format.width, format.height);
        let wanted = CameraFormat::new(size, format.kind.named(), format.fps);
        let only = [format.kind.named()];
        let request = RequestedFormat::with_formats(RequestedFormatType::Exact(wanted), &only);
        let backend = ApiBackend::Video4Linux;
        let mut camera =
            Camera::with_backend(CameraIndex::Index(number), request, backend).map_err(refused)?;
        camera.open_stream().map_err(refused)?;
        Ok(Self { camera, format })
    }

    /// The next frame; waits for it as long as it takes.
    fn frame(&mut self) -> Result<Frame, FrameError> {
        loop {
            let bytes = self.camera.frame_raw().map_err(|error| {
                tracing::debug!(%error, "no frame");
                FrameError::Gone
            })?;
            if let Some(grey) = self.format.kind.luma(&bytes, &self.format) {
                return Ok(Frame { grey: Arc::new(grey), picture: None, cut: false });
            }
            tracing::debug!("a frame that was cut off");
        }
    }
}

impl core::fmt::Debug for Device {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Device").field("format", &self.format).finish_non_exhaustive()
    }
}

/// Puts a device into a state that nokhwa knows: the first wish it grants at a good rate, else the fastest it grants.
fn agree(path: &Path) -> Result<Format, FrameError> {
    let device = v4l::Device::with_path(path).map_err(FrameError::Open)?;
    let mut best: Option<Format> = None;
    for wish in WISHES {
        let Some(granted) = wish_for(&device, wish) else { continue };
        if granted.fps >= FPS.1 {
            return Ok(granted);
        }
        if best.is_none_or(|best| granted.fps > best.fps) {
            best = Some(granted);
        }
    }
    let best = best.ok_or(FrameError::Format)?;
    // Later wishes have left the device in another state.
    wish_for(&device, (best.kind, best.width, best.height)).ok_or(FrameError::Format)
}

/// What a device makes of a wish; `None` where it insists on another format or an odd rate.
fn wish_for(device: &v4l::Device, (kind, width, height): (Kind, u32, u32)) -> Option<Format> {
    let fourcc = v4l::FourCC::new(kind.fourcc());
    let granted = device.set_format(&v4l::Format::new(width, height, fourcc)).ok()?;
    if granted.fourcc != fourcc || granted.width == 0 || granted.height == 0 {
        return None;
    }
    let fps = rate(device, FPS.0).or_else(|| rate(device, FPS.1))?;
    let plain = granted.width as usize * if kind == Kind::Yuyv { 2 } else { 1 };
    let stride = (granted.stride as usize).max(plain);
    Some(Format { kind, width: granted.width, height: granted.height, stride, fps })
}

/// The whole number of frames a second that a device agrees to.
fn rate(device: &v4l::Device, fps: u32) -> Option<u32> {
    let wanted = v4l::video::capture::Parameters::with_fps(fps);
    let granted = device.set_params(&wanted).ok()?.interval;
    (granted.numerator == 1 && granted.denominator > 0).then_some(granted.denominator)
}

/// The number of `/dev/videoN`.
fn number(path: &Path) -> Option<u32> {
    path.file_name()?.to_str()?.strip_prefix("video")?.parse().ok()
}

fn refused(error: nokhwa::NokhwaError) -> FrameError {
    FrameError::Open(std::io::Error::other(error))
}

/// The luma of the JPEG picture at the beginning of these bytes; `None` where there is none. Sizes are bounded before
/// memory is.
fn jpeg(bytes: &[u8]) -> Option<GreyBuf> {
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::Luma)
        .set_max_width(SIDE)
        .set_max_height(SIDE);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let pixels = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    GreyBuf::from_vec(u32::try_from(width).ok()?, u32::try_from(height).ok()?, pixels)
}

/// The most pixels of a side.
const SIDE: usize = 8192;

#[cfg(test)]
mod tests {
    use permit_symbol::Symbol;
    use permit_symbol::camera::{self, SIZES, Shot, photograph};

    use super::*;

    fn format(kind: Kind, stride: usize) -> Format {
        Format { kind, width: 3, height: 2, stride, fps: 30 }
    }

    #[test]
    fn luma_of_plain_formats_and_of_padded_rows() {
        let wanted = [1, 2, 3, 4, 5, 6];
        let luma = |kind: Kind, stride, bytes: &[u8]| {
            kind.luma(bytes, &format(kind, stride)).map(GreyBuf::into_pixels)
        };
        let yuyv = [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0];
        assert_eq!(luma(Kind::Yuyv, 6, &yuyv).unwrap(), wanted);
        let padded = [1, 0, 2, 0, 3, 0, 9, 9, 4, 0, 5, 0, 6, 0, 9, 9];
        assert_eq!(luma(Kind::Yuyv, 8, &padded).unwrap(), wanted);
        let nv12 = [1, 2, 3, 4, 5, 6, 128, 128, 128, 128];
        assert_eq!(luma(Kind::Nv12, 3, &nv12).unwrap(), wanted);
        for kind in [Kind::Yuyv, Kind::Nv12, Kind::Mjpeg] {
            assert_eq!(luma(kind, 6, &yuyv[..5]), None, "{kind:?} cut off");
            assert_eq!(luma(kind, 6, &[]), None, "{kind:?} empty");
        }
    }

    #[test]
    fn a_jpeg_in_a_buffer_that_is_too_long() {
        let kind = camera::Kind::Clean;
        let shot = Shot { kind, strength: 0.0, size: SIZES[0], seed: 1, frame: 0 };
        let photo = photograph(&shot, &[Symbol::new("BP1:SPECIMEN").unwrap()]);
        let mut bytes = photo.jpeg().unwrap();
        bytes.resize(1_228_800, 0x55);
        let grey = Kind::Mjpeg.luma(&bytes, &format(Kind::Mjpeg, 0)).unwrap();
        assert_eq!((grey.width(), grey.height()), SIZES[0]);
        assert_eq!(permit_symbol::read(grey.as_grey())[0].bytes, b"BP1:SPECIMEN");
    }

    #[test]
    fn devices_by_number() {
        assert_eq!(number(Path::new("/dev/video12")), Some(12));
        for other in ["/dev/null", "/dev/video", "/dev/video1x", "/"] {
            assert_eq!(number(Path::new(other)), None, "{other}");
        }
        assert!(Device::open(Path::new("/dev/null")).is_err());
        assert!(matches!(Device::open(Path::new("/dev/gone")), Err(FrameError::Open(_))));
    }
}
