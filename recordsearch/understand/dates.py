"""Read a date as people, mail programs and letters write it, into ISO 8601.

Reads RFC 5322 (``Fri, 6 Mar 2020 03:49:45 +0000``), the C library's (``Fri Mar  6 03:49:45 2020``),
Outlook's, Gmail's, Apple's and Lotus Notes' forms, ISO 8601, and dates in figures, with the names
of months in English, German, French, Spanish, Italian and Portuguese. Letters and figures that OCR
takes for one another are taken back where only one reading makes a date.
"""

import re
import unicodedata
from datetime import date

_CHARACTERS = 240
"""A date is looked for in this many characters; no mail program prints a longer one."""

_MONTHS = (
    ("january", "januar", "janvier", "enero", "gennaio", "janeiro", "jan", "janv", "ene", "gen"),
    ("february", "februar", "fevrier", "febrero", "febbraio", "fevereiro", "feb", "fevr", "fev"),
    ("march", "marz", "maerz", "mars", "marzo", "marco", "mar", "mrz"),
    ("april", "avril", "abril", "aprile", "apr", "avr", "abr"),
    ("may", "mai", "mayo", "maggio", "maio", "mag"),
    ("june", "juni", "juin", "junio", "giugno", "junho", "jun", "giu"),
    ("july", "juli", "juillet", "julio", "luglio", "julho", "jul", "juil", "lug"),
    ("august", "aout", "agosto", "aug", "ago"),
    ("september", "septembre", "septiembre", "settembre", "setembro", "sep", "sept", "set"),
    ("october", "oktober", "octobre", "octubre", "ottobre", "outubro", "oct", "okt", "ott", "out"),
    ("november", "novembre", "noviembre", "novembro", "nov"),
    ("december", "dezember", "decembre", "diciembre", "dicembre", "dezembro", "dec", "dez", "dic"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH["ma"] = 5  # May, with its last letter cut off by the scan
_LONG_MONTHS = tuple((name, number) for name, number in _MONTH.items() if len(name) >= 5)
_WEEKDAYS = (
    ("monday", "mon", "montag", "lundi", "lunes", "lunedi", "segunda"),
    ("tuesday", "tue", "tues", "dienstag", "mardi", "martes", "martedi", "terca"),
    ("wednesday", "wed", "mittwoch", "mercredi", "miercoles", "mercoledi", "quarta"),
    ("thursday", "thu", "thur", "thurs", "donnerstag", "jeudi", "jueves", "giovedi", "quinta"),
    ("friday", "fri", "freitag", "vendredi", "viernes", "venerdi", "sexta"),
    ("saturday", "sat", "samstag", "samedi", "sabado", "sabato"),
    ("sunday", "sun", "sonntag", "dimanche", "domingo", "domenica"),
)
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}

# Minutes from UTC of the zones that mail programs name (RFC 5322, 4.3, and the European ones).
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300,
    "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "akst": -540, "akdt": -480, "hst": -600,
    "bst": 60, "cet": 60, "mez": 60, "cest": 120, "mesz": 120, "eet": 120, "eest": 180,
}  # fmt: skip

