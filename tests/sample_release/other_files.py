"""The fax, the native e-mail with its attachment, and the corrupt PDF of the sample release."""

from email.message import EmailMessage
from email.policy import SMTP

from .sheet import FICTION, Sheet

_MAIL_TEXT = """Dear Tamsin,

Attached is the retention schedule that our records committee adopted on Monday. It is the first
in the region with a line of its own for face recognition. In short:

- the log of each search is kept for two years;
- the candidate list is kept with the case file;
- a probe image that leads nowhere is destroyed after 30 days;
- watch list entries lapse after 60 days unless a supervisor renews them.

We had a long debate about body camera video. In the end the committee left the 180 days as they
are, and forbade any search of it by face.

The council here votes on June 12. I would be grateful for your comments before then.

Kind regards,
Renée Aubrillac
City Clerk, Port Merrin

This is a fictional sample document. No real person, agency or company is meant.
"""
_SCHEDULE = [
    ["Record", "Kept for", "Then"],
    ["Face recognition search log", "2 years", "destroy"],
    ["Candidate list", "life of the case", "with case file"],
    ["Probe image, no lead", "30 days", "destroy"],
    ["Watch list entry", "60 days", "lapse"],
    ["Body camera video", "180 days", "destroy"],
    ["Booking photo, charge dropped", "90 days", "destroy"],
]


def fax_pages() -> bytes:
    """Return the fax as it was before it was sent: a cover and one page, as a PDF."""
    sheet = Sheet("Fax to Quillhaven Police Department", font="courier", size=11, bates=115)
    sheet.start_page()
    sheet.set_font("helvetica", "B", 34)
    sheet.text(sheet.left, 100, "FAX")
    sheet.y_line = 120
    sheet.rule(2)
    for name, value in (
        ("To:", "Sgt. M. Dunquist, Quillhaven Police Department"),
        ("Fax:", "555-0163"),
        ("From:", "Det. Corwin Ashgrave, Port Merrin Police"),
        ("Date:", "October 19, 2017"),
        ("Pages:", "2, with this cover"),
        ("Re:", "Facial recognition request, our case PM-17-2218"),
    ):
        sheet.write_text(value, label=name, hang=70)
        sheet.gap(0.5)
    sheet.rule(2)
    sheet.write_text(
        "Please run the attached description and the photo that I sent by courier against your "
        "gallery. The photo is from a store camera and is not very good. Call me before anyone "
        "is stopped. My number is [[(b)(6)|120]]."
    )
    sheet.start_page()
    sheet.write_text("PORT MERRIN POLICE - REQUEST FOR ASSISTANCE", bold=True)
    sheet.rule(1)
    for paragraph in (
        "Case PM-17-2218. On October 12, 2017, between 9:10 and 9:25 p.m., a man took two bicycles "
        "from the rack in front of the ferry office. A clerk saw him from the side for a few "
        "seconds. He is about 30 years old, tall, with a gray cap.",
        "The clerk picked nobody from a photo line-up. We have no fingerprints. Our own department "
        "has no face recognition and our council has a rule that we may not buy it. The city "
        "attorney has not said whether the rule lets us ask a neighbor to search for us.",
        "[[block (b)(7)(E)|4]]",
        "Please send the candidate list with the scores. We will treat it as a lead only, and it "
        "will be disclosed to the defense. Retain your log of this search for two years.",
        "Det. Corwin Ashgrave, badge [[>(b)(6)|60]]",
    ):
        sheet.gap(0.8)
        if paragraph.startswith("[[block"):
            sheet.block("(b)(7)(E)", 4)
        else:
            sheet.write_text(paragraph)
    return bytes(sheet.output())


def retention_schedule() -> bytes:
    """Return the attachment of the native e-mail: one page with a table, as a PDF."""
    sheet = Sheet("Retention schedule, City of Port Merrin")
    sheet.start_page()
    sheet.write_text("City of Port Merrin: Records Retention Schedule, Part 9", bold=True)
    sheet.write_text("Adopted by the Records Committee on May 21, 2018")
    sheet.ruled_table(_SCHEDULE, [220.0, 110.0, 110.0])
    sheet.gap()
    sheet.write_text(
        "Face templates made from any of these are destroyed on the same day as the image that "
        "they were made from. The police department certifies each destruction to the Clerk."
    )
    return bytes(sheet.output())


def native_mail() -> bytes:
    """Return an RFC 5322 message: text, HTML, and the retention schedule as an attachment."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Renée Aubrillac <raubrillac@portmerrin.example>"
    mail["To"] = "Tamsin Overleigh <toverleigh@quillhaven.example>"
    mail["Cc"] = (
        "Marisol Dunquist <mdunquist@quillhavenpd.example>,"
        " Ottoline Brackenbury <obrackenbury@lanterncoalition.example>"
    )
    mail["Subject"] = "RE: Retention schedule for face recognition searches"
    mail["Date"] = "Tue, 22 May 2018 15:04:27 -0700"
    mail["Message-ID"] = "<20180522.1504.7f3a@portmerrin.example>"
    mail["In-Reply-To"] = "<20180518.0911.11c2@quillhaven.example>"
    mail["References"] = "<20180518.0911.11c2@quillhaven.example>"
    mail["X-Fiction"] = FICTION
    mail.set_content(_MAIL_TEXT, cte="quoted-printable")
    mail.add_alternative(_html(), subtype="html", cte="quoted-printable")
    mail.add_attachment(
        retention_schedule(),
        maintype="application",
        subtype="pdf",
        filename="retention_schedule_part_9.pdf",
    )
    mail.set_boundary("=_sample_mixed_1")
    next(mail.iter_parts()).set_boundary("=_sample_alternative_2")
    return mail.as_bytes()


def _html() -> str:
    paragraphs = _MAIL_TEXT.strip().split("\n\n")
    return "<html><body>\n" + "".join(f"<p>{p}</p>\n" for p in paragraphs) + "</body></html>\n"


def corrupt_pdf() -> bytes:
    """Return the first half of a PDF, as a broken download leaves it: no page can be opened."""
    sheet = Sheet("Invoice 2217", bates=117)
    sheet.start_page()
    sheet.write_text("Brindlemark Systems, Inc. - Invoice 2217", bold=True)
    sheet.ruled_table(
        [["Item", "Amount"], ["Glance service, first half", "$9,200.00"], ["Credit", "$0.00"]],
        [260.0, 110.0],
    )
    sheet.gap()
    sheet.write_text("Terms: thirty days. Please send payment to the office named above.")
    whole = bytes(sheet.output())
    return whole[: len(whole) // 2]
