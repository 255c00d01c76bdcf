"""How statutes and regulations are cited: patterns, and the one spelling of each name.

Forms follow common legal usage; those of the states are a table of how each cites its code.
"""

import re

# OCR reads § as $ or S; between the law's name and the section nothing else is meant by them.
_SIGN = (
    r"(?:[,\s]{0,3}(?:(?:§ ?){1,2}|\$|S(?= \d)|sections?|sec\.|secs\.|ss?\.)\s{0,2}|[, ]{0,2}\n?)"
)
SUBS = r"(?:(?:\([A-Za-z0-9]{1,4}\)|(?<=\)) \((?:[a-zA-Z]|[0-9]{1,2})\)){1,8}+)"
_SECTION = r"\d{1,5}[A-Za-z]{0,3}(?:[-–.:/]\d{1,5}[A-Za-z]{0,2}){0,4}"
_PLACE = rf"(?P<section>{_SECTION})(?![\w])(?P<subs> ?{SUBS})?"

_CODES = (
    r"Gov(?:ernment|'t|’t|t\.?|\.)?|Pen(?:al|\.)|Evid(?:ence|\.)|Civ(?:il|\.)|Lab(?:or|\.)"
    r"|Veh(?:icle|\.)|Educ(?:ation|\.)|Elec(?:tions|\.)|Fam(?:ily|\.)"
    r"|Health (?:&|and) Saf(?:ety|\.)"
    r"|Welf(?:are|\.) (?:&|and) Inst(?:itutions|\.)|Bus(?:iness|\.) (?:&|and) Prof(?:essions|\.)"
    r"|Pub(?:lic|\.) Util(?:ities|\.)|Transp(?:ortation|\.)|Loc(?:al|\.) Gov(?:ernment|'t|’t|\.)"
)
CODE_NAMES = {
    "gov": "Gov.", "pen": "Penal", "evi": "Evid.", "civ": "Civ.", "lab": "Lab.", "veh": "Veh.",
    "edu": "Educ.", "ele": "Elec.", "fam": "Fam.", "hea": "Health & Saf.", "wel": "Welf. & Inst.",
    "bus": "Bus. & Prof.", "pub": "Pub. Util.", "tra": "Transp.", "loc": "Loc. Gov.",
}  # fmt: skip
_STATES = (
    r"Ala|Alaska|Ariz|Ark|Cal|Colo|Conn|Del|Fla|Ga|Haw|Idaho|Ill|Ind|Iowa|Kan|Ky|La|Mass|Md|Me|Mich"
    r"|Minn|Miss|Mo|Mont|Neb|Nev|Ohio|Okla|Or|Pa|Tenn|Tex|Utah|Va|Vt|Wash|Wis|Wyo"
)
STATE_NAMES = {
    "california": "Cal.", "texas": "Tex.", "florida": "Fla.", "virginia": "Va.", "ohio": "Ohio",
    "iowa": "Iowa", "utah": "Utah", "idaho": "Idaho", "alaska": "Alaska", "indiana": "Ind.",
    "minnesota": "Minn.", "wisconsin": "Wis.", "west virginia": "W. Va.", "ca": "Cal.",
}  # fmt: skip
_STATE = (
    r"(?P<state>(?-i:" + _STATES + r")\.?|(?-i:CA|N\. ?[CDHJMY]\.|S\. ?[CD]\.|R\. ?I\."
    r"|W\. ?Va\.|D\. ?C\.)|" + "|".join(name for name in STATE_NAMES if len(name) > 2) + ")"
)
_COMPILATION = (
    r"(?P<law>Rev(?:\.|ised) (?:Stat(?:\.|utes)|Code)|Gen(?:\.|eral) (?:Stat(?:\.|utes)|Laws)"
    r"|Comp(?:\.|iled) (?:Laws|Stat(?:\.|utes))|Codified Laws|Cent(?:\.|ury) Code|Stat(?:\.|utes?)"
    r"|Pub(?:\.|lic) Off(?:\.|icers) Law|Code)(?: Ann(?:\.|otated))?"
)
LAW_NAMES = (
    ("Revised", "Rev."), ("Statutes", "Stat."), ("Statute", "Stat."), ("General", "Gen."),
    ("Compiled", "Comp."), ("Century", "Cent."), ("Public", "Pub."), ("Officers", "Off."),
)  # fmt: skip
# How single letters of a state's code are written together, and the spelling they are given.
SHORT = {
    "RCW": "RCW", "WAC": "WAC", "NRS": "NRS", "ORS": "ORS", "KRS": "KRS", "MCL": "MCL",
    "RSMO": "RSMo", "SDCL": "SDCL", "RSA": "RSA", "CRS": "C.R.S.", "ARS": "A.R.S.", "KSA": "K.S.A.",
    "OCGA": "O.C.G.A.", "NJSA": "N.J.S.A.", "NMSA": "NMSA",
}  # fmt: skip
_SHORT_FORMS = (
    r"RCW|WAC|NRS|ORS|KRS|MCL|RSMo|SDCL|RSA|C\.?R\.?S\.?|A\.?R\.?S\.?|K\.?S\.?A\.?"
    r"|O\.?C\.?G\.?A\.?|N\.?J\.?S\.?A\.?|NMSA(?: 1978)?"
)
_POINTED = {"c.r.s", "a.r.s", "k.s.a", "o.c.g.a", "n.j.s.a"}

