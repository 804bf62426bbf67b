denied-commune = Special personnel issue for the communes that were delegated; other desks ask for no commune.
denied-covered = A station covers this commune by now: its residents apply there.
denied-not-delegated = Permits may be signed here from { $from } through { $through }.
denied-quota = { $most } permits were delegated, and as many were signed.
denied-no-delegation = What was delegated is not delegated further.
denied-station-number = { $station } cannot be a number for special personnel: it is on the other side, this station's, or given already.
denied-handed-back = What was handed back is not taken: { $said }.

station-region = The zone register has no region { $region }.
    .next = Name it as the register does, such as cn-wangqing; permit inspect shows it.
station-special-personnel = { $station } · special personnel
station-delegated = The folder { $path } is the desk of special personnel with number { $station }. Their entry for the side's station list: { $entry }
station-handed-back = Handed back in { $path }: { $entries } entries. It holds names; carry it like the computer.
station-handed-file = { $path } cannot be read: { $said }
    .next = Take the file that permit-station hand-back wrote.
station-merged = Taken from station { $station }: { $entries } new entries. Permits signed there: { $given } of { $quota }.
station-merged-before = All of it was taken before. Nothing changed.
station-conflicts = { $count ->
    [one] There is a conflict
   *[other] There are { $count } conflicts
}, and nothing was taken.
    .next = Look at each; --with-conflicts takes the record nevertheless, and officers settle them.
station-conflict-covered = Station { $station }, application { $number }: the permit is for { $commune }, which a station covers since { $since }
station-conflict-alike = Station { $station }, application { $number }: may be the same person as application { $other } of station { $at }

station-help-delegate = Delegate to special personnel: a desk in a folder for a computer without a network
station-help-delegate-folder = The new folder
    .value = FOLDER
station-help-delegate-number = Number that special personnel have as a station
    .value = NUMBER
station-help-delegate-region = A region of the communes, as the zone register calls it; given several times for several
    .value = REGION
station-help-delegate-commune = A commune whose residents they serve; given several times for several
    .value = NAME
station-help-delegate-from = First day on which they may sign permits
    .value = DAY
station-help-delegate-through = Last day; a quarter after the first at most
    .value = DAY
station-help-delegate-quota = Most permits
    .value = NUMBER
station-help-delegate-officer = Number of an officer of this desk who goes; given several times for several
    .value = NUMBER
station-help-delegate-sign = Number of a supervisor who signs; given twice
    .value = NUMBER
station-help-hand-back = Write the record of special personnel into one new file
station-help-hand-back-file = The new file
    .value = FILE
station-help-merge = Take what special personnel handed back, whole or not at all; shows what conflicts
station-help-merge-file = The file that hand-back wrote
    .value = FILE
station-help-merge-officer = Number of a supervisor
    .value = NUMBER
station-help-merge-with-conflicts = Take it although something conflicts

desk-delegations = Special personnel
desk-delegations-lead = Communes without a station are served by special personnel with a number of their own. What they did is here once their record was handed back.
desk-delegation = Special personnel
desk-delegation-lead = As their record was handed back. It is changed at their own desk alone.
desk-delegated-own = This desk
desk-delegated-days = May sign
desk-delegated-given = Signed, of at most
desk-delegated-away = not handed back yet
desk-communes = Communes
desk-commune = Commune
desk-commune-hint = One that was delegated and that no station covers.
