use core::sync::atomic::{AtomicBool, Ordering};
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::thread;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::*;

fn pipe(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
}

#[test]
fn row_17_nothing_but_a_plain_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("file"), b"1963").unwrap();
    symlink("file", at("link")).unwrap();
    pipe(&at("pipe"));
    let _socket = UnixListener::bind(at("socket")).unwrap();
    File::create(at("sparse")).unwrap().set_len(8 << 30).unwrap();
    assert_eq!(read(&at("file"), &Ask::found(4)).unwrap(), b"1963");
    assert_eq!(read(&at("link"), &Ask::named(4)).unwrap(), b"1963");
    assert!(matches!(read(&at("file"), &Ask::found(3)), Err(FileError::TooLong { most: 3 })));
    assert!(matches!(read(&at("sparse"), &Ask::found(1 << 20)), Err(FileError::TooLong { .. })));
    assert!(matches!(read(&at("gone"), &Ask::found(4)), Err(FileError::Io(_))));
    for path in [
        at("link"),
        at("pipe"),
        at("socket"),
        folder.path().into(),
        "/dev/zero".into(),
        "/dev/tty".into(),
    ] {
        let fault = read(&path, &Ask::found(4));
        assert!(
            matches!(fault, Err(FileError::NotAFile | FileError::Io(_))),
            "{}: {fault:?}",
            path.display()
        );
        if !path.ends_with("tty") {
            assert!(matches!(fault, Err(FileError::NotAFile)), "{}: {fault:?}", path.display());
        }
    }
}

#[test]
fn row_17_a_secret_is_its_owners() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    fs::write(&path, b"s").unwrap();
    for (mode, good) in [
        (0o600, true),
        (0o400, true),
        (0o640, false),
        (0o604, false),
        (0o620, false),
        (0o777, false),
    ] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let read = read(&path, &Ask::secret(8));
        assert_eq!(read.is_ok(), good, "{mode:o}");
        assert!(good || matches!(read, Err(FileError::TooOpen { mode: found }) if found == mode));
    }
}

/// A file and a pipe change places as fast as they can: nobody waits, and nothing but the file is read.
#[test]
fn row_17_a_pipe_in_the_files_place_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("bundle"), folder.path().join("other"));
    fs::write(&path, b"1963").unwrap();
    pipe(&other);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                rustix::fs::renameat_with(
                    CWD,
                    &path,
                    CWD,
                    &other,
                    rustix::fs::RenameFlags::EXCHANGE,
                )
                .unwrap();
            }
        });
        let (mut files, mut pipes) = (0_u32, 0_u32);
        for _ in 0..20_000 {
            match read(&path, &Ask::found(4)) {
                Ok(bytes) => {
                    assert_eq!(bytes, b"1963");
                    files += 1;
                }
                Err(FileError::NotAFile) => pipes += 1,
                Err(fault) => panic!("{fault}"),
            }
        }
        done.store(true, Ordering::Relaxed);
        assert!(files > 0 && pipes > 0, "{files} {pipes}");
    });
}
