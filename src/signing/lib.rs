//! Keys, and the signing of permits and trust documents
