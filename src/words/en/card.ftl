### What stands printed on a permit. Short: a line of a page of ID size.

card-title = Border permit
card-name-latin = Name in Latin letters
card-name-native = Name in own script
card-birth = Born
card-nationality = Nationality
card-home = Home region
card-valid-from = Valid from
card-valid-through = Valid through
card-crossings = Crossings
card-every-crossing = every crossing of the zone
card-entries = Journeys
card-unlimited = not limited
card-stay = Longest stay
card-days = { $days ->
        [one] one day
       *[other] { $days } days
    }
card-children = Children along
card-document = Identity document
card-none = none
card-number = Permit number
card-issued-by = Issued by
card-issued = Issued on
card-only-zone = Valid only in the border zone of both sides.
card-found = Found? Please hand it in at the nearest crossing or issuing station.
card-specimen = SPECIMEN
card-name = Name
card-photo = Photo
card-holder = Signature of the holder
card-officer = Signature of the issuing officer
card-stamp = Stamp
card-this-side = This side up, under the camera
card-demo = DEMO

print-title = Permits to print
print-choose = Design
print-folded = Folded permits (A6)
print-card = Cards (ID-1)
print-place = Sheet / place
print-how = Print at 100 %, on both sides of the paper, turned along the long edge; then cut at the marks. The list of names stays at the station.
