//! `openapi`: writes everything that is generated from the code.

use std::path::Path;

use super::Failure;
use crate::openapi::generated;

/// Writes the files below `root`.
pub fn run(root: &Path) -> Result<(), Failure> {
    for (name, text) in generated::files() {
        let file = root.join(name);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&file, text)?;
        println!("{name}");
    }
    Ok(())
}
