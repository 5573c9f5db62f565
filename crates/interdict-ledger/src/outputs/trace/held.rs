//! What is held at which output? A table of numbers, of which only the pages that were touched take memory.

/// Numbers in a page.
const PAGE: usize = 4_096;

/// A number for each output, 0 where nothing was put.
#[derive(Debug)]
pub(super) struct Held {
    pages: Vec<Option<Box<[u64; PAGE]>>>,
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

    /// Puts a number at an output.
    #[inline]
    pub fn put(&mut self, output: u64, number: u64) {
        let (page, within) = place(output);
        if let Some(page) = self.pages.get_mut(page) {
            page.get_or_insert_with(|| Box::new([0; PAGE]))[within] = number;
        }
    }

    /// Takes the number from an output.
    #[inline]
    pub fn take(&mut self, output: u64) -> u64 {
        let (page, within) = place(output);
        self.pages.get_mut(page).and_then(Option::as_mut).map_or(0, |page| std::mem::take(&mut page[within]))
    }

    /// All outputs with a number, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u64)> {
        self.pages
            .iter()
            .enumerate()
            .filter_map(|(place, page)| page.as_ref().map(|page| (place, page)))
            .flat_map(|(place, page)| {
                let numbers = page.iter().enumerate().filter(|(_, number)| **number != 0);
                numbers.map(move |(within, number)| ((place * PAGE + within) as u64, *number))
            })
    }
}
