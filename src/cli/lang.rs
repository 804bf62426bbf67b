//! Which of the three languages the command speaks.
//!
//! It has to be known before the command line is parsed, because help and usage errors are spoken too; so `--lang` is
//! looked for by hand first, and parsed properly afterwards.

use std::ffi::OsString;

use permit_words::Lang;

use crate::help::Unfit;

/// `--lang`, else the first locale of the system that is one of ours, else English.
pub(crate) fn choose(args: &[OsString]) -> Lang {
    asked(args)
        .and_then(|name| Lang::parse(&name))
        .or_else(|| sys_locale::get_locales().find_map(|name| Lang::parse(&name)))
        .unwrap_or(Lang::En)
}

/// The value parser of `--lang`.
pub(crate) fn parse(name: &str) -> Result<Lang, Unfit> {
    Lang::parse(name).ok_or(Unfit("unfit-lang"))
}

fn asked(args: &[OsString]) -> Option<String> {
    let mut args =
        args.iter().skip(1).map(|arg| arg.to_string_lossy()).take_while(|arg| arg != "--");
    while let Some(arg) = args.next() {
        if arg == "--lang" {
            return args.next().map(Into::into);
        }
        if let Some(name) = arg.strip_prefix("--lang=") {
            return Some(name.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asked_for_on_the_command_line() {
        for (args, lang) in [
            (&["permit", "--lang", "zh", "read"][..], Some("zh")),
            (&["permit", "read", "--lang=ko_KR.UTF-8"], Some("ko_KR.UTF-8")),
            (&["permit", "read", "--", "--lang", "ko"], None),
            (&["--lang=ko", "read"], None),
            (&["permit", "read", "--lang"], None),
        ] {
            let args: Vec<OsString> = args.iter().map(Into::into).collect();
            assert_eq!(asked(&args).as_deref(), lang);
        }
    }
}
