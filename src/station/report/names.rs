//! Whether words hold a whole name of somebody in the record. Officers are asked to write none; where one is there, the
//! words stay at the desk.

use crate::rules::Desk;

/// Every name that the desk knows, folded.
pub(super) struct Names(Vec<String>);

impl Names {
    pub(super) fn of(desk: &Desk) -> Self {
        let officers = desk.office().officers().map(|it| (&it.latin, &it.native));
        let contents = desk.applications().flat_map(|it| {
            let before = it.corrections.iter().map(|(content, ..)| content);
            it.particulars.iter().chain(before).map(|it| (&it.latin, &it.native))
        });
        let people = desk.cases().map(|it| (&it.person.latin, &it.person.native));
        let all = officers.chain(contents).chain(people);
        let both = all.flat_map(|(latin, native)| [Some(latin), native.as_ref()]);
        let mut names: Vec<String> = both.flatten().map(|name| folded(name)).collect();
        // A single letter would be found in every sentence.
        names.retain(|name| name.chars().count() > 1);
        names.sort_unstable();
        names.dedup();
        Self(names)
    }

    /// True if the words hold one, in whatever case and spacing.
    pub(super) fn within(&self, words: &str) -> bool {
        let words = folded(words);
        self.0.iter().any(|name| words.contains(name))
    }
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).collect()
}