FEDERAL = re.compile(
    r"(?<![\w.-])(?P<title>\d{1,2})\s{0,2}(?:(?P<code>U\. ?S\. ?C\.?|USC|U\.S\. Code)(?: ?A\.?)?"
    r"(?=[\s§$,S])|(?P<rules>C\. ?F\. ?R\.?|CFR))(?:[, ]{0,2}(?:part|pt\.) |"
    + _SIGN
    + rf"){_PLACE}",
    re.IGNORECASE,
)
PUBLIC_LAW = re.compile(
    r"(?<!\w)(?:Pub(?:\.|lic) ?L(?:\.|aw)|P\. ?L\.)\s{0,2}(?:No\. ?|Number )?"
    r"(?P<number>\d{2,3}[-–]\d{1,4})\b",
    re.IGNORECASE,
)
CODE = re.compile(
    rf"(?<!\w)(?:{_STATE}\s)?(?P<law>{_CODES})\sCode(?:\sAnn\.)?{_SIGN}{_PLACE}", re.IGNORECASE
)
OF_THE_CODE = re.compile(
    rf"(?:(?<!\w)sections?|(?<!\w)sec\.|§) ?{_PLACE},?\sof\sthe\s(?:{_STATE}\s)?(?P<law>{_CODES})"
    r"\sCode\b",
    re.IGNORECASE,
)
STATE_LAW = re.compile(rf"(?<!\w){_STATE}\s?{_COMPILATION}{_SIGN}{_PLACE}", re.IGNORECASE)
SHORT_LAW = re.compile(rf"(?<![\w.])(?P<short>{_SHORT_FORMS})(?: Ann\.)?{_SIGN}{_PLACE}")
TITLE_FIRST = re.compile(
    r"(?<![\w.-])(?P<title>\d{1,3})\s(?P<short>ILCS|V\.?S\.?A\.?|P\.S\.|Pa\. ?C\.?S\.?)"
    rf"{_SIGN}{_PLACE}"
)
CHAPTER = re.compile(
    r"(?<!\w)(?:M\.?G\.?L\.?|G\.L\.|Mass\. Gen\. Laws)(?: Ann\.)?,? ?c(?:h|hapter)?\.? ?"
    rf"(?P<chapter>\d{{1,3}}[A-Z]?),{_SIGN}{_PLACE}",
    re.IGNORECASE,
)

# A pattern is tried only around the words that it cannot do without, given here in lower case, and
# where a number follows soon, or else the second text stands before.
TRIED: tuple[tuple[tuple[str, ...], str, re.Pattern[str]], ...] = (
    (("u.s.c", "usc", "u. s. c", "u.s. c", "c.f.r", "c. f. r", "cfr"), "", FEDERAL),
    (("pub. l", "public l", "pub.l", "p.l.", "p. l."), "", PUBLIC_LAW),
    (("code",), "", CODE),
    (("code",), "of", OF_THE_CODE),
    (("stat.", "statut", "laws", "law §", "law sec", "code"), "", STATE_LAW),
    (tuple(sorted({form.lower() for form in SHORT} | _POINTED)), "", SHORT_LAW),
    (("ilcs", "vsa", "v.s.a", "p.s.", "c.s."), "", TITLE_FIRST),
    (("g.l", "mgl", "mass. gen"), "", CHAPTER),
)
