### permit inspect: a code, a document or a picture explained layer by layer.
### An offset counts from 0. Short sentences, as a teacher would say them.

help-inspect = Explain a code, a picture or a document byte by byte
    .more =
        Every layer with its offsets: the text, its base45, the envelope, what is signed, the payload. Bad input
        is shown up to the byte where it stops, with the reason and what would have been right. No verdict is
        given; permit verify does that. Exit status 0 when there was something to explain, good or bad.
help-inspect-what = A code's text, a picture, a trust document, a bundle, a permit number, or - for standard input
    .value = TEXT|PICTURE|FILE
    .more = What is the name of a file is that file; anything else is taken as the text itself.
help-inspect-cose = Print only the COSE_Sign1 a permit stands for, in hexadecimal
help-inspect-json = One JSON object instead of lines
help-inspect-bundle = The bundle whose keys and names to use; left out, that of the demonstration
    .value = FILE
help-inspect-root = The root to trust: a file, or the SHA-256 of its payload
    .value = FILE|SHA256
help-inspect-stages = Write what each room of the reader saw of a picture as PNG into this folder, with a page that explains it
    .value = FOLDER
    .more = Numbered in order: the picture, every binarization, finders, groups, and for each symbol the sampled grid, the soft modules and the corrected ones.

inspect-no-envelope = There is no permit here that could be written as COSE_Sign1.
    .next = Run permit inspect without --cose: it shows where the text stops being a permit.
inspect-unreadable = Cannot open { $path }: { $cause }.
    .next = Take another picture, or give the code's text itself.

inspect-stop = here it stops: { $flaw }
inspect-right = Right would be: { $right }
inspect-rule = { $field }: { $rule }

inspect-right-truncated = as many bytes as the head before it announces.
inspect-right-trailing = nothing after the end.
inspect-right-too-long = at most 1,540 characters in a text, 320 without a portrait; 4 MiB in a document.
inspect-right-not-shortest = the fewest bytes that hold the number (RFC 8949, 4.2.1); so one value has one spelling.
inspect-right-indefinite = a length given beforehand; open-ended items have many spellings.
inspect-right-float = a whole number; no field has a fraction.
inspect-right-tag = no tag; only the envelope has one.
inspect-right-simple = false, true or null.
inspect-right-reserved = a head with additional information 0 to 27.
inspect-right-unsorted = entries in ascending order, keys by their bytes.
inspect-right-duplicate = each entry once.
inspect-right-key = a number or a text as key of a map.
inspect-right-too-deep = arrays and maps at most 4 deep in a permit, 8 in a document.
inspect-right-utf8 = text in UTF-8.
inspect-right-character = a character the alphabet or the field has.
inspect-right-overflow = three characters worth at most 65535, or two at the end worth at most 255.
inspect-right-length = groups of three, and at the end of three or two.
inspect-right-type = the type the field has.
inspect-right-range = a value within the field's range.
inspect-right-count = as many as the field has.
inspect-right-redundant = nothing: leaving it out says the same.
inspect-right-space = single spaces between the parts of a name, none at an end.
inspect-right-header = the same fixed bytes as in every envelope.

## The text

inspect-text = { $count ->
        [one] Text, one character
       *[other] Text, { $count } characters
    }
inspect-line-end = { $count ->
        [one] One character of line end was taken off; nothing else ever is.
       *[other] { $count } characters of line end were taken off; nothing else ever is.
    }
inspect-prefix = It begins with { $prefix } – a border permit, first format.
inspect-newer = It begins with BP{ $version }: – a later format than the one known here.
inspect-foreign = It does not begin with { $prefix }, so it is not a permit.
inspect-foreign-closed = Nothing more is looked at: other systems' codes are named, never opened.
inspect-case = The prefix is written in small letters; a permit's has capitals.

## Base45

