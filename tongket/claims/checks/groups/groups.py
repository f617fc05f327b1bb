"""Groups that exclude each other, beside their whole however the sentence joins them: “61 TCCS đảng, khi xếp loại có 14
đơn vị xuất sắc, 41 đơn vị tốt và 6 đơn vị hoàn thành”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ...reading.keys import words
from ...reading.vocabulary import COUNT_UNITS
from ..rounding import plain, printed
from ..view import COUNTS, View

__all__ = ["check_groups"]


@dataclass(frozen=True, slots=True)
class _Family:
    """Names that exclude each other, the first that is found in the words of an item; `complete` leave nothing out."""

    members: tuple[tuple[str, re.Pattern[str]], ...]
    complete: tuple[frozenset[str], ...] = ()
    units: frozenset[str] = frozenset()  # only for wholes of these units
    lead: re.Pattern[str] | None = None  # only for wholes in whose words this is


def _family(
    members: dict[str, tuple[str, ...]], *complete: tuple[str, ...], units: tuple[str, ...] = ()
) -> _Family:
    return _Family(
        tuple((name, re.compile(words(*said))) for name, said in members.items()),
        tuple(map(frozenset, complete)),
        frozenset(units),
    )


_BODIES = ("tccs dang", "tccsd", "to chuc co so dang", "to chuc dang", "to chuc co so")
_FAMILIES = (
    _family(
        {
            "không": ("không hoàn thành", "chưa hoàn thành", "yếu kém", "yếu", "kém"),
            "xuất sắc": ("xuất sắc", "trong sạch", "vững mạnh", "trong sạch vững mạnh"),
            "tốt": ("tốt",),
            "khá": ("khá",),
            "trung bình": ("trung bình",),
            "hoàn thành": ("hoàn thành", "hoàn thành nhiệm vụ"),
        },
        ("không", "xuất sắc", "tốt", "hoàn thành"),
        ("tốt", "khá", "trung bình", "không"),
    ),
    _family(
        {name: (name,) for name in ("khiển trách", "cảnh cáo", "cách chức", "khai trừ", "giải tán")},
        ("khiển trách", "cảnh cáo", "cách chức", "khai trừ"),
    ),
    _family(
        {"không": ("không hợp lệ", "không đồng ý", "không tán thành"), "có": ("hợp lệ", "đồng ý", "tán thành")},
        ("không", "có"),
    ),
    _family({"nữ": ("nữ",), "nam": ("nam", "nam giới")}, ("nữ", "nam")),
    _family({"dự bị": ("dự bị",), "chính thức": ("chính thức",)}, ("dự bị", "chính thức")),
    _Family(
        (("đi", re.compile(words("đi"))), ("đến", re.compile(words("đến", "nhận về")))),
        lead=re.compile(words("chuyển sinh hoạt", "chuyển")),
    ),
    _family(
        {
            "không": ("không đạt", "chưa đạt", "không hoàn thành", "chưa hoàn thành"),
            "đều": ("đạt và vượt", "hoàn thành và vượt", "vượt và đạt", "đạt, vượt"),
            "vượt": ("vượt",),
            "đạt": ("đạt", "hoàn thành"),
        },
        ("không", "vượt", "đạt"),
        ("không", "đều"),
        ("không", "đạt"),
        units=("chi tieu", "tieu chi", "nhiem vu"),
    ),
    _family(
        {
            name: (name,)
            for name in (
                "nghị quyết", "chỉ thị", "kết luận", "quy định", "hướng dẫn", "kế hoạch", "thông báo", "công văn",
                "quyết định", "báo cáo", "chương trình", "tờ trình", "thông tri", "quy chế", "đề án",
            )
        },
        units=("van ban",),
    ),
    _family(
        {
            "doanh nghiệp": ("doanh nghiệp",),
            "trường học": ("trường học", "giáo dục", "nhà trường"),
            "vũ trang": ("lực lượng vũ trang", "vũ trang", "công an", "quân sự"),
            "cơ quan": ("cơ quan", "hành chính", "sự nghiệp"),
            "nông thôn": ("nông thôn", "khối thôn", "thôn", "khối xã"),
        }
    ),
    _family(
        {
            "trước": ("kỳ trước", "kỳ trước chuyển sang", "năm trước chuyển sang", "tồn", "tồn kỳ trước"),
            "mới": ("mới tiếp nhận", "trong kỳ", "phát sinh", "mới phát sinh", "tiếp nhận mới", "tiếp nhận trong kỳ"),
        },
        ("trước", "mới"),
    ),
    _family(
        {
            "cơ sở": (
                "đảng ủy cơ sở", "cấp ủy cơ sở", "ủy ban kiểm tra cơ sở", "ủy ban kiểm tra đảng ủy cơ sở", "ở cơ sở",
                "cấp cơ sở", "các cơ sở", "ubkt cơ sở", "ubkt đảng ủy cơ sở",
            ),
            "huyện": ("ủy ban kiểm tra", "ubkt", "ban thường vụ", "huyện ủy", "cấp huyện"),
        }
    ),
    _family({"kiểm tra": ("kiểm tra",), "giám sát": ("giám sát",)}, units=("cuoc",)),
    _family({"tỉnh": ("cấp tỉnh",), "huyện": ("cấp huyện",), "cơ sở": ("cấp cơ sở", "cấp xã")}),
    _family({"đảng bộ": ("đảng bộ",), "chi bộ": ("chi bộ",)}, ("đảng bộ", "chi bộ"), units=_BODIES),
)  # fmt: skip
_APART = re.compile(r"[,;:(]|(?<![^\W\d_])và(?![^\W\d_])")
_STOP = re.compile(r"[,;()\n0-9]|(?<![^\W\d_])và(?![^\W\d_])")
_NESTED = re.compile(
    words("trở lên", "tiêu biểu", "tăng", "giảm", "so với", "chỉ tiêu giao", "phấn đấu", "bình quân", "mỗi")
)
_OPENED = re.compile(words("trong đó", "trong số đó", "gồm", "bao gồm", "kết quả", "qua", "cụ thể", "có"))
_NOT_ALL = re.compile(
    words("chưa xếp loại", "chưa đánh giá", "không xếp loại", "miễn đánh giá", "chủ yếu", "còn lại", "chưa")
)


def check_groups(view: View) -> None:
    """Judge every row of groups that exclude each other against the whole before it."""
    for claims in view.by_sentence.values():
        counts = [j for j in claims[:60] if _plain_count(view, j)]
        if len(counts) < 2:
            continue
        _pairs(view, counts)
        phrases = {j: _phrase(view, j) for j in counts}
        for family in _FAMILIES:
            for row in _rows(view, counts, phrases, family):
                _judge(view, row, family)


def _pairs(view: View, counts: Sequence[int]) -> None:
    """“5/7 chỉ tiêu vượt, 1/7 chỉ tiêu đạt, 1/7 chỉ tiêu không đạt”: pairs of one whole that exclude each other."""
    pairs = [j for j in counts if view.claims[j].kind == "pair"]
    if len(pairs) < 2 or len({view.value(j, 1) for j in pairs}) > 1 or any(view.faulty(j) for j in pairs):
        return
    total, added = view.value(pairs[0], 1), sum((view.value(j) for j in pairs), Fraction(0))
    for family in _FAMILIES:
        names = [_name(family, _phrase(view, j)) for j in pairs]
        known = "" not in names and len(set(names)) == len(names)
        if not known or (family.units and view.claims[pairs[0]].unit not in family.units):
            continue
        said = f"{' + '.join(plain(view.value(j)) for j in pairs)} = {plain(added)}"
        at, right = view.number(pairs[-1]), total - added + view.value(pairs[-1])
        if added == total:
            view.say(pairs[-1], "right", f"{said}, đủ {plain(total)}.")
        elif (added > total or frozenset(names) in family.complete) and right >= 0:
            view.say(pairs[-1], "wrong", f"{said}, không phải {plain(total)}.", printed(at, right), at)
        return


def _plain_count(view: View, j: int) -> bool:
    claim = view.claims[j]
    return (
        claim.kind in COUNTS and view.number(j).role == "count" and claim.tense == "done" and not claim.bound
    )


def _phrase(view: View, j: int) -> str:
    """The words of one item: those before its number up to the comma before, and after it up to the next."""
    if view.claims[j].kind == "pair" and "tổng số" in view.claims[j].text.lower():
        return view.key[view.number(j).end : view.number(j, 1).start]
    lead = view.before(j, 70)
    if lead.rstrip().endswith("(") and view.after(j, 3).lstrip().startswith(")"):
        lead = lead.rstrip()[:-1]  # “khiển trách (5), cảnh cáo (2)”
    before = re.split("[0-9%]", _APART.split(lead)[-1])[-1]
    after = view.after(j, 80)
    stop = _STOP.search(after)
    return f"{before} # {after[: stop.start()] if stop else after}"


def _name(family: _Family, phrase: str) -> str:
    return next((name for name, said in family.members if said.search(phrase)), "")


def _rows(view: View, counts: Sequence[int], phrases: dict[int, str], family: _Family) -> list[list[int]]:
    """Neighbours among the counts that bear different names of a family."""
    rows: list[list[int]] = []
    row: list[int] = []
    seen: set[str] = set()
    for j in counts:
        last = bool(row) and view.claims[j].kind == "pair" and "tổng số" in view.claims[j].text.lower()
        name = _name(family, phrases[j]) if view.claims[j].kind == "count" or last else ""
        far = bool(row) and len(view.between(row[-1], j)) > 120
        if not name or name in seen or far or _NESTED.search(phrases[j]):
            rows.append(row)
            row, seen = [], set()
        if name and not _NESTED.search(phrases[j]):
            row.append(j)
            seen.add(name)
    rows.append(row)
    return [one for one in rows if len(one) >= 2]


def _whole_of(view: View, row: Sequence[int]) -> int | None:
    """The total just before a row: in its sentence, else the only one of the sentence before."""
    if view.claims[row[-1]].kind == "pair":
        return row[-1]  # “…, 4 chi bộ hoàn thành trên tổng số 38 chi bộ”
    before = [j for j in view.mates(row[0]) if j < row[0] and view.claims[j].kind in COUNTS]
    sorts = {view.sort(j) for j in row} - {""}
    if not sorts and before:
        said = _UNITS.findall(view.key[view.number(before[-1], -1).end : view.number(row[0]).start])
        last = COUNT_UNITS.get(" ".join(said[-1].split()), "") if said else ""
        sorts = {last} & {"person", "organisation"}
    fitting = [j for j in before if not sorts or view.sort(j) in sorts or not view.sort(j)]
    if before:
        return fitting[-1] if fitting and _plain_count(view, fitting[-1]) else None
    start = view.reading.sentences[view.claims[row[0]].sentence][0]
    opened = _OPENED.match(view.key, start) is not None
    units = {view.claims[j].unit for j in row}
    earlier = [
        j
        for j in view.by_sentence.get(view.claims[row[0]].sentence - 1, [])
        if view.claims[j].kind in COUNTS and view.sort(j) in (sorts or {""})
    ]
    alone = len(earlier) == 1 and _plain_count(view, earlier[0])
    alone = alone and (opened or units == {view.claims[earlier[0]].unit})
    return earlier[0] if alone and view.paragraph(earlier[0]) == view.paragraph(row[0]) else None


def _judge(view: View, row: Sequence[int], family: _Family) -> None:
    whole = _whole_of(view, row)
    if whole is None or (
        _name(family, _phrase(view, whole)) and whole == row[0] - 1 and not view.claims[whole].unit
    ):
        return
    if any(view.claims[j].within not in (None, whole, *row) for j in row):
        return  # the text itself says of which whole they are
    if any(view.faulty(j) for j in (whole, *row)) or _between_breaks(view, whole, row[0]):
        return
    after = [j for j in view.mates(row[-1]) if j > row[-1] and view.claims[j].kind in COUNTS]
    if any(_TOLD.search(view.before(j, 30)) for j in after[:4]):
        return  # “… 12, … 6, … 3; cộng 38”: what stands before is an item as well
    if family.units and view.claims[whole].unit not in family.units:
        return
    if family.lead and not family.lead.search(view.before(whole, 60)):
        return
    totals = [view.value(whole, k) for k in range(len(view.claims[whole].numbers))]
    totals = totals[-1:] if whole in row else totals
    values = [view.value(j) for j in row]
    added, total = sum(values, Fraction(0)), max(totals)
    if added in totals:
        said = f"{' + '.join(map(plain, values))} = {plain(added)}, đúng bằng tổng đã nêu"
        for j in (whole, *row):
            view.say(j, "right", f"{said}.")
        return
    if any(view.value(j) == added for j in view.mates(row[0]) if j not in row and j < row[0]):
        return
    names = frozenset(_name(family, _phrase(view, j)) for j in row)
    none = _NONE.search(view.sentence(row[0])) is not None and "không" not in names
    complete = names in family.complete or (none and names | {"không"} in family.complete)
    said = f"{' + '.join(map(plain, values))} = {plain(added)}"
    at, right = view.number(whole, -1), added
    if whole in row and total > added - view.value(whole):
        at, right = view.number(whole), total - (added - view.value(whole))
    if added > total:
        view.say(whole, "wrong", f"{said}, nhiều hơn tổng số {plain(total)}.", printed(at, right), at)
    elif complete and not _NOT_ALL.search(view.sentence(row[0])):
        view.say(whole, "wrong", f"{said}, không phải {plain(total)}.", printed(at, right), at)


_UNITS = re.compile(words(*COUNT_UNITS))
_TOLD = re.compile(words("cộng", "tổng cộng", "tổng số", "tổng"))
_NONE = re.compile(r"không {1,2}có[^,;.]{0,40}(?:không {1,2}hoàn {1,2}thành|yếu {1,2}kém)")


def _between_breaks(view: View, whole: int, first: int) -> bool:
    """Whether another act or a change stands between a whole and the row: then it may be no whole of it."""
    between = view.between(whole, first) if whole < first else ""
    between = between.removeprefix(" chỉ tiêu")
    return _NEW_ACT.search(between) is not None or len(between) > 200


_NEW_ACT = re.compile(
    words(
        "ngoài ra", "bên cạnh đó", "đồng thời", "tăng", "giảm", "so với", "năm trước", "cùng kỳ", "chỉ tiêu"
    )
)
