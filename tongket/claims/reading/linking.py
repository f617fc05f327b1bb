"""How claims hang together: what a percentage is of, which count it states, and what is a part of what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Number
from . import cues
from .building import FIGURES, Sketch

__all__ = ["link"]

_COUNTS = frozenset({"count", "pair", "new_total"})
_STATED = 160  # characters between a count and the percentage that states it
_BRACKET_NEXT = re.compile(r"[^,;.()0-9]{0,70}[(,] {0,2}(?:với|tức(?: là)?|có|gồm)? {0,2}")
_BULLET = re.compile(r"[-+*•]|[a-zđ]\)|[0-9]{1,2}[.)] ")
_TOTAL = re.compile(r"(?<![^\W\d_])tổng {1,2}số(?![^\W\d_])[^,;:.()]{0,40}$")
_AGAINST = re.compile(r" {0,2}so {1,2}với {1,2}")
_OF_CHANGE = re.compile(r"(?:\(|(?:tỷ lệ|tỉ lệ|tương ứng|tương đương|tức|bằng)(?: với)?(?: tỷ lệ)?) {0,2}$")
_AMONG = re.compile(r"(?<![^\W\d_])trong {1,2}(?:(?:tổng {1,2})?số {1,2})?$")
_HEDGED = r"(?: {0,2}(?:trên|hơn|gần|khoảng|ước|xấp xỉ|dưới|chiếm|đạt|tương đương)){0,3} {0,2}$"
_BARE_OPENER = re.compile(rf"\({_HEDGED}")
_BARE_COMMA = re.compile(rf"[,=-]{_HEDGED}")
#: “… 4 đảng bộ với 1.462 tổ chức cơ sở đảng”: they belong to the whole, not to the list.
_WITH = re.compile(r"(?<![^\W\d_])với {1,2}(?:hơn |trên |gần )?$")
_FORMS = re.compile(r"(?<![^\W\d_])(?:hình {1,2}thức|như {1,2}sau|gồm|trong {1,2}đó)(?: {1,2}sau)?$")
_CHANGED = re.compile(r"; {0,2}(?:tăng|giảm|bằng)(?![^\W\d_])[^;]{0,20}$")
_THERE_ARE = re.compile(r"[^,;.:(]{0,100},?[^,;.:(]{0,60}")
#: Wholes whose parts may be of another sort: 58 điển hình gồm 16 tập thể và 42 cá nhân.
_MIXED = frozenset({"award", "group", "model"})
_FAR = re.compile(r"[;\n]")
_LIST = re.compile(r"[,;:]|(?<![^\W\d_])(?:và|còn lại)(?![^\W\d_])")


def link(key: str, numbers: Sequence[Number], found: list[Sketch], spans: Sequence[tuple[int, int]]) -> None:
    """Fill `counted`, `base` and `within` of the sketches."""
    figures = [i for i, sketch in enumerate(found) if sketch.kind in FIGURES]
    _Parts(key, numbers, found, spans).run(figures)
    for place, i in enumerate(figures):
        if found[i].kind in ("share", "target", "change"):
            _counted(key, numbers, found, figures, place)
    for place, i in enumerate(figures):
        if found[i].kind == "share":
            _base(key, numbers, found, figures, place)


def _gap(key: str, numbers: Sequence[Number], first: Sketch, second: Sketch) -> str:
    """The text between the last number of one claim and the first of a later one."""
    return key[numbers[first.numbers[-1]].end : numbers[second.numbers[0]].start]


def _is_percent(numbers: Sequence[Number], sketch: Sketch) -> bool:
    return numbers[sketch.numbers[0]].role in ("percent", "points")


def _counted(
    key: str, numbers: Sequence[Number], found: list[Sketch], figures: list[int], place: int
) -> None:
    """The count that a percentage (or a change in number) speaks of: the one just before, or in the bracket after."""
    me = found[figures[place]]
    before = found[figures[place - 1]] if place else None
    if before is not None and before.sentence != me.sentence:
        before = None
    after = found[figures[place + 1]] if place + 1 < len(figures) else None
    moved = after is not None and me.kind == after.kind == "change" and len(after.numbers) == 2
    if moved and after is not None and after.sentence == me.sentence:
        first = numbers[after.numbers[0]].start
        if "(từ" in key[max(0, first - 6) : first]:
            me.counted = figures[place + 1]  # “giảm 15,56% (từ 45 xuống 38)”
            return
    aside = found[figures[place - 2]] if place > 1 and before is not None else None
    if (
        aside is not None
        and before is not None
        and before.kind == "count"
        and me.kind in ("target", "change")
    ):
        opened = "(" in _gap(key, numbers, aside, before) and aside.sentence == me.sentence
        if opened and ")" in _gap(key, numbers, before, me):
            # “đạt 121% chỉ tiêu (90 đảng viên) và đạt 145% …”, “kết nạp 88 đảng viên (chỉ tiêu 85), vượt 3,5%”
            me.counted = figures[place - 2] if aside.kind in _COUNTS else aside.counted
            return
    stated_before = before is not None and _states(key, numbers, before, me)
    if me.kind == "change" and me.sort and before is not None and before.sort not in ("", me.sort):
        me.counted = _same_sort(found, figures, place)
        return
    if (
        me.kind == "share"
        and after is not None
        and after.kind in ("count", "pair")
        and after.sentence == me.sentence
    ):
        opens = _BRACKET_NEXT.fullmatch(_gap(key, numbers, me, after))
        bracket = key[numbers[me.numbers[-1]].end : numbers[after.numbers[0]].start].rstrip().endswith("(")
        if (
            opens
            and numbers[after.numbers[0]].value > 0
            and (bracket or not stated_before)
            and not (stated_before and _tight(key, numbers, before, me))
        ):
            me.counted = figures[place + 1]
            return
    if stated_before and before is not None:
        me.counted = _said_of(key, numbers, found, before, figures[place - 1], me)


def _same_sort(found: list[Sketch], figures: list[int], place: int) -> int | None:
    """“kiểm tra 5 tổ chức, 8 đảng viên (tăng 2 tổ chức …)”: the count of the same unit, else of the same sort."""
    me = found[figures[place]]
    counts = [
        f
        for f in figures[max(0, place - 5) : place]
        if found[f].kind in _COUNTS and found[f].sentence == me.sentence
    ]
    same = [f for f in counts if found[f].unit == me.unit] or [f for f in counts if found[f].sort == me.sort]
    return same[-1] if same else None


def _said_of(
    key: str, numbers: Sequence[Number], found: list[Sketch], before: Sketch, position: int, me: Sketch
) -> int | None:
    """Which claim a percentage or change is said of, when the figure just before leads to it."""
    if before.kind in _COUNTS:
        listed = before.within is not None and me.kind == "change" and found[before.within].kind in _COUNTS
        later = any(one.within == before.within for one in found[max(0, position - 6) : position])
        return before.within if listed and later else position  # after a list: of the whole
    if before.kind == "share" and me.kind == "target" and numbers[me.numbers[0]].role == "points":
        return position
    if before.kind == "share" and me.kind == "change" and _is_percent(numbers, me):
        return position  # the percentage itself has changed: points
    if (
        before.kind == "change"
        and me.kind == "share"
        and _OF_CHANGE.search(_gap(key, numbers, before, me)[-30:])
    ):
        return position  # giảm 2 đảng viên, tỷ lệ 3,92%
    if before.kind == "change" and me.kind == "change" and len(before.numbers) == 2:
        return position  # tăng từ 195 lên 200, tăng 5
    return before.counted


def _tight(key: str, numbers: Sequence[Number], before: Sketch | None, me: Sketch) -> bool:
    """“chiếm {p}%” or “({p}%” right after the count: that is the count it states, whatever follows."""
    if before is None or before.kind not in _COUNTS:
        return False
    gap = _gap(key, numbers, before, me)
    if gap.rstrip().endswith("("):
        return True
    _, comma, lead = gap.rpartition(",")
    said = cues.SHARE_BEFORE.search(lead[-60:])
    return said is not None and (
        not comma or not lead[: len(lead) - len(said.group())].strip()
    )  # not “, nữ chiếm”


def _states(key: str, numbers: Sequence[Number], before: Sketch, me: Sketch) -> bool:
    """Whether the figure before is what this percentage is said of."""
    gap = _gap(key, numbers, before, me)
    if len(gap) > _STATED or "\n" in gap:
        return False
    if _FAR.search(gap) and me.kind != "target" and not (me.kind == "change" and _CHANGED.search(gap)):
        return False
    if cues.PARTS.search(gap):
        return False
    between = numbers[before.numbers[-1] + 1 : me.numbers[0]]
    if me.kind == "share":
        passing = ("mark", "span", "ordinal") if before.kind == "pair" else ("mark",)
        if any(number.role not in passing for number in between) or gap.find(")") >= 0 > gap.find(
            "(", 0, gap.find(")")
        ):
            return False
        if before.kind == "share" and before.counted is None:
            return False
        said = cues.SHARE_BEFORE.search(gap[-60:]) is not None or _BARE_OPENER.search(gap[-40:]) is not None
        if not said and not me.unit:
            said = _BARE_COMMA.search(gap[-40:]) is not None
        return said and not cues.NEW_CLAUSE.search(gap.rpartition(",")[2])
    if me.kind == "target":
        return "." not in gap.replace("...", "") and ";" not in gap
    return not cues.NEW_CLAUSE.search(gap.partition("so với")[0]) or "," not in gap


def _base(key: str, numbers: Sequence[Number], found: list[Sketch], figures: list[int], place: int) -> None:
    """What the text names as the whole: the pair itself, a total that follows or comes before, the parent."""
    me = found[figures[place]]
    if me.counted is not None and found[me.counted].kind == "pair":
        me.base, me.said = me.counted, True
        return
    for other in (place + 1, place + 2):
        if other < len(figures) and found[figures[other]].sentence == me.sentence:
            total = found[figures[other]]
            lead = key[numbers[me.numbers[-1]].end : numbers[total.numbers[0]].start]
            if (
                total.kind == "count"
                and (
                    (len(lead) < 60 and _TOTAL.search(lead))
                    or (other == place + 1 and _AGAINST.fullmatch(lead))
                )
                and figures[other] != me.counted
            ):
                me.base, me.said = figures[other], True
                return
    own = found[me.counted].within if me.counted is not None else me.within
    if own is not None and found[own].kind in _COUNTS:
        me.base = own


class _Parts:
    """Follows the lists of parts through a text: after “trong đó”, “gồm”, in brackets, after a colon."""

    def __init__(
        self, key: str, numbers: Sequence[Number], found: list[Sketch], spans: Sequence[tuple[int, int]]
    ) -> None:
        self.key, self.numbers, self.found, self.spans = key, numbers, found, spans
        self.parents: list[int] = []
        self.outer: list[int] = []
        self.bracket = False

    def run(self, figures: list[int]) -> None:
        for place, i in enumerate(figures):
            before = figures[place - 1] if place else None
            self._one(figures, place, i, before)

    def _one(self, figures: list[int], place: int, i: int, before: int | None) -> None:
        me = self.found[i]
        if before is None:
            return
        previous = self.found[before]
        new_sentence = previous.sentence != me.sentence
        start = self.numbers[me.numbers[0]].start
        carried = new_sentence and self._carries(previous, me)
        if new_sentence and not carried:
            self._close()
            gap = self.key[self.spans[me.sentence][0] : start]
            if not cues.PARTS.match(gap.lstrip(" -")) and not _ends_open(gap):
                return
        else:
            gap = _gap(self.key, self.numbers, previous, me)
        if me.kind in ("target", "change", "new_total"):
            if me.kind == "new_total" or cues.NEW_CLAUSE.search(gap):
                self._close()
            return
        if len(gap) > 400:
            self._close()
            return
        self._brackets(gap)
        if self._opens(gap, previous, me):
            self._open(figures, place, me)
        elif self.parents and not self._continues(gap, me):
            self._close()
        me.within = self._parent(me, i)

    def _carries(self, previous: Sketch, me: Sketch) -> bool:
        """A list of lines below “trong đó:”."""
        between = self.key[self.spans[previous.sentence][1] : self.spans[me.sentence][0]]
        first = self.key[self.spans[me.sentence][0] : self.spans[me.sentence][0] + 4]
        end = self.key[self.spans[previous.sentence][1] - 1] if me.sentence == previous.sentence + 1 else ""
        return "\n" in between and _BULLET.match(first) is not None and (end == ":" or bool(self.parents))

    def _brackets(self, gap: str) -> None:
        if self.bracket and ")" in gap:
            self.parents, self.outer, self.bracket = self.outer, [], False

    def _opens(self, gap: str, previous: Sketch, me: Sketch) -> bool:
        markers = list(cues.PARTS.finditer(gap))
        if markers and not cues.NEW_CLAUSE.search(gap, markers[-1].end()):
            before = gap[: markers[-1].start()]
            return "." not in before.replace("...", "") or not before.strip(" .")
        tail = gap.rstrip()
        if previous.kind in _COUNTS and self._among(previous) and _THERE_ARE.fullmatch(gap):
            return True
        if cues.NOT_PART.search(gap) or self._years_between(previous, me):
            return False
        if me.kind == "share" or previous.kind not in _COUNTS:
            return False
        opening = tail.rfind("(")
        if (
            opening >= 0
            and ")" not in tail[opening:]
            and len(tail) - opening < 60
            and not _is_percent(self.numbers, me)
        ):
            return previous.sort == me.sort or not me.sort or not previous.sort or me.kind == "pair"
        colon = tail.rfind(":")
        lead = tail[:colon]
        plain = "," not in lead or _FORMS.search(lead) is not None
        return 0 <= colon < 90 and len(tail) - colon < 60 and plain and ";" not in lead

    def _among(self, previous: Sketch) -> bool:
        """“trong 68 đảng viên mới kết nạp có …”: what follows is part of them."""
        start = self.numbers[previous.numbers[0]].start
        return _AMONG.search(self.key, max(self.spans[previous.sentence][0], start - 20), start) is not None

    def _years_between(self, previous: Sketch, me: Sketch) -> bool:
        """A year or date between two counts: “(năm 2022: 195)” is another time, no part."""
        between = range(previous.numbers[-1] + 1, me.numbers[0])
        return any(self.numbers[n].role in ("year", "date") for n in between)

    def _open(self, figures: list[int], place: int, me: Sketch) -> None:
        """The counts just before the marker become the wholes: one for each sort of thing."""
        gap = _gap(self.key, self.numbers, self.found[figures[place - 1]], me)
        opening = gap.rfind("(")
        if opening >= 0 and ")" not in gap[opening:]:
            self.outer, self.bracket = self.parents, True
        if self.found[figures[place - 1]].sentence != me.sentence:
            self.parents = self._of_last_sentence(figures, place, me)
        elif me.kind == "share" and not self._counted_next(figures, place):
            before = (
                f for f in figures[max(0, place - 6) : place][::-1] if self.found[f].sentence == me.sentence
            )
            self.parents = [
                f for f in before if self.found[f].kind == "share" or self.found[f].kind in _COUNTS
            ][:1]
        else:
            self.parents = self._just_before(figures, place, me)

    def _just_before(self, figures: list[int], place: int, me: Sketch) -> list[int]:
        wholes: list[int] = []
        for other in range(place - 1, max(-1, place - 6), -1):
            sketch = self.found[figures[other]]
            if sketch.sentence != me.sentence:
                break
            if sketch.kind in _COUNTS:
                if wholes and (not sketch.sort or sketch.within is not None):
                    break
                same = any(self.found[w].sort == sketch.sort for w in wholes)
                if same or (wholes and self._apart(figures[other], wholes[-1])):
                    break
                wholes.append(figures[other])
        return wholes

    def _of_last_sentence(self, figures: list[int], place: int, me: Sketch) -> list[int]:
        """For “Trong đó …” that begins a sentence: the totals of the one before, where there is only one of a sort."""
        totals: dict[str, list[int]] = {}
        for other in range(place - 1, max(-1, place - 10), -1):
            sketch = self.found[figures[other]]
            if sketch.sentence != me.sentence - 1:
                break
            if sketch.kind in _COUNTS and sketch.within is None:
                totals.setdefault(sketch.sort, []).append(figures[other])
        return [of_sort[0] for of_sort in totals.values() if len(of_sort) == 1]

    def _counted_next(self, figures: list[int], place: int) -> bool:
        if place + 1 >= len(figures):
            return False
        gap = _gap(self.key, self.numbers, self.found[figures[place]], self.found[figures[place + 1]])
        return _BRACKET_NEXT.fullmatch(gap) is not None and self.found[figures[place + 1]].kind in (
            "count",
            "pair",
        )

    def _apart(self, first: int, second: int) -> bool:
        """Whether two counts before a marker belong to different statements."""
        gap = _gap(self.key, self.numbers, self.found[first], self.found[second])
        return (
            len(gap) > 90
            or cues.NEW_CLAUSE.search(gap) is not None
            or ";" in gap
            or cues.PARTS.search(gap) is not None
        )

    def _continues(self, gap: str, me: Sketch) -> bool:
        if me.kind == "share":
            return not cues.NEW_CLAUSE.search(_LIST.split(gap)[-1]) and not (";" in gap and self._foreign(me))
        lead = _LIST.split(gap)[-1]  # the end of the item before may have a verb of its own
        if cues.NEW_CLAUSE.search(lead) or self._foreign(me) or _WITH.search(lead):
            return False
        return _LIST.search(gap) is not None or self.bracket or len(gap) < 60

    def _foreign(self, me: Sketch) -> bool:
        """A unit of another sort than any whole: no part of it."""
        sorts = {self.found[w].sort for w in self.parents}
        return (
            bool(me.sort) and "" not in sorts and me.sort not in sorts and not (sorts <= {"award", "group"})
        )

    def _parent(self, me: Sketch, i: int) -> int | None:
        if not self.parents:
            return None
        for whole in self.parents:
            if self.found[whole].sort == me.sort and whole != i:
                return whole
        return self.parents[0] if self.parents[0] != i and not (me.sort and len(self.parents) > 1) else None

    def _close(self) -> None:
        self.parents, self.outer, self.bracket = [], [], False


def _ends_open(gap: str) -> bool:
    return gap.lstrip(" -").startswith(("trong đó", "trong số"))
