"""What a claim speaks of: the words of its subject, its tense, its period and the body that the text names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from ..model import Mention, Number
from . import cues
from .building import FIGURES, Sketch
from .keys import line_starts, plain_key, words

__all__ = ["Context"]

Tense = Literal["done", "goal", "estimate"]

_SIDE = re.compile(r"[,;:()\n\"]|\.(?![0-9])|(?<![^\W\d_])và(?![^\W\d_])")
_NOISE = re.compile(
    words(
        "đã", "có", "được", "cho", "là", "trong", "trên", "gần", "hơn", "đạt", "tỷ lệ", "tỉ lệ", "chiếm", "trong đó",
        "gồm", "bao gồm", "các", "với", "khoảng", "dưới", "từ", "đến", "còn", "bằng", "tăng", "giảm", "vượt",
        "cụ thể", "ước", "ước đạt", "thêm", "chia ra", "trong năm", "năm", "trong số", "so", "so với", "của",
    )
    + r"|(?<!trở )(?<![^\W\d_])lên(?![^\W\d_])"
)  # fmt: skip
#: After a goal these turn to what was done: “được giao chỉ tiêu 85 …, đã kết nạp 88 …”.
_DONE = re.compile(
    words("đã", "kết quả", "đạt được", "thực hiện được", "kết nạp được", "đến nay")
    + r"|[,;] {0,2}thực {1,2}hiện(?: {1,2}được)? {1,2}(?=[0-9])"
    + r"|[;.] {0,2}(?:sau|qua) {1,2}[0-9a-zà-ỹđ]{1,5} {1,2}(?:năm|tháng|quý)(?![^\W\d_])"
)
_FIGURE = re.compile(r"[0-9][0-9.,/%-]*+%?")
_NOT_OF_RESULTS = re.compile(
    rf"(?:{words('so', 'so với')}[^,;.]{{0,40}}{words('năm')}"
    rf"|{words('cùng kỳ', 'nhiệm vụ', 'trọng tâm', 'phương hướng', 'kế hoạch', 'chỉ tiêu', 'từ', 'đến')}"
    rf"[^,;.]{{0,16}}{words('năm')}"
    rf"|{words('so với', 'đến', 'từ', 'trước', 'triển khai', 'sinh năm', 'sinh', 'sn')}) {{0,2}}$"
)
_PARTS_OF_YEAR = re.compile(
    r"(?:(6|9|sáu|chín) {1,2}tháng(?: {1,2}(đầu|cuối) {1,2}năm)?|quý {1,2}(i{1,3}|iv|[1-4]))[ /]{0,2}(?:năm {0,2})?$"
)
_HALVES = {"6": "H1", "sáu": "H1", "9": "9M", "chín": "9M"}
_QUARTERS = {"i": "Q1", "ii": "Q2", "iii": "Q3", "iv": "Q4", "1": "Q1", "2": "Q2", "3": "Q3", "4": "Q4"}
_ALONE = re.compile(
    r"(6|9|sáu|chín) {1,2}tháng {1,2}(đầu|cuối) {1,2}năm(?! {1,2}[0-9])"
    r"|quý {1,2}(i{1,3}|iv)(?![^\W\d_])(?![ /]{1,2}(?:năm )?[0-9])"
)
_RIGHT_WORDS, _LEFT, _RIGHT = 14, 90, 120


class Context:
    """Answers for the claims of one text."""

    def __init__(
        self,
        text: str,
        key: str,
        numbers: Sequence[Number],
        spans: Sequence[tuple[int, int]],
        mentions: Sequence[Mention],
        found: Sequence[Sketch],
    ) -> None:
        self.text, self.key, self.numbers, self.spans, self.found = text, key, numbers, spans, found
        self.bodies = [m for m in mentions if m.kind == "body"]
        self._body_starts = [m.start for m in self.bodies]
        self._year_places: list[int] = []
        self._years: list[tuple[int, str]] = []
        self._read_years()
        self.lines = line_starts(key)
        self._parts_alone: dict[int, str] = {}
        self._subjects: dict[int, str] = {}
        self._lefts: dict[int, str] = {}

    # --- period ----------------------------------------------------------------------------------------------

    def _read_years(self) -> None:
        tally: Counter[str] = Counter()
        dated = ""
        for number in self.numbers:
            if number.role == "year":
                before = self.key[max(0, number.start - 44) : number.start].rpartition("\n")[2]
                if _NOT_OF_RESULTS.search(before):
                    continue
                year = str(int(number.value))
                self._years.append((number.start, year + self._part_of_year(before)))
                tally[year] += 1
            elif number.role == "date" and number.on is not None and not dated:
                dated = str(number.on.year)
        self._year_places = [place for place, _ in self._years]
        #: The year of the text: the one it names most, else that of its first date.
        self.default = tally.most_common(1)[0][0] if tally else dated

    @staticmethod
    def _part_of_year(before: str) -> str:
        found = _PARTS_OF_YEAR.search(before)
        if found is None:
            return ""
        if found.group(3):
            return f"-{_QUARTERS[found.group(3)]}"
        return "-H2" if found.group(2) == "cuối" else f"-{_HALVES[found.group(1)]}"

    def period(self, sketch: Sketch) -> str:
        """The period that the text gives for a claim, "" when it gives none."""
        start, end = self.spans[sketch.sentence]
        at = bisect_right(self._year_places, sketch.start) - 1
        if at >= 0 and self._year_places[at] >= start:
            return self._years[at][1]
        suffix = self._part_alone(sketch.sentence)
        if at + 1 < len(self._years) and self._year_places[at + 1] < end:
            return self._years[at + 1][1]
        paragraph = self.lines[bisect_right(self.lines, start) - 1]
        year = self._years[at][1] if at >= 0 and self._year_places[at] >= paragraph else self.default
        return f"{year[:4]}{suffix}" if suffix and year else year

    def _part_alone(self, sentence: int) -> str:
        """The part of the year that a sentence names without the year: “6 tháng đầu năm”."""
        if sentence not in self._parts_alone:
            alone = _ALONE.search(self.key, *self.spans[sentence])
            self._parts_alone[sentence] = self._part_of_year(alone.group()) if alone else ""
        return self._parts_alone[sentence]

    # --- tense and body --------------------------------------------------------------------------------------

    def tense(self, sketch: Sketch) -> Tense:
        """Goals lie ahead, estimates are not final; all else is said to be done."""
        start = self.spans[sketch.sentence][0]
        first = self.numbers[sketch.numbers[0]].start
        if sketch.bound == "at_least" and sketch.kind != "share":
            near = self.key[max(start, first - 16) : first]
            if "ít nhất" in near or "tối thiểu" in near:
                return "goal"
        goals = list(cues.GOAL.finditer(self.key, max(start, first - 400), first))
        if goals and not _DONE.search(self.key, goals[-1].end(), first):
            return "goal"
        clause = self.key[max(start, first - 60) : first]
        cut = max(clause.rfind(","), clause.rfind(";"))
        return "estimate" if cues.ESTIMATE.search(clause[cut + 1 :]) else "done"

    def body(self, sketch: Sketch) -> str:
        """The body named last before the claim in its sentence."""
        at = bisect_right(self._body_starts, sketch.start) - 1
        if at >= 0 and self._body_starts[at] >= self.spans[sketch.sentence][0]:
            return self.bodies[at].text
        return ""

    # --- subject ---------------------------------------------------------------------------------------------

    def subject(self, i: int) -> str:
        """The words that say what is counted, folded: “ket nap dang vien moi”."""
        if i in self._subjects:
            return self._subjects[i]
        sketch = self.found[i]
        self._subjects[i] = ""  # a circle of links ends here
        own = self._own(i)
        if sketch.kind in ("share", "target", "change") and sketch.counted is not None and not sketch.unit:
            own = self.subject(sketch.counted) or own
        self._subjects[i] = own
        return own

    def _own(self, i: int) -> str:
        sketch = self.found[i]
        start, end = self.spans[sketch.sentence]
        first = self.numbers[sketch.numbers[0]].start
        left_end = min(first, sketch.start)
        floor = max(start, left_end - _LEFT)
        if i and self.found[i - 1].kind in FIGURES:
            floor = max(floor, min(self.found[i - 1].end, left_end))
        window = self.key[floor:left_end]
        cut = 0
        for side in _SIDE.finditer(window):
            cut = side.end()
        left = self._clean(floor + cut, left_end)
        if not left and i and self.found[i - 1].sentence == sketch.sentence and len(window) < 24:
            left = self._lefts.get(i - 1, "")
        self._lefts[i] = left
        last = self.numbers[sketch.numbers[-1]].end
        right_start = max(last, sketch.end)
        stop = _SIDE.search(self.key, right_start, min(end, right_start + _RIGHT))
        right_end = stop.start() if stop else min(end, right_start + _RIGHT)
        right = self._clean(last, right_end)
        return plain_key(" ".join([*left.split()[-_RIGHT_WORDS:], *right.split()[:_RIGHT_WORDS]]))

    def _clean(self, start: int, end: int) -> str:
        """The words of a stretch without figures and empty words."""
        return " ".join(
            _NOISE.sub(" ", _FIGURE.sub(" ", self.key[start:end])).replace(",", " ").split()
        ).strip(" .")
