use super::*;

/// Names and places as a desk in Yanbian and one in North Hamgyong would type them.
const CHINESE: [&str; 12] = [
    "南宫晗,延吉县",
    "李国华,和龙县",
    "朴正植,珲春县",
    "王淑兰,安图县",
    "崔明花,延吉县",
    "张建军,长白县",
    "金成哲,龙井",
    "刘玉梅,临江县",
    "赵德胜,图们",
    "全英子,珲春县",
    "孙秀英,集安县",
    "许昌浩,汪清县",
];
const KOREAN: [&str; 12] = [
    "남궁한울,온성군",
    "김철수,회령군",
    "박정식,경원군",
    "리영희,무산군",
    "최명화,종성군",
    "조금순,혜산시",
    "정춘남,삼지연군",
    "전옥분,중강군",
    "강덕성,만포시",
    "한창호,자성군",
    "홍길동,위원군",
    "윤봉애,초산군",
];

fn of(text: &str) -> Table {
    read(text.as_bytes()).unwrap()
}

fn numbers(table: &Table) -> Vec<usize> {
    table.rows.iter().map(|row| row.number).collect()
}

#[test]
fn every_letter_set_that_excel_saves() {
    let text = "latin,native\r\nNAMGUNG HANUL,남궁한울\r\n";
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<_>>();
    let (little, big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
    for (bytes, said) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8"),
        ([b"\xff\xfe", &little[..]].concat(), "UTF-16LE"),
        ([b"\xfe\xff", &big[..]].concat(), "UTF-16BE"),
        (encoding_rs::EUC_KR.encode(text).0.into_owned(), "EUC-KR"),
    ] {
        let table = read(&bytes).unwrap();
        let Form::Separated { encoding, separator: ',' } = table.form else { panic!("{said}") };
        assert_eq!(encoding, said);
        assert_eq!(table.columns, ["latin", "native"], "{said}");
        assert_eq!(table.rows[0].cells, ["NAMGUNG HANUL", "남궁한울"], "{said}");
    }
    let chinese = encoding_rs::GBK.encode("latin,native\r\nLI GUOHUA,李国华\r\n").0;
    assert_eq!(read(&chinese).unwrap().rows[0].cells[1], "李国华");
}

