//! Every string in the three languages, as one page to be read through by somebody who speaks them:
//! `cargo run -p permit-words --example strings > strings.html`.
//!
//! It shows the messages as they are written, attributes and plural forms included, with the names of their
//! variables where values will stand. It says nothing about the wording, and loads nothing.

use core::fmt::Write as _;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use fluent_syntax::ast::{Comment, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::ast::{Resource, VariantKey};
use permit_words::Lang;

fn main() -> ExitCode {
    let done = page().and_then(|page| io::stdout().lock().write_all(page.as_bytes()));
    if let Err(error) = done {
        let _ = writeln!(io::stderr(), "strings: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The page: one table a room, one row a pattern, in the order of the English files.
fn page() -> io::Result<String> {
    let mut tables = String::new();
    let mut count = 0;
    for room in rooms()? {
        let english = read(Lang::En, &room)?;
        let others = [patterns(&read(Lang::Zh, &room)?), patterns(&read(Lang::Ko, &room)?)];
        let _ = write!(tables, "<h2>{room}</h2>\n<table>\n{HEAD}");
        for entry in &english.body {
            if let Entry::GroupComment(comment) | Entry::ResourceComment(comment) = entry {
                let _ = writeln!(tables, "<tr><th colspan=\"4\">{}</th></tr>", said(comment));
            }
            for (id, text) in rows(entry) {
                count += 1;
                let [zh, ko] = others.each_ref().map(|other| other.get(&id).map_or("", |t| t));
                let _ = writeln!(
                    tables,
                    "<tr id=\"{id}\"><td><code>{id}</code></td><td lang=\"zh\">{zh}</td>\
                     <td lang=\"ko\">{ko}</td><td lang=\"en\">{text}</td></tr>"
                );
            }
        }
        tables.push_str("</table>\n");
    }
    Ok(format!("{TOP}<p>{count} strings</p>\n{tables}</html>\n"))
}

/// The rooms, as the English folder has them.
fn rooms() -> io::Result<Vec<String>> {
    let mut rooms = Vec::new();
    for file in fs::read_dir(folder(Lang::En))? {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            rooms.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    rooms.sort();
    Ok(rooms)
}

fn folder(lang: Lang) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(lang.tag())
}

fn read(lang: Lang, room: &str) -> io::Result<Resource<String>> {
    let text = fs::read_to_string(folder(lang).join(room).with_extension("ftl"))?;
    fluent_syntax::parser::parse(text)
        .map_err(|(_, errors)| io::Error::other(format!("{errors:?}")))
}

fn patterns(resource: &Resource<String>) -> BTreeMap<String, String> {
    resource.body.iter().flat_map(rows).collect()
}

/// The patterns of a message, each with its id (`fault-open`, `fault-open.next`) and as HTML.
fn rows(entry: &Entry<String>) -> Vec<(String, String)> {
    let Entry::Message(message) = entry else { return Vec::new() };
    let id = &message.id.name;
    let value = message.value.iter().map(|pattern| (id.clone(), html(pattern)));
    let attributes = message.attributes.iter();
    let attributes = attributes.map(|a| (format!("{id}.{}", a.id.name), html(&a.value)));
    value.chain(attributes).collect()
}

fn html(pattern: &Pattern<String>) -> String {
    let mut out = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => out.push_str(&escaped(value)),
            PatternElement::Placeable { expression } => placeable(expression, &mut out),
        }
    }
    out
}

fn placeable(expression: &Expression<String>, out: &mut String) {
    match expression {
        Expression::Inline(inline) => value(inline, out),
        Expression::Select { selector, variants } => {
            out.push_str("<dl><dt>");
            value(selector, out);
            out.push_str("</dt>");
            for variant in variants {
                let (VariantKey::Identifier { name: key }
                | VariantKey::NumberLiteral { value: key }) = &variant.key;
                let _ = write!(out, "<dd><i>{key}</i> {}</dd>", html(&variant.value));
            }
            out.push_str("</dl>");
        }
    }
}

/// A variable by its name, a literal by its characters; the messages use nothing else.
fn value(inline: &InlineExpression<String>, out: &mut String) {
    match inline {
        InlineExpression::VariableReference { id } => {
            let _ = write!(out, "<var>{}</var>", id.name);
        }
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
            out.push_str(&escaped(value));
        }
        InlineExpression::Placeable { expression } => placeable(expression, out),
        other => out.push_str(&escaped(&format!("{other:?}"))),
    }
}

fn said(comment: &Comment<String>) -> String {
    escaped(&comment.content.join(" "))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const HEAD: &str = "<tr><th></th><th>中文</th><th>한국어</th><th>English</th></tr>\n";

const TOP: &str = "<!DOCTYPE html>
<html>
<meta charset=\"utf-8\">
<title>Strings</title>
<style>
body { font: 15px/1.5 sans-serif; margin: 1em }
table { border-collapse: collapse; table-layout: fixed; width: 100% }
th, td { border: 1px solid #999; padding: .3em .5em; text-align: left; vertical-align: top; overflow-wrap: anywhere }
td { white-space: pre-line }
tr > :first-child:not([colspan]) { width: 16% }
var { background: #e4ecf7; padding: 0 .2em }
i { color: #666 }
dl, dd { margin: 0 }
</style>
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_on_the_page_in_three_languages() {
        let page = page().unwrap();
        for id in permit_words::ids() {
            assert!(page.contains(&format!("<tr id=\"{id}\">")), "{id}");
        }
        assert!(page.contains("<tr id=\"fault-open.next\">"));
        for lang in Lang::ALL {
            let empty = format!("<td lang=\"{lang}\"></td>");
            let rows = page.matches("<tr id=").count();
            assert_eq!(page.matches(&format!("<td lang=\"{lang}\">")).count(), rows);
            assert!(!page.contains(&empty), "{lang}");
        }
    }

    #[test]
    fn plural_forms_and_values_are_shown() {
        let page = page().unwrap();
        let row = page.split("<tr id=").find(|row| row.starts_with("\"card-days\"")).unwrap();
        assert!(row.contains("<dt><var>days</var></dt><dd><i>one</i> one day</dd>"), "{row}");
        assert!(row.contains("<td lang=\"ko\"><var>days</var>일</td>"), "{row}");
    }
}
