### What is said with a verdict. The codes are those of the table of verdicts; dates are written YYYY-MM-DD.
### Short, plain, polite. A sentence speaks of the permit, never of the person's guilt.

verdict-valid = Valid
    .colour = green
verdict-refer = Refer
    .colour = amber
verdict-invalid = Not valid
    .colour = red
verdict-specimen = Specimen
    .colour = blue
verdict-other = Not a permit
    .colour = grey

verdict-also = Also
verdict-next = Next
verdict-demo = DEMO · SPECIMEN
    .note = Judged with demonstration keys. Opens no way.
verdict-by-hand = Clock set by hand
verdict-newer = Issued after the day the station's register speaks for.
verdict-home = May go home. Record, do not hold.
verdict-assist = Disaster, illness, a child alone, distress, a request for protection: assist first.

verdict-0 = Valid
    .reason = Good through { $through }.
    .next = Compare face and identity document with the permit.
    .entries = { $left ->
        [one] One journey left, this one included.
       *[other] { $left } journeys left, this one included.
    }
    .days = { $left ->
        [one] Last day today.
       *[other] { $left } days left, today included.
    }
    .stay = A stay may last { $days ->
        [one] one day
       *[other] { $days } days
    }.
verdict-10 = No code read
    .reason = No code could be read in the picture.
    .next = Hold the permit flat and closer, in even light.
    .reason-dark = The picture is too dark.
    .next-dark = Bring light to the permit.
    .reason-blurred = The picture is blurred.
    .next-blurred = Hold the permit still.
    .reason-far = The code is too small.
    .next-far = Bring the permit closer.
    .reason-several = Two permits are in view.
    .next-several = Show one permit at a time.
verdict-11 = Not a permit
    .reason-certificate = This is an EU health certificate.
    .reason-health = This is a SMART health card.
    .reason-seal = This is a visible digital seal.
    .reason-identity = This is an identity code of another system.
    .reason-ticket = This is an admission ticket.
    .reason-url = This is a web address.
    .reason-text = This is some other text.
    .reason-travel = This is the machine-readable zone of a travel document.
    .reason-record = This is contact, network or calendar data.
    .reason-binary = This is data of another program.
    .reason-empty = The code is empty.
    .next = Ask for the border permit.
verdict-12 = Number typed
    .reason = The code was not read; only the number is known.
    .next = Look at the permit itself, and ask its station if in doubt.
verdict-20 = Malformed
    .reason-text = Not in the form of a permit: character { $offset } of the text ({ $flaw }).
    .reason-base45 = Not in the form of a permit: character { $offset } of the code's letters ({ $flaw }).
    .reason-envelope = Not in the form of a permit: byte { $offset } of the envelope ({ $flaw }).
    .reason-payload = Not in the form of a permit: byte { $offset } of the signed data ({ $flaw }).
    .next = Establish who the person is. Do not hold for the code alone.
verdict-21 = Newer than this terminal
    .reason-version = Made in format { $version }, which this terminal does not know.
    .reason-option = It sets a limit ({ $option }) which this terminal does not know.
    .next = Update the terminal, or ask the issuing station.
verdict-22 = Unknown key
    .reason = No list here knows the key { $key }. The newest list is of { $lists }.
    .reason-none = There is no station list here to look for the key { $key }.
    .next = Fetch newer lists, or ask the issuing station.
verdict-23 = Bad signature
    .reason = The signature does not fit what the code says (key { $key }).
    .next = Establish who the person is. Do not hold.
verdict-24 = Station not entitled
    .reason-station = Signed by { $station }, but numbered as { $named }.
    .reason-region = { $station } does not serve { $region }.
    .reason-window = The key of { $station } is good from { $from } through { $through }; issued { $issued }.
    .reason-validity = Valid for { $days } days; the zone allows { $longest }.
    .reason-suspended = { $station } is suspended since { $since }.
    .reason-demo = { $station } signed it with a demonstration key.
    .reason-stolen = The key of { $station } was reported stolen on { $since }; this is not one of the permits it really signed.
    .reason-other = The key of { $station } may not sign this.
    .next = Do not let pass on this permit. Ask the issuing station.
verdict-25 = Specimen
    .reason = This is a specimen, made to be looked at.
    .next = Ask for the real permit.
verdict-30 = Not yet valid
    .reason = Good from { $from }. Today is { $today }.
    .next = May cross from { $from } on.
verdict-31 = Expired
    .reason = Was good through { $through }. Today is { $today }.
    .next = A new permit is given by the issuing station.
