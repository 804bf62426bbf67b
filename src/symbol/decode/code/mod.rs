//! Code: what stands where in a symbol, and from soft modules to bytes that are certain (ISO/IEC 18004).
//!
//! [`layout`] has the standard's tables, [`correct`] puts soft modules right with [`reed_solomon`], and [`segment`] makes
//! bytes of codewords, of which [`text`] makes what is shown; [`joined`] puts symbols together that are parts of one
//! message. No picture comes in here.

pub(crate) mod correct;
pub(crate) mod joined;
pub(crate) mod layout;
mod reed_solomon;
pub(crate) mod segment;
pub(crate) mod text;
