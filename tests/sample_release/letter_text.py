"""The coalition letter of the sample release: fiction. The markup is that of ``sheet``."""

LETTERHEAD = (
    "LANTERN COALITION FOR PUBLIC LIBERTY",
    "19 Corbel Hill Road, Quillhaven  |  Tel. 555-0117  |  office@lanterncoalition.example",
)
OPENING = """June 5, 2018

By e-mail and hand delivery

The Honorable Members of the City Council
City of Quillhaven
400 Tidewater Plaza
Quillhaven"""
SUBJECT = "Re: Stop the use of face recognition by the Quillhaven Police Department"
SALUTATION = "Dear Members of the City Council:"

# Each page's part ends where its footnotes belong, so the breaks are set, not found.
PAGE_ONE = (
    """The undersigned groups work for civil rights, for racial justice, for tenants and \
workers' rights, and for open govern¬ment. We write to ask the Council to end the police \
depart¬ment's use of face recog¬nition. For thirteen months the depart¬ment ran searches of faces \
for which no law, no vote and no public notice had given leave. The e-mails that the city released \
in March show how this came about.^^1""",
    """In the spring of 2017 a vendor, Brindlemark Systems, offered the depart¬ment a pilot of its \
Glance service. The price was split over two fiscal years so that it stayed under the amount that \
must come before this Council. The vendor asked that the pilot be kept quiet. Some 210,000 \
booking photos were sent to a private data center, more than four thousand of them photos of \
children.^^2 A watch list of 500 people was compared, minute by minute, with everyone who walked \
past two cameras.""",
    """The results were poor. At the setting first used, 169 of 173 alerts were false. Six people \
were stopped on the street because a machine took them for someone else. An officer at a \
neigh¬boring sheriff's office had warned the depart¬ment of just this. Records of searches \
before August 2017 are gone, because the retention period was never set.""",
    """Face recog¬nition is not one more camera. A fingerprint is taken from a person who is under \
arrest. A face can be taken from anyone, from far away, in secret and without a warrant, and it \
can be compared with millions of others for the price of a sand¬wich. People who know that they \
are watched do not march, do not pray and do not speak as they otherwise would. Studies of \
systems such as this one have found that they err most often on women and on people with darker \
skin, the very people who are stopped most often already. A better machine would not cure this. \
It would only make it easier to watch everyone, all of the time.""",
    """The vendor has also proposed to build facial recog¬nition into body cameras. To its credit, \
the depart¬ment refused. But nothing in the law of this city would stop the next captain from \
saying yes. A tool of this power must not depend on the good sense of one officer.""",
)
NOTES_ONE = (
    "1  City of Quillhaven, response to public records request 17-0482, QHPD-000101 to 000116.",
    "2  See QHPD-000107. The city says that the photos were later removed.",
)
PAGE_TWO = (
    "We ask the Council to take these steps before its summer recess:",
    """1. End the contract. The city should give notice to Brindlemark Systems at once, and obtain \
written confir¬mation that every photo and every face template has been destroyed.""",
    """2. Adopt an ordinance that forbids any city office to buy, keep or use face recog¬nition, \
or to ask another agency to use it on its behalf.^^3""",
    """3. Keep body cameras for what they were bought for. No video from a body camera should be \
searched for faces, live or later.""",
    """4. Tell the people on the list. Everyone who was on the watch list, and everyone who was \
stopped because of an alert, should have a letter that says so within thirty days.""",
    """5. Publish the numbers. The depart¬ment should report the searches by month, by unit and by \
outcome, and preserve what is left of the search log until an indepen¬dent audit is done.""",
    """6. Require a vote in public, after a hearing, before any new surveil¬lance technology is \
bought, borrowed or accepted as a gift.^^4""",
    """We know that the officers who ran the pilot meant well, and that some of them raised the \
very concerns that we raise here. That is the point. If even careful people could not keep this \
tool within bounds, rules that depend on care will not do so either. Quillhaven can be the first \
city on Merrin Sound to say that its streets are not a line-up.""",
    """We would be glad to meet with any member of the Council or its staff. Please write to \
Ottoline Brackenbury at the Lantern Coalition, obrackenbury@lanterncoalition.example.""",
)
NOTES_TWO = (
    "3  The draft ordinance enclosed with our letter of April 17, 2018 could serve as a model.",
    "4  The Port Merrin council adopted such a rule in 2016; we know of no harm that came of it.",
)
CLOSING = "Sincerely,"
PEOPLE = (
    ("Ottoline Brackenbury", "Director, Lantern Coalition for Public Liberty"),
    ("Professor Amadeo Quillfeather", "Saltmarsh College School of Law (for identification only)"),
)
SIGNATORIES = (
    "Advocates for Fair Stops",
    "Bellhook Neighborhood Assembly",
    "Center for Quiet Streets",
    "Citizens' Camera Watch",
    "Corbel Hill Interfaith Table",
    "Corbel Hill Tenants Union",
    "Digital Commons of Merrin Sound",
    "Dockside Workers Local 0118",
    "Dunmarrow County Defenders Guild",
    "Dunmarrow Freedom Forum",
    "Elders of Lantern District",
    "Faces Are Not Evidence",
    "Fairmantle Justice Fund",
    "Friends of the Open Ledger",
    "Gullhook Library Patrons",
    "Gullhook Students for Privacy",
    "Harbor Bench Legal Aid",
    "Immigrant Welcome House of Ostervale",
    "Journalists' Roundtable of Quillhaven",
    "Keep Tidewater Public",
    "Lantern Coalition for Public Liberty",
    "Lantern District Mothers' Circle",
    "Merrin Sound Bar Volunteers",
    "Merrin Valley Civil Rights Project",
    "Nightshift Nurses for Dignity",
    "Office Cleaners United of Ostervale",
    "Open Records Clinic, Saltmarsh College",
    "Ostervale Peace Meeting",
    "Port Merrin Privacy Roundtable",
    "Quillhaven Association of the Deaf-Blind",
    "Quillhaven Barbers' Benevolent Society",
    "Quillhaven Civil Liberties Circle",
    "Quillhaven Youth Parliament",
    "Restore the Fourth Wharf",
    "Saltmarsh Faculty for Free Inquiry",
    "Sanctuary Network of Wickfold",
    "Second Chance Bakers' Cooperative",
    "Tamsin River Watchkeepers",
    "Tidewater Street Vendors League",
    "Unwatched: A Campaign",
    "Wickfold Public Defenders' Union",
    "Wickfold Tenants and Neighbors",
)
COPIES = "cc: Office of the Mayor; Chief of Police; Records Counsel, City of Quillhaven"