inspect-base45 = Base45, { $count } characters for { $bytes } bytes
inspect-base45-how = Three characters c d e are two bytes: c + 45 d + 2025 e. Two at the end are one byte. ␣ is a space.
inspect-base45-first = The first group by hand: { $group } is { $c } + 45 × { $d } + 2025 × { $e } = { $sum }, hexadecimal { $hex }.
inspect-overflow = { $group } is worth { $sum }, more than { $most }.
inspect-letter = The character { $letter } (byte { $hex }) is not of the 45: 0–9, A–Z, space and $ % * + - . / :
inspect-alone = { $group } stands alone: one character holds no byte.

## The envelope

inspect-envelope = Envelope, { $count } bytes
inspect-kid = key id: the first 4 bytes of SHA-256 of the public key. It says which key to try, it proves nothing.
inspect-payload-of = { $count ->
        [one] payload, one byte: what is signed
       *[other] payload, { $count } bytes: what is signed
    }
inspect-signature-r = signature, first half R: a point of the curve (Ed25519, RFC 8032)
inspect-signature-s = signature, second half s: a number below the order of the group
inspect-rest = what is left: a payload of at least one byte and 64 bytes of signature should be here
inspect-short = A permit has at least 69 bytes: 4 of key id, 1 of payload, 64 of signature.

inspect-signed = What exactly is signed, { $count } bytes (Sig_structure, RFC 9052, 4.4)
inspect-signed-array = array of 4
inspect-signed-context = text "Signature1": one signer
inspect-signed-protected = protected header: algorithm -19, Ed25519, and key id { $key }
inspect-signed-aad = external_aad "{ $aad }": signed as this kind, good as no other
inspect-signed-head = { $count ->
        [one] head of a byte string of one byte
       *[other] head of a byte string of { $count } bytes
    }
inspect-signed-payload = the payload, as it stands in the envelope

inspect-signature = Signature
inspect-key-id = Key { $key }
inspect-key = Key { $key } is a key of { $station } (station { $number }, side { $side }), { $class }, good for issuing from { $from } through { $through }.
inspect-class-station = for use through the station's approvals
inspect-class-delegated = for delegated regions as well
inspect-class-direct = for direct use
inspect-class-demo = for demonstrations
inspect-holds = The signature holds with it.
inspect-fails = The signature does not hold with it: payload, key id or signature were changed, or another key signed.
inspect-unknown-key = { $count ->
        [one] The one key listed does not have the id { $key }: whether the signature holds cannot be said.
       *[other] None of the { $count } keys listed has the id { $key }: whether the signature holds cannot be said.
    }
inspect-demo-keys = The keys are those of the demonstration; --bundle takes others.
inspect-own-keys = The keys are those of the bundle given.
inspect-no-verdict = This is no verdict: permit verify asks whether a permit is good here, now, in this direction.

## The payload

inspect-payload = Payload, { $count } bytes
inspect-unproven = No signature holds over this: anybody may have written it. A terminal would show nothing of it.
inspect-item = { $kind } · { $field }
inspect-item-means = { $kind } · { $field }: { $meaning }
inspect-type-number = number { $number }
inspect-type-bytes = { $count ->
        [one] one byte
       *[other] { $count } bytes
    }
inspect-type-text = text of { $count } bytes
inspect-type-array = array of { $count }
inspect-type-map = { $count ->
        [one] map of one pair
       *[other] map of { $count } pairs
    }
inspect-type-other = something no permit has
inspect-printed = Printed on the permit: { $number }
inspect-newer-option = Option { $option } is not known here. Numbers below 0 restrict the holder, so the permit is for a newer terminal.

inspect-id = { $number }: { $name } (station { $station }, side { $side }), year { $year }, serial { $serial }, copy { $copy }
inspect-none = none
inspect-through = { $days ->
        [one] { $day }, one day in all
       *[other] { $day }, { $days } days in all
    }
