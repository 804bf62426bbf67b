//! The three languages against each other, and the messages against the code that says them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use walkdir::WalkDir;

use crate::{Lang, Value, Words, clean, ids};

type Messages = BTreeMap<String, BTreeSet<String>>;

/// Every pattern of a language by its id (`fault-open`, `fault-open.next`) with the variables it uses.
fn messages(lang: Lang) -> Messages {
    let mut all = Messages::new();
    for (room, text) in lang.rooms() {
        let parsed = fluent_syntax::parser::parse(*text)
            .unwrap_or_else(|(_, errors)| panic!("{lang}/{room}: {errors:?}"));
        for entry in &parsed.body {
            match entry {
                Entry::Message(message) => {
                    let id = message.id.name;
                    let mut add = |id: String, pattern: &Pattern<&str>| {
                        let mut variables = BTreeSet::new();
                        collect(pattern, &mut variables);
                        assert!(all.insert(id.clone(), variables).is_none(), "{lang}: {id} twice");
                    };
                    add(
                        id.to_owned(),
                        message
                            .value
                            .as_ref()
                            .unwrap_or_else(|| panic!("{lang}: {id} has no text")),
                    );
                    for attribute in &message.attributes {
                        add(format!("{id}.{}", attribute.id.name), &attribute.value);
                    }
                }
                Entry::Term(term) => panic!("{lang}: a term, {}", term.id.name),
                Entry::Junk { content } => panic!("{lang}/{room}: {content}"),
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            }
        }
    }
    all
}

fn collect(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            expression_of(expression, variables);
        }
    }
}

fn expression_of(expression: &Expression<&str>, variables: &mut BTreeSet<String>) {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector, variants } => {
            for variant in variants {
                collect(&variant.value, variables);
            }
            selector
        }
    };
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => expression_of(expression, variables),
        // A text that names a button says what stands on it: in each language the same buttons.
        InlineExpression::MessageReference { id, attribute: None } => {
            variables.insert(format!("message {}", id.name));
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => panic!("neither functions nor other references are used: {other:?}"),
    }
}

#[test]
fn the_languages_have_the_same_messages_with_the_same_variables() {
    let english = messages(Lang::En);
    assert!(english.len() > 100);
    for lang in [Lang::Zh, Lang::Ko] {
        let other = messages(lang);
        let ids: BTreeSet<_> = english.keys().chain(other.keys()).collect();
        for id in ids {
            assert_eq!(other.get(id), english.get(id), "{lang}: {id}");
        }
    }
}

#[test]
fn every_message_is_spoken_in_its_own_language_without_an_error() {
    for lang in Lang::ALL {
        for isolated in [false, true] {
            let words = if isolated { Words::isolated(lang) } else { Words::new(lang) };
            for (id, variables) in messages(lang) {
                for number in [0, 1, 2, 5] {
                    let values: Vec<(&str, Value<'_>)> =
                        variables.iter().map(|name| (name.as_str(), number.into())).collect();
                    let (text, errors) = words
                        .checked(&id, &values)
                        .unwrap_or_else(|| panic!("{lang}: {id} is missing"));
                    assert_eq!(errors, 0, "{lang}: {id}");
                    assert!(
                        !text.trim().is_empty() && !text.contains(['{', '}']),
                        "{lang}: {id}: {text}"
                    );
                    assert_eq!(
                        text.contains('\u{2068}'),
                        isolated && text.contains('\u{2069}'),
                        "{lang}: {id}"
                    );
                }
            }
        }
    }
}

#[test]
fn no_message_is_unused() {
    let code = code();
    assert!(code.len() > 1000, "the sources were found");
    let quoted: BTreeSet<&str> = code.split('"').collect();
    for id in messages(Lang::En).keys() {
        let (message, attribute) =
            id.split_once('.').map_or((id.as_str(), None), |(id, a)| (id, Some(a)));
        let found = quoted.contains(message)
            || quoted.contains(id.as_str())
            || FAMILIES.iter().any(|family| message.starts_with(family));
        assert!(found, "nobody says {id}");
        if let Some(attribute) = attribute {
            assert!(code.contains(attribute), "nobody says {id}");
        }
    }
}

/// Ids put together from a name in the code; a test beside that code holds them against the names.
const FAMILIES: [&str; 8] = [
    "concern-",
    "carry-help-",
    "headquarters-help-",
    "help-",
    "reader-help-",
    "screen-",
    "station-help-",
    "verdict-",
];

/// The sources and pages of all rooms, without tests.
fn code() -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let roots = [source.join("../firmware/src"), source];
    let files = roots.iter().flat_map(WalkDir::new).filter_map(Result::ok);
    let sources = files.filter(|file| {
        let path = file.path();
        path.extension().is_some_and(|e| e == "rs" || e == "html" || e == "js")
            && !path.components().any(|c| c.as_os_str() == "tests")
            && !path.ends_with("tests.rs")
    });
    sources.filter_map(|file| fs::read_to_string(file.path()).ok()).collect()
}

