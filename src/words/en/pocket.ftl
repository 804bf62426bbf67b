### The pocket reader: a page on a phone. What stands in `page/index.html` before the module is loaded is copied from here;
### a test holds the two together.

pocket-title = Pocket reader
pocket-short = Reader
pocket-no-script = This page needs a browser with JavaScript and WebAssembly.
pocket-starting = Starting
pocket-failed = The reader does not start in this browser. Use a newer one, or load the page again.

pocket-patrol = Check
pocket-holder = My permit
pocket-lists = Lists
pocket-limits = Limits

## Reading

pocket-camera-on = Camera on
pocket-camera-off = Camera off
pocket-camera-refused = The camera is not allowed. Allow it for this page in the browser’s settings, or choose a picture or type the number.
pocket-camera-none = No camera is here. Choose a picture or type the number.
pocket-camera-lost = The camera was taken away. Switch it on again.
pocket-camera-rest = The camera rests: nothing was shown for two minutes.
pocket-power = The battery is low: fewer pictures a second are looked at.
pocket-picture = Picture or PDF
pocket-next = Next permit
pocket-again = The reader stopped at this picture and was started again. Go on with the next one.
pocket-file-none = This file is no picture. Choose a picture or a PDF.
pocket-file-damaged = This file is damaged. Take the picture again.
pocket-file-large = This file is too large. Choose a smaller picture.
pocket-file-locked = This PDF asks for a password. Choose one that does not.
pocket-file-foreign = This kind of picture cannot be read here. Save it as PNG or JPEG.
pocket-file-absent = The server does not answer: what reads such files cannot be loaded. Choose a picture, or try again with a network.
pocket-file-loading = Loading what reads such files: once, a moment.
pocket-file-more = The pages of this file are looked at: { $count } left.
pocket-part-elsewhere = This is a code of lists, no permit. To take lists, open “Lists”.
pocket-outline = Picture of the camera; the code in it is outlined

## Where one stands

pocket-place = Where are you?
pocket-crossing = Crossing
pocket-side = Side
pocket-direction = Direction
pocket-side-a = side A
pocket-side-b = side B
pocket-nowhere = Away from every crossing
pocket-not-asked = Not asked here: whether the permit is good at a crossing, and whether that is open.
pocket-way-home = Whoever is on the way home is not held, whatever stands here.
pocket-not-known = Not known here: journeys made, whether the holder is away already, and for how long.
pocket-opens-nothing = Nothing is recorded here and nothing is opened.
pocket-clock-next = Correct this device’s clock, or take newer lists.
pocket-journeys = Journeys allowed
pocket-at = Day of the demonstration

## One's own permit

pocket-holder-more = Show the code of your permit to the camera, or choose a picture of it. It is explained; nothing of it is kept.
pocket-explain-days = Good from { $from } through { $through }.
pocket-explain-journeys = { $count ->
    [one] It allows one journey and the way back.
   *[other] It allows { $count } journeys, each with the way back.
}
pocket-explain-unlimited = It allows any number of journeys.
pocket-explain-used = How many were made is known at the crossings, not here.
pocket-outlook = Leaving home
pocket-today = Today
pocket-tomorrow = Tomorrow
pocket-ask = Questions are answered by { $station }, which issued it.

## Root and lists

pocket-lists-first = Nothing can be judged yet: take lists first, under “Lists”.
pocket-root = Root
pocket-root-absent = There is no root here. None was taken yet, or the browser cleared what it kept.
pocket-root-more = This page believes the lists of one root. Compare its fingerprint, group by group or word by word, with the one that your authority gave you on paper.
pocket-root-same = It is the same
pocket-root-other = It is another: take nothing
pocket-root-scan = Scan a fingerprint
pocket-root-none = This is no fingerprint of a root.
pocket-other-root = These lists are of another root than the one here. Nothing was taken.
pocket-lists-absent = No lists
pocket-lists-file = From a file
pocket-lists-terminals = These codes are for terminals alone. For phones and desks have them drawn with permit authority codes --numbered.
pocket-lists-server = From this server
pocket-lists-unreachable = The server does not answer or has no lists. Those in use stay.
pocket-lists-shared = Another tab changed lists or place. They are used here too.
pocket-forget = Forget everything
pocket-forget-more = Root, lists and place are deleted. After that older lists are taken, too: this page knows no others any more.
pocket-forget-sure = Yes, forget everything
pocket-not-kept = This browser keeps nothing for this page: root and lists go when it is closed.
pocket-kept-short = The browser may clear root and lists when it runs out of room. Install the page to keep them longer.

## The page itself

pocket-offline = Works without a network now.
pocket-newer = A newer version of this page is ready.
pocket-newer-take = Use it now

## What a phone cannot promise

pocket-limit-stays = Nothing that is read leaves this device, and nothing of it is kept. Pictures of the screen are your own affair.
pocket-limit-journal = There is no journal: journeys, presence and length of stay are not known here, and no gate opens.
pocket-limit-clock = Whoever sets this device’s clock ahead can make a permit seem expired; set back below what is known, it is noticed and nothing is green.
pocket-limit-storage = Whoever clears the browser’s storage clears root and lists, and can be given older lists again. Compare the root’s fingerprint each time.
pocket-limit-device = Whoever controls this device or the server the page came from controls what it shows. At a crossing the terminal decides.
