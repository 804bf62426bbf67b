### What the terminal's screen says beside the verdict. Short, for somebody tired, cold and in a hurry.
### Names of states end in the machine's own names for them; a test holds the two together.

screen-title = Border checkpoint
    .traveller = For travellers
    .supervisor = Supervisor
    .notice = What is kept
    .slip = Slip
screen-lang-zh = 中文
screen-lang-ko = 한국어
screen-lang-en = English
screen-language = Language
screen-nation-156 = China
screen-nation-408 = DPR Korea
screen-lane = Lane { $number }
screen-side = side { $side }
screen-entry = Entry
screen-exit = Exit
screen-switch = Switch direction
screen-lost = No connection to the reader. What stands here may be old.
screen-demo = DEMO · SPECIMEN

## Where the machine stands

screen-starting = Starting
    .more = The terminal tests itself.
screen-waiting = Show the permit
    .more = Code towards the camera, flat, a hand's breadth away.
    .scanner = Scan the permit, or type its number.
screen-looking = Reading
screen-updating = Taking new lists
    .more = The old ones stay until the new ones are whole.
screen-gathering = Reading lists from codes
    .more = Hold the codes before the camera or the hand scanner, in any order. The old lists stay until all are read; until then no permit is judged.
screen-gathered = { $have } of { $total } codes read
    .any = { $have } codes read, of about { $total } that are needed; any others do
    .none = No code read yet
    .missing = Missing: { $missing }
screen-out-of-order = Out of order
    .more = Use the hand scanner or type the number. Every verdict is to be checked.
screen-assisting = Help first
    .more = It is on record that help was given, and nothing else. The other side is not told.
screen-admitted = Admitted
screen-turned-back = Turned back
    .more = Give the slip: code, reason, where to ask, deadline. It has no name.
screen-assisted = Help first
screen-not-decided = Not decided
screen-undone = Did not pass
screen-undo = Did not pass
    .more = Take the last admission back
screen-gate-shut = Gate shut
screen-gate-open = Gate open: pass now
screen-gate-turned = Passed
screen-gate-not-turned = Nobody passed. The gate is shut again.

## What would help

screen-hint-show = Show the code
screen-hint-closer = Closer
screen-hint-farther = Farther away
screen-hint-hold-still = Hold still
screen-hint-straight = Hold it straight
screen-hint-blurred = Not sharp: hold still, or another distance
screen-hint-more-light = More light
screen-hint-less-light = Less light
screen-hint-faint = Pale: take it out of its cover
screen-hint-torn = Covered, folded or damaged
screen-hint-glare = Glare: tilt it
screen-hint-several = One permit at a time
screen-hint-part = One part of several codes: show the others
screen-hint-small = A Micro QR code, not a permit
screen-hint-type-number = Cannot read: type the number

## The holder

screen-holder = Holder
screen-hidden = Names, birth date and numbers are hidden
screen-home = Home
screen-birth = Born
screen-nationality = Nationality
screen-through = Good through
screen-entries = Journeys left
screen-days = Days left
screen-stay = Longest stay
    .days = { $days ->
        [one] one day
       *[other] { $days } days
    }
screen-document = Identity document
screen-children = Children
screen-crossings = Crossings
    .all = all
screen-number = Permit number
screen-portrait = Portrait on the permit
screen-compare = Compare: face · permit · document
    .document = Compare: face · permit · document { $document }
    .none = Compare: face · permit. The permit is bound to no document.
screen-outward = Leaving home
screen-homeward = Going home
screen-code = Code { $code }
screen-source-typed = Number typed
screen-source-scanner = Hand scanner
screen-source-camera = Camera

## What the guard does

screen-choices = Decision
screen-choice-admit = Admit
screen-choice-turn-back = Turn back
screen-choice-dismiss = Next person
screen-assist = Assist
    .more = Disaster, illness, a child alone, distress, a request for protection
screen-done = Done
screen-slip = Slip
screen-print = Print
screen-buttons = Push buttons
screen-button-confirm = Confirm
screen-button-switch = Switch
screen-button-assist = Assist
screen-does-next = next choice
screen-does-direction = other direction
screen-does-nothing = –
screen-grounds = On what grounds?
    .more = The verdict is recorded as it is, and the decision with name and grounds beside it.
screen-grounds-other-papers = Identity and right to cross established otherwise
screen-grounds-confirmed = The station confirmed it
screen-grounds-ordered = An order of a superior
screen-grounds-known-error = The lists or the terminal are known to be wrong
screen-cancel = Cancel
screen-close = Close