verdict-32 = Revoked
    .reason = Revoked; in the list of { $listed }.
    .reason-since = Revoked on { $since }; in the list of { $listed }.
    .reason-range = One of a batch revoked; in the list of { $listed }.
    .reason-range-since = One of a batch revoked on { $since }; in the list of { $listed }.
    .next = Establish who the person is. The issuing station says why.
    .title-lost = Reported lost
    .reason-lost = Reported lost; in the list of { $listed }.
    .reason-lost-since = Reported lost on { $since }; in the list of { $listed }.
verdict-33 = Replaced
    .reason = This is copy { $copy }. Since { $since } copy { $good } is the good one.
    .next = Ask for the newer copy.
verdict-34 = Not in the register
    .reason = Issued { $issued }, but not in the station's register, which speaks for { $until }.
    .next = Ask the issuing station before letting pass.
verdict-40 = Home outside the zone
    .reason = { $region } is not in the zone { $zone }.
    .next = Do not let pass on this permit.
verdict-41 = Another zone
    .reason = Made for zone { $named }. Here is zone { $zone }.
    .next = Do not let pass on this permit.
verdict-42 = Another crossing
    .reason = Good at: { $crossings }. Here is { $here }.
    .next = Show the way to a crossing the permit names.
verdict-43 = Crossing closed
    .reason-closed = Closed since { $since }.
    .reason-suspended = Suspended since { $since }.
    .reason-suspended-until = Suspended since { $since }; opens again on { $until }.
    .reason-early = Not yet open.
    .reason-early-until = Not yet open; opens on { $until }.
    .reason-hours = Outside opening hours.
    .reason-hours-opens = Outside opening hours; opens at { $opens }.
    .reason-region = { $region }, on one end of this crossing, is not in the zone today.
    .next = Ask to come back when it is open, or show the way to another crossing.
verdict-50 = Entries used up
    .reason = { $used } of { $allowed } entries are used.
    .next = A new permit is given by the issuing station.
verdict-51 = Already on that side
    .reason = By the record the holder is on that side already.
    .reason-last = Last crossed at { $crossing }, { $time }.
    .next = Ask which way the person came. Record what is said.
verdict-52 = Stay exceeded
    .reason = { $days ->
        [one] One day
       *[other] { $days } days
    } on that side; { $allowed } allowed.
    .next = Hand over the notice. Let the person go home.
verdict-53 = Seen elsewhere too soon
    .reason = Seen at { $crossing }, { $time }.
    .next = Compare the face with care. Call that crossing.
verdict-60 = Clock not trusted
    .reason = The clock shows { $clock }; it must be later than { $floor }.
    .reason-unsure = The clock shows { $clock }, and nothing confirms it.
    .reason-hand = The clock was set by hand ({ $clock }), and these are not demonstration lists.
    .reason-none = This terminal does not know the time.
    .next = Two officers confirm the time, or fetch newer lists.
verdict-61 = Lists too old
    .reason = Out of date: { $document } of { $issued } was good until { $expired }.
    .next = Fetch newer lists. Until then ask the issuing station.
verdict-62 = Terminal fault
    .reason-journal = The journal cannot be written.
    .reason-disk = The disk is full or failing.
    .reason-camera = The camera gives no true picture.
    .reason-lost = The journal was damaged: passages of this permit may be missing.
    .reason-selftest = The terminal's self-test failed.
    .next = Use another terminal. Record on paper.

verdict-stale = A newer list is due; the one here is of { $issued }.

## What breaks a format

flaw-truncated = it ends too early
flaw-trailing = something follows the end
flaw-too-long = longer than the format allows
flaw-not-shortest = a number not in its shortest form
flaw-indefinite = an indefinite length
flaw-float = a floating-point number
flaw-tag = a tag
flaw-simple = a simple value not known here
flaw-reserved = a reserved value
flaw-unsorted = entries not in order
flaw-duplicate = an entry twice
flaw-key = a map key of a wrong type
flaw-too-deep = nested too deeply
flaw-utf8 = text that is not UTF-8
flaw-character = a character not allowed here
flaw-overflow = letters that stand for no bytes
flaw-length = a length that cannot be
flaw-type = another type than the field has
flaw-range = a value outside its range
flaw-count = a count that does not fit
flaw-redundant = an option that says nothing
flaw-space = a space where none may be
flaw-header = other fixed bytes

## Documents and places

document-bundle = the bundle
document-root = the root
document-zone = the zone register
document-snapshot = the snapshot
document-stations = the station list
document-revocations = the list of revocations
document-issued = the register of issued permits
document-presence = the presence list
document-readers = the list of readers
document-heads = the list of countersigned heads
document-report = a report of headquarters
document-passages = passages for the other side
place-region = region { $number }
place-crossing = crossing { $number }
place-station = station { $number }
time-local = { $day } { $time }
time-utc = { $day } { $time } UTC
