//! One program, two front ends: in a browser the page, in a terminal the command line.

fn main() {}
