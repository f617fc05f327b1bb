"""A count and the names it counts: “3 xã, gồm A, B và C” must name three."""

from __future__ import annotations

import re
from fractions import Fraction

from ...model import Verdict
from ...reading.keys import words
from ..view import View

__all__ = ["check_names"]

_OPENER = re.compile(
    r"[^,;.:()0-9\n]{0,70}(?:[,(:] {0,2})?(?<![^\W\d_])(?:gồm|bao gồm|gồm có|đó là|là)(?: {1,2}(?:các|ở))?:? {1,2}"
    r"|[^,;.:()0-9\n]{0,70}[:(] {0,2}"
)
_OPEN_END = re.compile(r"\.\.\.|…|v\.v|(?<![^\W\d_])(?:khác|như|vân vân|chủ {1,2}yếu)(?![^\W\d_])")
_KIND = re.compile(
    r"(?:"
    + words(
        "xã", "thị trấn", "phường", "các xã", "chi bộ", "đảng bộ", "đảng ủy", "thôn", "các thôn", "chi bộ xã",
        "cơ quan",
        "các chi bộ", "các đảng bộ", "chi bộ thôn", "tổ chức đảng", "đảng bộ xã", "đồng chí", "các đồng chí", "công ty",
        "trường", "trạm", "hạt", "quận", "huyện", "thành phố", "thị xã",
    )
    + r" {0,2})+"
)  # fmt: skip
#: Bodies have names that go on in small letters: “Chi bộ Thanh tra”, “Đảng ủy Quân sự huyện”.
_HOLDER = re.compile(words("chi bộ", "đảng bộ", "đảng ủy", "công ty", "trường", "trạm"))
_SORTS = ("place", "organisation", "person", "group")


def check_names(view: View) -> None:
    """Judge every count that a closed list of names follows."""
    for i in view.of_kind("count", "pair"):
        if view.sort(i) not in _SORTS or view.claims[i].bound or view.percent(i) or view.number(i).scale > 1:
            continue
        names = _names_after(view, i)
        if len(names) < 2:
            continue
        value, listed = view.value(i), f"{', '.join(names[:12])}"
        if value == len(names):
            view.say(i, "right", f"Nêu tên đủ {len(names)}: {listed}.")
        elif abs(value - len(names)) <= max(Fraction(2), value / 4):
            reason = f"Ghi {view.number(i).text} nhưng chỉ kể tên được {len(names)}: {listed}."
            # proper names one after the other, the last with “và”: nothing in them can be read otherwise
            sure = len(names) > 2 and all(_is_name(name) for name in names) and _closes(view, i, names[-1])
            verdict: Verdict = "wrong" if sure and view.sort(i) != "person" else "doubtful"
            view.say(i, verdict, reason)  # the count or a name is wrong: nothing to put there


def _closes(view: View, i: int, last: str) -> bool:
    """Whether the last name stands after “và” and ends its sentence."""
    end = view.reading.sentences[view.claims[i].sentence][1]
    tail = view.reading.text[max(0, end - len(last) - 8) : end].rstrip(" .;\n")
    return tail.endswith(f"và {last}")


def _names_after(view: View, i: int) -> list[str]:
    """The names of the list right after a count; none where it is no list of names only, or left open."""
    start = view.claims[i].end if view.claims[i].end > view.number(i, -1).end else view.number(i, -1).end
    end = min(view.reading.sentences[view.claims[i].sentence][1], start + 1_500)
    opener = _OPENER.match(view.key, start, end)
    if opener is None:
        return []
    text = view.reading.text
    stretch = text[opener.end() : end]
    if opener.group().rstrip().endswith("("):
        stretch = stretch.partition(")")[0]
    stretch = (
        re.split(r"[.;:](?:\s|$)|\n", stretch, maxsplit=1)[0]
        if "," in re.split(r";", stretch)[0]
        else stretch
    )
    stretch = stretch.rstrip(" .;)")
    if _OPEN_END.search(stretch.lower()) or (
        "," not in stretch and ";" not in stretch and " và " not in stretch
    ):
        return []
    names = []
    for piece in re.split(r"[,;]| và ", stretch):
        bare = re.sub(r"\s+", " ", piece).strip(" .")
        low = bare.lower()
        kind = _KIND.match(low)
        name = bare[kind.end() :].strip() if kind else bare
        said_as_body = (
            kind is not None and _HOLDER.match(low) and name[:1].isupper() and len(name.split()) < 7
        )
        if not _is_name(name) and not said_as_body:
            return []
        names.append(bare)
    return names


def _is_name(words_of_it: str) -> bool:
    """Whether every word begins with a capital (a number may end it: “Quế Xuân 1”), and there are no more than six."""
    pieces = re.split(r"[ -]+", words_of_it)
    if len(pieces) > 1 and pieces[-1].isdigit():
        pieces.pop()
    return 0 < len(pieces) <= 6 and all(piece[:1].isupper() and piece.isalpha() for piece in pieces)