## Menu

screen-menu = Menu
screen-night = Night colours
screen-large = Large type
screen-hide-names = Hide names
screen-lamp = Lamp
screen-type-number = Type a number
    .more = As printed, with or without hyphens. A typed number is never enough: look at the permit itself.
    .check = Look up
screen-delete = Delete
screen-sign-in = Sign in
    .officer = Officer number
    .pin = PIN
    .more = Whoever is on duty is signed out first, even if the PIN is wrong.
screen-keys = Keyboard
    .why = A key decides only if it is held until the bar is full, and let go again. Whatever is typed fast is a hand scanner’s and decides nothing.
    .move = move the mark (a short press)
    .enter = the marked button; Space does the same
    .escape = close, or the next person
screen-hold = Keep holding
    .release = Let go now
    .tap = A short press decides nothing. Hold the key until the bar is full.
screen-locked = Sign in
    .more = Nothing is decided here until an officer signs in. Assist stays free.
    .hand = Nobody can sign in? Use another terminal or a paired tablet; else open the gate by hand and note on paper, as the table in the lid says.
screen-hand-over = Hand over
screen-sign-out = Sign out
screen-shift = Shift of officer { $officer }, { $since } to { $until }
    .none = No verdict and no decision.
screen-officer = Officer { $officer }
screen-nobody = Nobody signed in
screen-to-screen = Back to the screen

## The edge

screen-edge = State of the terminal
screen-clock-good = Clock trusted
screen-doubt-missing = No clock
screen-doubt-stopped = Clock stopped
screen-doubt-below-floor = Clock behind
screen-doubt-jumped = Clock jumped
screen-doubt-far-ahead = Clock unconfirmed
screen-doubt-by-hand = Clock set by hand
screen-doubt-other = Clock not trusted
screen-lists = Lists
    .age = { $days ->
        [0] Lists of today
        [one] Lists 1 day old
       *[other] Lists { $days } days old
    }
    .none = No lists
    .stale = Newer lists are due
    .expired = Lists expired
screen-disk = Disk
screen-disk-good = Disk good
screen-disk-low = Disk nearly full
screen-disk-full = Disk full
screen-disk-failing = Disk failing
screen-journal-good = Journal good
screen-journal-broken = Journal broken
screen-camera = Camera
screen-camera-absent = No camera
screen-camera-opening = Camera opening
screen-camera-good = Camera good
screen-camera-no-frame = No picture
screen-camera-frozen = Picture frozen
screen-camera-black = Picture black
screen-camera-white = Picture white
screen-camera-dark = Picture too dark
screen-camera-blurred = Picture blurred
screen-camera-unplugged = Camera unplugged
screen-scanner-absent = No hand scanner
screen-scanner-good = Hand scanner good
screen-scanner-gone = Hand scanner gone
screen-scanner-mis-set = Hand scanner set wrongly
screen-last = Last crossings
    .none = None yet
screen-picture = Live picture

## What is not whole, and what to do

screen-trouble-journal = Entries cannot be kept.
    .next = Nothing is green here. Use another terminal; record on paper.
screen-trouble-damaged = The journal is damaged: entries were changed, lost or removed.
    .next = Nothing is green. Export the journal for the authority; then two officers sign in and press “Start a new journal” on the supervisor’s page.
screen-trouble-incomplete = A new journal was started: passages from before it may be missing.
    .next = Permits issued before it are not green until newer lists say who is away. Take newer lists.
screen-trouble-disk-full = The disk is full.
    .next = Call the supervisor: export the journal. Until then nothing is green.
screen-trouble-disk-failing = The disk fails.
    .next = Call the supervisor. Until then nothing is green.
screen-trouble-self-test = The self-test did not pass.
    .next = Run it again from the supervisor's page; else use another terminal.
screen-trouble-camera = The camera gives no true picture.
    .next = Check the plug and wipe the lens. The hand scanner still works.
screen-trouble-scanner-gone = The hand scanner is gone.
    .next = Check its plug. The camera and numbers still work.
screen-trouble-scanner-mis-set = The hand scanner is set wrongly.
    .next = Open “Scanner” on the supervisor’s page and set it as it says there. The camera and numbers still work.
screen-trouble-clock = The clock is not trusted.
    .next = Two officers sign in and confirm the time, or take newer lists.
screen-trouble-lists-expired = The lists have expired.
    .next = Put in the stick with newer lists and take them.
screen-trouble-lists-missing = The lists of one side are missing.
    .next = Put in the stick with the lists and take them.
