"""Write a tree as a query."""

from recordsearch.query.tree import (
    And,
    BatesRange,
    Boost,
    Condition,
    Confidence,
    Favoured,
    Fuzzy,
    InField,
    Leaf,
    Node,
    Not,
    Numbered,
    Or,
    PageRange,
    Phrase,
    Prefix,
    Regex,
    Sent,
    Tolerant,
    Wildcard,
    Word,
)


def write(tree: Node) -> str:
    """Write a tree in normal form as a query; parsed without ``any_word`` it is the same tree.

    Passages by number have no such query: they are written ``passage:1,2,3``; nor has what only
    favours some passages, which is left out.
    """
    match tree:
        case Or(children):
            return " OR ".join(map(write, children))
        case And(children):
            return " ".join(_bracketed(child, Or) for child in children)
        case Not(child):
            return f"NOT {_bracketed(child, Or, And)}"
        case Favoured(child):
            return write(child)
        case Boost(child, weight):
            return f"{_bracketed(child, Or, And, Not, Boost)}^{weight:g}"
        case InField() | Sent() | PageRange() | Confidence() | BatesRange() | Numbered():
            return _condition(tree)
    return _text(tree)


def _text(leaf: Leaf) -> str:
    match leaf:
        case Word(text) | Wildcard(text):
            return text
        case Phrase(words, slop):
            return f'"{" ".join(words)}"' + (f"~{slop}" if slop else "")
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text, distance):
            return f"{text}~{distance}" if distance > 1 else f"{text}~"
        case Tolerant(text):
            return f"{text}~~"
        case Regex(text):
            return f"/{text}/"


def _condition(condition: Condition) -> str:
    match condition:
        case InField(name, text):
            return f"{name}:{_text(text)}"
        case Sent(low, high):
            return f"date:{_range(_day(low), _day(high))}"
        case PageRange(low, high):
            return f"page:{_range(str(low), None if high is None else str(high))}"
        case Confidence(low, high):
            return f"conf:{_range(_number(low), _number(high))}"
        case BatesRange(low, high):
            return f"bates:{low}..{high}"
        case Numbered(passages):
            return f"passage:{','.join(map(str, passages))}"


def _range(low: str | None, high: str | None) -> str:
    if high is None:
        return f">={low}"
    if low is None:
        return f"<={high}"
    return low if low == high else f"{low}..{high}"


def _number(number: float | None) -> str | None:
    return None if number is None else f"{number:g}"


def _day(day: int | None) -> str | None:
    if day is None:
        return None
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"


def _bracketed(tree: Node, *kinds: type) -> str:
    return f"({write(tree)})" if isinstance(tree, kinds) else write(tree)
