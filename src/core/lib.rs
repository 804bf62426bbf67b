//! The whole verdict, from text to Verdict, and every signed format