screen-trouble-lists-passed = The lists kept here could not be used; others are.
    .next = Put in the stick with the newest lists and take them.
screen-trouble-screen = The screen at this terminal is dark.
    .next = It starts again by itself. Meanwhile work by lamps and buttons; if it stays dark, restart permit-kiosk.
screen-trouble-state = The terminal's folder cannot be written.
    .next = Nothing is green here; decisions cannot be recorded. The supervisor looks at the card and the folder's owner (troubleshooting).
screen-trouble-key-lost = The terminal's own key is damaged.
    .next = Nothing is green, and nothing can be exported. The supervisor makes another (--renew key), starts again, and tells headquarters.
screen-trouble-secret-lost = The zone's secret is damaged: nobody who crossed before is known.
    .next = Nothing is green. The supervisor brings the secret from another terminal or makes another (--renew secret), and starts again.
screen-trouble-officers-lost = The list of officers is damaged: nobody can sign in.
    .next = The supervisor enrols an officer again (--enrol); the terminal need not be stopped. Help is always possible.
screen-trouble-no-lists = There are no lists: nobody can be judged.
    .next = Put in the stick with the lists and take them, or read them from codes.
screen-trouble-no-root = The installed root cannot be read: no lists can be accepted.
    .next = The supervisor installs the authorities' root (ROOT in reader.conf) and starts again. Use another terminal.
screen-trouble-no-crossing = The lists do not have this terminal's crossing.
    .next = Take newer lists, or let the supervisor correct CROSSING in reader.conf.
screen-trouble-disk-low = The disk will soon be full.
    .next = Tell the supervisor: export the journal and make room while there is some.
screen-trouble-restored = A damaged file was restored from its copy.
    .next = All is well now. Tell the supervisor: the card may be worn.
screen-trouble-tamper = The housing was opened.
    .next = Look at the terminal and tell the supervisor.

## Said for a moment

