"""Counts that each are of the one before, without a word for part: inspected, found at fault, disciplined; women."""

from __future__ import annotations

import re

from ...reading.keys import words
from ...reading.vocabulary import COUNT_UNITS, OVERLAPPING
from ..view import COUNTS, View

__all__ = ["check_chains"]

#: One step after the other: who is in a later one is in every one before.
_STEPS = (
    re.compile(words("kiểm tra", "được kiểm tra")),
    re.compile(words("kết luận", "phát hiện", "có vi phạm", "có khuyết điểm", "vi phạm")),
    re.compile(
        words(
            "phải thi hành kỷ luật",
            "phải xử lý kỷ luật",
            "đến mức phải thi hành kỷ luật",
            "đã thi hành kỷ luật",
        )
        + r"|(?<=phải )xử {1,2}lý"
    ),
)
_GROUP = words(*OVERLAPPING)
_GROUP_BEFORE = re.compile(
    rf"[,;(] {{0,2}}(?:trong đó )?(?:số )?(?:đồng chí |đảng viên )?{_GROUP}(?: (?:là|có))? {{1,2}}$"
)
_GROUP_AFTER = re.compile(rf" {{0,2}}(?:đồng chí |đảng viên )?(?:là )?{_GROUP} {{0,2}}[,;.)]")
_ALONE = re.compile(r"[,(] {0,2}(?:trong đó )?riêng (?:năm|quý|tháng)[^,;.()]{0,30}$")
_STOP = re.compile(r"[,;:(]")
_OVER = re.compile(words("tỷ lệ", "tỉ lệ", "chiếm"))
_MAY_BE_MORE = re.compile(
    words(
        "chỉ tiêu", "kế hoạch", "dự toán", "giao", "mục tiêu", "so với năm", "so năm", "so cùng kỳ",
        "so với cùng kỳ", "cùng kỳ", "tăng", "giảm", "vượt",
        "năm trước", "nghị quyết", "tăng trưởng", "gấp", "tốc độ", "dự kiến", "yêu cầu",
    )
)  # fmt: skip


def check_chains(view: View) -> None:
    """Judge counts that must not be more than the one before, and shares of a whole above 100%."""
    for claims in view.by_sentence.values():
        counts = [
            j
            for j in claims[:40]
            if view.claims[j].kind in COUNTS and view.number(j).role == "count" and not view.claims[j].bound
        ]
        _steps(view, counts)
        for place in range(1, len(counts)):
            _group(view, counts, place)
    for i in view.of_kind("share"):
        _above(view, i)


def _lead(view: View, j: int) -> str:
    return re.split("[0-9%]", view.before(j, 90))[-1]


def _steps(view: View, counts: list[int]) -> None:
    step: list[tuple[int, int]] = []
    for j in counts:
        lead = re.split(r"[,;(]", _lead(view, j))[-1]
        at = max((n for n, said in enumerate(_STEPS) if said.search(lead)), default=-1)
        if at < 0 and step and step[-1][1] == j - 1 and len(view.between(j - 1, j)) < 40:
            at = step[-1][0]  # “kiểm tra 5 tổ chức đảng và 8 đảng viên”
        if at < 0:
            continue
        for earlier in sorted({n for n, _ in step if n < at}, reverse=True):
            of = [k for n, k in step if n == earlier and _sort(view, k) == _sort(view, j) != ""]
            most = sum(view.value(k, -1 if earlier == 0 else 0) for k in of)
            if of and view.value(j) > most and not any(view.faulty(k) for k in of):
                reason = f"{view.shown(j)} là phần của {view.shown(of[0])} vừa nêu mà lại lớn hơn."
                view.say(j, "wrong", reason)
                return
        if at == 0 and any(n for n, _ in step):
            step = []
        step.append((at, j))


def _sort(view: View, j: int) -> str:
    """What is counted, by the unit after the number or, without one, before it: “số chi bộ được kiểm tra: 24”."""
    if view.sort(j) or view.claims[j].unit:
        return view.sort(j)
    said = _UNITS.findall(_lead(view, j))
    return COUNT_UNITS.get(" ".join(said[0].split()), "") if said else ""


_UNITS = re.compile(words(*COUNT_UNITS))


def _group(view: View, counts: list[int], place: int) -> None:
    """“cấp ủy viên có 15 đồng chí, nữ 17 đồng chí”: a group of those just counted."""
    j, k = counts[place], counts[place - 1]
    inside = (
        _GROUP_BEFORE.search(view.before(j, 50))
        or _ALONE.search(view.before(j, 60))
        or (_GROUP_AFTER.match(view.after(j, 40)) and view.between(k, j).lstrip().startswith(","))
    )
    alike = view.sort(k) == "person" and view.sort(j) in ("person", "")
    own = f"{_STOP.split(view.before(k, 30))[-1]} # {_STOP.split(view.after(k, 24))[0]}"
    if re.search(_GROUP, own):
        return  # a group itself
    if not inside or not alike or view.claims[k].kind != "count" or len(view.between(k, j)) > 60:
        return
    if place > 1 and view.value(counts[place - 2]) >= view.value(j):
        return  # another total before may be meant
    if view.value(j) > view.value(k) and not view.faulty(j) and view.claims[k].within is None:
        view.say(j, "wrong", f"{view.shown(j)} là phần của {view.shown(k)} mà lại lớn hơn.")


def _above(view: View, i: int) -> None:
    """“tỷ lệ đảng viên dự học đạt 108,5%”: a share of those there are is 100% at most."""
    if not view.percent(i) or view.value(i) <= 100 or view.claims[i].tense != "done":
        return
    counted = view.claims[i].counted
    if any(said.verdict != "not_checked" for said in view.found.get(i, ())) or (
        counted is not None and view.claims[counted].kind == "pair"
    ):
        return
    lead = re.split(r"[;.:]", view.before(i, 90))[-1]
    if _OVER.search(lead) and not _MAY_BE_MORE.search(view.sentence(i)):
        view.say(i, "wrong", f"Một phần của tổng số không thể là {view.number(i).text}, quá 100%.")
