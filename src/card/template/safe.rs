//! What a template may hold: drawing, and nothing that runs, loads or moves.
//!
//! A list of what is allowed, not of what is forbidden: a browser that learns a new trick learns it outside of it.

use std::io::Cursor;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use image::{ImageFormat, ImageReader};
use roxmltree::{Document, Node};

use super::{Flaw, line};

/// The namespace of SVG.
pub(super) const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

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
        let image = node.tag_name().name() == "image" && is_small_image(attribute.value());
        return compact.starts_with('#') || image;
    }
    // What `#` refers to is this file's, wherever it is read from.
    if attribute.namespace() == Some(XML) && name == "base" {
        return false;
    }
    let loads = compact
        .match_indices("url(")
        .any(|(at, _)| !compact[at + 4..].trim_start_matches(['\'', '"']).starts_with('#'));
    // Functions of CSS that load by a text, without `url`.
    let loads = loads || ["image-set(", "image(", "src("].iter().any(|it| compact.contains(it));
    !name.starts_with("on")
        && name != "src"
        && !compact.contains("javascript:")
        && !compact.contains("expression(")
        && !compact.contains("@import")
        && !compact.contains('\\')
        && !loads
}

/// Whether a picture stands in the file itself, is no SVG again, and has no more pixels than [`PIXELS`].
fn is_small_image(href: &str) -> bool {
    let Some((kind, data)) = href.split_once(";base64,") else { return false };
    let format = match kind.trim_start() {
        "data:image/png" => ImageFormat::Png,
        "data:image/jpeg" => ImageFormat::Jpeg,
        "data:image/webp" => ImageFormat::WebP,
        _ => return false,
    };
    let data: String = data.split_ascii_whitespace().collect();
    let Ok(bytes) = STANDARD.decode(data) else { return false };
    let size = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions();
    size.is_ok_and(|(width, height)| u64::from(width) * u64::from(height) <= PIXELS)
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

/// Pixels of a picture in a template; chosen: A6 at 600 dpi has 8.7 million.
const PIXELS: u64 = 10_000_000;

#[cfg(test)]
mod tests {
    use super::super::Template;
    use super::*;

    fn flaws(inside: &str) -> Vec<Flaw> {
        let head = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
                    width='90mm' height='60mm' viewBox='0 0 90 60'>";
        Template::parse(&format!("{head}{inside}</svg>")).err().unwrap_or_default()
    }

    /// A PNG file of one row, whose header says how wide it is.
    fn dot(width: u32) -> String {
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, 1, 1);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&[0]).unwrap();
        png[16..20].copy_from_slice(&width.to_be_bytes());
        png[20..24].copy_from_slice(&width.to_be_bytes());
        let crc = crate::portrait::tests::crc(&png[12..29]).to_be_bytes();
        png[29..33].copy_from_slice(&crc);
        format!("<image href='data:image/png;base64,{}'/>", STANDARD.encode(png))
    }

    #[test]
    fn what_draws_is_taken() {
        for inside in [
            "<g fill='url(#a)'><use href='#b'/><path d='M0 0'/></g>",
            &dot(1),
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
            "<rect style='background: image-set( \"//example.org\" 1x)'/>",
            "<rect style='mask: src(\"//example.org\")'/>",
            "<use xml:base='http://example.org/' href='#a'/>",
            "<image href='data:image/png;base64,AAAA'/>",
            &dot(60_000),
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
