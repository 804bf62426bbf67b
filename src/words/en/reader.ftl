### permit-reader: its command line, and what keeps it from starting.

reader-help = The terminal a guard works with: camera in; screen, lamps, tone and gate out
    .more =
        The first line it prints is the address of its page, with a key that lets in whoever opens it. It judges by the bundle it was given and says how
        old that is; it needs no network. Without a bundle, a simulated board judges by the demonstration, at
        the demonstration's own date.
reader-help-board = What the lamps, the buttons and the gate are wired to
    .value = BOARD
reader-help-camera = A folder of pictures, a Y4M or MJPEG file, a video device, or none; given twice, there are two lanes
    .value = SOURCE
    .more =
        Each picture of a folder is shown for ten frames, then nothing for one. A device is best named as in
        /dev/v4l/by-id.
reader-help-bundle = The bundle to judge by
    .value = FILE
reader-help-root = The installed root: a file, or the SHA-256 of its contents
    .value = FILE|SHA256
    .more = Without it only the demonstration's root is accepted, and on a real board none at all.
reader-help-demo = Judge by the demonstration on a real board; every verdict is framed DEMO
reader-help-crossing = Where: number, identifier or any name of a crossing
    .value = CROSSING
reader-help-side = Whose guards stand here: A or B
    .value = SIDE
reader-help-direction = Which way, seen from that side: entry or exit; a second one is the second lane's
    .value = DIRECTION
reader-help-fixed = The guard cannot switch the direction
reader-help-idle = Minutes after which an officer who does nothing is signed out; 0 never
    .value = MINUTES
reader-help-unattended = Seconds after which a verdict that nobody attends to is closed as not decided
    .value = SECONDS
reader-help-undo = Seconds for which an admission can be taken back (“did not pass”); 0 never
    .value = SECONDS
reader-help-at = The time at the start: YYYY-MM-DD, Thh:mm, ±hh:mm; else the computer's clock
    .value = TIME
    .more = A clock set by hand makes nothing valid outside the demonstration.
reader-help-state = Where the journal, the keys and accepted lists are kept; else they go with the process
    .value = FOLDER
reader-help-number = Number of this terminal among those of its side
    .value = N
reader-help-scanner = A hand or desk scanner on a serial line, or anything that gives a line a scan (DEVICE@RATE for another rate than 9600); evdev:DEVICE for one that acts as a keyboard; a second one is the second lane's, none leaves a lane without
    .value = DEVICE
reader-help-enrol = Enrol an officer by number and end; the PIN is the first line of standard input
    .value = N
    .more = The same number again gives another PIN and unlocks. A PIN has at least six characters.
reader-help-role = What the officer may do: a supervisor enrols others on the supervisor's page
    .value = ROLE
reader-help-unlock = Let an officer try again at once and end: wrong PINs so far do not count
    .value = N
reader-help-renew = Make another key (key) or zone secret (secret) in place of one that is lost, and end
    .value = WHICH
    .more =
        The damaged one is put aside. Exports signed with a new key are unknown to headquarters until told; with a
        new secret nobody who crossed before is known, and what is recorded is not merged with other terminals.
reader-help-pair = Print a code that lets one tablet in at the terminal that runs on this --state, and end
    .more = Where there is no screen: it is good for two minutes, five tries and one tablet.
reader-help-public-key = Print the public key of the journal, 64 hexadecimal digits for the list of terminals, and end
    .more = Before the first start the key and the zone's secret are made. The zone's secret is one for all terminals: its two files are copied into the new folder before.
reader-help-display = A small display on SPI, 320 by 240: the verdict's shape, words and name
    .value = PANEL
reader-help-stick = The bundle on a stick, taken when the guard asks for an update
    .value = FILE
reader-help-listen = Where the page is served; the second lane's page is on the next port, or where a second --listen says
    .value = ADDRESS
reader-help-kiosk = Let this machine's own screen in by a start page in this folder, lane-1.html, instead of by the printed address
    .value = FOLDER
    .more =
        Whoever has the key in it, made anew at each start, sees what the guard sees. It is readable by the folder's
        group where the folder gives its group to what is made in it (mode 2750), else by its owner alone.
reader-help-screen = Keep this machine's screen instead of being the terminal: run the browser that follows --, and end with status 75 when its page is dead
    .value = FILE
    .more = The start page that a terminal wrote for --kiosk. It waits for that terminal, and begins anew when the terminal did.
