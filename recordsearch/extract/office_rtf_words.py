"""What the words of RTF say to a reader of text (RTF specification 1.9.1)."""

LETTERS = {
    **dict.fromkeys(("line", "lbr", "nestrow"), "\n"),
    **dict.fromkeys(("tab", "nestcell"), "\t"),
    **dict.fromkeys(("emspace", "enspace", "qmspace"), " "),
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "softpage": "\v",
}
SYMBOLS = {"~": "\u00a0", "_": "-", "-": "", "\n": "\n", "\r": "\n", "\t": "\t", "|": "", ":": ""}

SHOWN_THOUGH_STARRED = frozenset({"shpinst", "annotation", "atnauthor", "atndate", "shptxt"})
"""Groups that older programs are told to pass over and that hold text, or what leads to some."""

HIDDEN = frozenset(
    {
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "listtable", "listoverridetable"),
        *("rsidtbl", "generator", "themedata", "datastore", "xmlnstbl", "latentstyles", "objdata"),
        *("fldinst", "nonshppict", "sp", "shprslt", "do", "bkmkstart", "bkmkend", "revtbl"),
        *("filetbl", "private", "objclass", "objname", "xe", "tc", "txe", "rxe", "nonesttables"),
        *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "atnid", "atnref"),
        *("atrfstart", "atrfend", "formfield", "template", "background", "pntxta", "pntxtb"),
        *("docvar", "userprops", "upr", "mmathPr", "wgrffmtfilter", "datafield"),
    }
)

HEADERS = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
}
HELD = frozenset({*HEADERS, "footnote", "annotation", "shptxt", "atnauthor", "atndate"})
"""Groups whose text does not stand where they do."""

CHARSET_WORDS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}

# Code pages of the charsets that fonts name, by \fcharset.
FONT_CHARSETS = dict(
    zip(
        (77, 128, 129, 134, 136, 161, 162, 163, 177, 178, 186, 204, 222, 238, 254, 255),
        (
            *(10000, 932, 949, 936, 950, 1253, 1254, 1258, 1255, 1256, 1257, 1251, 874, 1250),
            *(437, 850),
        ),
        strict=True,
    )
)
