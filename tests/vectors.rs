//! Writes the vectors: `cargo run -p permit-tests --bin vectors`. The same bytes every time.
//!
//! A file that is no longer generated is removed; what core answers must be what each spec states.

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let (vectors, bundles) = permit_tests::vector::all();
    for folder in ["valid", "invalid", "edge", "bundles"] {
        let folder = root.join(folder);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(folder)?;
    }
    for vector in &vectors {
        let path = root.join(vector.folder).join(format!("{}.json", vector.name));
        assert!(!path.exists(), "two vectors are called {}", vector.name);
        fs::write(path, permit_tests::vector::text(&vector.contents))?;
    }
    for (name, bundle) in bundles {
        fs::write(root.join("bundles").join(format!("{name}.cbor")), bundle)?;
    }
    Ok(())
}
