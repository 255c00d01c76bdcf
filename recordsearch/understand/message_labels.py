"""Recognise the labels of an e-mail's header (``From:``, ``Sent:`` …), also damaged by OCR."""

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """What a header line says."""

    SENDER = "sender"
    SENT = "sent"
    TO = "to"
    CC = "cc"
    BCC = "bcc"
    SUBJECT = "subject"
    ATTACHMENTS = "attachments"
    OTHER = "other"


class Damage(IntEnum):
    """How far a label is from what the mail program printed."""

    NONE = 0
    LETTERS = 1
    COLON = 2


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a line: its place there, and whether it opens the line.

    ``word`` is as written; ``strong`` tells that hardly anything but a header has it.
    """

    kind: Kind
    start: int
    end: int
    damage: Damage
    leading: bool
    word: str
    strong: bool


_ENGLISH = {
    "from": Kind.SENDER,
    "sent": Kind.SENT, "date": Kind.SENT, "sent on": Kind.SENT, "date sent": Kind.SENT,
    "sent date": Kind.SENT, "sent at": Kind.SENT, "datesent": Kind.SENT,
    "at": Kind.SENT, "posted at": Kind.SENT, "posted to": Kind.TO,
    "to": Kind.TO, "sent to": Kind.TO, "recipients": Kind.TO,
    "cc": Kind.CC, "bcc": Kind.BCC,
    "subject": Kind.SUBJECT,
    "attachments": Kind.ATTACHMENTS, "attachment": Kind.ATTACHMENTS, "attach": Kind.ATTACHMENTS,
    "attached": Kind.ATTACHMENTS,
    "importance": Kind.OTHER, "priority": Kind.OTHER, "sensitivity": Kind.OTHER,
    "sender": Kind.OTHER, "reply-to": Kind.OTHER, "reply to": Kind.OTHER, "message-id": Kind.OTHER,
    "in-reply-to": Kind.OTHER, "references": Kind.OTHER, "categories": Kind.OTHER,
    "follow up flag": Kind.OTHER, "flag status": Kind.OTHER, "due by": Kind.OTHER,
    "mailed-by": Kind.OTHER, "signed-by": Kind.OTHER, "resent-from": Kind.OTHER,
    "resent-to": Kind.OTHER, "return-path": Kind.OTHER, "received": Kind.OTHER,
    "mime-version": Kind.OTHER, "content-type": Kind.OTHER, "x-mailer": Kind.OTHER,
    "security": Kind.OTHER, "signed by": Kind.OTHER, "when": Kind.OTHER, "where": Kind.OTHER,
    "location": Kind.OTHER, "conversation": Kind.OTHER, "expires": Kind.OTHER,
    "thread-topic": Kind.OTHER, "thread-index": Kind.OTHER, "organization": Kind.OTHER,
    "history": Kind.OTHER, "auto forwarded by a rule": Kind.OTHER,
}  # fmt: skip
# German, French, Spanish, Italian, Portuguese; the short ones count only beside a strong one.
_FOREIGN = {
    "von": Kind.SENDER, "de": Kind.SENDER, "da": Kind.SENDER, "expéditeur": Kind.SENDER,
    "gesendet": Kind.SENT, "datum": Kind.SENT, "envoyé": Kind.SENT, "envoye": Kind.SENT,
    "enviado": Kind.SENT, "enviado el": Kind.SENT, "fecha": Kind.SENT, "inviato": Kind.SENT,
    "data": Kind.SENT, "enviada em": Kind.SENT, "enviado em": Kind.SENT, "envoyé le": Kind.SENT,
    "an": Kind.TO, "à": Kind.TO, "para": Kind.TO, "destinataire": Kind.TO, "a": Kind.TO,
    "kopie": Kind.CC, "copie": Kind.CC, "copie à": Kind.CC, "cópia": Kind.CC, "cci": Kind.BCC,
    "betreff": Kind.SUBJECT, "objet": Kind.SUBJECT, "asunto": Kind.SUBJECT,
    "oggetto": Kind.SUBJECT, "assunto": Kind.SUBJECT,
    "anlagen": Kind.ATTACHMENTS, "anhänge": Kind.ATTACHMENTS, "pièces jointes": Kind.ATTACHMENTS,
    "pièce jointe": Kind.ATTACHMENTS, "datos adjuntos": Kind.ATTACHMENTS,
    "allegati": Kind.ATTACHMENTS, "anexos": Kind.ATTACHMENTS,
    "wichtigkeit": Kind.OTHER, "priorität": Kind.OTHER, "importancia": Kind.OTHER,
    "priorité": Kind.OTHER,
}  # fmt: skip
_STRONG = frozenset(
    [
        "gesendet",
        "envoyé",
        "envoye",
        "enviado",
        "inviato",
        "betreff",
        "objet",
        "asunto",
        "oggetto",
        "assunto",
        "sent",
        "subject",
        "from",
    ]
) | {"enviado el", "enviada em", "enviado em", "envoyé le", "sent on"}
# What OCR makes of labels too short to be told by a distance of one letter.
_DAMAGED = {
    "ce": Kind.CC, "ge": Kind.CC, "co": Kind.CC, "c¢": Kind.CC, "c:c": Kind.CC, "cec": Kind.CC,
    "te": Kind.TO, "t0": Kind.TO, "tO": Kind.TO, "ta": Kind.TO, "1o": Kind.TO, "tor": Kind.TO,
    "bce": Kind.BCC, "bee": Kind.BCC, "boc": Kind.BCC,
    "frorn": Kind.SENDER, "fron": Kind.SENDER, "frorm": Kind.SENDER, "fram": Kind.SENDER,
    "from": Kind.SENDER, "prom": Kind.SENDER, "erom": Kind.SENDER, "frem": Kind.SENDER,
    "f rom": Kind.SENDER, "fro m": Kind.SENDER, "fr om": Kind.SENDER, "rom": Kind.SENDER,
    "fromn": Kind.SENDER, "frøm": Kind.SENDER, "froin": Kind.SENDER, "trom": Kind.SENDER,
    "5ent": Kind.SENT, "sert": Kind.SENT, "semt": Kind.SENT, "sant": Kind.SENT, "8ent": Kind.SENT,
    "ent": Kind.SENT, "serit": Kind.SENT, "s ent": Kind.SENT, "se nt": Kind.SENT,
    "sen t": Kind.SENT, "senl": Kind.SENT, "seni": Kind.SENT, "$ent": Kind.SENT, "cent": Kind.SENT,
    "dale": Kind.SENT, "oate": Kind.SENT, "datc": Kind.SENT, "d ate": Kind.SENT,
}  # fmt: skip
_LONG = ("subject", "attachments", "importance")

_LEADING = re.compile(r"[^\w\s$][\W_]{0,4}?(?=\w)|(?=[\w$])")
_WORD = re.compile(
    r"(?P<word>[\w$|][\w|'’¢:$-]{0,14}?(?: [\w-]{1,9}){0,4}?)"
    r"[ \t]{0,3}(?P<mark>[:;]|\.(?=[ \t]|$)|[ \t]{2,}|\t|$)"
)
_WITHOUT_COLON = re.compile(
    r"(?P<word>From)(?=\s+Sent\b)"
    r"|(?P<sent>Sent)(?=\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s)"
    r"|(?P<subject>Subject)(?=\s+(?:RE|FW|FWD|Re|Fw|Fwd):)"
)
_BARE = {
    "From": Kind.SENDER, "Sent": Kind.SENT, "Date": Kind.SENT, "To": Kind.TO, "Cc": Kind.CC,
    "cc": Kind.CC, "CC": Kind.CC, "bcc": Kind.BCC, "Bcc": Kind.BCC, "Subject": Kind.SUBJECT,
    "Attachments": Kind.ATTACHMENTS, "Importance": Kind.OTHER,
}  # fmt: skip
_INSIDE = re.compile(
    r"(?<![\w-])(?P<word>From|Frorn|Sent|To|Cc|Ce|CC|Bcc|Subject|Date|Importance|Attachments?"
    r"|Posted At|Posted To|Gesendet|Betreff|Envoyé|Objet|Enviado|Asunto)\s?[:;]\.?(?=\s|$)"
    r"|(?<![\w-])(?P<bare>From)(?=\s+Sent:)"
)


def is_foreign(word: str) -> bool:
    """Tell whether a label is in a language other than English."""
    return word.lower() in _FOREIGN


def find_labels(text: str) -> list[Label]:
    """Return the labels in a line of text, in order; one that opens it, and whole ones inside."""
    labels: list[Label] = []
    first = _leading(text)
    if first:
        labels.append(first)
    after = first.end if first else 0
    for match in _INSIDE.finditer(text, after):
        word = match["word"] or match["bare"]
        found = _kind(word)
        if found:
            damage = max(found[1], Damage.COLON if match["bare"] else Damage.NONE)
            strong = word.lower() in _STRONG
            labels.append(
                Label(found[0], match.start(), match.end(), Damage(damage), False, word, strong)
            )
    return labels


def _leading(text: str) -> Label | None:
    opening = _LEADING.match(text)
    if not opening:
        return None
    bare = _WITHOUT_COLON.match(text, opening.end())
    if bare:
        kind = _BARE[bare[0]]
        return Label(kind, bare.start(), bare.end(), Damage.COLON, True, bare[0], True)
    match = _WORD.match(text, opening.end())
    if not match:
        return None
    word = match["word"]
    if match["mark"].strip() == "":
        if word in _BARE:
            strong = word.lower() in _STRONG
            return Label(_BARE[word], match.start(), match.end(), Damage.COLON, True, word, strong)
        return None
    found = _kind(word)
    if found is None:
        return None
    damage = found[1] if match["mark"] == ":" else max(found[1], Damage.LETTERS)
    if match["mark"] == "." and found[1]:
        return None
    strong = _is_strong(word, found)
    return Label(found[0], match.start(), match.end(), damage, True, word, strong)


def _is_strong(word: str, found: tuple[Kind, Damage]) -> bool:
    if found[1] is Damage.LETTERS:
        return found[0] in (Kind.SENDER, Kind.SUBJECT)
    return word.lower() in _STRONG


def _kind(word: str) -> tuple[Kind, Damage] | None:
    lower = word.lower()
    kind = _ENGLISH.get(lower) or _FOREIGN.get(lower)
    if kind:
        return kind, Damage.NONE
    kind = _DAMAGED.get(lower)
    if kind:
        return kind, Damage.LETTERS
    squeezed = lower.replace(" ", "").replace("5", "s").replace("0", "o").replace("1", "i")
    for name in _LONG:
        if abs(len(squeezed) - len(name)) <= 2 and _near(squeezed, name):
            return _ENGLISH[name], Damage.LETTERS
    return None


def _near(one: str, other: str) -> bool:
    """Tell whether changing one or two letters beside each other makes ``one`` ``other``."""
    if one[0] != other[0] and one[1:3] != other[1:3]:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return len(one) - start - end <= 2 and len(other) - start - end <= 2
