//! What is held at which output? A table in which only the pages that were touched take memory.

use super::rules::Part;

/// Outputs in a page.
const PAGE: usize = 512;

/// A page: what is held at each of its outputs, with the output's value beside it, so that one look in memory gives both.
type Page = Box<[Part; PAGE]>;

/// What is held at each output; nothing where nothing was put.
#[derive(Debug)]
pub(super) struct Held {
    pages: Vec<Option<Page>>,
}

fn place(output: u64) -> (usize, usize) {
    let output = usize::try_from(output).unwrap_or(usize::MAX);
    (output / PAGE, output % PAGE)
}

impl Held {
    /// A table for outputs below `end`.
    pub fn new(end: u64) -> Self {
        let (pages, _) = place(end);
        Self { pages: std::iter::repeat_with(|| None).take(pages + 1).collect() }
    }

    /// Holds so much at an output.
    #[inline]
    pub fn put(&mut self, output: u64, part: Part) {
        let (page, within) = place(output);
        let Some(page) = self.pages.get_mut(page) else { return };
        let page = page.get_or_insert_with(|| Box::new([Part::default(); PAGE]));
        if let Some(held) = page.get_mut(within) {
            *held = part;
        }
    }

    /// What is held at an output, as the rule counts it; 0 for nothing.
    #[inline]
    pub fn amount(&self, output: u64) -> u64 {
        let (page, within) = place(output);
        self.pages
            .get(page)
            .and_then(Option::as_ref)
            .and_then(|page| page.get(within))
            .map_or(0, |held| held.held)
    }

    /// Takes what is held at an output.
    #[inline]
    pub fn take(&mut self, output: u64) -> Option<Part> {
        let (page, within) = place(output);
        let held = self.pages.get_mut(page)?.as_mut()?.get_mut(within)?;
        if held.held == 0 { None } else { Some(std::mem::take(held)) }
    }

    /// All outputs at which something is held, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u64, Part)> {
        self.pages
            .iter()
            .enumerate()
            .filter_map(|(place, page)| page.as_ref().map(|page| (place, page)))
            .flat_map(|(place, page)| {
                let held = page.iter().enumerate().filter(|(_, part)| part.held != 0);
                held.map(move |(within, part)| ((place * PAGE + within) as u64, *part))
            })
    }
}