screen-notice-number-mistyped = That is not a permit number. Compare it with the permit.
screen-notice-direction-fixed = The direction is fixed here.
screen-notice-raised = It is raised and goes into the next report.
screen-notice-raised-before = It was raised before and is still open.
screen-notice-closed = It is closed.
screen-notice-not-closed = It is not open, or the officer who raised it cannot close it.
screen-notice-needs-supervisor = A supervisor has to be signed in.
screen-notice-not-second = Somebody else set this officer’s PIN. They count as one of two a day after they changed it.
screen-notice-pin-set = The PIN is set.
screen-notice-pin-not-set-short = The PIN is too short: six characters at least.
screen-notice-pin-not-set-own = One’s own PIN is changed with “Change the PIN”.
screen-notice-pin-not-set-wrong = The PIN until now is wrong.
screen-notice-pin-not-set-busy = Not now: another PIN is being looked at, or it is too early after a wrong one.
screen-notice-pin-not-set-unwritable = It could not be written or recorded. See the state of the terminal.
screen-notice-time-mistyped = No such time. Type it like 2026-12-01 08:30.
screen-notice-needs-officer = An officer has to sign in first.
screen-notice-needs-grounds = Choose the grounds on the screen.
screen-notice-nothing-to-decide = There is nothing to decide.
screen-notice-one-at-a-time = One permit at a time: take the others away, then decide.
screen-notice-overtaken = What is known of this permit has changed. Look again.
screen-notice-replaced = What stood here before is gone. Look again.
screen-notice-not-recorded = Not recorded, so the gate stays shut.
screen-notice-not-turned = Nobody passed.
screen-notice-not-decided = Closed: nobody decided. It is on record as not decided.
screen-notice-undone = Taken back: nobody passed. It is on record.
screen-notice-not-undone = Not taken back: it is too late, or it could not be recorded.
screen-notice-updated = The new lists are in use.
screen-notice-not-updated-nothing = No stick, or no lists on it. The old ones stay.
screen-notice-not-updated-unfit = The file is no bundle. The old lists stay.
screen-notice-not-updated-refused = The new lists were refused. The old ones stay.
screen-notice-not-updated-older = These lists are older than those in use, which stay.
screen-notice-not-updated-forked = These lists contradict those in use: somebody signed one version twice. The old ones stay. Tell the authority.
screen-notice-not-updated-busy = Other lists are being looked at. Try again in a moment.
screen-notice-not-updated-elsewhere = These lists do not have this terminal's crossing. The old ones stay.
screen-notice-not-updated-rootless = There is no installed root to accept lists by.
screen-notice-not-updated-unwritable = The new lists could not be written. The old ones stay.
screen-notice-not-updated-base = This holds only what has changed since other lists than those in use, which stay. Ask for the whole lists, or for the changes since those in use.
screen-notice-not-updated-forged = These codes do not make up any lists: one is forged. The old lists stay. Tell the authority.
screen-notice-scanner-case = The scanner types with Caps Lock: show its set-up code. This says nothing about the permit.
screen-notice-scanner-layout = The scanner types for another keyboard language: show its set-up code. This says nothing about the permit.
screen-notice-scanner-line = The scanner’s serial line has another rate or a parity: show its set-up code. This says nothing about the permit.
screen-notice-scanner-before = The scanner puts something before the code: show its set-up code. This says nothing about the permit.
screen-notice-scanner-after = The scanner puts something after the code besides Enter: show its set-up code.
screen-notice-scanner-wide = The scanner types full-width characters: show its set-up code.
screen-notice-scanner-endless = The scanner does not end its scans with Enter: show its set-up code. This says nothing about the permit.
screen-notice-scanner-torn = A part of the code got lost on the way from the scanner: scan it again. This says nothing about the permit.
screen-notice-scanner-right = The scanner is set right.
screen-notice-code-of-lists = This is a code of lists, no permit. To take lists: supervisor’s page, “Read lists from codes”.
screen-notice-part-refused-foreign = Lists are being read, and this is none of their codes. To judge permits, cancel first.
screen-notice-part-refused-newer = These codes are made for a newer terminal.
screen-notice-part-refused-damaged = This code is damaged. Show it again.
screen-notice-part-refused-other = This code is of other lists than those before. To read these instead, cancel and begin again.
screen-notice-part-refused-conflict = This code contradicts one read before. Cancel and begin again; if it comes again, tell the authority.
screen-notice-lists-late = No new code came for two minutes. The old lists stay.
screen-notice-lists-stopped = Stopped. The old lists stay.
screen-notice-exported = The journal was exported.
screen-notice-not-exported-nothing = No stick to write to. Nothing was exported.
screen-notice-not-exported-unwritable = The export could not be written. The journal itself is whole.
screen-notice-not-signed-in-wrong = Officer or PIN not right.
screen-notice-not-signed-in-wait = Wait { $seconds } seconds.
screen-notice-not-signed-in-busy = Another PIN is being checked. Try again in a moment.
screen-notice-not-signed-in-lost = The list of officers is damaged, so nobody signs in. The supervisor enrols again.
screen-notice-not-signed-in-unwritable = Tries cannot be counted, so nobody signs in.
screen-notice-signed-out = Signed out: nothing was done here for a while. Sign in again.
screen-notice-second-officer = Now a second officer signs in and confirms.
screen-notice-clock-confirmed = The clock is confirmed.
screen-notice-not-confirmed = That could not be recorded, so it does not count.
screen-notice-new-chain = A new journal has begun. Take newer lists.
screen-notice-clock-first = First the time has to be confirmed.
screen-notice-person-first = First finish with the person who stands here.
screen-notice-busy = Too much was asked for at once. Try again in a moment.
screen-notice-refused = Not done. Load the page again.

## The small display

screen-traveller-show = Please show your permit
screen-traveller-wait = Please wait
screen-traveller-pass = Please pass
screen-traveller-closed = Please go to the guard

## Supervisor

screen-health = State
screen-figures = Counted since the journal began
    .away = Away from home
screen-self-test = Self-test
    .run = Test now
    .passed = passed
    .failed = failed
screen-part-pipeline = A good permit is drawn, read and found valid
screen-part-refusal = A damaged permit is refused
screen-part-signals = Lamps and tones
screen-part-clock = Clock
screen-part-disk = Disk
screen-part-journal = Journal
screen-part-lists = Lists
screen-lists-given = Lists named at the start:
screen-documents = Lists in use
screen-document-name = Document
screen-version = Version
screen-issued = Issued
screen-due = Newer due
screen-expires = Expires
screen-of-side = { $name }, side { $side }
screen-update = Take lists from the stick
screen-read-lists = Read lists from codes
screen-confirm-clock = The time is right
screen-set-clock = Set the time
    .time = Day and time at the crossing
    .more = Two officers say the same time, one after the other, each signed in. It holds until the terminal starts again: then set the system’s clock.
screen-change-pin = Change the PIN
    .old = PIN until now
    .new = New PIN, six characters at least
    .more = The PIN of the officer who is signed in.
screen-appoint = Enrol an officer, or reset a PIN
    .more = A supervisor does this. Until the officer has changed the PIN and a day has passed, they are no second person.