reader-help-browser = The browser and its arguments; a pair of braces stands for the address of the start page
    .value = COMMAND
reader-help-tablets = Also serve tablets that an officer allows, at this address of the local network; the second lane's come to the next port, or where a second one says
    .value = ADDRESS
    .more =
        Left out, the page is for this machine alone. A tablet is allowed by a code of eight digits from the
        supervisor's page, until the terminal starts again. Nothing is encrypted on the way: use a network
        that nobody else is on.
reader-help-name = A name tablets may ask for besides that address
    .value = HOST
reader-help-export = The folder the journal's export is written into when the supervisor asks for it
    .value = FOLDER
reader-help-events = Write one JSON line for each verdict, decision, lamp and relay change; - is standard output
    .value = FILE
    .more = No names, permit numbers or texts of codes are in it.
reader-help-fps = Frames a second of what is played
    .value = N
reader-help-once = Play the source once, let each verdict give way to the next permit, and end
reader-help-release = Drive every output of as many lanes as there are cameras low, and end
    .more =
        For whoever comes after a terminal that was killed: the service does this each time it stops.
reader-help-rtc = The battery clock that must have gone on
    .value = CLOCK
    .more =
        A real board asks the kernel's unless told otherwise. A clock that stood still, or cannot be read, is not
        trusted: nothing is green by it. The kernel sets the system's time from its own clock; a DS3231's time is
        the terminal's, whatever the system says.
reader-help-lang = Language: zh, ko or en
    .value = LANGUAGE

reader-exit-good = asked to stop, or the last picture was dealt with
reader-exit-again = the camera is stuck: start again

reader-no-events = Cannot write { $path }: { $cause }.
    .next = Choose another file with --events.
reader-no-browser = The browser { $path } does not start: { $cause }.
    .next = install it, or say another one after --
reader-no-file = { $path } cannot be read, is no plain file, or is too large.
    .next = Check the path. A link, a folder or a device is not followed.
reader-no-root = A real board needs an installed root.
    .next = Name it with --root, or add --demo to judge by the demonstration.
reader-no-bundle = A real board needs a bundle to judge by.
    .next = Name it with --bundle, or add --demo to judge by the demonstration.
reader-not-demo = { $path } is not taken: without --root only the demonstration's lists are.
    .next = Give your authority's root with --root: the file, or its SHA-256.
reader-refused = { $path } is not taken: { $said }.
    .next = Get the bundle again from whoever publishes it. What was in use before stays.
reader-demo-refused = The demonstration's root is refused on a real board.
    .next = Install the authorities' root, or add --demo to judge by the demonstration.
reader-place = It is not known where this terminal stands.
    .next = Name the place with --crossing, --side and --direction.
reader-which-crossing = There is no crossing { $said }.
    .next = Choose one of { $crossings }.
reader-state = The state in { $path } cannot be used: { $cause }.
    .next = Check that the folder can be written and that no other terminal uses it.
reader-camera = { $path } cannot be used as a camera: { $cause }.
    .next = Name a folder of pictures, a Y4M or MJPEG file, or a video device.
reader-no-device = This program was built without cameras, so { $path } cannot be opened.
    .next = Play a folder or a file, or use a build with cameras.
reader-listen = Nothing can be served on { $address }: { $cause }.
    .next = Choose another address with --listen; port 0 takes any that is free.
reader-no-board = The board cannot be opened: { $cause }.
    .next = Check --board, that the service may use the pins, and the troubleshooting chapter in hardware/.
reader-lanes = A board has pins for two lanes, and each lane one camera, direction, scanner and page.
    .next = Give --camera once or twice, and everything else no more often.
reader-display-lanes = A second lane has the pins of the small display.
    .next = Leave --display out, or the second --camera.
reader-thread = The system gives no thread: { $cause }.
    .next = Close other programs and start again.
reader-not-renewed = Nothing was made anew in { $path }: { $cause }.
reader-no-key = The key of the terminal in { $path } cannot be read: { $cause }. Where it is lost, --renew key makes another.
    .next = Only what is lost can be made anew; see what the terminal's page says.
reader-not-paired = No code for a tablet was made in { $path }: { $cause }.
    .next = Check --state, and run it as whom the terminal runs.
reader-not-enrolled = The officer was not enrolled: { $cause }.
    .next = Check --state, and choose a PIN of at least six characters.
