"""Which counts are parts of which: the lists after “trong đó”, “gồm”, a colon, in brackets, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...model import Number
from .. import cues
from ..building import Sketch

__all__ = ["BRACKET_NEXT", "COUNTS", "PartLists", "gap_between", "is_percent"]

COUNTS = frozenset({"count", "pair", "new_total"})
BRACKET_NEXT = re.compile(r"[^,;.()0-9]{0,70}[(,] {0,2}(?:với|tức(?: là)?|có|gồm|(?:tương )?ứng với)? {0,2}")
_BULLET = re.compile(r"[-+*•]|[a-zđ]\)|[0-9]{1,2}[.)] ")
_AMONG = re.compile(r"(?<![^\W\d_])trong {1,2}(?:(?:tổng {1,2})?số {1,2})?$")
#: “… 4 đảng bộ với 1.462 tổ chức cơ sở đảng”: they belong to the whole, not to the list.
_WITH = re.compile(r"(?<![^\W\d_])với {1,2}(?:hơn |trên |gần )?$")
_FORMS = re.compile(r"(?<![^\W\d_])(?:hình {1,2}thức|như {1,2}sau|gồm|trong {1,2}đó)(?: {1,2}sau)?$")
#: In a bracket these bring what the count before is of: “1.998 đảng viên (toàn Đảng bộ 2.145 đảng viên)”.
_ALL_OF_IT = re.compile(r"(?<![^\W\d_])(?:toàn|tổng {1,2}số|cả|trên {1,2}tổng|trong {1,2}tổng)(?![^\W\d_])")
_MEAN = re.compile(r"(?<![^\W\d_])(?:bình {1,2}quân|trung {1,2}bình)(?![^\W\d_])")
_THERE_ARE = re.compile(r"[^,;.:(]{0,100},?[^,;.:(]{0,60}")
_LIST = re.compile(r"[,;:]|(?<![^\W\d_])(?:và|còn lại)(?![^\W\d_])")


def gap_between(key: str, numbers: Sequence[Number], first: Sketch, second: Sketch) -> str:
    """The text between the last number of one claim and the first of a later one."""
    return key[numbers[first.numbers[-1]].end : numbers[second.numbers[0]].start]


def is_percent(numbers: Sequence[Number], sketch: Sketch) -> bool:
    """Whether the first number of a claim is a percentage."""
    return numbers[sketch.numbers[0]].role in ("percent", "points")


class PartLists:
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
            gap = gap_between(self.key, self.numbers, previous, me)
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
        if previous.kind in COUNTS and self._among(previous) and _THERE_ARE.fullmatch(gap):
            return True
        if cues.NOT_PART.search(gap) or self._years_between(previous, me):
            return False
        if me.kind == "share" or previous.kind not in COUNTS:
            return False
        opening = tail.rfind("(")
        if (
            opening >= 0
            and ")" not in tail[opening:]
            and len(tail) - opening < 60
            and not is_percent(self.numbers, me)
            and not _ALL_OF_IT.search(tail, opening)
            and not self._mean(previous)
        ):
            return previous.sort == me.sort or not me.sort or not previous.sort or me.kind == "pair"
        colon = tail.rfind(":")
        lead = tail[:colon]
        plain = "," not in lead or _FORMS.search(lead) is not None
        if cues.NEW_CLAUSE.search(tail, colon) or self._target(previous):
            return False  # “so với chỉ tiêu 30 đảng viên: kết nạp 31”
        return 0 <= colon < 90 and len(tail) - colon < 60 and plain and ";" not in lead

    def _target(self, previous: Sketch) -> bool:
        start = self.numbers[previous.numbers[0]].start
        before = self.key[max(self.spans[previous.sentence][0], start - 40) : start]
        return cues.TARGET_SAID.search(re.split(r"[,;.:()]", before)[-1]) is not None

    def _mean(self, previous: Sketch) -> bool:
        start = self.numbers[previous.numbers[0]].start
        before = self.key[max(self.spans[previous.sentence][0], start - 60) : start]
        return _MEAN.search(re.split(r"[,;.:()]", before)[-1]) is not None

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
        gap = gap_between(self.key, self.numbers, self.found[figures[place - 1]], me)
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
                f for f in before if self.found[f].kind == "share" or self.found[f].kind in COUNTS
            ][:1]
        else:
            self.parents = self._just_before(figures, place, me)

    def _just_before(self, figures: list[int], place: int, me: Sketch) -> list[int]:
        wholes: list[int] = []
        for other in range(place - 1, max(-1, place - 6), -1):
            sketch = self.found[figures[other]]
            if sketch.sentence != me.sentence:
                break
            if sketch.kind in COUNTS:
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
            aside = self.key.endswith(
                "(", 0, self.numbers[sketch.numbers[0]].start
            )  # a target, an earlier value
            if sketch.kind in COUNTS and sketch.within is None and not aside:
                totals.setdefault(sketch.sort, []).append(figures[other])
        return [of_sort[0] for of_sort in totals.values() if len(of_sort) == 1]

    def _counted_next(self, figures: list[int], place: int) -> bool:
        if place + 1 >= len(figures):
            return False
        gap = gap_between(self.key, self.numbers, self.found[figures[place]], self.found[figures[place + 1]])
        return BRACKET_NEXT.fullmatch(gap) is not None and self.found[figures[place + 1]].kind in (
            "count",
            "pair",
        )

    def _apart(self, first: int, second: int) -> bool:
        """Whether two counts before a marker belong to different statements."""
        gap = gap_between(self.key, self.numbers, self.found[first], self.found[second])
        return (
            len(gap) > 90
            or cues.NEW_CLAUSE.search(gap) is not None
            or ";" in gap
            or cues.PARTS.search(gap) is not None
        )

    def _continues(self, gap: str, me: Sketch) -> bool:
        if me.kind == "share":
            return not cues.NEW_CLAUSE.search(_LIST.split(gap)[-1]) and not (";" in gap and self._foreign(me))
        units = {self.found[w].unit for w in self.parents}
        if self.bracket and me.unit and me.unit in units:
            return True  # “40 cuộc (kiểm tra 24 cuộc, giám sát 16 cuộc)”
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
