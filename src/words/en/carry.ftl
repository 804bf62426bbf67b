### permit-carry: what was brought to a terminal, what went home, and why not.

carry-help = Beside a terminal: brings newer lists from static servers to where a stick's file would lie, and sends exports home
    .more =
        Lists are laid down only if they hold by the root and follow what lies there. Without --once it goes on, asking
        every quarter of an hour; after a round that failed it waits a minute, then twice as long, up to an hour.
carry-help-lang = Language: zh, ko or en; left out, that of the system
    .value = LANG
carry-help-from = Address of the bundle, http://…; several times for mirrors: all are asked, the newest counts
    .value = URL
carry-help-root = The installed root
    .value = FILE
carry-help-out = Where the bundle is laid: the terminal's --stick
    .value = FILE
carry-help-state = A folder for what is remembered of servers
    .value = FOLDER
carry-help-exports = The folder with exports of the journal: the terminal's --export
    .value = FOLDER
carry-help-journals = Address at headquarters that takes exports, http://…/journal
    .value = URL
carry-help-once = Ask once; the exit status is 1 when no server answered, or an export still waits

unfit-carry-url = { " " }It should be an address that begins with http://; a way that must not be read takes a tunnel.

carry-newer = { $url }: newer lists are there
carry-nothing = { $url }: nothing was taken: { $said }
carry-home = { $name }: at headquarters
carry-not-taken = { $name }: not taken by headquarters, kept apart (status { $status })
carry-waits = { $name }: still to be sent: { $said }

carry-unreached = the server is not reached ({ $detail })
carry-redirect = it sends elsewhere, which is not followed (status { $detail })
carry-status = the server says no (status { $detail })
carry-too-long = it is longer than such a file may be
carry-broke-off = it broke off after { $detail } bytes
carry-slow = the server took too long
carry-another = the server has another file now than the one that was begun
carry-older = it is older than what is there
carry-refused = it does not hold ({ $detail })
carry-disk = a file of this machine cannot be read or written ({ $detail })
