### permit-headquarters: what comes home, what does not fit together, what goes out.

headquarters-help-command = Headquarters of a side: journals and returns taken home, heads countersigned, passages exchanged
headquarters-help-command-lang = Language: zh, ko or en; left out, that of the system
    .value = LANG
headquarters-help-command-state = The folder of headquarters
    .value = FOLDER
headquarters-help-command-database = The database, sqlite://PATH or postgres://…; left out, one in the folder
    .value = URL
headquarters-help-init = Begin headquarters in a new folder
headquarters-help-init-side = Whose: A or B
    .value = SIDE
headquarters-help-init-bundle = The bundle in force
    .value = FILE
headquarters-help-init-root = The installed root
    .value = FILE
headquarters-help-init-offset = Minutes ahead of UTC, for days that no crossing decides
    .value = MINUTES
headquarters-help-lists = Take newer lists: the terminals and their keys
headquarters-help-lists-bundle = The bundle
    .value = FILE
headquarters-help-station = Enter the key of a station's record, by which its returns are known
headquarters-help-station-number = Number of the station
    .value = NUMBER
headquarters-help-station-key = The key that permit-station init printed, 64 hexadecimal digits
    .value = KEY
headquarters-help-take = Take what came home: exports of journals, passages of the other side, returns of stations
    .more =
        Each file is taken once, in any order; what does not hold or does not fit is kept apart as evidence. The exit
        status is 1 when something does not fit, 3 when a file could not be read.
headquarters-help-take-paths = Files, or folders with files that end in .cbor
    .value = PATH
headquarters-help-show = Show every terminal: how far its journal is here, gaps, silence, and what was found wrong
headquarters-help-heads = Countersign how far every journal has come home: a list of heads for the bundle
headquarters-help-heads-key = A key of the side's heads role
    .value = FILE
headquarters-help-heads-passphrase-file = A file whose first line is the passphrase; left out, PERMIT_PASSPHRASE or the keyboard
    .value = FILE
headquarters-help-heads-out = Where the list is written, heads.cbor beside the side's other documents
    .value = FILE
headquarters-help-passages = Sign this side's passages for the other side: pseudonyms, places and times alone
headquarters-help-passages-key = A key of the side's passages role
    .value = FILE
headquarters-help-passages-passphrase-file = A file whose first line is the passphrase; left out, PERMIT_PASSPHRASE or the keyboard
    .value = FILE
headquarters-help-passages-out = Where they are written
    .value = FILE
headquarters-help-check = Work out everything that is kept anew from the records, and name what differs

headquarters-begun = { $path }: headquarters are begun. Terminals on the lists: { $count }.
headquarters-lists-taken = The lists are taken. Terminals on them: { $count }.
headquarters-station-entered = Station { $number }: the key of its record is entered.
headquarters-heads = { $path }: how far every journal has come home, countersigned. Pin it in the next snapshot.
headquarters-passages = { $path }: passages for the other side.

headquarters-again = taken before
headquarters-took-journal = terminal { $number }: { $new } new records, through { $last }; { $passages } new passages
headquarters-took-passages = passages of the other side, file { $number }: { $new } new
headquarters-took-return = return of station { $station }
headquarters-took-return-set-back = return of station { $station }; its record was set back or replaced since an earlier one
headquarters-unread = not read: { $said }
headquarters-refused = not taken, kept as evidence: { $said }
headquarters-refused-unknown = nothing that headquarters take
headquarters-refused-other-side = terminal { $number } of the other side: records do not cross
headquarters-refused-no-key = terminal { $number } was never on a list that was taken
headquarters-refused-broken = terminal { $number }: not whole, or not by its key; permit journal says where
headquarters-refused-fork = terminal { $number }: from record { $at } on another journal than the one that is here
headquarters-refused-signed = not signed by a key that may: { $said }
headquarters-refused-no-station = a return of station { $station } by another station's key
headquarters-refused-other-zone = of another zone, or of a demonstration where this is none

headquarters-terminal = Terminal { $number }, crossing { $crossing }: through record { $last } of { $at }
headquarters-terminal-never = Terminal { $number }, crossing { $crossing }: never reported
headquarters-silent = ; silent for { $days ->
        [one] one day
       *[other] { $days } days
    }
headquarters-not-listed = ; no longer on the lists
headquarters-gap = ; missing { $first } to { $last }
headquarters-gaps-more = ; further gaps: { $count }
headquarters-found-terminal = Terminal { $number }: { $said } (found { $seen })
headquarters-found-station = Station { $number }: { $said } (found { $seen })
headquarters-finding-fork = two journals, apart from record { $at } on
headquarters-finding-behind = an export that was signed later ends earlier, at record { $at }: the end was cut off, or an older copy was put back
headquarters-finding-clock-back = the trusted clock went back at record { $at }
headquarters-finding-clock-ahead = the trusted clock leapt by more than a day at record { $at }
headquarters-finding-damaged = it found its own journal damaged
headquarters-finding-refused = a file that says it is this terminal's does not hold
headquarters-finding-record-set-back = its record was set back or replaced, at entry { $at }

headquarters-check-good = Everything that is kept is what the records say.
headquarters-wrong-record = Terminal { $number } of side { $side }: record { $at } was changed, or does not follow the one before.
headquarters-wrong-stretches = Terminal { $number } of side { $side }: the stretches are not those of the records.
headquarters-wrong-passages = Terminal { $number } of side { $side }: its passages are not those of the records.
headquarters-wrong-total = { $day }: a total is another.
headquarters-wrong-heads = The list of heads { $version } in the log is none, is not the next, or falls behind.

headquarters-failed = Headquarters cannot be used: { $said }
    .next = Check --state and --database, and that you may write there.
headquarters-lists-refused = The lists are not taken: { $said }
    .next = Name the newest bundle, of this side and zone, and the installed root.
headquarters-not-our-key = { $said }
    .next = Use a key that the newest root gives this role. A root without such keys needs a newer one: see keys/README.md.
headquarters-not-signed = Nothing was signed: { $said }
    .next = A role with a threshold above 1 is signed by permit authority propose and sign.
headquarters-key-file = The key { $path } does not open: { $said }
    .next = Check the file and the passphrase.
