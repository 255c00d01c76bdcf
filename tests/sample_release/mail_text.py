"""The e-mails of the sample release, all invented. The markup is that of ``sheet``.

``PRINTOUTS_DIGITAL`` and ``PRINTOUTS_SCANNED`` say which conversations are printed, newest message
first, as a records office prints a mailbox: the same message comes again in later replies.
"""

from dataclasses import dataclass

FENWRIGHT = "Odalys Fenwright <ofenwright@brindlemark.example>"
THORNQUILL = "Bastian Thornquill <bthornquill@brindlemark.example>"
SUPPORT = "Brindlemark Support <support@brindlemark.example>"
DUNQUIST = "Dunquist, Marisol <mdunquist@quillhavenpd.example>"
HOLLOMERE = "Hollomere, Rufus <rhollomere@quillhavenpd.example>"
MARCHGROVE = "Marchgrove, Wendel <wmarchgrove@quillhaven.example>"
OVERLEIGH = "Overleigh, Tamsin <toverleigh@quillhaven.example>"
PENNAWAY = "Pennaway, Isolde <ipennaway@quillhaven.example>"
CASTLEWICK = "Castlewick, Ephraim <ecastlewick@dunmarrowsheriff.example>"

_NOTICE = """CONFIDENTIALITY NOTICE: This e-mail and its attachments are intended only for the \
person to whom they are addressed. If you received this message in error, notify the sender and \
delete all copies."""
_BRINDLEMARK = "Brindlemark Systems, Inc. | Sales, Public Safety\nTel. 555-0142"
_UNIT = "Sgt. Marisol Dunquist\nInvestigative Technology Unit\nQuillhaven Police Department"


@dataclass(frozen=True, slots=True)
class Mail:
    """One message; ``sent`` is written as the mail program prints it."""

    sender: str
    sent: str
    to: str
    subject: str
    body: str
    cc: str = ""
    attachments: str = ""
    importance: str = ""


@dataclass(frozen=True, slots=True)
class Printout:
    """A conversation as printed: ``style`` is how older messages are quoted.

    ``rule``: a header block under a thin line. ``original``: under "-----Original Message-----".
    ``angle``: "On ... wrote:" and a ``>`` before each line.
    """

    owner: str
    mails: tuple[Mail, ...]
    style: str


