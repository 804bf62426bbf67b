denied-too-early = Contents are let go { $least } days after the end at the earliest.
station-due = Over for more than { $days } days: applications { $applications }, cases { $cases }. Nothing was let go.
station-let-go = Let go: applications { $applications }, cases { $cases }. Their numbers and digests stay in the record.

station-help-let-go = Forget applications and cases that are long over; their digests stay and the record holds
station-help-let-go-officer = Number of a supervisor; without it, only say how many are due
    .value = NUMBER
station-help-let-go-after = Days after the end; 365 where nothing is said, 90 at least
    .value = DAYS
