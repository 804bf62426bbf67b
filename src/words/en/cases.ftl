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
