//! Every message and every `--help`, held by files.
//!
//! `TRYCMD=overwrite cargo test -p permit --test messages` writes them anew; read the difference before you keep it.

#[test]
fn messages() {
    trycmd::TestCases::new()
        .env("LANGUAGE", "en")
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .case("tests/cmd/*.trycmd")
        .run();
}
