//! The program: one binary, one command at a time.

use std::process::ExitCode;

use performance_framework::commands;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    commands::run()
}
