//! What keyboards have on their keys, after the tables of xkeyboard-config 2.35 (`xkb-data`).
//!
//! Each level is a string of 49: the keys from the one left of 1 to the right end of each row, then the two that only
//! some keyboards have. Plain, with shift, and with AltGr as far as a text needs it. Made by a program; a test holds it
//! against the installed tables. The last two are what input methods give: Hangul letters, and Chinese punctuation.

/// A keyboard.
#[derive(Debug)]
pub(crate) struct Keyboard {
    /// Plain, with shift, with AltGr; ∅ where nothing is.
    pub(crate) levels: [&'static str; 3],
}

/// What scanners are set to, and terminals listen as.
pub(crate) const US: Keyboard = Keyboard {
    // us
    levels: [
        "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./<∅",
        "~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?>∅",
        "∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
    ],
};

/// What either is set to by mistake.
pub(crate) const LAYOUTS: [Keyboard; 28] = [
    Keyboard {
        // de
        levels: [
            "∅1234567890ß∅qwertzuiopü+#asdfghjklöäyxcvbnm,.-<∅",
            "°!\"§$%&/()=?∅QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_>∅",
            "∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // fr
        levels: [
            "²&é\"'(-è_çà)=azertyuiop∅$*qsdfghjklmùwxcvbn,;:!<∅",
            "~1234567890°+AZERTYUIOP∅£µQSDFGHJKLM%WXCVBN?./§>∅",
            "∅∅∅∅$∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // be
        levels: [
            "²&é\"'(§è!çà)-azertyuiop∅$µqsdfghjklmùwxcvbn,;:=<∅",
            "³1234567890°_AZERTYUIOP∅*£QSDFGHJKLM%WXCVBN?./+>∅",
            "∅∅∅∅$∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // ch
        levels: [
            "§1234567890'∅qwertzuiopü∅$asdfghjklöäyxcvbnm,.-<∅",
            "°+\"*ç%&/()=?∅QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_>∅",
            "∅∅∅∅$∅∅∅∅∅∅∅∅∅∅E∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // ca
        levels: [
            "#1234567890-=qwertyuiop∅∅<asdfghjkl;∅zxcvbnm,.é«∅",
            "|!\"/$%?&*()_+QWERTYUIOP∅∅>ASDFGHJKL:∅ZXCVBNM'.É»∅",
            "∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // es
        levels: [
            "º1234567890'¡qwertyuiop∅+çasdfghjklñ∅zxcvbnm,.-<∅",
            "ª!\"·$%&/()=?¿QWERTYUIOP∅*ÇASDFGHJKLÑ∅ZXCVBNM;:_>∅",
            "∅∅∅∅$∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // latam
        levels: [
            "|1234567890'¿qwertyuiop∅+}asdfghjklñ{zxcvbnm,.-<∅",
            "°!\"#$%&/()=?¡QWERTYUIOP∅*]ASDFGHJKLÑ[ZXCVBNM;:_>∅",
            "∅∅∅∅$∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // it
        levels: [
            "\\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-<∅",
            "|!\"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_>∅",
            "∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // pt
        levels: [
            "\\1234567890'«qwertyuiop+∅∅asdfghjklçºzxcvbnm,.-<∅",
            "|!\"#$%&/()=?»QWERTYUIOP*∅∅ASDFGHJKLÇªZXCVBNM;:_>∅",
            "∅∅∅∅$∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // br
        levels: [
            "'1234567890-=qwertyuiop∅[]asdfghjklç∅zxcvbnm,.;\\/",
            "\"!@#$%∅&*()_+QWERTYUIOP∅{}ASDFGHJKLÇ∅ZXCVBNM<>:|?",
            "∅∅∅∅∅∅∅∅∅∅∅∅∅/∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // se
        levels: [
            "§1234567890+∅qwertyuiopå∅'asdfghjklöäzxcvbnm,.-<∅",
            "½!\"#¤%&/()=?∅QWERTYUIOPÅ∅*ASDFGHJKLÖÄZXCVBNM;:_>∅",
            "∅∅∅∅$∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // dk
        levels: [
            "½1234567890+∅qwertyuiopå∅'asdfghjklæøzxcvbnm,.-<∅",
            "§!\"#¤%&/()=?∅QWERTYUIOPÅ∅*ASDFGHJKLÆØZXCVBNM;:_>∅",
            "∅∅∅∅$∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // no
        levels: [
            "|1234567890+\\qwertyuiopå∅'asdfghjkløæzxcvbnm,.-<∅",
            "§!\"#¤%&/()=?∅QWERTYUIOPÅ∅*ASDFGHJKLØÆZXCVBNM;:_>∅",
            "∅∅∅∅$∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // nl
        levels: [
            "@1234567890/°qwertyuiop∅*<asdfghjkl+∅zxcvbnm,.-]∅",
            "§!\"#$%&_()'?∅QWERTYUIOP∅|>ASDFGHJKL±∅ZXCVBNM;:=[∅",
            "∅∅∅∅$∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // cz
        levels: [
            ";+ěščřžýáíé=∅qwertzuiopú)∅asdfghjklů§yxcvbnm,.-\\∅",
            "∅1234567890%∅QWERTZUIOP/('ASDFGHJKL\"!YXCVBNM?:_|∅",
            "∅∅∅∅$%∅∅*∅∅∅∅∅∅E∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅$∅∅∅∅∅∅∅∅∅∅*/∅",
        ],
    },
    Keyboard {
        // sk
        levels: [
            ";+ľščťžýáíé=∅qwertzuiopúäňasdfghjklô§yxcvbnm,.-\\∅",
            "∅1234567890%∅QWERTZUIOP/()ASDFGHJKL\"!YXCVBNM?:_|∅",
            "∅∅∅∅$%∅∅*∅∅∅∅∅∅E∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅$∅∅∅∅∅∅∅∅∅∅*/∅",
        ],
    },
    Keyboard {
        // hu
        levels: [
            "0123456789öüóqwertzuiopőúűasdfghjkléáyxcvbnm,.-í∅",
            "§'\"+!%/=()ÖÜÓQWERTZUIOPŐÚŰASDFGHJKLÉÁYXCVBNM?:_Í∅",
            "∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅E∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅$∅∅∅∅∅∅∅∅∅∅*∅∅",
        ],
    },
    Keyboard {
        // tr
        levels: [
            "\"1234567890*-qwertyuıopğü,asdfghjklşizxcvbnmöç.<∅",
            "é!'^+%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİZXCVBNMÖÇ:>∅",
            "∅∅∅∅$∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // ru
        levels: [
            "ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю./∅",
            "Ё!\"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,|∅",
            "∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // ua
        levels: [
            "'1234567890-=йцукенгшщзхїґфівапролджєячсмитьбю./∅",
            "ʼ!\"№;%:?*()_+ЙЦУКЕНГШЩЗХЇҐФІВАПРОЛДЖЄЯЧСМИТЬБЮ,|∅",
            "∅∅∅∅$∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅/∅∅",
        ],
    },
    Keyboard {
        // bg
        levels: [
            "(1234567890-.,уеишщксдзц;„ьяаожгтнвмчюйъэфхпрлбѝ∅",
            ")!?+\"%=:/–№$€ыУЕИШЩКСДЗЦ§“ѝЯАОЖГТНВМЧЮЙЪЭФХПРЛБЍ∅",
            "∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // kz
        levels: [
            "(\"әіңғ,.үұқөһйцукенгшщзхъ\\фывапролджэячсмитьбю№<∅",
            ")!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?>∅",
            "∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // mn
        levels: [
            "=1234567890ещфцужэнгшүзкъ!йыбөахролдпячёсмитьвю(∅",
            "+№-\"₮:._,%?ЕЩФЦУЖЭНГШҮЗКЪ|ЙЫБӨАХРОЛДПЯЧЁСМИТЬВЮ)∅",
            "∅∅∅∅∅∅∅∅*∅∅XL∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅$∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // gr
        levels: [
            "`1234567890-=;ςερτυθιοπ[]\\ασδφγηξκλ∅'ζχψωβνμ,./«∅",
            "~!@#$%^&*()_+:ΣΕΡΤΥΘΙΟΠ{}|ΑΣΔΦΓΗΞΚΛ∅\"ΖΧΨΩΒΝΜ<>?»∅",
            "∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // il
        levels: [
            ";1234567890-=/'קראטוןםפ][\\שדגכעיחלךף,זסבהנמצתץ.<∅",
            "~!@#$%^&*)(_+QWERTYUIOP}{|ASDFGHJKL:\"ZXCVBNM><?>∅",
            "∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // jp
        levels: [
            "∅1234567890-^qwertyuiop@[]asdfghjkl;:zxcvbnm,./<\\",
            "∅!\"#$%&'()~=~QWERTYUIOP`{}ASDFGHJKL+*ZXCVBNM<>?>_",
            "∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // hangul
        levels: [
            "`1234567890-=ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ[]\\ㅁㄴㅇㄹㅎㅗㅓㅏㅣ;'ㅋㅌㅊㅍㅠㅜㅡ,./<∅",
            "~!@#$%^&*()_+ㅃㅉㄸㄲㅆㅛㅕㅑㅒㅖ{}|ㅁㄴㅇㄹㅎㅗㅓㅏㅣ:\"ㅋㅌㅊㅍㅠㅜㅡ<>?>∅",
            "∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
    Keyboard {
        // pinyin
        levels: [
            "·1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,。、<∅",
            "~!@#￥%…&*()—+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?>∅",
            "∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅∅",
        ],
    },
];
