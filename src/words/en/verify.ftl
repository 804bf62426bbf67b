### permit verify: what is asked, what is answered, and what is wrong with a bundle.

help-verify = Verdicts on pictures, texts and what a hand scanner types
    .more =
        Every permit found is judged as a reader at that crossing would. A verdict is no error: without a
        manifest the exit status is 0 when everything could be read, 3 when a file could not be opened or
        nothing was read in one, 4 when the bundle or its root cannot be used. With a manifest, or with
        --against, 1 says that something differs: another verdict, other bytes, or a clean picture not
        read. Degraded pictures (strength above 0) may stay unread. 1 goes before 3.
help-verify-paths = Pictures, folders of them, text files with a permit a line, or - for a hand scanner
    .value = PATH
    .more =
        Folders are walked in sorted order, and only pictures are looked at in them. With - each line of
        standard input is judged at once; CR, LF and both end a line.
help-verify-bundle = The bundle of trust documents to judge by
    .value = FILE
help-verify-root = The root that was installed: a file, or the SHA-256 of its payload
    .value = FILE|SHA256
    .more = Left out, only the demonstration's root is accepted, and everything is marked DEMO.
help-verify-crossing = Where: a crossing's number, identifier or any of its names
    .value = CROSSING
help-verify-side = Whose guards stand there: A or B
    .value = SIDE
help-verify-direction = Which way, seen from that side: entry or exit
    .value = DIRECTION
help-verify-at = When: YYYY-MM-DD, Thh:mm, ±hh:mm; left out, the clock of this computer
    .value = TIME
    .more =
        A bare date is noon at the crossing; a time without an offset is the crossing's local time. A
        clock set by hand makes nothing valid but under a demonstration root.
help-verify-manifest = What the pictures should say: verdicts are held against it
    .value = FILE
    .more =
        A JSON list of objects: file (beside the manifest), kind, strength (0 to 1), payload (hexadecimal),
        code (10: nothing should be read), and at, crossing, side, direction, which go before the options.
        Several codes of one picture are a list, codes, or several entries.
help-verify-json = Write one JSON object a line for every scan; - for standard output
    .value = FILE
    .more =
        Fields: file, page, line, index; kind, strength, expected, outcome (right, missed, lost, wrong,
        misread); asked (crossing, side, direction, at); stage (closed, opened, found, decoded, text,
        envelope, signature, rules); verdict (valid, invalid, refer, not-a-permit, none), code, reason,
        evidence; also; journey; notes; permit (its number); text (the beginning of another text or link);
        ms (load, read, verify: processor time); symbol (version, level, corners); wear (grade, used,
        damaged); error. No name, birth or document number is in it.
help-verify-junit = Write JUnit XML, one test case a scan
    .value = FILE
help-verify-report = Write a report: one HTML file that works offline
    .value = FILE
    .more = Its small pictures show what the pictures show. Names are in it only with --with-names.
help-verify-curves = Write the read rates by kind as an SVG picture; needs a manifest with kinds
    .value = FILE
help-verify-against = Say what changed since an earlier run, from the file its --json wrote
    .value = FILE
help-verify-least = Say what share of a kind has to be read, from 0 to 1: below it the exit status is 1
    .value = KIND=SHARE
    .more = Once for each kind. Kinds are those of the manifest; one of which no picture is judged has not reached its share.
help-verify-with-names = Put the holders' names into JSON and report; for invented ones
help-verify-jobs = Pictures judged at the same time; left out, one for each core
    .value = N
help-verify-stream = Judge the pictures, in order of their names, as frames of one camera
    .more =
        Also films: Y4M, and JPEG pictures behind each other (.mjpeg, AVI). Every code is judged once;
        frame and frames in the JSON say where it was read and how many frames that took.

unfit-side = { " " }It should be A or B.
unfit-direction = { " " }It should be entry or exit.
unfit-at = { " " }It should be like 1963-09-10, 1963-09-10T08:30, 1963-09-10T08:30+08:30 or 1963-09-10T00:30:00Z.
unfit-least = { " " }It should be like glare=0.8: a kind of the manifest and a share from 0 to 1.
unfit-root = { " " }It should be a file or 64 hexadecimal digits.

## The table

verify-progress = judging
verify-verdict = verdict
verify-code = code
verify-file = file
verify-wear = wear
verify-ms = ms
verify-reason = reason
verify-unread = Not read
verify-part = One of several codes
    .which = Part { $part } of { $of } of one message.
    .next = Hold all parts into the picture at once.
verify-closed = Not opened
    .next = Check the file.
