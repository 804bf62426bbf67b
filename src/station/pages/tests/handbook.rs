//! The handbook: for every officer, in each language, with what stands on the buttons.

use axum::http::StatusCode;
use permit_words::{Lang, Words};

use super::{super::queue::Queue, OFFICERS, Place, plain};

/// What a new officer does in a morning.
const NAMED: [&str; 8] = [
    "desk-new",
    "desk-hand-in",
    "desk-step-approve",
    "desk-step-propose-refusal",
    "desk-step-issue",
    "desk-step-lose",
    "desk-amend",
    "desk-batch-take",
];

#[tokio::test]
async fn every_officer_reads_it_in_each_language_by_the_words_on_the_buttons() {
    let place = Place::new().await;
    for (number, _) in OFFICERS {
        let officer = place.officer(number).await;
        assert!(officer.get("/").await.body.contains("href=\"/handbook\""), "{number}");
        for lang in Lang::ALL {
            officer.does("/language", &[("lang", lang.tag()), ("to", "/handbook")]).await;
            let page = officer.get("/handbook").await;
            assert_eq!(page.status, StatusCode::OK, "{number}");
            let (words, said) = (Words::isolated(lang), plain(page.said()));
            for id in NAMED {
                assert!(
                    said.contains(&format!("<b>{}</b>", words.get(id))),
                    "{lang}: {id}: {said}"
                );
            }
            assert_eq!(said.matches("<ol class=\"steps\">").count(), 12, "{said}");
            assert!(said.matches("<li>").count() > 30 && !said.contains("handbook-"), "{said}");
        }
    }
}

#[test]
fn no_act_is_called_like_a_list() {
    for lang in Lang::ALL {
        let words = Words::new(lang);
        let lists = Queue::ALL.map(|queue| queue.title(&words));
        let acts = permit_words::ids().filter(|id| id.starts_with("desk-step-"));
        let acts: Vec<String> = acts.map(|id| words.get(id)).collect();
        assert!(acts.len() > 15);
        for act in acts {
            assert!(!lists.contains(&act), "{lang}: {act}");
        }
    }
}
