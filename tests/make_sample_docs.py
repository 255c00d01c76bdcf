"""Make the sample release, a small fictional set of records, in ``sample_docs``.

Run ``python tests/make_sample_docs.py``. SAMPLE_DOCS.md says what comes out and what may differ
from one machine to another.
"""

import argparse
import os
from collections.abc import Callable

from sample_release import mail_text
from sample_release.letter_print import print_letter
from sample_release.mail_print import print_mails
from sample_release.measure import pictures, word_recall
from sample_release.other_files import corrupt_pdf, fax_pages, native_mail
from sample_release.scans import Fault, fax_tiff, scan_pdf

ABOUT = """This folder is a small sample release. Everything in it is fiction: no real person,
agency, group or company is meant, and the addresses are on domains that cannot exist.

It is made by a program. To make it again, from the folder above this one:

    python -m pip install -e ".[test]"
    python tests/make_sample_docs.py

tests/SAMPLE_DOCS.md says what each file is, how it was made and what it is good for.
"""
_LETTER_FAULTS = (Fault(2.1), Fault(-1.8, noise=5.0), Fault(2.3, shade=0.2))


def _digital_mail() -> bytes:
    title = "Vendor correspondence, March to June 2017"
    return print_mails(mail_text.PRINTOUTS_DIGITAL, title=title, first_bates=101)


def _paper_mail() -> bytes:
    title = "Vendor correspondence, September to December 2017"
    return print_mails(mail_text.PRINTOUTS_SCANNED, title=title, first_bates=108)


def _scan_one() -> bytes:
    faults = (Fault(0.6), Fault(-0.4, turn=180), Fault(0.9, noise=5.0), Fault(-0.3, shade=0.2))
    return scan_pdf(_paper_mail(), range(4), faults, "Scan 1 of paper files", seed=11)


def _scan_two() -> bytes:
    faults = (Fault(-0.8), Fault(0.5, turn=90), Fault(1.0, noise=5.0, shade=0.2))
    return scan_pdf(_paper_mail(), range(4, 7), faults, "Scan 2 of paper files", seed=12)


def _letter_scan() -> bytes:
    return scan_pdf(print_letter(), range(3), _LETTER_FAULTS, "Scan of a letter", seed=13)


# Those made without rendering a page: the same bytes wherever fpdf2 is the same.
BORN_DIGITAL: dict[str, Callable[[], bytes]] = {
    "ABOUT.txt": ABOUT.encode,
    "emails/vendor_correspondence_2017a.pdf": _digital_mail,
    "letters/coalition_letter.pdf": print_letter,
    "native/retention_schedule.eml": native_mail,
    "damaged/invoice_2217.pdf": corrupt_pdf,
}
SCANNED: dict[str, Callable[[], bytes]] = {
    "emails/vendor_correspondence_2017b_scan_1.pdf": _scan_one,
    "emails/vendor_correspondence_2017b_scan_2.pdf": _scan_two,
    "fax/port_merrin_request.tif": lambda: fax_tiff(fax_pages(), seed=14),
    "letters/coalition_letter_scan.pdf": _letter_scan,
}
# Where the text of each scan can be read: the printed pages that went through the scanner.
PRINTED: dict[str, tuple[Callable[[], bytes], int]] = {
    "emails/vendor_correspondence_2017b_scan_1.pdf": (_paper_mail, 0),
    "emails/vendor_correspondence_2017b_scan_2.pdf": (_paper_mail, 4),
    "fax/port_merrin_request.tif": (fax_pages, 0),
    "letters/coalition_letter_scan.pdf": (print_letter, 0),
}


def measure(folder: str) -> None:
    """Print the word recall of each scanned page."""
    for name, (make, first) in PRINTED.items():
        with open(os.path.join(folder, *name.split("/")), "rb") as file:
            scan = file.read()
        for number, picture in enumerate(pictures(scan)):
            recall, confidence = word_recall(make(), first + number, picture)
            print(  # noqa: T201
                f"{name} page {number + 1}: recall {recall:.3f} confidence {confidence:.0f}"
            )


def main() -> None:
    """Write the files named by the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("--out", default=os.path.join(here, os.pardir, "sample_docs"))
    parser.add_argument("--born-digital-only", action="store_true", help="leave out the scans")
    parser.add_argument("--measure", action="store_true", help="read the scans there by OCR")
    options = parser.parse_args()
    if options.measure:
        measure(options.out)
        return
    makers = BORN_DIGITAL if options.born_digital_only else BORN_DIGITAL | SCANNED
    for name, make in makers.items():
        path = os.path.join(options.out, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(make())


if __name__ == "__main__":
    main()