inspect-region = { $name }, side { $side }
inspect-region-unknown = { $name }, not in this zone register
inspect-nation-china = China (ISO 3166-1)
inspect-nation-korea = Democratic People's Republic of Korea (ISO 3166-1)
inspect-nation-other = a country by its number of ISO 3166-1
inspect-option = option { $option }
inspect-option-ignored = option { $option }, not known here and ignored
inspect-option-newer = option { $option }, not known here: a restriction

inspect-field-permit = the permit
    .rule = 9 fields, and a tenth where there are options.
inspect-field-id = permit id
    .rule = 7 bytes: station (not 0), year since 1900, serial (not 0), copy.
inspect-field-latin = name, Latin letters
    .rule = 1 to 39 bytes of A–Z, a–z, U+00C0–024F, space, apostrophe, hyphen, full stop.
inspect-field-native = name, own script
    .rule = at most 60 bytes of Hangul or Han characters, space and ·, or null.
inspect-field-birth = birth
    .rule = a day number from -36524 (1800-01-01), or [year], or [year, month].
inspect-field-birth-year = year of birth
    .rule = 1800 to 2155.
inspect-field-birth-month = month of birth
    .rule = 1 to 12.
inspect-field-nationality = nationality
    .rule = 1 to 999 (ISO 3166-1).
inspect-field-region = home region
    .rule = a number of the zone register, 1 to 65535.
inspect-field-zone = zone
    .rule = the number of the zone register, 1 to 65535.
inspect-field-from = first day
    .rule = days since 1900-01-01, 0 to 93501.
inspect-field-through = last day
    .rule = days since 1900-01-01, not before the first day.
inspect-field-options = options
    .rule = left out when there is none.
inspect-field-option = key of an option
    .rule = a number; keys ascend, each once.
inspect-field-crossings = only these crossings
    .rule = 1 to 24 numbers, ascending.
inspect-field-crossing = crossing
    .rule = 1 to 65535, above the one before it.
inspect-field-issued = day of issue
    .rule = a day before the first day of validity; the same day is said by leaving it out.
inspect-field-entries = outward journeys
    .rule = at least 1.
inspect-field-stay = longest stay, days
    .rule = 1 to 65535.
inspect-field-children = children travelling along
    .rule = 1 to 9.
inspect-field-document = identity document
    .rule = 1 to 20 bytes of A–Z, 0–9, hyphen and <.
inspect-field-portrait = portrait
    .rule = 1 to 800 bytes of lossy WebP.
inspect-field-specimen = a specimen
    .rule = true; a real permit leaves it out.

## A picture

inspect-picture = Picture, { $width } × { $height } pixels
inspect-page = Page { $page }, { $width } × { $height } pixels
inspect-codes = { $count ->
        [0] No code could be read.
        [one] One code was read.
       *[other] { $count } codes were read.
    }
inspect-code = Code { $number }
inspect-corners = Its corners, clockwise from its own top left, in pixels: { $corners }
inspect-version = Version { $version }: { $modules } × { $modules } modules, each about { $pixels } pixels wide.
inspect-level = Error correction { $level }: about { $share } % of it may be lost.
inspect-mirrored = It is seen from behind.
inspect-wear = Wear grade { $grade }: { $damaged } of { $modules } modules are not as printed; the worst block uses { $used } % of its correction.
inspect-wear-unknown = Its wear cannot be told: this reader does not say what was printed.
inspect-sight = A code was seen at { $corners }, likely version { $version }, and not read: { $share } % of its blocks could be put right.

## A number

inspect-number = Permit number
inspect-check = Check character { $check }: it fits (ISO 7064 MOD 37,2).
inspect-number-character = It has a character that no permit number has.
inspect-number-shape = It does not have four groups of digits and a check character.
inspect-number-range = A station, year, serial or copy in it cannot be.
inspect-number-check = The check character does not fit: something was mistyped.
inspect-number-meant = For these digits it would be { $check }: { $number }
inspect-number-form = The form: SSSSS-YYYY-NNNNNNNN-CCC-K, that is station, year, serial, copy, check character; leading zeros as one likes.
inspect-number-proves = A number proves nothing: it can be looked up, not verified.

