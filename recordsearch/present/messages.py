"""Messages and threads for a person: rich on a terminal, the same words plain elsewhere."""

from typing import TYPE_CHECKING

from recordsearch.present.console import print_styled
from recordsearch.present.safe import safe, safe_line
from recordsearch.present.words import cited, many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recordsearch.catalogue.listing import ListedMessage
    from recordsearch.contents import Mailbox
    from recordsearch.workflows.listing import ThreadMessage

# Recipients named before the rest is counted.
_NAMED = 3
# Below this confidence in its reading a message says so.
_UNSURE = 60.0


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
    title = safe_line(messages[0].best.subject) or "(no subject)"
    print_styled((f"Thread {number}: {title}", "bold"), (f"  {many(len(messages), 'message')}", ""))
    for message in messages:
        best = message.best
        print()
        print_styled(
            (f"{best.message:>5}  ", "bold cyan"),
            (f"{_when(best)}  ", "bold"),
            (_who(best.sender), "bold"),
            (f" → {'; '.join(_who(one) for one in (*best.to, *best.cc, *best.bcc))}", ""),
        )
        print_styled((f"       {_subject(best)}", "yellow"))
        print_styled((f"       {_where(best, places=False)}", "green"))
        for other in message.others:
            how = "quoted at" if other.quoted_in else "also at"
            print_styled((f"       {how} {_where(other, places=False)}", "dim"))
        print()
        for line in safe(message.body).strip("\n").split("\n"):
            print_styled((f"       {line}".rstrip(), ""))


def not_compared_line(count: int) -> str:
    """Say that e-mails are missing from a list, and why."""
    return (
        f"{many(count, 'e-mail')} not listed, as the last run is not finished:"
        " run recordsearch index again"
    )


def _when(message: "ListedMessage") -> str:
    if not message.sent:
        return "no readable date"
    return safe_line(message.sent[:16].replace("T", " "))


def _who(mailbox: "Mailbox | None") -> str:
    if mailbox is None:
        return "(sender not on the page)"
    return safe_line(mailbox.name or mailbox.address)


def _recipients(message: "ListedMessage") -> str:
    everyone = (*message.to, *message.cc, *message.bcc)
    if not everyone:
        return "(no recipient on the page)"
    named = "; ".join(_who(one) for one in everyone[:_NAMED])
    more = len(everyone) - _NAMED
    return named + (f" and {many(more, 'other')}" if more > 0 else "")


def _subject(message: "ListedMessage") -> str:
    subject = safe_line(message.subject) or "(no subject)"
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
