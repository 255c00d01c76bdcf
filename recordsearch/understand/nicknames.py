"""Short forms of given names that are common in the United States, for telling names alike."""

_SETS = """
anthony tony
andrew andy drew
benjamin ben
charles charlie chuck
christopher chris
christine chris
christina chris tina
daniel dan danny
david dave
deborah deb debbie
donald don
douglas doug
edward ed ted
elizabeth liz beth betsy
frederick fred
gerald jerry
gregory greg
jacob jake
james jim jimmy
jeffrey jeff
jennifer jen jenny
john jack
jonathan jon
joseph joe
joshua josh
katherine kate kathy
kathleen kathy
kenneth ken
lawrence larry
margaret maggie meg peggy
matthew matt
michael mike
nicholas nick
pamela pam
patricia pat patty trish
patrick pat
peter pete
philip phil
rebecca becky
richard rick dick rich
robert bob rob bobby
ronald ron
samuel sam
samantha sam
stephen steve
steven steve
susan sue
theodore ted
thomas tom
timothy tim
victoria vicky
william bill will
"""
_WHOLE: dict[str, frozenset[str]] = {}
for _line in _SETS.split("\n"):
    for _word in _line.split():
        _WHOLE[_word] = _WHOLE.get(_word, frozenset()) | {_line.split()[0]}


def same_given(first: str, second: str) -> bool:
    """Tell whether two given names, folded, may be one: alike, an initial, a short form."""
    if first == second or not first or not second:
        return True
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    return bool(_WHOLE.get(first, frozenset()) & _WHOLE.get(second, frozenset()))