## Trust documents

inspect-bundle = Bundle, { $count } bytes
inspect-bundle-has = { $roots ->
        [one] { $count } documents, one of them a root.
       *[other] { $count } documents, { $roots } of them roots.
    }
inspect-side-missing = Side { $side } has no documents in it.
inspect-document = Document: { $document }, { $count } bytes
inspect-document-unknown = Document of an unknown kind, { $count } bytes
inspect-expanded = Expanded permit
inspect-expanded-says = This is the COSE_Sign1 of a permit; it stands for the text below.
inspect-cose-one = tag 18, COSE_Sign1: one signature; array of 4
inspect-cose-many = tag 98, COSE_Sign: several signatures; array of 4; empty headers
inspect-cose-unprotected = unprotected header: empty
inspect-cose-signatures = { $count ->
        [one] the signature
       *[other] { $count } signatures, by ascending key id
    }
inspect-signer = { $key }, side { $side }, role { $role }: { $says }
inspect-signer-unknown = { $key } is in no root at hand: whether its signature holds cannot be said.
inspect-header-version = version
inspect-header-issued = issued
inspect-header-next = next update
inspect-header-expires = expires
inspect-header-zone = zone
inspect-fingerprint = Fingerprint, as --root takes it: { $fingerprint }
inspect-fingerprint-words = The same in words, to be read aloud: { $words }
inspect-digests = Of the { $count } permits that the stolen key { $key } really signed, the first { $shown } digests are shown.
inspect-contents = What it says:
inspect-no-document = The payload is none of the trust documents; here is the one it comes nearest to.
inspect-skipped = { $count ->
        [one] One item before these is left out.
       *[other] { $count } items before these are left out.
    }
inspect-whole = The bundle as a whole
inspect-sound = It is whole: a terminal provisioned with its first root would take it.

## What the reader saw (--stages)

stages-title = What the reader saw
stages-about = One picture, room by room, in the reader's own order. A later binarization is only looked at by the reader where the earlier ones left something unread; here they are all shown.
stages-done = { $count } pictures; { $path } explains them.
stages-no-picture = Only a picture has stages to show.
    .next = Name a picture file, or leave --stages out.
stages-input = The picture
stages-input-says = { $width } × { $height } pixels, as grey levels. Colour is not looked at.
stages-binarize = Binarize: “{ $name }”
stages-binarize-says = Dark and light against the surroundings, at 1/{ $scale } of the size; { $count ->
        [one] one finder
       *[other] { $count } finders
    } in it. Only finders are looked for here: modules are always sampled from the grey picture.
stages-find = Find
stages-find-says = { $count ->
        [one] One finder pattern, as one binarization saw it.
       *[other] { $count } finder patterns, as the binarizations saw them.
    } Each binarization has a ring of its own size and colour: the innermost belongs to the first.
stages-group = Group
stages-group-says = { $count ->
        [0] No three finders looked like those of one code.
        [one] One group of three finders was tried.
       *[other] { $count } groups of three finders were tried.
    } The ring is at the corner where the two lines meet. Solid: read. Dashed: not read.
stages-sample = Sample: symbol { $number }, version { $version }
stages-sample-says = A dot where each module was measured: yellow where it looked dark, blue where it looked light. The grid follows folds and curves as far as the patterns show them.
stages-soften = Soften: symbol { $number }
stages-soften-says = Each module against the dark and the light around it. Its grey is what was seen, the size of its square how sure that is; { $unsure } of { $count } are unsure.
stages-correct = Correct: symbol { $number }
stages-correct-says = The modules as they must be. Crossed out in a frame: { $wrong ->
        [one] one module that was
       *[other] { $wrong } modules that were
    } seen wrong. Striped: { $erased } modules of codewords given up as doubtful before correcting.
