### permit journal: the export of a terminal's journal, record by record, and what is wrong with it.

help-journal = Open the export of a terminal's journal, check it and show its records
    .more =
        Chain and signatures are held against the terminal's key: named, or the one in a bundle's list of terminals.
        What is shown has no name and no permit number, and the pseudonyms are left out. The exit status is 0 when
        nothing is wrong, 1 when something is, 3 when the file is no export, 4 when no key is known.
help-journal-file = The export
    .value = FILE
help-journal-key = The terminal's public key, 64 hexadecimal digits
    .value = KEY
help-journal-bundle = A bundle whose list of terminals has the key
    .value = FILE
help-journal-root = The installed root: a file or its SHA-256; left out, only a demonstration is taken
    .value = FILE|SHA256
help-journal-form = A table for people, CSV (records alone; the result goes to standard error), or one JSON object a line, the result last
    .value = FORM
    .more =
        Columns: sequence; time (UTC); clock (trusted, by-hand, untrusted); entry; crossing, side, direction; verdict
        (green, amber, red, none), code, also; about (the record it is about); officer, second; ground; detail; lane;
        number.
unfit-terminal-key = { " " }It should be a public key of 64 hexadecimal digits.
fault-journal-none = { $path } is no export of a journal.
    .next = Name the file that the terminal wrote; if it is that one, export again: this one is damaged.
fault-journal-key = No key is known of terminal { $number } of side { $side }.
    .next = Name its key with --key, or a bundle whose list of terminals has it.

journal-number = record
journal-time = time (UTC)
journal-what = what
journal-clock-by-hand = clock set by hand
journal-clock-untrusted = clock not trusted

journal-entry = entry
journal-exit = exit
journal-judged = { $heading }: { $title } ({ $code }), crossing { $crossing }, side { $side }, { $way }
journal-officer = officer { $officer }
journal-terminal = the terminal
journal-about = { " " }(record { $number })
journal-admitted = Admitted by { $who }
journal-admitted-against = Admitted by { $who } against the verdict, ground { $ground }
journal-turned-back = Turned back by { $who }, code { $code }
journal-assisted = Helped by { $who }
journal-not-decided = Not decided
journal-passed = Somebody went through the gate
journal-not-passed = Nobody went through the gate
journal-undone = Admission taken back by officer { $officer }: nobody went through
journal-heartbeat = Still here
journal-on-duty = Officer { $officer } took over
journal-off-duty = Officer { $officer } left
journal-enrolled = Officer { $officer } enrolled, or given another PIN, by officer { $by }
journal-clock-distrusted = Clock no longer trusted: { $why }
journal-clock-trusted = Clock trusted again
journal-clock-confirmed = Clock confirmed by officers { $first } and { $second }
journal-clock-vouched = Clock said to be right by officer { $officer }; a second one has yet to say so
journal-why-missing = there is none
journal-why-stopped = it stopped
journal-why-below-floor = it is before something that was signed
journal-why-jumped = it jumped
journal-why-far-ahead = it is far ahead
journal-lists-taken = Lists taken: root { $root }, zone register { $zone }, side A { $a }, side B { $b }
journal-lists-refused = Lists refused, code { $code }
concern-codes = Codes on permits cannot be read
concern-terminal = Trouble with camera, scanner or terminal
concern-forged = Permits look forged
concern-rules = Unclear which rule holds
concern-zone = Doubt whether a place is in the zone
concern-queue = People wait too long
concern-lists = Lists late or wrong
concern-site = Gate, light, road or weather
journal-raised = Raised by officer { $officer }: { $what }
journal-closed = Closed by officer { $officer }: { $what }
journal-out = Out of order: { $part }
journal-back = Works again: { $part }
journal-part-journal = journal
journal-part-disk = disk
journal-part-camera = camera
journal-part-self-test = self-test
journal-part-clock = clock chip
journal-part-signals = lamps or tone
journal-part-gate = gate
journal-part-housing = housing opened
journal-part-screen = screen
journal-part-program = program
journal-part-files = own files
journal-part-other = a part that is not known here
journal-opened = Journal opened; damage found for the first time: { $count }
journal-disk-failed = The disk failed (error { $errno })
journal-head = Signed head
journal-carried = Counters of permits carried over: { $count }
journal-removed = Records through { $through } removed after their term
journal-new-chain = A new chain begins in the names of officers { $first } and { $second }; the one before could be read through record { $end }
journal-other = Something that is not known here

journal-of = Terminal { $number } of side { $side }: records { $first } to { $last }, signed { $signed }
journal-counts = { $records } records: { $judged } judged, { $admitted } admitted ({ $undone } taken back), { $back } turned back, { $assisted } helped, { $open } not decided
journal-earlier = Records 1 to { $through } are not in this file.
journal-chains = Chains begun before this one: { $count }. The first record of this one says why.
journal-sound = Chain and signatures hold.
journal-problem-malformed = The file stops being an export at byte { $number }.
journal-problem-forged = Stretch { $number } is not signed by this key: nothing of it is shown.
journal-problem-other-terminal = Stretch { $number } is another terminal's.
journal-problem-no-head = The head at the end is not signed by this key: where the export ends is not known.
journal-problem-other-head = The head at the end speaks of another beginning, end or number of stretches: something was left out or put in.
journal-problem-bad-record = Record { $number } is damaged.
journal-problem-gap = Gap: records { $from } to { $through } are missing.
journal-problem-broken = Record { $found } stands where record { $expected } should and does not follow the one before: something was put in, moved, repeated or changed.
journal-problem-bad-head = The signed head in record { $number } does not hold.
journal-problem-unsigned = For two hours or more after record { $number } no head was signed.
journal-problem-damaged = The terminal found its own journal damaged (file { $number }).
journal-problem-other = Something else is wrong that is not known here.
