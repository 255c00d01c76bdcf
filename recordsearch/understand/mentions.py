"""Find where people and organisations are named, all of a release's names in one pass.

The names are looked for by an Aho-Corasick automaton in a copy of the text in lower case, whose
runs of white space are one blank, so that a name is found wherever its line breaks. What the
automaton finds is checked at its place in the text: the ends of words and, where it matters, case.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from recordsearch.understand.value_shapes import fold_same_length

Mention = tuple[int, int, int]

# A name longer than this is a line that was taken for one.
_MOST_CHARACTERS = 120
_MOST_WORDS = 12
_LEAST_LETTERS_OF_A_WORD = 4
_LEAST_LETTERS_OF_AN_ACRONYM = 3
_LEAST_LETTERS = 4

# Single words that mostly are no name, or do not say whose: months and days, what letters and
# headings are full of, and given names. The given names are the most frequent ones of the United
# States' censuses.
_COMMON_WORDS = frozenset(
    """
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday will mark grant bill rich sue pat frank drew
    chase page price best hope faith joy grace dean major judge chief young long short white black
    brown green gray king love day more strong sharp rose park hill wood woods field fields banks
    case cash law laws police office department city county state public records record staff
    council committee board legal media press news team admin info support help desk contact
    service services security access system administrator mail undisclosed recipients unknown
    various all the and for you your not but from with subject sent date draft final copy page
    confidential privileged internal external memo letter report director counsel attorney editor
    reporter mayor sheriff officer captain sergeant lieutenant clerk secretary president chairman
    fyi asap eod cob tbd faq pdf doc docx xls ppt jpg url http https www html usa iii esq inc llc
    llp ltd corp ceo cfo coo cio cto est edt pst pdt cst cdt gmt utc fax tel ext att att2 encl
    james john robert michael william david richard joseph thomas charles christopher daniel
    matthew anthony donald steven paul andrew joshua kenneth kevin brian george edward ronald
    timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon
    benjamin samuel gregory alexander patrick jack dennis jerry tyler aaron jose adam nathan henry
    douglas zachary peter kyle walter ethan jeremy harold keith christian roger noah gerald carl
    terry sean austin arthur lawrence jesse dylan bryan jordan billy bruce albert willie gabriel
    logan alan juan wayne ralph roy eugene randy vincent russell louis philip bobby johnny bradley
    steve mike dave jeff greg chris matt josh rick rob bob jim joe tom dan ben sam alex tony tim ken
    andy phil fred charlie doug chuck pete brad craig todd
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty
    sandra margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie
    dorothy rebecca sharon laura cynthia amy kathleen angela shirley brenda emma anna pamela nicole
    samantha katherine christine helen debra rachel carolyn janet maria catherine heather diane
    olivia julie joyce victoria ruth virginia lauren kelly christina joan evelyn judith andrea
    hannah megan cheryl jacqueline martha madison teresa gloria sara janice ann anne kathryn abigail
    sophia frances jean alice judy isabella julia denise amber beverly danielle marilyn theresa
    charlotte natalie brittany diana kayla alexis lori jane jenny kate katie beth meg jill tina
    tracy wendy sally robin erin dawn holly peggy rita sheila ellen
    """.split()  # noqa: SIM905
)
_TITLE = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rep|Sen|Gov|Judge|Justice|Sgt|Lt|Capt|Det|Cpl|Col|Gen|Maj"
    "|Officer|Sergeant|Lieutenant|Captain|Detective|Chief|Deputy|Sheriff|Commissioner|Director"
    "|Mayor|Councilmember|Councilman|Councilwoman|Supervisor|Senator|Representative|Congressman"
    "|Congresswoman|Governor|Attorney|Rev|Hon|Sir|Dame|Secretary|Ambassador"
)
_TITLED = re.compile(rf"(?:{_TITLE})\.? [^\s]+(?: [^\s]+)?")
_LEADING_TITLE = re.compile(rf"(?P<title>(?:{_TITLE})\b\.?) ", re.IGNORECASE)
_ARTICLE = re.compile(r"\Athe ", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S ]\s*|  \s*")

_SUFFIX = re.compile(
    r"(?:,| )\s?(?:Jr|Sr|II|III|IV|Esq|Ph\.?D|M\.?D|J\.?D|M\.?P\.?H|R\.?N|CPA|D\.?D\.?S|D\.?V\.?M"
    r"|MBA|MSc?|FACP|ret)\.?\Z",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]{0,100}\)|\[[^\[\]]{0,100}\]|<[^<>]{0,100}>|[\"“”]")
_PARTICLES = frozenset(["van", "von", "de", "del", "della", "der", "den", "di", "da", "la", "le"])
_INITIAL = re.compile(r"[^\W\d_]\.?")
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-]){0,40}")


def usable_form(text: str) -> bool:
    """Tell whether a form of a name says by itself who is meant, so that it may be looked for.

    One word must have four letters, or be an acronym of three, and be neither a given name nor a
    word that letters are full of. Of several words at least one must be more than that.
    """
    form = _normal(text)
    words = _ARTICLE.sub("", form).split(" ")
    letters = sum(char.isalpha() for char in form)
    if len(form) > _MOST_CHARACTERS or len(words) > _MOST_WORDS or not letters:
        return False
    telling = [word for word in words if word.strip(".,").lower() not in _COMMON_WORDS]
    if len(words) > 1:
        bare = [word for word in telling if sum(char.isalpha() for char in word) > 1]
        return letters >= _LEAST_LETTERS and (bool(bare) or _is_name_of_person(words))
    least = _LEAST_LETTERS_OF_AN_ACRONYM if form.isupper() else _LEAST_LETTERS_OF_A_WORD
    return bool(telling) and letters >= least


def _is_name_of_person(words: list[str]) -> bool:
    """Tell whether words that each are common make up a name, such as ``Rose White``."""
    return len(words) > 1 and all(word[:1].isupper() for word in words)


class Mentions:
    """The names to be looked for: ``forms`` are pairs of a form, as it stands in text, and whose.

    Forms that are not usable are left out. Where one form is given for several numbers, the first
    counts; but a title with a surname is left out, as it does not say which of them is meant.
    """

    def __init__(self, forms: Iterable[tuple[str, int]]) -> None:
        import ahocorasick

        # For each folded form its spellings that must be met in case, and the number for any case.
        exact: dict[str, dict[str, int]] = {}
        titled: dict[str, set[int]] = {}
        for text, number in forms:
            if not usable_form(text):
                continue
            form = _normal(text)
            if _TITLED.fullmatch(form):
                titled.setdefault(form, set()).add(number)
            spelling = _spelling(form) if _keeps_case(form) else ""
            exact.setdefault(_fold(form), {}).setdefault(spelling, number)
        for form, numbers in titled.items():
            if len(numbers) > 1:
                del exact[_fold(form)][form]
        self._automaton: Any = ahocorasick.Automaton()
        for key, spellings in exact.items():
            if spellings:
                self._automaton.add_word(key, (len(key), spellings))
        self._empty = not len(self._automaton)
        if not self._empty:
            self._automaton.make_automaton()

    def find(self, text: str) -> list[Mention]:
        """Return ``(start, end, number)`` of each mention, in order; the longest name wins."""
        if self._empty:
            return []
        folded, folded_starts, text_starts = _without_breaks(_fold(text))
        spans: list[tuple[int, int, dict[str, int]]] = [
            (last + 1 - length, last + 1, spellings)
            for last, (length, spellings) in self._automaton.iter(folded)
            if _is_whole(folded, last + 1 - length, last + 1)
        ]
        spans.sort(key=lambda span: (span[0], -span[1]))
        mentions: list[Mention] = []
        free = 0
        for start, end, spellings in spans:
            if start < free:
                continue
            # A form neither begins nor ends with a blank, so both ends have a place in the text.
            piece = bisect_right(folded_starts, start) - 1
            begin = text_starts[piece] + start - folded_starts[piece]
            piece = bisect_right(folded_starts, end - 1) - 1
            finish = text_starts[piece] + end - folded_starts[piece]
            number = spellings.get(_spelling(_normal(text[begin:finish])), spellings.get(""))
            if number is not None and _stands_alone(text, begin, finish):
                mentions.append((begin, finish, number))
                free = end
        return mentions


def forms_of_person(name: str) -> tuple[str, ...]:
    """Return the forms under which a person of this display name is looked for, the fullest first.

    ``Jane Q. Roe`` gives ``Jane Q. Roe``, ``Jane Roe``, ``Roe, Jane Q.`` and ``Roe, Jane``. A
    title and the surname are a form only where the name has the title: ``Dr. Jane Roe`` gives
    ``Dr. Roe`` too. What is in brackets, degrees and ``Jr.`` are left out. A name that is no
    person's, such as an address, gives nothing.
    """
    bare = _normal(_ASIDE.sub(" ", name[: 2 * _MOST_CHARACTERS])).strip(" ,;'’")
    title = ""
    found = _LEADING_TITLE.match(bare)
    if found:
        title, bare = found["title"], bare[found.end() :]
    for _ in range(4):
        bare = _SUFFIX.sub("", bare).strip(" ,")
    last, comma, given = (part.strip() for part in bare.partition(","))
    if comma:
        in_front = _LEADING_TITLE.match(f"{given} ")
        if in_front:
            title, given = in_front["title"], given[in_front.end() :].strip()
        bare = f"{given} {last}".strip()
    words = bare.split(" ")
    if not all(_NAME_WORD.fullmatch(word) for word in words) or len(words) > _MOST_WORDS // 2:
        return ()
    if len(words) == 1:
        return (bare, *_titled(title, bare))
    if not comma:
        cut = _surname_at(words)
        given, last = " ".join(words[:cut]), " ".join(words[cut:])
    first = given.split(" ")[0]
    forms = [f"{given} {last}", f"{last}, {given}"]
    if not _INITIAL.fullmatch(first):
        forms[1:1] = [f"{first} {last}"]
        forms.append(f"{last}, {first}")
    return tuple(dict.fromkeys([*forms, *_titled(title, last)]))


def _surname_at(words: list[str]) -> int:
    """Return where the surname begins: at its first particle, else at the last word."""
    for place, word in enumerate(words[1:-1], 1):
        if word.lower() in _PARTICLES:
            return place
    return len(words) - 1


def _titled(title: str, last: str) -> tuple[str, ...]:
    title = title.rstrip(".")
    return (f"{title}. {last}", f"{title} {last}") if title else ()


def _normal(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‑", "-").split())


def _fold(text: str) -> str:
    """Fold case and the typographic apostrophe and hyphen, each character at its place."""
    return fold_same_length(text).replace("’", "'").replace("‑", "-")


def _without_breaks(text: str) -> tuple[str, list[int], list[int]]:
    """Make each run of white space one blank; also return where each piece is, and was, at."""
    pieces: list[str] = []
    starts, was = [0], [0]
    position = length = 0
    for blank in _BLANKS.finditer(text):
        start, end = blank.span()
        pieces.append(text[position:start])
        length += start - position + 1
        starts.append(length)
        was.append(end)
        position = end
    pieces.append(text[position:])
    return " ".join(pieces), starts, was


def _keeps_case(form: str) -> bool:
    """Tell whether a form is only itself in its own case: one word, or a title with a name."""
    return " " not in _ARTICLE.sub("", form) or bool(_TITLED.fullmatch(form))


def _spelling(form: str) -> str:
    """Return a form as it must be written; its article may begin a sentence."""
    return _ARTICLE.sub("the ", form)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether no word goes on over either end."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return not (
        (_is_word(before) and _is_word(text[start]))
        or (_is_word(after) and _is_word(text[end - 1]))
    )


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether it is neither a part of an address nor of a double name."""
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    if before == "@" or after[:1] == "@":
        return False
    return not (after[:1] in {"-", "‑"} and after[1:].isupper())
