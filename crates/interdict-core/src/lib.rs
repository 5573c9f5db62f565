//! What the other crates talk about: an entity, a partial date, an identifier, a list version, a score and
//! its explanation, a subject and the outcome of screening it.
//!
//! This crate knows no list format, no file layout and no matching rule. It reads no clock and no
//! environment; the only thing it opens is a memory-mapped file ([`mapped`]).
//!
//! # Example
//! ```
//! use interdict_core::{entity::Entity, model};
//!
//! let mut kim = Entity::new("ofac-43377", model::schema("Person").expect("in the model"));
//! kim.add("name", "KIM Sang Man")?;
//! kim.add("birthDate", "1965-04-25")?;
//! assert_eq!(kim.caption(), "KIM Sang Man");
//! # Ok::<(), interdict_core::entity::ValueError>(())
//! ```

pub mod entity;
pub mod model;

pub mod country;
pub mod date;
pub mod identifier;

pub mod issue;
pub mod list;

pub mod explanation;
pub mod outcome;
pub mod score;
pub mod subject;

pub mod digest;
pub mod limits;
pub mod mapped;
pub mod random;
