//! A table over the pages: looked at, listed without a value, taken in piece by piece and never twice.

use axum::http::StatusCode;

use super::{Browser, Place, plain, work::file};
use crate::rules::State;

const HEAD: &str = "class,language,relative-letter,relative-letter-dated,commune-letter,commune-letter-dated,latin,birth,nationality,region\n";

fn row(latin: &str, birth: &str) -> String {
    format!("resident,ko,온성,1963-09-01,演示公社,1963-09-02,{latin},{birth},156,cn-yanji-county\n")
}

/// As many people.
fn table(rows: u32) -> String {
    let letter = |n: u32| char::from(b'A' + u8::try_from(n % 26).unwrap());
    let rows = (0..rows).map(|n| row(&format!("PAK {}{}", letter(n / 26), letter(n)), "1931"));
    HEAD.to_owned() + &rows.collect::<String>()
}

async fn looks(counter: &Browser, text: &str) -> super::Answer {
    file(counter, "/batch", &[("do", "look")], text.as_bytes()).await
}

fn digest(body: &str) -> String {
    let value = body.split("name=\"digest\" value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

async fn states(place: &Place) -> Vec<State> {
    let site = place.pages.0.site.lock().await;
    site.registry.desk().applications().map(|it| it.stored()).collect()
}

#[tokio::test]
async fn r14_a_batch_is_taken_in_piece_by_piece_and_once() {
    let place = Place::new().await;
    let counter = place.officer(3).await;
    assert!(counter.get("/").await.body.contains("href=\"/batch\""));
    let looked = looks(&counter, &table(60)).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.said());
    assert!(plain(&looked.body).contains("Rows that can be taken in: 60"), "{}", looked.said());
    assert!(states(&place).await.is_empty(), "looking takes nothing in");
    let digest = digest(&looked.body);
    let other = "0".repeat(64);
    counter.does("/batch", &[("do", "take"), ("digest", &other)]).await;
    assert!(states(&place).await.is_empty(), "another file than was looked at");
    counter.does("/batch", &[("do", "take"), ("digest", &digest)]).await;
    let half = counter.get("/batch").await.body;
    assert!(plain(&half).contains("50 of 60") && half.contains("id=\"goes-on\""), "{half}");
    assert_eq!(states(&place).await.len(), 50);
    // Interrupted: the file is looked at again.
    let again = looks(&counter, &table(60)).await;
    assert!(!again.body.contains("id=\"goes-on\""));
    for _ in 0..2 {
        counter.does("/batch", &[("do", "take"), ("digest", &digest)]).await;
    }
    let done = plain(&counter.get("/batch").await.body);
    assert!(done.contains("Taken in: 10. There before: 50. Not handed in yet: 0."), "{done}");
    assert_eq!(states(&place).await, [State::Submitted; 60], "and nothing is approved");
    assert!(place.pages.0.site.lock().await.registry.check().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_wrong_is_listed_and_downloaded_and_says_nothing_of_a_person() {
    let place = Place::new().await;
    let counter = place.officer(3).await;
    let text = table(1) + &row("SECRET1", "1931-02-30") + &row("SECRET NAME", "1931");
    let looked = looks(&counter, &text).await;
    assert_eq!(looked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(plain(&looked.body).contains("Rows with something wrong: 1"), "{}", looked.said());
    assert!(looked.body.contains("<td>3</td><td>birth</td>") && !looked.body.contains("SECRET"));
    let list = counter.get("/batch/wrong.xlsx").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.headers["content-disposition"].to_str().unwrap().contains("wrong.xlsx"));
    assert!(states(&place).await.is_empty());
    let odd = HEAD.replacen("latin", "民族,latin", 1) + "resident,ko,,,,,SECRET,SECRET,,,\n";
    let refused = looks(&counter, &odd).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("民族") && !refused.body.contains("SECRET"));
    for (bytes, said) in [("", "missing"), (HEAD, "no row")] {
        let refused = looks(&counter, bytes).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("id=\"e-batch\""), "{said}: {}", refused.said());
    }
    let empty = counter.get("/batch/batch.xlsx").await;
    assert_eq!(empty.status, StatusCode::OK);
    counter.does("/batch", &[("do", "drop")]).await;
    assert_eq!(counter.get("/batch/wrong.xlsx").await.status, StatusCode::NOT_FOUND);
}

/// As a spreadsheet gives back what was typed into a cell of text.
#[tokio::test]
async fn r14_dates_of_a_table_are_taken_as_people_write_them() {
    let place = Place::new().await;
    let counter = place.officer(3).await;
    let typed = [
        ("PAK A", "1931/4/2", "1963/9/1"),
        ("PAK B", "1931年4月2日", "1963年9月1日"),
        ("PAK C", "1931. 4. 2.", "19630901"),
        ("PAK D", "1931-4", "1963-9-1"),
    ];
    let rows = typed.map(|(name, birth, dated)| row(name, birth).replace("1963-09-01", dated));
    let looked = looks(&counter, &(HEAD.to_owned() + &rows.concat())).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.said());
    let digest = digest(&looked.body);
    counter.does("/batch", &[("do", "take"), ("digest", &digest)]).await;
    let site = place.pages.0.site.lock().await;
    let births = site.registry.desk().applications().map(|it| {
        let dated = it.papers.iter().map(|(paper, ..)| paper.dated.to_string());
        assert!(dated.eq(["1963-09-01", "1963-09-02"]));
        crate::said::birth(it.particulars.as_ref().unwrap().birth)
    });
    let births: Vec<String> = births.collect();
    assert_eq!(births, ["1931-04-02", "1931-04-02", "1931-04-02", "1931-04"]);
    drop(site);
    let day_first = looks(&counter, &(HEAD.to_owned() + &row("PAK E", "2/4/1931"))).await;
    assert_eq!(day_first.status, StatusCode::UNPROCESSABLE_ENTITY, "no other order is guessed at");
}

#[tokio::test]
async fn r15_a_row_without_its_papers_stays_open_at_the_counter() {
    let place = Place::new().await;
    let counter = place.officer(3).await;
    let text = "class,language,commune-letter,commune-letter-dated,latin,birth,nationality,region\nresident,ko,演示公社,1963-09-02,O SORI,1931,156,cn-yanji-county\n";
    let looked = looks(&counter, text).await;
    let digest = digest(&looked.body);
    counter.does("/batch", &[("do", "take"), ("digest", &digest)]).await;
    let done = counter.get("/batch").await.body;
    assert!(plain(&done).contains("Not handed in yet: 1.") && done.contains("/applications/1\""));
    assert_eq!(states(&place).await, [State::Draft]);
}
