### What the command says: tables, errors and their next step.
### An error says what happened; its .next says what to do.

next-step = next: { $next }

## Errors

fault-open = Cannot open { $path }: { $cause }.
    .next = Check the path and that you may read it.
fault-write = Cannot write { $path }: { $cause }.
    .next = Choose another place with --out, or make this one writable. Nothing half-written is left.
fault-key-shut = The key { $path } does not open: { $said }
    .next = Check the file and the passphrase; --help says where a passphrase comes from.
fault-full = Cannot write { $path }: { $cause }.
    .next = Free some space, then run the same command again. Nothing half-written is left.
fault-screen = Cannot print: { $cause }.
    .next = Check where standard output goes.
fault-unreadable = Not every picture could be opened; { $count } could not.
    .next = Look at the reasons above. Check the path, or save the picture anew as PNG or JPEG.
fault-no-pictures = There is no picture in { $path }.
    .next = Name a folder with pictures (PNG, JPEG, WebP, BMP, PGM, TIFF, PDF), or the pictures themselves.

io-not-found = there is no such file or folder
io-denied = permission denied
io-exists = it exists already
io-not-a-folder = a part of the path is not a folder
io-a-folder = it is a folder
io-full = the disk is full
io-quota = your disk quota is used up
io-read-only = the disk is read-only
io-name = the system does not allow that name
io-other = { $said }

picture-not-a-file = not a file
picture-empty = the file is empty
picture-unknown = not a kind of picture known here ({ $kinds })
picture-kinds = PNG, JPEG, WebP, GIF, BMP, PGM, TIFF
picture-kinds-pdf = PNG, JPEG, WebP, GIF, BMP, PGM, TIFF, PDF
picture-truncated = the file ends early
picture-damaged = the { $format } file is damaged
picture-pixels = { $width } × { $height } pixels are too many (at most 100 million)
picture-bytes = a file of { $bytes } bytes is too large
picture-pages = { $found } pages are too many
picture-encrypted = the PDF file asks for a password
picture-foreign = { $kind } is not supported; save the picture as JPEG or PNG
picture-unsupported = this kind of { $format } is not supported; save the picture anew, as JPEG or PNG
picture-first-of-many = a film: only its first picture was looked at
picture-ends-early = the file ends early: what is missing was not looked at
picture-small = a { $kind } code: not a permit
picture-passed = passed over, not supported: { $kinds }; save such pictures as JPEG or PNG
picture-other = { $said }

## The command line

usage-unknown = There is no argument { $argument }.
usage-subcommand = There is no command { $value }.
usage-no-subcommand = A command is missing.
usage-missing = { $argument } is missing.
usage-no-value = { $argument } needs a value.
usage-value = { $value } does not fit { $argument }.
usage-too-many = { $argument } has too many values.
usage-conflict = { $argument } and { $other } exclude each other.
usage-utf8 = An argument is not valid Unicode text.
usage-other = The command line cannot be understood.
usage-meant = { " " }Did you mean { $value }?
usage-help = Run { $command } --help.
unfit-lang = { " " }It should be zh, ko or en.
unfit-jobs = { " " }It should be a number from 1 to 256.
unfit-other = { " " }({ $said })

usage-options = OPTIONS
heading-usage = Usage
heading-commands = Commands
heading-command = COMMAND
heading-arguments = Arguments
heading-options = Options
heading-exit = Exit status
exit-good = everything as expected
exit-differs = something differs from what was expected
exit-usage = the command line makes no sense
exit-unreadable = something could not be read
exit-untrusted = the trust documents cannot be used
exit-unwritable = something could not be written
exit-interrupted = interrupted; nothing half-written is left

## permit read

read-paths-pdf = Pictures (PNG, JPEG, WebP, GIF, BMP, PGM, TIFF, PDF) or folders of them
read-progress = reading
read-picture = picture
read-code = code
read-ms = ms
read-contents = contents
read-none = no code
read-incomplete = the picture shows more that looks like codes than is looked at; take it in parts
read-binary = { $bytes ->
        [one] one byte, not text
       *[other] { $bytes } bytes, not text
    }
read-part = part { $part } of { $of }
read-joined = { $count } parts in one
read-worn = worn (grade { $grade }, { $used } % of its correction used): replace it soon
read-page = { $path }, page { $page }
read-sum = { $with } with a code, { $without } without, { $unreadable } unreadable; { $ms } ms in all

## permit read --stream

stream-frame = frame
stream-frames = took
stream-sum = { $codes } read in { $frames } frames, { $unreadable } unreadable; { $ms } ms in all
guide-too-far = The code is too far away: come closer.
guide-too-close = The code does not fit the picture: move away.
guide-tilted = The code leans: hold it straight to the camera.
guide-moving = The code moves: hold it still.
guide-dark = There is too little light.
guide-bright = There is too much light.
guide-glare = A light is mirrored in the code: turn it a little.
guide-faint = Light and dark hardly differ: clean the code, or take away what covers it.
guide-blurred = The code is not sharp: change the distance, or clean the lens.
guide-torn = A part of the code is missing, covered or bent: lay it flat and uncover it.

## permit images

images-progress = taking pictures
images-done = { $count ->
        [one] One picture; { $path } says what is in it.
       *[other] { $count } pictures; { $path } says what is in them.
    }
fault-no-text = There is no text to put into the codes.
    .next = Add texts after the options, or a file of them with --texts.
fault-alphabet = "{ $text }" has a character that the codes do not hold.
    .next = Use digits, capital letters, space and $ % * + - . / : only.
fault-too-long = "{ $text }" is too long for a code.
    .next = Use a shorter text.
unfit-kind = { " " }See --help for the kinds.
unfit-strength = { " " }It should be a number from 0 to 1.
unfit-size = { " " }It should be WIDTHxHEIGHT in pixels, each from 160 to 8192.