verify-by-hand = Clock set by hand: { $time }.
verify-by-hand-each = Clock set by hand for each picture, at the latest { $time }.
verify-expired = Out of date: { $documents }. Nothing that leans on them is valid.
verify-expired-one = { $document } ({ $expired })
verify-missing = Named by the manifest, but not there: { $path }
verify-no-scan = Nothing came to be judged.
verify-pace = { $seconds } s, { $rate } scans a second; { $ms } ms of processor time
verify-rates = Read rate by kind
verify-confusion = Expected code (down) and code got (across)
verify-said = { $title }: { $reason }
verify-expected = expected
verify-none = none
verify-outcomes = { $right } as expected, { $missed } degraded and not read; { $lost } clean and not read, { $wrong } with another verdict, { $misread } misread
verify-least = Too little is read: { $kind }, { $read } of { $count }; asked for were { $least } %.
verify-missed = (not read; expected { $expected })
verify-lost = clean, but not read; expected { $expected }
verify-wrong = expected { $expected }
verify-misread = not what the picture holds; expected { $expected }
verify-changes = { $count ->
        [0] Nothing changed since the earlier run.
        [one] One scan changed since the earlier run:
       *[other] { $count } scans changed since the earlier run:
    }
verify-absent = not there

## What stops it

verify-empty = There is no picture in { $path }.
    .next = Name a picture, a folder with pictures (PNG, JPEG, WebP, BMP, PGM, TIFF), a text file, or - for a hand scanner.
verify-no-place = Where and which way is not said: { $missing }.
    .next = Add for example: --crossing 1 --side A --direction exit.
verify-unlisted = Where and which way is not said for { $path }: { $missing }.
    .next = Add the options, or the fields of that name in the manifest.
verify-crossing = There is no crossing { $value } in the zone register.
    .next = Take one of these, by number, identifier or any of its names:
verify-earlier = { $path } is not what --json writes (line { $line }).
    .next = Give --against the file that --json wrote in an earlier run.
manifest-large = { $path } is too large for a manifest.
    .next = Check that it is the manifest, or make several of it.
manifest-unfit = { $path } is not a manifest: line { $line }, column { $column }: { $cause }.
    .next = It should be a JSON list of objects that have at least "file".
manifest-payload = { $path }, entry { $entry } ({ $file }): the payload is not hexadecimal.
    .next = Write the bytes of the code's text as pairs of hexadecimal digits.
manifest-ask = The manifest says { $field } = { $value } for { $path }, which cannot be.
    .next = at is like 1963-09-10T08:30, side A or B, direction entry or exit.

## Trust

trust-of-side = { $document } of side { $side }
trust-open = Cannot open { $path }: { $cause }.
    .next = Check the path of --bundle and --root.
trust-not-a-file = { $path } is not a file.
    .next = Give the file itself, such as bundle.cbor.
trust-large = { $path } is larger than { $most } MiB, the most there may be.
    .next = Check that it is the right file.
trust-not-bundle = { $path } is not a bundle.
    .next = Give --bundle the file an authority published, such as bundle.cbor.
trust-a-root = { $path } is a root, not a bundle.
    .next = Give it to --root, and the bundle to --bundle.
trust-truncated = { $path } ends early, after { $bytes } bytes.
    .next = Copy it again from where it came.
trust-malformed = { $path } is damaged: { $document }, byte { $offset }.
    .next = Copy it again from where it came; if that does not help, tell its authority.
trust-not-demo = { $path } does not hang on the demonstration's root. Its own root, version { $version }, has the fingerprint { $fingerprint }.
    .next = Compare the fingerprint with the one your authority gave you by another way; if it is the same, run: { $command }
trust-other-root = { $path } does not hang on the root given. Its own newest root, version { $version }, has the fingerprint { $fingerprint }.
    .next = Check --root. If your authority confirms the new fingerprint, run: { $command }
trust-signer = { $path }: { $document } is signed by the key { $key }, which may not.
    .next = Do not use it. Get the bundle again, and tell the authority.
trust-signature = { $path }: the signature of the key { $key } on { $document } does not hold.
    .next = Do not use it. Get the bundle again, and tell the authority.
trust-threshold = { $path }: { $document } has { $have } of the { $need } signatures it needs from side { $side }.
    .next = Ask that side to sign.
trust-zone = { $path }: { $document } is for zone { $found }, not for zone { $expected }.
    .next = Get the bundle of the right zone.
trust-missing = { $path }: { $document } is missing.
    .next = Get the whole bundle again.
trust-future = { $path }: { $document } was signed at { $issued }, but the clock here says { $clock }.
    .next = Set the clock of this computer, or say the time with --at.
trust-broken = { $path } cannot be used: { $said }.
    .next = Get the bundle again; if that does not help, tell its authority.
trust-not-root = { $path } is not a root.
    .next = Give --root the file an authority published, such as root.cbor, or its fingerprint of 64 digits.
trust-no-demo = This build has no demonstration root.
    .next = Say which root is installed: --root FILE.

verify-scanner = The scanner, not the permit
    .next = Show the scanner its set-up code, then scan again.
