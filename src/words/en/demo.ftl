### permit demo: the demonstration.

help-demo = Make a small world of permits, good and bad, and judge it
    .more =
        The folder holds bundle.cbor and root.cbor, the permits with their codes (permits), camera pictures
        (pictures) and report.html. All keys are public and every card says SPECIMEN: good for trying only. Run again
        into the same folder, it replaces its own files and refuses a folder with others. Exit status 0 when every
        verdict is the one expected, else 1.
help-demo-out = The folder to write into
    .value = DIR
help-demo-per = Pictures of each kind and strength, beside a clean one of every case
    .value = N
help-demo-jobs = Pictures at the same time; left out, one for each core
    .value = N

demo-broken = The demonstration cannot be made: the program itself is at fault.
    .next = Build it again from an unchanged copy of the project.
demo-foreign = { $path } holds something that is not of the demonstration: { $file }.
    .next = Choose another folder with --out, or move that file away. Nothing was written.

demo-cards = drawing permits
demo-pictures = taking pictures
demo-judging = judging
demo-expected = due
demo-got = got
demo-case = case
demo-says = verdict
demo-unread = No code read
demo-direct = asked without a picture
demo-cases = { $right } of { $count } cases judged as they must be

demo-next = What to look at next
demo-next-report = The report, in any browser:
demo-next-verify = The same verdicts again, with the command a terminal's keeper would use:
demo-next-page = Permits to print, from a browser; then hold one before a camera and verify the picture:
demo-next-inspect = A code explained, byte by byte:
demo-fonts = No font with Chinese and Korean characters was found: the pages of the permits may show boxes instead. The codes, the pictures and the verdicts need none.
