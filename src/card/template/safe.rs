//! What a template may hold: drawing, and nothing that runs, loads or moves.
//!
//! A list of what is allowed, not of what is forbidden: a browser that learns a new trick learns it outside of it.

use roxmltree::{Document, Node};

use super::{Flaw, line};

/// The namespace of SVG.
pub(super) const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Everything that does more than draw.
pub(super) fn check(document: &Document<'_>, flaws: &mut Vec<Flaw>) {
    for node in document.root().descendants() {
        let unsafe_at = |what: &str| Flaw::Unsafe { line: line(node), what: what.to_owned() };
        if node.is_pi() {
            flaws.push(unsafe_at("<?"));
        }
        if !node.is_element() {
            continue;
        }
        let name = node.tag_name().name();
        match node.tag_name().namespace() {
            Some(SVG) if ELEMENTS.contains(&name) => {}
            // What editors note beside the drawing draws nothing.
            Some(other) if other != SVG && other != XHTML && !other.contains("MathML") => {}
            _ => flaws.push(unsafe_at(name)),
        }
        for attribute in node.attributes() {
            if !is_safe(node, attribute) {
                flaws.push(unsafe_at(attribute.name()));
            }
        }
    }
}

fn is_safe(node: Node<'_, '_>, attribute: roxmltree::Attribute<'_, '_>) -> bool {
    let value = attribute.value().to_ascii_lowercase();
    let compact: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let name = attribute.name().to_ascii_lowercase();
    // With XLink's namespace or without one.
    if name == "href" {
        let image = node.tag_name().name() == "image"
            && IMAGES.iter().any(|kind| compact.starts_with(kind));
        return compact.starts_with('#') || image;
    }
    let loads = compact
        .match_indices("url(")
        .any(|(at, _)| !compact[at + 4..].trim_start_matches(['\'', '"']).starts_with('#'));
    !name.starts_with("on")
        && name != "src"
        && !compact.contains("javascript:")
        && !compact.contains("expression(")
        && !compact.contains("@import")
        && !compact.contains('\\')
        && !loads
}

/// Elements that draw.
const ELEMENTS: [&str; 24] = [
    "svg",
    "g",
    "defs",
    "rect",
    "path",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "use",
    "symbol",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "image",
    "title",
    "desc",
    "metadata",
];

/// Pictures that stand in the file itself and are no SVG again.
const IMAGES: [&str; 3] =
    ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/webp;base64,"];

#[cfg(test)]
mod tests {
    use super::super::Template;
    use super::*;

    fn flaws(inside: &str) -> Vec<Flaw> {
        let head = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
                    width='90mm' height='60mm' viewBox='0 0 90 60'>";
        Template::parse(&format!("{head}{inside}</svg>")).err().unwrap_or_default()
    }

    #[test]
    fn what_draws_is_taken() {
        for inside in [
            "<g fill='url(#a)'><use href='#b'/><path d='M0 0'/></g>",
            "<image href='data:image/png;base64,AAAA'/>",
            "<i:namedview xmlns:i='http://www.inkscape.org/namespaces/inkscape'/>",
        ] {
            assert_eq!(flaws(inside), [], "{inside}");
        }
    }

    #[test]
    fn what_runs_loads_or_moves_is_refused() {
        for inside in [
            "<script>1</script>",
            "<rect onclick='x'/>",
            "<rect ONLOAD='x'/>",
            "<style>@import url(x)</style>",
            "<foreignObject/>",
            "<animate attributeName='x'/>",
            "<set attributeName='href'/>",
            "<image href='http://example.org/a.png'/>",
            "<image xlink:href='file:///etc/passwd'/>",
            "<image href='data:image/svg+xml;base64,AAAA'/>",
            "<use href='other.svg#a'/>",
            "<a href='#x'><text>x</text></a>",
            "<rect fill='url(http://example.org/#a)'/>",
            "<rect style='fill:u\\rl(http://example.org)'/>",
            "<rect style='background: URL ( \"//example.org\" )'/>",
            "<b xmlns='http://www.w3.org/1999/xhtml'/>",
            "<?xml-stylesheet href='x'?>",
        ] {
            assert!(
                matches!(flaws(inside)[..], [Flaw::Unsafe { .. }, ..]),
                "{inside}: {:?}",
                flaws(inside)
            );
        }
        let entity =
            "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>";
        assert!(matches!(Template::parse(entity).unwrap_err()[..], [Flaw::Xml { .. }]));
    }
}
