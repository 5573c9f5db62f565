//! How good is the screening, on these lists and these names? Manipulated names made of the lists in force, what an engine
//! makes of them and of names that nobody should be alerted on, and the numbers that say how well it did.
//!
//! [`generate()`](generate::generate) makes cases, [`run`] screens them, [`metrics`] holds the definitions, [`report`] puts
//! together what a buyer wants to know, and [`page`] shows it as one HTML page. Every number is defined in `docs/evaluate.md`.
//!
//! Like the other libraries this one reads no clock and no file: the program gives it both.

pub mod calibration;
pub mod cases;
pub mod generate;
pub mod lossless;
pub mod metrics;
pub mod page;
pub mod pairs;
pub mod report;
pub mod run;
pub mod selftest;
pub mod speed;
