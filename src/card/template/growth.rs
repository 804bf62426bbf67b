//! What a template becomes while it is drawn: an element that others refer to is drawn as often as they do.
//!
//! A few lines that refer to each other can ask for more than any browser draws ("a billion laughs"). References are `href`
//! and every `url(#…)`, whatever is meant by them, so that use, gradient, pattern, mask and clip are counted alike.

use std::collections::HashMap;

use roxmltree::{Document, Node, NodeId};

use super::{Flaw, Template, line};

/// The first element that refers to itself, lies too deep, or is drawn too often.
pub(super) fn check(document: &Document<'_>, flaws: &mut Vec<Flaw>) {
    let root = document.root_element();
    let elements = || root.descendants().filter(Node::is_element);
    let mut depths: HashMap<NodeId, usize> = HashMap::new();
    for node in elements() {
        let above = node.parent().and_then(|parent| depths.get(&parent.id())).copied();
        let depth = above.unwrap_or_default() + 1;
        if depth > DEPTH {
            flaws.push(Flaw::Growth { line: line(node) });
            return;
        }
        depths.insert(node.id(), depth);
    }
    let mut names: HashMap<&str, Node<'_, '_>> = HashMap::new();
    for node in elements() {
        if let Some(id) = node.attribute("id") {
            names.entry(id).or_insert(node);
        }
    }
    let mut counted = Counted { names, drawn: HashMap::new() };
    if let Err(node) = counted.count(root, 0) {
        flaws.push(Flaw::Growth { line: line(node) });
    }
}

struct Counted<'a, 'd, 'i> {
    names: HashMap<&'a str, Node<'d, 'i>>,
    /// Elements drawn for each, once that is known; none while it is counted.
    drawn: HashMap<NodeId, Option<u64>>,
}

impl<'d, 'i> Counted<'_, 'd, 'i> {
    /// How many elements are drawn for one, or the one that is too many. `depth` counts references too.
    fn count(&mut self, node: Node<'d, 'i>, depth: usize) -> Result<u64, Node<'d, 'i>> {
        match self.drawn.get(&node.id()) {
            Some(Some(known)) => return Ok(*known),
            // It is part of what it refers to.
            Some(None) => return Err(node),
            None if depth > 2 * DEPTH => return Err(node),
            None => self.drawn.insert(node.id(), None),
        };
        let mut drawn = 1_u64;
        let children: Vec<_> = node.children().filter(Node::is_element).collect();
        let meant: Vec<_> = references(node).filter_map(|id| self.names.get(id).copied()).collect();
        for next in children.into_iter().chain(meant) {
            drawn = drawn.saturating_add(self.count(next, depth + 1)?);
        }
        if drawn > Template::DRAWN {
            return Err(node);
        }
        self.drawn.insert(node.id(), Some(drawn));
        Ok(drawn)
    }
}

/// Names that an element's attributes refer to.
fn references<'d>(node: Node<'d, '_>) -> impl Iterator<Item = &'d str> {
    node.attributes().flat_map(|attribute| {
        let value = attribute.value();
        let href = (attribute.name() == "href").then(|| value.trim().strip_prefix('#')).flatten();
        let urls = value.split('#').skip(1).filter_map(|rest| {
            let (id, _) = rest.split_once(')')?;
            Some(id.trim().trim_matches(['\'', '"']))
        });
        href.into_iter().chain(urls)
    })
}

/// Elements within each other, at most; chosen: drawing programs nest about ten deep.
const DEPTH: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn flaws(inside: &str) -> Vec<Flaw> {
        let head = "<svg xmlns='http://www.w3.org/2000/svg' width='90mm' height='60mm' viewBox='0 0 90 60'>";
        Template::parse(&format!("{head}\n{inside}</svg>")).err().unwrap_or_default()
    }

    #[test]
    fn what_is_drawn_a_few_times_is_taken() {
        let inside = "<defs><path id='a' d='M0 0'/><g id='b'><use href='#a'/><use href='#a'/></g></defs>\
                      <use href='#b'/><rect fill='url(#a)'/><use href='#none'/>";
        assert_eq!(flaws(inside), []);
    }

    #[test]
    fn what_grows_while_it_is_drawn_is_refused() {
        let laughs = |refers: &dyn Fn(usize) -> String| {
            let lines = (1..20).map(|n| format!("<g id='a{n}'>{}</g>\n", refers(n - 1).repeat(10)));
            format!("<rect id='a0'/>{}", lines.collect::<String>())
        };
        let uses = laughs(&|n| format!("<use href='#a{n}'/>"));
        let fills = laughs(&|n| format!("<rect style='fill: url( \"#a{n}\" )'/>"));
        let masks = laughs(&|n| format!("<rect mask='url(#a{n})'/>"));
        for inside in [uses, fills, masks] {
            assert!(matches!(flaws(&inside)[..], [Flaw::Growth { .. }]), "{:?}", flaws(&inside));
        }
        for inside in [
            "<g id='a'><use href='#a'/></g>",
            "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>",
            "<pattern id='a'><rect fill='url(#a)'/></pattern>",
        ] {
            assert_eq!(flaws(inside), [Flaw::Growth { line: 2 }], "{inside}");
        }
        let deep = format!("{}{}", "<g>".repeat(50_000), "</g>".repeat(50_000));
        assert!(matches!(flaws(&deep)[..], [Flaw::Growth { .. } | Flaw::Xml { .. }]));
    }
}