#[test]
fn beijing_is_told_from_seoul_by_one_row() {
    let mut wrong = Vec::new();
    for (lines, encoding) in [(CHINESE, encoding_rs::GBK), (KOREAN, encoding_rs::EUC_KR)] {
        for rows in 1..=4 {
            for from in 0..lines.len() {
                let some = lines.iter().cycle().skip(from).take(rows);
                let text =
                    some.fold("native,region\r\n".to_owned(), |text, line| text + line + "\r\n");
                let found = read(&encoding.encode(&text).0).unwrap();
                let kept =
                    found.rows.iter().map(|row| row.cells.join(",") + "\r\n").collect::<String>();
                if !text.ends_with(&kept) {
                    wrong.push(text);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of 96: {wrong:?}", wrong.len());
}

#[test]
fn what_parts_cells_is_found_out() {
    for (text, separator) in [
        ("a,b\n1,2\n", ','),
        ("a;b\n1,5;2\n", ';'),
        ("a\tb\n1,5\t2;3\n", '\t'),
        ("sep=;\r\na;b\r\n1;2\r\n", ';'),
        ("\"a;x\",b\n1,2\n", ','),
        ("a\n1\n", ','),
    ] {
        let Form::Separated { separator: found, .. } = of(text).form else { panic!("{text}") };
        assert_eq!(found, separator, "{text:?}");
    }
    assert_eq!(of("sep=;\r\na;b\r\n1;2\r\n").rows[0].number, 3);
}

#[test]
fn rows_have_the_numbers_that_excel_shows() {
    assert_eq!(numbers(&of("a,b\r\n1,2\r\n\r\n,\r\n3,4\r\n")), [2, 5]);
    assert_eq!(numbers(&of("a,b\n\"one\ntwo\nthree\",2\n3,4\n")), [2, 3]);
    assert_eq!(numbers(&of("\n\na,b\n1,2\n")), [4]);
    assert_eq!(of("a,b\n\"one\ntwo\",2\n").rows[0].cells[0], "one\ntwo");
}

#[test]
fn nothing_is_dropped_and_nothing_moves() {
    let why = |text: &str| read(text.as_bytes()).unwrap_err();
    assert_eq!(why(""), Unread::Empty);
    assert_eq!(why("\n , \n"), Unread::Empty);
    assert_eq!(why("a,a\n"), Unread::Twice("a".to_owned()));
    assert_eq!(why("a,b\n1,2,3\n"), Unread::Nameless { column: "C".to_owned(), row: 2 });
    assert_eq!(why("a,,b\n1,x,3\n"), Unread::Nameless { column: "B".to_owned(), row: 2 });
    assert_eq!(why("a,b\n1,2\n\"3,4\n5,6\n"), Unread::Quotes { row: 3 });
    assert_eq!(why("a,b\n1,\u{1}\n"), Unread::Binary);
    assert_eq!(read(b"a,b\n\x00\x01\x00"), Err(Unread::Binary));
    assert_eq!(read(&[0xd0, 0xcf, 0x11, 0xe0, 0]), Err(Unread::OldWorkbook));
    assert_eq!(read(b"a,b\n\xff\xff\n"), Err(Unread::Encoding));
    // Spreadsheets leave separators at the ends of rows, and leave them out.
    assert_eq!(of("a,b,,\n1,2,,\n3\n").rows[1].cells, ["3", ""]);
    assert_eq!(of("a,,b\n1,,3\n").columns, ["a", "b"]);
    let many = "a\n".to_owned() + &"1\n".repeat(MOST_ROWS + 1);
    assert_eq!(why(&many), Unread::TooMuch { what: Much::Rows, most: MOST_ROWS });
    let wide: String = (0..=MOST_COLUMNS).map(|n| format!("c{n},")).collect();
    assert_eq!(why(&wide), Unread::TooMuch { what: Much::Columns, most: MOST_COLUMNS });
}

fn book(fill: impl FnOnce(&mut rust_xlsxwriter::Workbook)) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_is_read_as_it_is_shown() {
    use rust_xlsxwriter::{ExcelDateTime, Format};
    let bytes = book(|book| {
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let page = book.add_worksheet();
        for (column, name) in (0..).zip(["latin", "birth", "entries", "specimen"]) {
            page.write_string(1, column, name).unwrap();
        }
        page.write_string(4, 0, " 남궁한울 ").unwrap();
        let born = ExcelDateTime::from_ymd(1931, 4, 2).unwrap();
        page.write_datetime_with_format(4, 1, &born, &day).unwrap();
        page.write_number(4, 2, 12.0).unwrap();
        page.write_boolean(4, 3, true).unwrap();
        book.add_worksheet().set_name("empty").unwrap();
    });
    let table = read(&bytes).unwrap();
    assert_eq!(table.form, Form::Sheet { name: "Sheet1".to_owned() });
    assert_eq!(table.columns, ["latin", "birth", "entries", "specimen"]);
    assert_eq!(
        table.rows,
        [Row {
            number: 5,
            cells: ["남궁한울", "1931-04-02", "12", "true"].map(str::to_owned).into()
        }]
    );
}

#[test]
fn a_workbook_that_is_doubtful_is_refused() {
    let two = book(|book| {
        for name in ["first", "second"] {
            book.add_worksheet().set_name(name).unwrap().write_string(0, 0, "latin").unwrap();
        }
    });
    assert_eq!(read(&two), Err(Unread::Sheets(vec!["first".to_owned(), "second".to_owned()])));
    assert_eq!(
        read(&book(|book| {
            book.add_worksheet();
        })),
        Err(Unread::Empty)
    );
    let far = book(|book| {
        book.add_worksheet().write_string(1_048_575, 16_383, "x").unwrap();
    });
    assert_eq!(read(&far), Err(Unread::TooMuch { what: Much::Columns, most: MOST_COLUMNS }));
    // Cut anywhere, it is said to be damaged.
    let whole = book(|book| {
        book.add_worksheet().write_string(0, 0, "latin").unwrap();
    });
    for cut in (8..whole.len()).step_by(97) {
        assert!(matches!(read(&whole[..cut]), Err(Unread::Damaged(_))), "{cut}");
    }
}

#[test]
fn a_workbook_that_unpacks_to_more_than_may_be_is_not_unpacked() {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..65 {
        archive.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    assert_eq!(read(&bytes), Err(Unread::TooMuch { what: Much::Bytes, most: 64 << 20 }));
}

#[test]
fn what_is_written_is_read_again() {
    let columns = ["row", "column"].map(str::to_owned);
    let rows = vec![
        ["2", "=1+1"].map(str::to_owned).into(),
        ["0010", "1963-09-10"].map(str::to_owned).into(),
    ];
    let table = read(&write("행", &columns, &rows).unwrap()).unwrap();
    assert_eq!(table.columns, columns);
    assert_eq!(table.rows.into_iter().map(|row| row.cells).collect::<Vec<_>>(), rows);
}

#[test]
fn columns_are_called_by_letters() {
    assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
}

#[test]
fn json_is_a_table_by_the_names_of_its_members() {
    let text = r#"[
        {"latin": " O SORI ", "birth": 1931, "crossings": [3, "沙坨子"], "native": null},
        {"latin": "PAK, \"X\"", "native": "朴正植", "entries": 2.5},
        {}
    ]"#;
    let table = of(&format!("\u{feff} {text}"));
    assert_eq!(table.columns, ["latin", "birth", "crossings", "native", "entries"]);
    assert_eq!(table.rows[0].cells, ["O SORI", "1931", "3;沙坨子", "", ""]);
    assert_eq!(table.rows[1].cells, ["PAK, \"X\"", "", "", "朴正植", "2.5"]);
    assert_eq!((numbers(&table), table.form.to_string()), (vec![1, 2], "JSON".to_owned()));
}

#[test]
fn json_that_is_no_table_is_refused_by_its_line_and_without_a_value() {
    for (text, line) in [
        ("[\n{\"latin\": {\"SECRET\": 1}}]", 2),
        ("[{\"latin\": \"SECRET\"}", 1),
        ("[\n\n[\"SECRET\"]]", 3),
        ("[{\"crossings\": [[1]]}]", 1),
        ("[{\"crossings\": [\"1;2\"]}]", 1),
        ("[{}] SECRET", 1),
    ] {
        let told = read(text.as_bytes()).unwrap_err();
        assert_eq!(told, Unread::Objects { line }, "{text}");
        assert!(!told.to_string().contains("SECRET"));
    }
    assert_eq!(read(b"[{\"latin\": 1, \"latin\": 2}]"), Err(Unread::Twice("latin".into())));
    assert_eq!(read(b"[]"), Err(Unread::Empty));
    let nameless = Unread::Nameless { column: "A".into(), row: 1 };
    assert_eq!(read(b"[{\"\": 1}]"), Err(nameless));
    let wide: Vec<String> = (0..=MOST_COLUMNS).map(|n| format!("{{\"{n}\": 1}}")).collect();
    let most = Unread::TooMuch { what: Much::Columns, most: MOST_COLUMNS };
    assert_eq!(read(format!("[{}]", wide.join(",")).as_bytes()), Err(most));
}