_NAME = r"(?P<month>[a-z][a-z0-9|]{1,9})"
_DAY = r"(?P<day>[0-3oil]?[\doil])"
# OCR loses the blank before the time of day.
_YEAR = r"(?P<year>[12][\doil]{3})(?=\D|$|\d{1,2}:\d\d)"
_SHORT_YEAR = r"(?P<year>[12]\d{3}|\d\d)"
# 6 March 2020, 6. März 2020, 6 de marzo de 2020, 06-Mar-2020, 6th of March, 2020
_DAY_FIRST = re.compile(
    rf"(?<![\w:.]){_DAY}(?:st|nd|rd|th|er)?[\s.,-]{{0,3}}(?:of|de|del|do)?[\s-]{{0,2}}"
    rf"{_NAME}\.?[\s,.:-]{{0,3}}(?:de|del|do)?[\s']{{0,2}}{_YEAR}"
)
# 11 Mar 20 09:00, 11-Mar-98 09:00: with two figures only before a time (RFC 5322, 4.3)
_SHORT_MAIL = re.compile(
    rf"(?<![\w:.-])(?P<day>\d{{1,2}})[ -]{_NAME}[ -](?P<year>\d\d),? {{1,2}}(?=\d{{1,2}}:\d\d)"
)
# March 6, 2020; Mar 6th 2020
_MONTH_FIRST = re.compile(
    rf"(?<!\w){_NAME}\.?[\s,.-]{{0,3}}{_DAY}(?:st|nd|rd|th)?[\s,.;-]{{1,4}}{_YEAR}"
)
# Fri Mar  6 03:49:45 EST 2020
_ASCTIME = re.compile(
    rf"(?<!\w){_NAME}\.?\s{{1,3}}{_DAY},?\s{{0,3}}(?=\d{{1,2}}\S{{3,7}}[\s.])"
    rf"[\w:;.]{{4,9}}[\s.,](?:[a-z]{{1,4}}\s|[+-]\d{{4}}\s)?\s?{_YEAR}"
)
# 2020-03-06, 2020/3/6
_ISO = re.compile(r"(?<!\d)(?P<year>[12]\d{3})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
# 3/6/2020, 06.03.20
_FIGURES = re.compile(
    rf"(?<![\d/.])(?P<one>\d{{1,2}})\s?(?P<mark>[/.-])\s?(?P<two>\d{{1,2}})\s?(?P=mark)\s?"
    rf"{_SHORT_YEAR}(?!\d|[:h]\d)"
)
_TIME = re.compile(
    r"(?<![\d/.:+-])(?P<hour>[0-2oil]?[\doil])\s?(?P<mark>[:;.h])\s?(?P<minute>[0-5o][\doil])(?!\d)"
    r"(?:\s?[:;.,]\s?(?P<second>[0-5o][\doil])(?:[.,]\d{1,7})?(?!\d))?"
    r"\s{0,2}(?P<half>[ap]\.?\s?(?:m|ivi|rn|nn|ni|vi)\b\.?|[ap]\b)?"
)
# Only the C library puts the time into the date; colons tell it from a date in figures.
_CLOCK = re.compile(
    r"(?:(?<![\d:])|(?<=\s\d\d))(?P<hour>[0-2]?\d)(?P<mark>:)(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
    r"(?P<half>(?!))?(?!\d)"
)
_SPECK = re.compile(r"\s?[.:;]\s?")
_HOUR_ALONE = re.compile(r"(?<![\d/.:+-])(?P<hour>1[0-2]|[1-9])\s?(?P<half>[ap])\.?m\b")
_OFFSET = re.compile(
    r"(?:utc|gmt|ut)?\s?(?P<sign>[+\u2212-])(?P<hour>[01]?\d):?(?P<minute>[0-5]\d)\b"
)
_SHORT_OFFSET = re.compile(r"(?:utc|gmt)\s?(?P<sign>[+\u2212-])(?P<hour>[01]?\d)\b")
_ZONE = re.compile(r"\W{0,3}(?P<zone>[a-z]{1,4})\b")
# Letters that go below the line are lost where a scan cuts them off.
_WHOLE = {
    "au ust": "august",
    "se tember": "september",
    "a ril": "april",
}
_LOST_LETTER = re.compile(r"\b(?:au ust|se tember|a ril)\b")
_WORD = re.compile(r"[a-z]{3,10}")
_FIGURE = str.maketrans("oil", "011")


def parse_sent(text: str) -> str:
    """Return the first date in ``text`` as ISO 8601, or an empty text.

    The time of day is added where one is given, to the second where seconds are, and the offset
    from UTC where it is given, in figures or as a zone's name. Without a readable time it is a
    date alone. Dates in figures are month first unless that makes no date, the weekday says
    otherwise, or they are written with full stops.
    """
    found = find_date(text)
    return found[0] if found else ""


def find_date(text: str) -> tuple[str, int, int] | None:
    """Return the first date in ``text`` as ISO 8601 and the place of all that was read for it.

    Only the first 240 characters are looked at.
    """
    plain = _plain(text[:_CHARACTERS])
    found = _find_day(plain)
    if not found:
        return None
    day, start, end = found
    time, first, last = _find_time(plain, start, end)
    return day.isoformat() + time, min(start, first), max(end, last)


def has_time(sent: str) -> bool:
    """Tell whether a date in ISO 8601 has a time of day."""
    return "T" in sent


def _plain(text: str) -> str:
    """Lower the case and take off accents; every character stays where it is."""
    if text.isascii():
        plain = text.lower()
    else:
        bases = (unicodedata.normalize("NFKD", character)[:1].lower() for character in text)
        plain = "".join(base if len(base) == 1 else "?" for base in bases)
    return _LOST_LETTER.sub(lambda match: _WHOLE[match[0]], plain)


def _find_day(plain: str) -> tuple[date, int, int] | None:
    """Return the first date of the first form that makes one, and its place."""
    best: tuple[date, int, int] | None = None
    for form in (_ASCTIME, _MONTH_FIRST, _DAY_FIRST, _SHORT_MAIL, _ISO, _FIGURES):
        for match in form.finditer(plain):
            day = _day(match, plain)
            if day and (best is None or match.start() < best[1]):
                best = day, match.start(), match.end()
            if day:
                break
    return best


def _day(match: re.Match[str], plain: str) -> date | None:
    parts = match.groupdict()
    year = int(parts["year"].translate(_FIGURE))
    if year < 100:
        year += 2000 if year < (50 if match.re is _SHORT_MAIL else 70) else 1900
    if match.re is _FIGURES:
        return _day_of_figures(match, plain, year)
    if match.re is _ISO:
        return _valid(year, int(parts["month"]), int(parts["day"]))
    month = _month(parts["month"])
    return _valid(year, month, int(parts["day"].translate(_FIGURE))) if month else None


def _day_of_figures(match: re.Match[str], plain: str, year: int) -> date | None:
    one, two = int(match["one"]), int(match["two"])
    readings = [_valid(year, one, two), _valid(year, two, one)]
    if match["mark"] == ".":
        readings.reverse()
    days = [day for day in readings if day]
    weekdays = {_WEEKDAY[word] for word in _WORD.findall(plain[:80]) if word in _WEEKDAY}
    for day in days:
        if day.weekday() in weekdays:
            return day
    return days[0] if days else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    """Return a month's number, or 0; up to two wrong letters are forgiven in a long name."""
    word = word.replace("0", "o").replace("1", "l").replace("|", "l")
    number = _MONTH.get(word, 0)
    if number or len(word) < 5:
        return number
    near = {month for name, month in _LONG_MONTHS if _nearly_same(word, name)}
    return near.pop() if len(near) == 1 else 0


def _nearly_same(one: str, other: str) -> bool:
    """Tell whether changing one or two letters beside each other makes ``one`` ``other``."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return len(one) - start - end <= 2 and len(other) - start - end <= 2


def _find_time(plain: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the time of day beside the date as ``T09:53+00:00`` or empty, and its place."""
    inside = _CLOCK.search(plain, start, end)
    if inside and (time := _time(inside)):
        zone, last = _find_offset(plain, inside.end(), end)
        if not zone:
            zone, last = _find_offset(plain, end, len(plain))
        return time + zone, start, max(end, last)
    # Cut off, as the figures of the year, or a speck that OCR takes for a stop, may touch the hour.
    speck = _SPECK.match(plain, end)
    begin = speck.end() if speck else end
    after = _TIME.search(plain[begin : begin + 40])
    if after and (time := _time(after)):
        zone, last = _find_offset(plain, begin + after.end(), len(plain))
        return time + zone, begin + after.start(), last
    early = max(0, start - 30)
    before = list(_TIME.finditer(plain[early:start]))
    if before and (time := _time(before[-1])):
        return time, early + before[-1].start(), end
    alone = _HOUR_ALONE.search(plain, end, end + 20)
    if alone:
        hour = int(alone["hour"]) % 12 + (12 if alone["half"] == "p" else 0)
        return f"T{hour:02}:00", alone.start(), alone.end()
    return "", start, end


def _time(match: re.Match[str]) -> str:
    hour = int(match["hour"].translate(_FIGURE))
    minute = int(match["minute"].translate(_FIGURE))
    half = match["half"]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    if hour > 23 or minute > 59:
        return ""
    if match["second"]:
        return f"T{hour:02}:{minute:02}:{int(match['second'].translate(_FIGURE)):02}"
    return f"T{hour:02}:{minute:02}"


def _find_offset(plain: str, start: int, end: int) -> tuple[str, int]:
    """Return the offset from UTC that stands at ``start``, as ``+00:00`` or empty, and its end."""
    gap = start
    while gap < end and gap < start + 4 and plain[gap] in " .,(":
        gap += 1
    for form in (_OFFSET, _SHORT_OFFSET):
        match = form.match(plain, gap, end)
        if match:
            minute = int(match.groupdict().get("minute") or 0)
            # -00:00 is UTC, with nothing said of the sender's zone (RFC 5322, 3.3).
            zero = not minute and not int(match["hour"])
            sign = "+" if match["sign"] == "+" or zero else "-"
            if int(match["hour"]) <= 14:
                return f"{sign}{int(match['hour']):02}:{minute:02}", match.end()
    zone = _ZONE.match(plain, start, end)
    if zone and zone["zone"] in _ZONES:
        minutes = _ZONES[zone["zone"]]
        sign = "-" if minutes < 0 else "+"
        return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}", zone.end()
    return "", start
