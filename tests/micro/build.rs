//! Puts memory.x where the linker looks.
fn main() {
    let out = std::env::var_os("OUT_DIR").expect("cargo sets it");
    std::fs::copy("memory.x", std::path::Path::new(&out).join("memory.x")).expect("writable");
    println!("cargo:rustc-link-search={}", std::path::Path::new(&out).display());
    println!("cargo:rerun-if-changed=memory.x");
}
