### Help of the command line. A phrase, without a full stop. .more is added by --help.

help-may-be = { " " }({ $values })
help-default = { " " }[default: { $value }]
help-flag-help = Print this help; --help says more than -h
help-flag-version = Print the version

help-permit = Border permits: issue, read, check
help-permit-lang = Language: zh, ko or en; left out, that of the system
    .value = LANG

help-read = Read any QR code in pictures, permit or not
    .more = No judgement is made. Exit status 0 when every picture could be opened, 3 when one could not.
help-read-paths = Pictures (PNG, JPEG, WebP, GIF, BMP, PGM, TIFF) or folders of them
    .value = PATH
    .more =
        Folders are walked in sorted order, links to files followed; files that are not pictures are
        passed over. A path named here is always tried.
help-read-reader = The decoder: the project's own, or the crate rqrr to compare with
    .value = READER
help-read-json = One JSON object a line for every picture
    .more =
        Also for a picture without a code (codes: []) or one that cannot be opened (plus error).
        ms is the processor time from the grey picture in memory to the codes; corners are clockwise
        from the code's own top left.
help-read-jobs = Pictures read at the same time; left out, one for each core
    .value = N
help-read-stream = Take the pictures, in order of their names, for frames of one camera
    .more =
        Also films: Y4M, and JPEG pictures behind each other (.mjpeg, AVI). What one frame does not
        show is read from several. Every code is told once, with the frame and the number of frames
        it took; a last line sums up, with what would help where nothing was read.

help-images = Make camera pictures of codes, from good to unreadable
    .more =
        For measuring readers. Every picture follows from its kind, strength, size and seed; manifest.json
        lists them with what is to be read (payload, in hexadecimal) and where (corners).
help-images-texts = Texts for the codes: digits, capital letters, space and $ % * + - . / :
    .value = TEXT
help-images-file = A file of texts, one a line
    .value = FILE
help-images-out = The folder to write into
    .value = DIR
help-images-kinds = What is wrong with the pictures; left out, everything
    .value = KIND[,…]
    .more =
        clean, perspective, rotation, defocus, motion, noise, low-light, shadow, glare, low-contrast, jpeg,
        small, dirt, scratch, fold, curved, crumple, torn, moire, faded, smeared, several, combo; scenes
        with nothing wrong but size, number, colour or view: close, sheet, beside, inverted, colour, steep,
        far; without a code: desk, text, texture, barcode, chessboard, matrix, finders, scrambled.
help-images-strengths = How wrong, from 0 to 1
    .value = NUMBER[,…]
help-images-per = Pictures of each kind, strength and size
    .value = N
help-images-size = Width and height in pixels
    .value = WxH[,…]
help-images-seed = Other seeds make other pictures
    .value = N
help-images-jobs = Pictures made at the same time; left out, one for each core
    .value = N

help-completions = Print the completion script of a shell
help-completions-shell = Which shell
    .value = SHELL

help-man = Print the manual page, or write one page for each command
help-man-out = Write all pages into this folder
    .value = DIR
