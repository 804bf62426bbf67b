### permit bench: our figures, made anew.

help-bench = Measure on this machine what the documents claim
help-bench-reading = Our reader beside others: how much it reads, and what that costs
    .more =
        Every picture goes to all readers as the same grey pixels, in turn, on one thread each; times are CPU time.
        The others are used as far as they are installed for Python (pip install zxing-cpp pyzbar
        opencv-contrib-python-headless numpy); who is missing is named. The second table says what each step of our
        reader adds and costs.
help-bench-reading-pictures = So many generated pictures of each kind, or a folder with a manifest.json
    .value = N|FOLDER
    .more = A manifest lists file, kind, payload (hexadecimal) or expected (texts), and strength where it is known.
help-bench-reading-seed = Another seed makes other pictures
    .value = N
help-bench-reading-peers = The readers to compare with: zxing-cpp, zxing-cpp-fast, zbar, opencv, wechat, or none
    .value = NAMES
help-bench-reading-python = The Python the other readers are installed for
    .value = FILE
help-bench-reading-out = Write reading.json, reading.csv and the charts reading-time.svg and reading-kinds.svg into this folder
    .value = FOLDER
help-bench-reading-json = Write the figures as JSON into this file
    .value = FILE
help-bench-reading-least = End with status 1 when our reader reads less than this many per cent
    .value = PERCENT

bench-progress = reading
bench-pictures = { $count } pictures with a code, { $empty } without ({ $pictures })
bench-reader = reader
bench-read = read %
bench-mean = mean ms
bench-median = median
bench-p95 = p95
bench-empty = no code ms
bench-misread = misread
bench-ratio = ÷ zxing-cpp
bench-step = step
bench-adds = adds
bench-costs = costs ms
bench-together = All others together read { $percent } %.
bench-missing = { $name } is not here: { $reason }
bench-out = The charts and tables are in { $path }.
bench-chart-title = Read rate and time
bench-chart-note = { $count } pictures with a code. The line: our reader after each of its steps.
bench-chart-time = mean milliseconds a picture, CPU time of one thread
bench-kinds-title = Read rate by kind and strength
bench-no-pictures = There is no picture in the manifest.
    .next = Name a folder whose manifest.json lists pictures, or a number of pictures to generate.
bench-peers-gone = The other readers stopped answering: { $cause }.
    .next = Leave one of them out with --peers to see which it is; --peers none measures our reader alone.
bench-least = Our reader read { $read } %, less than { $least } %.
    .next = Compare reading.csv (--out) with an earlier run to see which pictures are missing.
unfit-peer = { " " }It should be zxing-cpp, zxing-cpp-fast, zbar, opencv, wechat or none.
unfit-pictures = { " " }It should be a number from 1 to 1000, or a folder.
unfit-percent = { " " }It should be a number from 0 to 100.
