//! One program, two front ends: in a browser the page, in a terminal the command line.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    setwise::cli::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {
    setwise::ui::mount();
}