screen-role = Role
    .same = as before, or officer
    .officer = Officer
    .supervisor = Supervisor
screen-set = Set
screen-space = Space
screen-raise = Raise an issue
    .more = It is recorded without words and goes into the next report. A supervisor closes it.
screen-raised = Issues raised here
    .more = Open until a supervisor closes them who did not raise them.
    .close = Close
screen-new-chain = Start a new journal
screen-export = Export the journal to the stick
    .here = Export as a file
    .officer = An officer has to be signed in, and nobody at the terminal.
screen-codes = Show the journal as codes
    .lead = What headquarters have not countersigned yet, as { $count } codes, of which any { $needed } do. Film or photograph them, each whole and sharp; nobody's name is in them.
    .large = { $bytes } bytes are too many for codes: export the journal to the stick.
screen-tablets = Tablets
    .allowed = { $count ->
        [0] No tablet is allowed.
        [one] One tablet is allowed.
       *[other] { $count } tablets are allowed.
    }
    .allow = Allow a tablet
    .code = Type { $code } on the tablet within two minutes.
    .forget = Allow no tablets any more
    .forgotten = No tablet is allowed any more.
screen-pair = This tablet is not allowed yet
    .more = An officer gets a code at the terminal: Menu, Supervisor, Allow a tablet.
    .code = Code of eight digits
    .enter = Go on
    .wrong = The code is not right, or its time is over. Ask for a new one.
screen-stranger = This browser is not let in
    .more = Open the address that the terminal printed when it started, key included. On a terminal with a screen of its own, restart the screen: sudo systemctl restart permit-kiosk
screen-nothing-wrong = Nothing is wrong.

## The notice for travellers and officers

screen-notice-what = What is kept
    .said = For each crossing: a pseudonym made from the permit's number, crossing, direction, time, the verdict's code and the decision. No name, no picture, no place of residence.
screen-notice-long = How long
    .said = Records are deleted after { $days } days; counts remain. A count of journeys under the pseudonym stays until the permit's last day and the return.
screen-notice-never = What is never asked or kept
    .said = Descent, fingerprints, faces, relatives abroad. There are no lists of suspects and no scores.
screen-notice-other = What the other side is told
    .said = Pseudonyms and crossings. Never what an officer decided, and never that somebody was helped.
screen-notice-who = Who answers
    .said = The authority of the side whose guards stand here. Whoever is turned back gets a slip that says where to ask and by when.
screen-notice-right = A decision is made by a person
    .said = The terminal speaks of a permit. A named officer decides. Nobody is kept from going home, and help comes first.

## The slip

screen-slip-title = You could not cross today
    .home = You may go home
screen-slip-where = Where and when
screen-slip-why = Why
    .officer = The permit was found valid. The officer turned the holder back; the station says how to have this reviewed.
screen-slip-ask = Where to ask
    .issuer = { $station }, which issued the permit
    .other = { $station }, independently of it
    .any = Any station of your side
screen-slip-deadline = By when
    .day = by { $day }
    .days = within { $days } days
screen-slip-noname = This slip carries no name. Keep it, or take a picture of it.
screen-slip-none = There is no slip to show: nobody was turned back just now.

## The scanner's set-up sheet

screen-title-scanner = Scanner
screen-scanner-sheet = Set the hand scanner with the codes in its maker’s manual, then scan the code below: the terminal says whether it is set right.
screen-scanner-setting = Setting
screen-scanner-value = Value
screen-scanner-where = Where manuals have it
screen-scanner-suffix = After a scan
    .value = Enter (CR), nothing else
    .where = Suffix, terminator, postamble, message terminator
screen-scanner-prefix = Before a scan
    .value = nothing: no AIM identifier, no code ID, no date
    .where = Prefix, preamble, code identifier, AIM ID
screen-scanner-keyboard = Keyboard language
    .value = USA (English); with --scanner evdev: also ALT mode (numbers on the pad)
    .where = Keyboard country or layout, language; ALT mode, emulate keypad
screen-scanner-letters = Letters
    .value = as they are: no Caps Lock, no conversion
    .where = Caps Lock, case conversion
screen-scanner-serial = On a serial line
    .value = 9,600 bits a second, 8 data bits, no parity, 1 stop bit; another rate with --scanner DEVICE@RATE
    .where = RS-232, baud rate, parity
screen-scanner-kind = Kinds of codes
    .value = QR code on; all others off
    .where = Symbologies
screen-scanner-test = Test code