#[test]
fn ids_are_those_of_the_parser() {
    let parsed: BTreeSet<String> =
        messages(Lang::En).into_keys().filter(|id| !id.contains('.')).collect();
    let listed: BTreeSet<String> = ids().map(str::to_owned).collect();
    assert_eq!(listed, parsed);
}

#[test]
fn punctuation_is_that_of_the_language() {
    for (room, text) in Lang::Zh.rooms() {
        for (number, line) in text.lines().enumerate() {
            let mut before = ' ';
            let mut chars = line.chars().peekable();
            while let Some(c) = chars.next() {
                let half = matches!(c, ',' | ';' | ':' | '?' | '!' | '(')
                    || (c == '.' && chars.peek().is_none_or(|c| c.is_whitespace()));
                let closes = before == ')' && han(c);
                assert!(!closes && (!half || !han(before)), "zh/{room}:{}: {line}", number + 1);
                before = c;
            }
        }
    }
    // The orthographies of the North, of Yanbian and of the South write these apart; other words say the same.
    for (room, text) in Lang::Ko.rooms() {
        for apart in [
            "이유", "리유", "연락", "련락", "되었", "되였", "횟수", "회수", "날짜", "날자", "여권",
            "려권", "숫자", "개수", "갯수",
        ] {
            let said =
                text.lines().filter(|line| !line.starts_with('#')).any(|line| line.contains(apart));
            assert!(!said, "ko/{room}: {apart}");
        }
    }
}

/// The words that another one stands for everywhere, and particles that do not know what they follow.
#[test]
fn one_word_is_said_for_one_thing() {
    for (lang, retired) in [(Lang::Ko, KOREAN), (Lang::Zh, CHINESE)] {
        for (room, text) in lang.rooms() {
            for word in retired.split('|') {
                assert!(!text.contains(word), "{lang}/{room}: {word}");
            }
        }
    }
}

const KOREAN: &str = "열쇠|뿌리|시범|까닭|명단|통상구|감독자|경비원|손 스캐너|핸드 스캐너|판형|차림표|알림표|건반|밤 색|을(를)|\
    이(가)|은(는)|(으)로|와(과)|국경 지대|이름표|증서|암호 문구|빼면|부류|변방|요약값|다이제스트|지나가|\
    ‘";

const CHINESE: &str = "发证站|登记表|信任包|根证书|存储棒|扫描器|读卡器|值勤人员|撤销名单|人工设定|手工|面貌|夜间颜色|应得|信封|吊销|\
    份号|给出|报失|职责|职能|封套|你";

fn han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

#[test]
fn arguments_are_cleaned_and_missing_ids_are_survived() {
    let words = Words::new(Lang::Ko);
    let text = words.with("io-other", &[("said", "a\u{1b}[2J\u{202e}b".into())]);
    assert_eq!(text, clean("a\u{1b}[2J\u{202e}b"));
    assert_eq!(words.get("no-such-message"), "no-such-message");
    assert_eq!(words.find("no-such-message", &[]), None);
    assert_eq!(words.find("fault-open.no-such", &[]), None);
}

#[test]
fn a_message_missing_in_a_language_is_spoken_in_english() {
    let words = Words::from_text(Lang::Zh, "next-step = 下一步：\n");
    assert_eq!(words.get("next-step"), "下一步：");
    assert_eq!(words.get("io-denied"), "permission denied");
}