OFFER = Mail(
    FENWRIGHT,
    "Tuesday, March 14, 2017 9:12 AM",
    DUNQUIST,
    "Glance face recognition pilot - pricing and next steps",
    f"""Hi Sergeant,

It was a pleasure to meet you and your team at the Merrin Valley expo last week. As promised, here \
is what a pilot of Brindlemark Glance would look like for a department of your size. Glance is a \
face recognition service that runs in our own data center: your officers upload a photo from a \
phone or a desk, and in a few seconds they see the closest matches from your booking photos.

For the first ninety days we propose:

- up to 40 named users, office and field;
- an upload of your whole booking photo file, about 210,000 images;
- a watch list of no more than 500 faces, checked against live video from two cameras;
- training for every shift, on site, at no charge.

The list price is $18,400 a year. If the department signs before the end of our fiscal year on \
June 30 I can offer [[Gov. Code 6255|150]] with the pilot credited in full.

Would a call on Thursday at 2 suit you?

Best,
Odalys

Odalys Fenwright
{_BRINDLEMARK}

{_NOTICE}""",
    attachments="Glance_overview.pdf (412 KB); Pilot_agreement_draft_v2.docx (88 KB)",
)
QUESTIONS = Mail(
    DUNQUIST,
    "Wednesday, March 15, 2017 4:47 PM",
    FENWRIGHT,
    "RE: Glance face recognition pilot - pricing and next steps",
    f"""Odalys,

Thanks for the quick follow up. Thursday at 2 works. You can reach me on my cell, \
[[(b)(6)|86]]. Before then, some questions from the Captain:

1. Who owns the photos once they are uploaded, and can your staff look at them?
2. How long do you keep a record of each face recognition search? Our retention schedule says two \
years for investigative queries.
3. Does the system work with our body camera vendor? We have about 180 cameras in the field.
4. What accuracy should we expect at night and from a moving car?

We would also like to talk to another agency that uses it. Is there a reference?

{_UNIT}""",
    cc=f"{HOLLOMERE}; {MARCHGROVE}",
)
ANSWERS = Mail(
    FENWRIGHT,
    "Friday, March 17, 2017 11:03 AM",
    DUNQUIST,
    "RE: Glance face recognition pilot - pricing and next steps",
    """Good morning Sergeant,

Great questions. Bastian, our solutions engineer, is copied and can go deeper.

1. The photos stay yours. A small number of engineers can see them when you open a ticket.
2. By default we keep the search log for 90 days, but you can set it to anything from one day to \
seven years. Most agencies ask us not to keep the probe image at all.
3. Body camera video can be searched after it is docked. Live matching on body cameras is on the \
roadmap for next year and I would love to have Quillhaven as the first site.
4. In good light, the right person is in the first five candidates 94 times out of 100. At night \
it is lower. We recommend that an officer treat every match as an investigative lead and never as \
the only ground for an arrest.

Lt. Castlewick at the Dunmarrow County Sheriff's Office has agreed to be a reference. His direct \
line is [[(b)(6)|92]]. One request: we would like to keep the pilot quiet until it has a success \
to show. Our other customers found that a press inquiry too early makes a council nervous.

Odalys""",
    cc=f"{HOLLOMERE}; {MARCHGROVE}; {THORNQUILL}",
    attachments="Reference_list_confidential.pdf (61 KB)",
)
FORWARD = Mail(
    DUNQUIST,
    "Friday, March 17, 2017 1:20 PM",
    HOLLOMERE,
    "FW: Glance face recognition pilot - pricing and next steps",
    """Captain,

See below. My view: the price is inside your signature authority if we split it over two fiscal \
years, so it would not have to go to Council. I am less sure about number 2. Legal should say \
whether the search log is a public record.

[[block Gov. Code 6254(f)|5]]

I will draft a use policy either way. Until it is signed nobody but my unit should have a login.

Marisol""",
    importance="High",
)
REFERENCE = Mail(
    CASTLEWICK,
    "Monday, March 20, 2017 8:05 AM",
    DUNQUIST,
    "Your question about Glance",
    """Sgt. Dunquist,

Happy to share. We have used the facial recognition service since last August, mostly for \
detectives. It has helped to identify a shoplifting crew and one man who would not give his name \
at the jail. We run about sixty searches a week.

What I would do differently: write the policy first. We had deputies run photos from social media \
before anyone asked whether they should. We also had one false match, a man who was stopped for \
[[>(b)(7)(C)|110]] and let go after twenty minutes. The candidate list showed a score of 83. Since \
then we do not act on anything under 90, and two trained people have to agree.

Do not believe the numbers in the brochure for your own cameras. Test it.

Lt. Ephraim Castlewick
Dunmarrow County Sheriff's Office

This message may contain information that is confidential under state law.""",
)
LIMIT = Mail(
    DUNQUIST,
    "Tuesday, May 9, 2017 10:31 AM",
    THORNQUILL,
    "Watch list size limit",
    """Bastian,

The pilot has been live for three weeks and the watch list is full. We have 500 faces on it: 212 \
active warrants, 140 people from the regional gang file, and the rest are trespass notices from \
the Tidewater Mall. Can you raise the limit to 2,000? The mall wants to send us its own list.

Also, the camera at [[>(b)(7)(E)|120]] gave eleven alerts yesterday and all eleven were the same \
mail carrier.

Marisol""",
)
LIMIT_REPLY = Mail(
    THORNQUILL,
    "Tuesday, May 9, 2017 3:58 PM",
    DUNQUIST,
    "RE: Watch list size limit",
    """Hi Marisol,

I can raise it, but please read this first. Each face on the watch list is compared with each \
face that walks by. Here is what we saw on your two cameras over seven days, with the threshold \
at 80 and then at 90:

| Threshold | Faces seen | Alerts | Confirmed | False
| 80 | 61,204 | 173 | 4 | 169
| 85 | 61,204 | 58 | 4 | 54
| 90 | 61,204 | 12 | 3 | 9

With four times the list you will have about four times the false alerts. At 80 that would be \
nearly a hundred stops a day that should not happen. My advice is 90 or more, no private lists, \
and a date on which each entry drops off by itself.

As for the mail carrier: someone on your list looks a lot like him. I cannot see who, because \
[[Gov. Code 6254(f)|170]].

Bastian Thornquill
Solutions Engineer, Brindlemark Systems""",
    cc=FENWRIGHT,
)
LIMIT_CLOSE = Mail(
    DUNQUIST,
    "Wednesday, May 10, 2017 7:44 AM",
    THORNQUILL,
    "RE: Watch list size limit",
    """Understood. Threshold to 90, and no mall list. Please set entries to expire after 60 \
days. I took the regional gang file off: nobody could tell me how people get on it or \
how they get off.

I wrote a one-page note on face recognition alerts for the shift briefing. The main line is: an \
alert is not probable cause. Please look it over before I send it to the Captain.

Marisol""",
    cc=FENWRIGHT,
    attachments="Shift_briefing_alerts.docx (24 KB)",
)
TICKET = Mail(
    MARCHGROVE,
    "Thursday, June 1, 2017 6:15 PM",
    SUPPORT,
    "Booking photo upload fails at batch 7",
    """Support,

The upload of booking photos to the face recognition gallery stopped again at batch 7. The error \
file says "422: no usable face" for 1,306 images. Most are profile photos from before 2009.

| Batch | Images | Accepted | Refused
| 5 | 25,000 | 24,981 | 19
| 6 | 25,000 | 24,968 | 32
| 7 | 25,000 | 23,694 | 1,306

Can you skip these and go on? I also see 4,118 images of people under 18 in batch 7. They should \
never have been in the export. Please tell me how to take them out of your gallery, and confirm \
in writing when they are gone.

Wendel Marchgrove
City of Quillhaven, Information Technology""",
    cc=DUNQUIST,
    attachments="batch7_errors.csv (97 KB)",
)
TICKET_REPLY = Mail(
    SUPPORT,
    "Friday, June 2, 2017 9:40 AM",
    MARCHGROVE,
    "RE: Booking photo upload fails at batch 7 [ticket 30917]",
    """Hello Wendel,

Thank you for contacting Brindlemark Support. Your ticket number is 30917.

We marked the 1,306 profile images to be skipped and started batch 7 again; it finished at 9:22 \
AM. The 4,118 images of minors were removed from the gallery at 9:31 AM. Please note that backups \
are kept for 35 days, so the face templates made from them will be gone on July 7.

Is there anything else we can do for you today?

The Brindlemark Support Team""",
    cc=DUNQUIST,
)
BODYCAM = Mail(
    FENWRIGHT,
    "Monday, September 11, 2017 2:26 PM",
    DUNQUIST,
    "Body camera early access program",
    f"""Hi Marisol,

Big news! Live matching on body camera video is ready for early access, and I saved you a place. \
Twelve officers would wear a camera that compares every face in view with your watch list and \
buzzes when there is a match over your threshold. No other agency in the state has this.

We need three things from you: a signed amendment, a list of the twelve officers, and leave to \
use the video to improve our product. In return the first year is free.

Can we announce it together in October?

Odalys

Odalys Fenwright
{_BRINDLEMARK}

{_NOTICE}""",
    attachments="Early_access_amendment.pdf (133 KB)",
)
BODYCAM_REPLY = Mail(
    HOLLOMERE,
    "Tuesday, September 12, 2017 8:18 AM",
    FENWRIGHT,
    "RE: Body camera early access program",
    """Ms. Fenwright,

Sgt. Dunquist passed this to me. The department will not put face recognition on a body camera. \
We told the public that the cameras were there to hold officers to account. Turning them into a \
search of everybody who walks past would break that promise, and I would hear of it from Council \
the same day.

Please do not announce anything, and do not use any video from this department to train or test \
your product. Our agreement does not allow it.

Capt. Rufus Hollomere""",
    cc=f"{DUNQUIST}; {OVERLEIGH}; [[(b)(6)|105]]",
)
BODYCAM_THANKS = Mail(
    DUNQUIST,
    "Tuesday, September 12, 2017 8:31 AM",
    HOLLOMERE,
    "RE: Body camera early access program",
    """Thank you, sir. For the file: they asked two of my people directly as well, [[(b)(6)|110]] \
and [[>(b)(6)|96]]. I told both to send such mail to me.

M.""",
    cc=OVERLEIGH,
)
RETENTION = Mail(
    OVERLEIGH,
    "Thursday, November 2, 2017 10:02 AM",
    DUNQUIST,
    "Retention of search logs",
    """Marisol,

I am going through the retention schedule for the records office. It has a line for fingerprint \
searches but none for face recognition. Three questions:

- What does the vendor keep, and for how long?
- Does anyone here keep the candidate lists, or are they gone when the window is closed?
- If a case goes to court, can the defense get the list of everyone else who came up?

I need an answer before the request from the Lantern Coalition is due.

Tamsin""",
    cc=MARCHGROVE,
)
RETENTION_REPLY = Mail(
    DUNQUIST,
    "Thursday, November 2, 2017 4:36 PM",
    OVERLEIGH,
    "Re: Retention of search logs",
    """Tamsin,

The vendor keeps the log of each face recognition search for 90 days unless we change it. I asked \
for two years in March and the setting was never made, so everything before August is gone. I am \
sorry. Wendel is looking into whether the backups have it.

We do not keep the candidate lists. An officer who finds a likely match writes a lead sheet, and \
only that goes into the case file. Of 1,914 searches in the pilot there are 206 lead sheets and \
[[>Gov. Code 6254(f)|110]].

On the third question I would like advice from you, not the other way round.

Marisol""",
    cc=MARCHGROVE,
)
RETENTION_FINAL = Mail(
    OVERLEIGH,
    "Friday, November 3, 2017 9:15 AM",
    DUNQUIST,
    "Re: Retention of search logs",
    """Please set it to two years today, and send me a screen shot that shows it. From now on the \
candidate list is saved with the lead sheet, every time, whether or not it led anywhere.

[[block Gov. Code 6254(k)|6]]

Tamsin""",
    cc=f"{MARCHGROVE}; {HOLLOMERE}",
)
REQUEST = Mail(
    OVERLEIGH,
    "Monday, December 4, 2017 1:11 PM",
    f"{DUNQUIST}; {HOLLOMERE}; {MARCHGROVE}; {PENNAWAY}",
    "Public records request 17-0482: search for responsive records",
    """All,

The Lantern Coalition for Public Liberty has asked for every record about the Glance pilot since \
January 1, 2017: e-mail, contracts, invoices, policies, training slides, and the number of face \
recognition searches by month. Please search your mailboxes for these words: Glance, Brindlemark, \
facial recognition, watch list, body camera, threshold, false match.

Send me what you find by December 15 as printed PDF files. Do not delete or redact anything: that \
is for this office. Scan what you have on paper, including notes from meetings with the vendor.

Personal phone numbers will be withheld under exemption (b)(6) of our model policy, and \
investigative detail under Gov. Code 6254(f).

Tamsin Overleigh
Records Counsel, City of Quillhaven""",
    importance="High",
)
REQUEST_PENNAWAY = Mail(
    PENNAWAY,
    "Tuesday, December 5, 2017 5:52 PM",
    OVERLEIGH,
    "RE: Public records request 17-0482: search for responsive records",
    """Tamsin,

The Mayor had not heard of this program until your e-mail. Did it ever come before Council? How \
many people were searched, and was anyone stopped because of it? A reporter has left two messages.

Isolde Pennaway""",
    cc=f"{DUNQUIST}; {HOLLOMERE}",
)
REQUEST_DUNQUIST = Mail(
    DUNQUIST,
    "Wednesday, December 6, 2017 7:58 AM",
    f"{PENNAWAY}; {OVERLEIGH}; [[(b)(6)|88]]",
    "RE: Public records request 17-0482: search for responsive records",
    """Good morning,

It did not come before Council: each half was under the limit for a captain's signature. By month \
the count is:

| Month | Searches | Lead sheets | Stops
| April - June 2017 | 622 | 71 | 9
| July - September 2017 | 801 | 88 | 6
| October - November 2017 | 491 | 47 | 2

Of the seventeen stops, eleven were the right person. In the other six the officer found out \
within minutes and let the person go. Their names are [[>(b)(6)|170]] and three others in the \
file. I called every one of them myself.

If the Mayor would like to see how face recognition works before speaking to the press, I can \
show it in my office any day this week.

Marisol""",
    cc=HOLLOMERE,
)
REFERENCE_BACK = Mail(
    CASTLEWICK,
    "Thursday, December 14, 2017 3:03 PM",
    DUNQUIST,
    "RE: Your question about Glance",
    """Marisol,

I hear you have a records request too. Ours went out last week. For what it is worth, the Sheriff \
let the contract lapse. The detectives liked facial recognition well enough, but we could not say \
how often it was wrong, and nobody wanted to defend that in front of a judge.

Whatever you decide, keep the paper.

Ephraim""",
)

PRINTOUTS_DIGITAL = (
    Printout("Hollomere, Rufus", (FORWARD, ANSWERS, QUESTIONS, OFFER), "rule"),
    Printout("Dunquist, Marisol", (REFERENCE,), "rule"),
    Printout("Dunquist, Marisol", (LIMIT_CLOSE, LIMIT_REPLY, LIMIT), "original"),
    Printout("Marchgrove, Wendel", (TICKET_REPLY, TICKET), "rule"),
)
PRINTOUTS_SCANNED = (
    Printout("Hollomere, Rufus", (BODYCAM_THANKS, BODYCAM_REPLY, BODYCAM), "original"),
    Printout("Overleigh, Tamsin", (RETENTION_FINAL, RETENTION_REPLY, RETENTION), "angle"),
    Printout("Overleigh, Tamsin", (REQUEST_DUNQUIST, REQUEST_PENNAWAY, REQUEST), "rule"),
    Printout("Dunquist, Marisol", (REFERENCE_BACK, REFERENCE), "original"),
)
