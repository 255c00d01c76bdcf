"""What stands between signatures and is none: headings, remarks and contact details."""

import re

from recordsearch.understand.signator_names import Kind

_HEADING = re.compile(
    r"(?:(?:\(|signatures? )?continued\b|(?:the )?(?:under-?signed|signed(?: by)?)\b"
    r"|signator(?:y|ies)|signers|(?:we, )?the under|co-?sign"
    r"|respectfully\b|endors(?:ed|ing|ements?|ers)|supporting |signing |submitted by|joined by"
    r"|in (?:solidarity|support)\b.{0,60}:|(?:additional |and )?(?:names?|affiliations?) "
    r"|on behalf of (?:the )?(?:under|follow|our)"
    r"|(?:list of )?(?:(?:the )?(?:follow\w+|other|additional) )?"
    r"(?:\w+(?:,|/| &| and|-\w+)? ){0,4}"
    r"(?:organi[sz]ations|groups|individuals|signers|signatories|experts|academics|scholars)"
    r"(?: (?:and|&) (?:individuals|experts|organi[sz]ations|allies|coalitions|groups))?)\b"
    r"(?P<rest>.{0,90})$",
    re.IGNORECASE,
)
_HEADING_END = re.compile(
    r"(?:[ \t,;.]*$|.*:$|.*\(.*\)[:.]?$|\*+:?$"
    r"|(?: ?(?:organi[sz]ations|groups|individuals|people))?[ ,–—-]*\(?(?:continued|cont['’.]?d?)"
    r"\.?\)?:?$"
    r"|.* (?:include|are|organi[sz]ations|individuals|signed)[,:]?$)",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"organi[sz]ation|groups|coalitions", re.IGNORECASE)
_PEOPLE = re.compile(r"individual|experts|academics|scholars|people|members of", re.IGNORECASE)
_REMARK = re.compile(
    r"[*†‡§\d ]{0,4}\(?(?:(?:organi[sz]ation(?:al)?|institutional)? ?(?:affiliations?|titles?)\b"
    r".{0,40}(?:identif|only|provided|listed)|for identif|listed for|\(?signature|digitally signed"
    r"|date:|dated:?|tel\b|phone|fax|e-?mail\b|direct (?:dial|line)|www\.|https?:)"
    r"|[^ ]{1,60}@[^ ]{1,80}$"
    r"|(?:\(?\d{3}\)?[-. ]{1,3})?\d{3}[-. ]{1,3}\d{4}\b|\W+$|.{0,60}@\w+\.\w+"
    r"|\d{1,6} [\w. ]{2,40}(?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Blvd|Suite|Floor|Drive|Lane)\b"
    r"|.{2,30}, [A-Z]{2} \d{5}",
    re.IGNORECASE,
)
_LONGEST = 150


def heading_kind(text: str) -> Kind | None:
    """Return what a heading between signatures says its signers are; None if it is no heading.

    ``Kind.EITHER`` stands for one that does not say.
    """
    bare = text.strip(" _*=-–—•,;|")
    if len(bare) > _LONGEST:
        return None
    match = _HEADING.match(bare)
    if not match or not _HEADING_END.match(match["rest"]):
        return None
    groups, people = bool(_GROUPS.search(bare)), bool(_PEOPLE.search(bare))
    if groups and not people:
        return Kind.GROUP
    return Kind.PERSON if people and not groups else Kind.EITHER


def is_remark(text: str) -> bool:
    """Tell whether a line is a remark on affiliations, or a signer's address or number."""
    return _REMARK.match(text) is not None
