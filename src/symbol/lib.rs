//! QR codes out and in: draw, find, decode, grade
