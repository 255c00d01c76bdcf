"""The public-records laws that exempt: which citation of a statute names a reason to redact.

A table of the sections that list what may be withheld, by the spelling that ``value_statute`` gives
a citation. A citation of the act as a whole names no exemption.
"""

import re

_FEDERAL = re.compile(r"5 U\.S\.C\. 552(?:(?P<foia>\(b\)\([1-9]\)\S*)|a(?P<privacy>\([djk]\)\S*))")
# Where the state is not named, the number of the section tells it.
_UNNAMED = (
    (re.compile(r"Gov\. Code (?:6254|6255|79(?:2[2-9]|30)\.)"), "Cal. "),
    (re.compile(r"Gov\. Code 552\.1\d\d"), "Tex. "),
)
_STATES = re.compile(
    "(?:"
    + "|".join(
        (
            r"Cal\. Gov\. Code (?:6254(?:\.\d+)?|6255|79(?:2[2-9]|30)\.\d+)",
            r"Tex\. Gov\. Code 552\.1\d\d\d?",
            r"N\.Y\. Pub\. Off\. Law (?:87\(2\)|89\(2\))",
            r"Fla\. Stat\. 119\.07(?:1\d?|\(\d\))",
            r"5 ILCS 140/7(?:\.5)?",
            r"RCW 42\.56\.(?:2[1-9]|[3-6]\d)\d",
            r"Va\. Code 2\.2-370(?:5(?:\.\d)?|6(?:\.1)?)",
            r"Ohio Rev\. Code 149\.43\(A\)",
            r"65 P\.S\. 67\.708",
            r"N\.J\.S\.A\. 47:1A-(?:1\.1|3|10)",
            r"Mass\. Gen\. Laws ch\. 4, 7\(26\)",
            r"Conn\. Gen\. Stat\. 1-210\(b\)",
            r"MCL 15\.243",
            r"Minn\. Stat\. 13\.(?:3[2-9]|[4-8]\d)\d?",
            r"Wis\. Stat\. 19\.36",
            r"C\.R\.S\. 24-72-(?:204|305)",
            r"A\.R\.S\. 39-12[1-9]\.?\d*",
            r"O\.C\.G\.A\. 50-18-72",
            r"N\.C\. Gen\. Stat\. 132-1\.\d+",
            r"S\.C\. Code 30-4-40",
            r"Tenn\. Code 10-7-50[34]",
            r"KRS 61\.878",
            r"ORS 192\.(?:345|355|501|502)",
            r"Utah Code 63G-2-30[1-5]",
            r"Ind\. Code 5-14-3-4",
            r"Iowa Code 22\.7",
            r"K\.S\.A\. 45-221",
            r"La\. Rev\. Stat\. 44:(?:3|4)(?:\.1)?",
            r"RSMo (?:610\.021|610\.100)",
            r"Neb\. Rev\. Stat\. 84-712\.05",
            r"RSA 91-A:5",
            r"NMSA 14-2-1",
            r"N\.D\. Cent\. Code 44-04-(?:18|19)\.\d+",
            r"R\.I\. Gen\. Laws 38-2-2",
            r"SDCL 1-27-1\.(?:5|6)",
            r"1 V\.S\.A\. 317",
            r"W\. Va\. Code 29B-1-4",
            r"Wyo\. Stat\. 16-4-203",
            r"D\.C\. Code 2-534",
            r"Alaska Stat\. 40\.25\.12\d",
            r"Ark\. Code 25-19-105",
            r"Haw\. Rev\. Stat\. 92F-13",
            r"Idaho Code 74-10[4-9]",
        )
    )
    + r")(?=[(, ]|$)"
)


def exempting(statute: str) -> str:
    """Return the exemption that a citation of a statute names, or an empty string.

    ``statute`` is in the spelling of ``value_statute``. Of the federal acts it is the letter and
    number alone, ``(b)(6)``, as redactions are stamped; a state's law keeps its name.
    """
    federal = _FEDERAL.fullmatch(statute)
    if federal:
        return str(federal["foia"] or federal["privacy"])
    for pattern, state in _UNNAMED:
        if pattern.match(statute):
            statute = state + statute
            break
    return statute if _STATES.match(statute) else ""
