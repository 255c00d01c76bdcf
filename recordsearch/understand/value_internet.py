"""Find e-mail addresses and web addresses.

Both are looked for around what they cannot do without, ``@`` and ``://`` or ``www.``. What OCR and
a line's end do to them is mended only where nothing else can be meant.
"""

import re
from collections.abc import Iterator

from recordsearch.understand.value_shapes import Found

# RFC 5321, 4.5.3.1: at most 64 characters before the @ and 255 after it; RFC 1035, 2.3.4: at most
# 63 in a label.
_LOCAL_CHARACTERS = 64
_DOMAIN_CHARACTERS = 255
_LOCAL = re.compile(r"[\w.+%&=~-]{1,64}\Z")
_LABEL = r"[^\W_](?:[^\W_]|-){0,62}"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.){{1,8}}(?P<top>[^\W\d_]{{2,24}})(?![\w@])")
_BLANK_BEFORE = re.compile(r"\s{1,2}\Z")
_BLANK_AFTER = re.compile(r"[ \t]?\n?[ \t]{0,2}")
# Where a blank or a line's end comes between, the domain must end in one of these.
_SURE_TOP = frozenset(
    {"com", "org", "edu", "gov", "net", "mil", "info", "int", "us", "uk", "ca", "eu", "de", "fr"}
)
_BROKEN_DOMAIN = re.compile(
    rf"(?P<head>{_LABEL}(?:\.{_LABEL}){{0,6}}[.-])\n(?P<rest>(?:{_LABEL}\.){{0,3}}"
    r"(?:com|org|edu|gov|net|mil))(?![\w.@-]*\w)"
)
# What says that the word before a blank and an @ is the first half of an address.
_ADDRESS_CUE = re.compile(
    r"(?:[<\[(]|mail(?:to)?\s?:|e-?mail\s?:?|from:|to:|cc:)\s?\Z", re.IGNORECASE
)


def find_emails(text: str) -> Iterator[Found]:
    """Yield e-mail addresses, in lower case and without the blanks that OCR put around the @."""
    at = text.find("@")
    free = 0
    while at >= 0:
        found = _email_at(text, at, free)
        if found:
            free = found.end
            yield found
        at = text.find("@", at + 1)


def _email_at(text: str, at: int, free: int) -> Found | None:
    before = text[max(free, at - _LOCAL_CHARACTERS - 1) : at]
    blank = _BLANK_BEFORE.search(before)
    local = _LOCAL.search(before[: blank.start()] if blank else before)
    if not local:
        return None
    written = local[0].lstrip(".-&=%~")
    start = at - len(before) + local.end() - len(written)
    if not written or (start > 0 and text[start - 1] in "@/"):
        return None
    if blank and not _first_half(written, text[max(0, start - 12) : start]):
        return None
    domain = _domain_after(text, at, apart=bool(blank))
    return Found(start, domain.end, f"{written}@{domain.value}".lower()) if domain else None


def _first_half(word: str, before: str) -> bool:
    return bool(re.search(r"\w[._\d]\w?", word)) or bool(_ADDRESS_CUE.search(before))


def _domain_after(text: str, at: int, *, apart: bool) -> Found | None:
    """Read the domain after the @ at ``at``; ``apart`` where a blank stands before the @."""
    blank = _BLANK_AFTER.match(text, at + 1)
    start = blank.end() if blank else at + 1
    window_end = start + _DOMAIN_CHARACTERS
    broken = _BROKEN_DOMAIN.match(text, start, window_end)
    if broken and not apart and start == at + 1:
        return Found(start, broken.end(), broken["head"] + broken["rest"])
    match = _DOMAIN.match(text, start, window_end)
    if not match:
        return None
    domain, top = match[0], match["top"]
    labels = domain[: -len(top) - 1].rsplit(".", 1)
    if top[0].isupper() and labels[-1] in _SURE_TOP and len(labels) > 1:
        # The next sentence was set without a blank: "jroe@acme.org.Please".
        domain, top = ".".join(labels), labels[-1]
    if (apart or start > at + 1) and top.lower() not in _SURE_TOP:
        return None
    return Found(start, start + len(domain), domain)


_URL_START = re.compile(
    r"(?:(?:https?|ftp):[ ]?//[ ]?|(?<![\w.@/-])www\.)(?=[^\W_])", re.IGNORECASE
)
_URL_CHARACTERS = 2000
_URL_RUN = re.compile(r"[^\s<>\"“”‘{}|\\^`«»]{1,2000}")
_HOST = re.compile(
    rf"(?:[^\s/@]{{1,80}}@)?(?P<host>(?:{_LABEL}\.){{1,10}}[^\W_]{{2,24}})(?::\d{{1,5}})?"
)
_TRAILING = ".,;:!?'’…*"
_OPENING = {")": "(", "]": "["}
# A line that goes on with an address, not with a sentence: it has a mark that words do not have.
_GOES_ON = re.compile(r"[\w.~%-]{0,200}(?:[/=?%&_#~]|\w-\w|\.\w|\d)")


def find_urls(text: str) -> Iterator[Found]:
    """Yield web addresses, also those that begin with ``www.``; scheme and host in lower case."""
    if "://" not in text and ": //" not in text and "www." not in text.lower():
        return
    free = 0
    for match in _URL_START.finditer(text):
        if match.start() < free:
            continue
        found = _url_at(text, match)
        if found:
            free = found.end
            yield found


def _url_at(text: str, match: re.Match[str]) -> Found | None:
    start = match.start()
    scheme = "" if match[0].lower() == "www." else match[0].lower().replace(" ", "")
    begin = match.end() if scheme else start
    run = _URL_RUN.match(text, begin)
    if not run:
        return None
    address, end = run[0], run.end()
    following = _next_line(text, end) if address[-1] in "/-" else None
    if following:
        address, end = address + following[0], following.end()
    cut = _without_trailing(address)
    end -= len(address) - len(cut)
    host = _HOST.match(cut)
    if not host or (len(cut) > host.end() and cut[host.end()] not in "/?#"):
        return None
    name_end = host.end("host")
    rest = cut[name_end:]
    normal = scheme + cut[:name_end].lower() + ("" if rest == "/" else rest)
    return Found(start, end, normal)


def _next_line(text: str, end: int) -> re.Match[str] | None:
    """Return the run that carries on an address which ends its line in ``/`` or ``-``."""
    if text[end : end + 1] != "\n":
        return None
    run = _URL_RUN.match(text, end + 1)
    if not run or _URL_START.match(run[0]) or not (run[0][0].isalnum() or run[0][0] in "?#~_%"):
        return None
    if text[end - 1] == "-" and not run[0][0].isupper():
        return run
    return run if _GOES_ON.match(_without_trailing(run[0])) and "@" not in run[0] else None


def _without_trailing(address: str) -> str:
    """Cut the punctuation of the sentence; a closing bracket stays if it was opened inside."""
    end = len(address)
    # Counted once, as a row of a thousand brackets would make counting anew quadratic.
    surplus = {
        close: address.count(close) - address.count(opens) for close, opens in _OPENING.items()
    }
    while end:
        last = address[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]
