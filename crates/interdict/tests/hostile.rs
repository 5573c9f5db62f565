//! What does the program do with input that is wrong, cut, damaged or made to do harm? It says so in one error that names the
//! thing, ends with the documented code, and leaves everything as it was.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

#[path = "hostile/home.rs"]
mod home;

#[path = "hostile/archive.rs"]
mod archive;
#[path = "hostile/customers.rs"]
mod customers;
#[path = "hostile/lists.rs"]
mod lists;
#[path = "hostile/long_lines.rs"]
mod long_lines;
#[path = "hostile/names.rs"]
mod names;
#[path = "hostile/options.rs"]
mod options;
