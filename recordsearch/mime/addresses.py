"""Lists of mailboxes in a header (RFC 5322, 3.4), and the lists that programs really write."""

import re
from collections.abc import Sequence

from recordsearch.contents import Mailbox
from recordsearch.mime.header import decode_words
from recordsearch.mime.names import is_nobody, one_line

MAILBOXES = 2_000
_CHARACTERS = 500
_COMMENT = re.compile(r"\(([^()]{0,500})\)")
_GROUP = re.compile(r"^[^@<>\",]{1,200}:")


def mailboxes(text: str) -> tuple[Mailbox, ...]:
    """Return the mailboxes of a header field's value, at most ``MAILBOXES``, never an error.

    Commas and semicolons part them but inside quotes, comments and angle brackets. A group gives
    its members, or itself where it has none. "Undisclosed recipients" are nobody.
    """
    found = [_mailbox(item) for item in _items(text)]
    return tuple(one for one in found if one.address or (one.name and not is_nobody(one.name)))


def written(addresses: Sequence[Mailbox], separator: str = ", ") -> str:
    """Write mailboxes as a reader sees them: ``Name <address>``."""
    return separator.join(
        f"{one.name} <{one.address}>" if one.name and one.address else one.name or one.address
        for one in addresses
    )


def _items(text: str) -> list[str]:
    items: list[str] = []
    start = 0
    quoted = bracketed = False
    comments = 0
    skip = False
    for position, character in enumerate(text):
        if skip:
            skip = False
        elif character == "\\":
            skip = True
        elif character == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif character in "()":
            comments = max(0, comments + (1 if character == "(" else -1))
        elif character in "<>":
            bracketed = character == "<"
        elif character in ",;" and not comments and not bracketed:
            items.append(text[start:position])
            start = position + 1
            if len(items) >= MAILBOXES:
                return items
    rest = text[start:]
    if quoted or bracketed or comments:
        # Something is left open: what is inside it must not swallow the other mailboxes.
        items.extend(re.split(r"[,;]", rest)[: MAILBOXES - len(items)])
    else:
        items.append(rest)
    return items


def _mailbox(item: str) -> Mailbox:
    item = item.strip()[: 8 * _CHARACTERS]
    group = _GROUP.match(item)
    if group and not item.lower().startswith("mailto:"):
        rest = item[group.end() :].strip()
        if not rest:
            return Mailbox(_name(item[: group.end() - 1]), "")
        item = rest
    opening = item.rfind("<")
    if opening >= 0:
        address, _, after = item[opening + 1 :].partition(">")
        name = item[:opening].strip() or after.strip()
        return Mailbox(_name(name), _address(address))
    comment = _COMMENT.search(item)
    bare = _COMMENT.sub(" ", item).strip()
    if "@" in bare and " " not in bare.strip('"'):
        return Mailbox(_name(comment[1]) if comment else "", _address(bare))
    return Mailbox(_name(item), "")


def _name(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    text = text.replace('\\"', '"').replace("\\\\", "\\")
    return one_line(decode_words(text), _CHARACTERS).strip('"<> ')


def _address(text: str) -> str:
    text = one_line(decode_words(text), _CHARACTERS).strip("\"'<> ")
    return text[7:] if text.lower().startswith("mailto:") else text
