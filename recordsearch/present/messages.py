"""Messages and threads for a person: rich on a terminal, the same words plain elsewhere."""

from typing import TYPE_CHECKING

from recordsearch.present.console import print_styled
from recordsearch.present.safe import safe, safe_line
from recordsearch.present.words import cited, many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recordsearch.catalogue.listing import ListedMessage
    from recordsearch.contents import Mailbox
    from recordsearch.understand.differing import Difference
    from recordsearch.workflows.listing import ThreadMessage

# Recipients named before the rest is counted.
_NAMED = 3
# Below this confidence in its reading a message says so.
_UNSURE = 60.0
_MOST_DIFFERENCES = 8
_SUBJECT_CHARACTERS = 200


def print_messages(messages: "Sequence[ListedMessage]", total: int) -> None:
    """Print messages, three lines each, and how many there are in all."""
    for message in messages:
        print_styled(
            (f"{message.message:>5}  ", "bold cyan"),
            (f"{_when(message)}  ", "bold"),
            (_who(message.sender), "bold"),
            (f" → {_recipients(message)}", ""),
        )
        print_styled((f"       {_subject(message)}", "yellow"))
        print_styled((f"       {_where(message)}  thread {message.thread}", "green"))
    print_styled((_counted(len(messages), total, "message"), "bold"))


def print_thread(number: int, messages: "Sequence[ThreadMessage]") -> None:
    """Print a thread: each message once, with its text, and the other places where it stands."""
    titles = (safe_line(message.best.subject) for message in messages)
    title = next(filter(None, titles), "(no subject)")
    print_styled((f"Thread {number}: {title}", "bold"), (f"  {many(len(messages), 'message')}", ""))
    for message in messages:
        best = message.best
        print()
        print_styled(
            (f"{best.message:>5}  ", "bold cyan"),
            (f"{_when(best)}  ", "bold"),
            (_who(best.sender), "bold"),
            (f" → {_recipients(best, every=True)}", ""),
        )
        print_styled((f"       {_subject(best)}", "yellow"))
        print_styled((f"       {_where(best, places=False)}", "green"))
        places = zip(message.others, message.quoted, message.differences, strict=True)
        for other, quoted, differing in places:
            how = "quoted at" if quoted else "also at"
            print_styled((f"       {how} {_where(other, places=False)}", "dim"))
            for one in differing[:_MOST_DIFFERENCES]:
                print_styled((f"         {_differing(one)}", "red"))
            if len(differing) > _MOST_DIFFERENCES:
                more = len(differing) - _MOST_DIFFERENCES
                print_styled((f"         and {many(more, 'more difference')}", "red"))
        print()
        for line in safe(message.body).strip("\n").split("\n"):
            print_styled((f"       {line}".rstrip(), ""))


def _differing(one: "Difference") -> str:
    """Say what differs: ``“May” here, “June” there``, ``recipients only there: “Ivo Limb”``."""
    here, there = safe_line(one.first), safe_line(one.other)
    field = "" if one.field.value == "text" else f"{one.field.value} "
    if here and there:
        return f"{field or 'differs'}: “{here}” here, “{there}” there".replace(" :", ":")
    return f"{field}only here: “{here}”" if here else f"{field}only there: “{there}”"


def not_compared_line(count: int) -> str:
    """Say that e-mails are missing from a list, and why."""
    return (
        f"{many(count, 'e-mail')} not listed, as the last run is not finished:"
        " run recordsearch index again"
    )


def without_header_line(count: int) -> str:
    """Say that messages are missing from a list, as no header of theirs is printed anywhere."""
    return (
        f"{many(count, 'message')} more only quoted, below a line such as “On … she wrote:”:"
        " list with --attributions"
    )


def _when(message: "ListedMessage") -> str:
    if not message.sent:
        return "no readable date"
    return safe_line(message.sent[:16].replace("T", " "))


def _who(mailbox: "Mailbox | None") -> str:
    if mailbox is None:
        return "(sender not on the page)"
    return safe_line(mailbox.name or mailbox.address)


def _recipients(message: "ListedMessage", *, every: bool = False) -> str:
    everyone = (*message.to, *message.cc, *message.bcc)
    if not everyone:
        return "(no recipient on the page)"
    shown = len(everyone) if every else _NAMED
    named = "; ".join(_who(one) for one in everyone[:shown])
    more = len(everyone) - shown
    return named + (f" and {many(more, 'other')}" if more > 0 else "")


def _subject(message: "ListedMessage") -> str:
    subject = safe_line(message.subject) or "(no subject)"
    if len(subject) > _SUBJECT_CHARACTERS:
        subject = f"{subject[:_SUBJECT_CHARACTERS]}…"
    if message.attachments:
        subject += f"  [{many(len(message.attachments), 'attachment')}]"
    return subject


def _where(message: "ListedMessage", *, places: bool = True) -> str:
    parts = [cited(message)]
    if places and message.places > 1:
        parts.append(f"{message.places} places")
    if message.confidence < _UNSURE:
        parts.append("uncertain reading")
    return "  ".join(parts)


def _counted(shown: int, total: int, noun: str) -> str:
    if shown == total:
        return f"{many(total, noun)}." if total else f"No {noun}s."
    return f"{shown:,} of {many(total, noun)}; more with --limit and --offset"
