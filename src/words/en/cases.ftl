### Cases at the station's desk: resettlement, return, families of army members. None of them makes a border permit.

case-title = { $kind } · case { $number }
case-resettlement = resettlement
case-return = return
case-army-family = family of an army member
case-state-received = received
case-state-approved = approved
case-state-refusal-proposed = refusal proposed
case-state-refused = refused
case-state-authorised = authorisation handed over
case-state-departed = departed
case-state-returned = come back
case-state-withdrawn = withdrawn
case-item-own-wish = the person's own wish, said to an officer
case-item-relatives = there are relatives on the other side; who they are is not taken down
case-item-credential = a national credential of the other side was seen
case-item-request = the other side's request, by its number alone
case-item-consent = the person's own consent

desk-cases = Cases
desk-cases-open = Open, by priority
desk-cases-overdue = Overdue
desk-cases-ended = Ended
desk-cases-lead = Whose time runs out first stands first. A family of an army member is decided within 7 days, a return within 14, a resettlement within 30.
desk-case-new = New case
desk-case-kind = Kind of case
desk-case-kind-hint = A family of an army member: on the other side's request. None of these is a border permit.
desk-case-latin-hint = Family name first.
desk-case-region-none = outside the border zone
desk-case-person = The person
desk-case-people = How many go
desk-case-people-hint = This person included. The names of the others are not taken down.
desk-case-basis = Basis
desk-case-basis-hint = What it rests on, by its number alone. Left empty where there is none.
desk-case-receive = Receive
desk-case-clock = Time
desk-case-left = { $days ->
    [0] today is the last day
    [one] a day left
   *[other] { $days } days left
}
desk-case-late = { $days ->
    [one] a day overdue
   *[other] { $days } days overdue
}
desk-case-received = Received
desk-case-blocked = What keeps it from going on
desk-case-checklist = What is asked for
desk-case-checklist-lead = These points are fixed in the rules. Nothing is asked for beside them.
desk-case-there = there
desk-case-missing = still to come
desk-case-default = Approving is the rule. A refusal takes two officers and reasons in words.
desk-case-never-refused = This kind of case is not refused: it is approved once everything is there.

desk-case-step-have = It is there
desk-case-step-block = Note what keeps it
desk-case-step-authorise = Hand over the authorisation
desk-case-step-depart = Departed
desk-case-step-return = Come back
desk-case-step-withdraw = The person withdraws
desk-case-follows-block = What stands here is shown with the case until it is emptied.
desk-case-follows-authorise = The authorisation is printed, signed by hand and handed over.
desk-case-follows-depart = The person has gone. The case of a resettlement or a return ends here.
desk-case-follows-return = The family has come back. The case ends here.
desk-case-follows-withdraw = The case ends here. A new one can be received at any time.
desk-case-print = Authorisation, to be printed

desk-case-did-open = Received
desk-case-did-have = There: { $item }
desk-case-did-block = Noted what keeps it
desk-case-did-unblock = Nothing keeps it any more
desk-case-did-approve = Approved and signed
desk-case-did-authorise = Authorisation handed over
desk-case-did-depart = Departed
desk-case-did-return = Come back
desk-case-did-withdraw = Withdrawn

authorisation = Authorisation
authorisation-resettlement = may move to the other side and reside there with relatives.
authorisation-return = returns home to the other side, as applied for.
authorisation-army-family = may travel to the other side and come back.
authorisation-people = Persons
authorisation-case = Case
authorisation-approved = Approved on
authorisation-no-permit = This is no border permit and bears no code. It is shown to the crossing in person.
authorisation-hand = Signature and seal
authorisation-refused = The application to resettle was refused.

station-case = { $title }: { $state }
station-case-missing = Still to come: { $items }
station-case-shown = { $kind } · { $name } · { $birth } · people: { $people } · basis: { $basis } · there: { $items }
unfit-case-item = { " " }It should be own-wish, relatives, credential, request or consent.
unfit-case-step = { " " }It should be drop-refusal, authorise, depart, return or withdraw.

station-help-case = Cases: resettlement, return, families of army members; none of them makes a border permit
station-help-case-list = List what is open, whose time runs out first
station-help-case-list-overdue = Only what is overdue
station-help-case-show = Show where a case stands and what is still to come
station-help-case-show-number = Number of the case
    .value = NUMBER
station-help-case-receive = Receive a case from a file
station-help-case-receive-file = The case, as TOML
    .value = FILE
station-help-case-receive-officer = Number of the officer who works cases
    .value = NUMBER
station-help-case-have = A point of the checklist is there; nothing can be added to it
station-help-case-have-number = Number of the case
    .value = NUMBER
station-help-case-have-item = own-wish, relatives, credential, request or consent
    .value = POINT
station-help-case-have-officer = Number of the officer who works cases
    .value = NUMBER
station-help-case-block = Note what keeps it from going on; empty words say that nothing does
station-help-case-block-number = Number of the case
    .value = NUMBER
station-help-case-block-words = What keeps it
    .value = WORDS
station-help-case-block-officer = Number of the officer who works cases
    .value = NUMBER
station-help-case-act = Do a step with a case that takes nothing but its number
station-help-case-act-number = Number of the case
    .value = NUMBER
station-help-case-act-step = drop-refusal, authorise, depart, return or withdraw
    .value = STEP
station-help-case-act-officer = Number of the officer
    .value = NUMBER
station-help-case-approve = Approve a case: shows what is signed, then signs
station-help-case-approve-number = Number of the case
    .value = NUMBER
station-help-case-approve-key = The officer's key file
    .value = FILE
station-help-case-approve-token = The officer's key on a token: pkcs11:module=PATH;token=LABEL;object=LABEL
    .value = URI
station-help-case-approve-role = As which the officer decides, where there are two
    .value = ROLE
station-help-case-approve-passphrase-file = A file whose first line is the passphrase or the PIN
    .value = FILE
station-help-case-refuse = Refuse a resettlement: the first of two officers names the grounds, the second signs the same
station-help-case-refuse-number = Number of the case
    .value = NUMBER
station-help-case-refuse-ground = not-resident, no-class, false-paper, false-statement, misuse, mistake or other
    .value = GROUND
station-help-case-refuse-words = The reasons in words, in the person's language, as they are printed
    .value = WORDS
station-help-case-refuse-deadline = Until when it can be taken to another station
    .value = DAY
station-help-case-refuse-to = Number of that station
    .value = NUMBER
station-help-case-refuse-key = The officer's key file
    .value = FILE
station-help-case-refuse-token = The officer's key on a token: pkcs11:module=PATH;token=LABEL;object=LABEL
    .value = URI
station-help-case-refuse-role = As which the officer decides, where there are two
    .value = ROLE
station-help-case-refuse-passphrase-file = A file whose first line is the passphrase or the PIN
    .value = FILE
