//! QR codes out and in: draw, find, decode, grade

mod decode;
mod grey;

pub use decode::{Code, Decoder, Level, Modules, Rqrr, read};
pub use grey::{Grey, GreyBuf, Point};
