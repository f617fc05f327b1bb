"""The gates of a title, checked from history: pure, over facts that were gathered before.

Each check passes, fails or is doubtful. It fails only by a rule that is confirmed (mark C) and facts that are on
record; an unconfirmed rule or a missing fact makes it doubtful. Nothing here blocks: whoever commends all the same
writes why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Literal

from tongket.core.citations import Mark
from tongket.core.codelists import COMMENDATION_FORM, GIVER, RATING_LEVEL, RECIPIENT
from tongket.core.dates import format_date
from tongket.rules.catalogue import NoRuleInForce, in_force

Outcome = Literal["passed", "failed", "doubtful"]
PASSED: Outcome = "passed"
FAILED: Outcome = "failed"
DOUBTFUL: Outcome = "doubtful"
EXCELLENT = "excellent"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a title asks."""

    gate: str  # COMMENDING_GATE
    years: int
    no_discipline: bool
    form: str
    giver: str
    recipient_kind: str

    @property
    def span(self) -> int:
        """Over how many years the title looks back, the year itself included."""
        return max(1, self.years) if self.gate == "running" else 1


@dataclass(frozen=True, slots=True)
class Rated:
    """A yearly rating on record: the level and the key of its row."""

    level: str
    key: int


@dataclass(frozen=True, slots=True)
class History:
    """What is on record of one proposed. `registered`: a member or a body of the tree, not a mere name.

    `disciplined` are days of decisions that the asker may know of; `given` those on which this very title was got in
    the period, `alike` those of commendations of the same form and giver whose title was not recorded.
    """

    registered: bool
    levels: Mapping[int, Rated]
    disciplined: tuple[date, ...] = ()
    given: tuple[date, ...] = ()
    alike: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules say on the day, and how sure each is (None: no version known for the day)."""

    marks: Mapping[str, Mark | None]
    who: Mapping[Any, Any]

    def outcome(self, rule: str) -> Outcome:
        """What a broken rule comes to: only a confirmed one fails."""
        return FAILED if self.marks.get(rule) == "C" else DOUBTFUL


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check with its reason, the rule it rests on ("": none) and the ratings it read."""

    check: str  # COMMENDING_CHECK
    outcome: Outcome
    reason: str
    rule: str = ""
    ratings: tuple[tuple[int, int], ...] = ()  # (year, key of the rating)


def rules_on(day: date) -> Rules:
    """The rules of commendation in force on a day; before the oldest version known the check is only doubtful."""
    marks: dict[str, Mark | None] = {}
    for id in ("com.gate", "com.discipline", "com.who"):
        try:
            marks[id] = in_force(id, day).mark
        except NoRuleInForce:
            marks[id] = None
    who = in_force("com.who", day).value if marks["com.who"] is not None else {}
    return Rules(marks, who if isinstance(who, Mapping) else {})


def judge(ask: Ask, history: History, year: int, rules: Rules, *, giver_kind: str = "") -> list[Finding]:
    """All checks of one proposal for the year, in their fixed order.

    `giver_kind` is the kind of the organisation that gives, when it is known: a grassroots cell may give less than a
    grassroots committee (`com.who`).
    """
    found = [_rating(ask, history, year, rules)]
    if ask.no_discipline:
        found.append(_discipline(history, rules))
    found += [_giver(ask, rules, giver_kind), _once(history)]
    return found


def years_asked(ask: Ask, year: int) -> range:
    """The years whose rating must be excellent, oldest first."""
    return range(year - ask.span + 1, year + 1)


def _rating(ask: Ask, history: History, year: int, rules: Rules) -> Finding:
    if ask.gate == "none":
        return Finding("rating", PASSED, "Danh hiệu này không xét theo kết quả xếp loại.")
    years = years_asked(ask, year)
    if not history.registered:
        return Finding(
            "rating",
            DOUBTFUL,
            f"Không có trong sổ nên không đối chiếu được kết quả xếp loại {_years(years)}. Hãy tự kiểm tra.",
            "com.gate",
        )
    read = tuple((one, history.levels[one].key) for one in years if one in history.levels)
    other = [one for one in years if one in history.levels and history.levels[one].level != EXCELLENT]
    missing = [one for one in years if one not in history.levels]
    if other or missing:
        by_level: dict[str, list[int]] = {}
        for one in other:
            by_level.setdefault(history.levels[one].level, []).append(one)
        said = [
            f"{_years(listed)}: {RATING_LEVEL.label(level).lower()}" for level, listed in by_level.items()
        ]
        said += [f"{_years(missing)}: chưa có kết quả xếp loại"] if missing else []
        text = "; ".join(said)
        outcome = rules.outcome("com.gate") if other else DOUBTFUL
        need = f"Cần hoàn thành xuất sắc nhiệm vụ {_years(years)}; nhưng {text}."
        return Finding("rating", outcome, need, "com.gate", read)
    return Finding("rating", PASSED, f"Hoàn thành xuất sắc nhiệm vụ {_years(years)}.", "com.gate", read)


def _discipline(history: History, rules: Rules) -> Finding:
    if not history.registered:
        return Finding(
            "discipline",
            DOUBTFUL,
            "Không có trong sổ nên không đối chiếu được. Hãy tự kiểm tra.",
            "com.discipline",
        )
    if history.disciplined:
        return Finding(
            "discipline", rules.outcome("com.discipline"), "Có quyết định kỷ luật trong kỳ.", "com.discipline"
        )
    return Finding("discipline", PASSED, "Không ghi nhận kỷ luật trong kỳ.", "com.discipline")


_RANK = {"cell": 1, "grassroots": 2, "district": 3, "province": 4, "central": 5}
#: At which level of `GIVER` an organisation of a kind gives.
_LEVEL = {
    "cell": "cell",
    "sub_body": "cell",
    "grassroots_cell": "grassroots",
    "grassroots_body": "grassroots",
    "district_committee": "district",
    "agencies_committee": "district",
    "province_committee": "province",
    "central": "central",
}


def _giver(ask: Ask, rules: Rules, giver_kind: str) -> Finding:
    kind = "grassroots_cell" if ask.giver == "grassroots" and giver_kind == "grassroots_cell" else ask.giver
    said = f"{GIVER.label(ask.giver)}, {COMMENDATION_FORM.label(ask.form).lower()} cho {_whom(ask)}"
    forms = rules.who.get(kind)
    if forms is None:
        return Finding("giver", DOUBTFUL, f"{said}: chưa rõ quy định về thẩm quyền. Hãy kiểm tra.", "com.who")
    if _RANK.get(ask.giver, 9) < _RANK.get(_LEVEL.get(giver_kind, ""), 0):
        return Finding(
            "giver",
            DOUBTFUL,
            f"{said}: cấp khen thấp hơn cấp mở đợt. Hãy dùng danh hiệu của cấp mình, hoặc để cấp dưới mở đợt.",
            "com.who",
        )
    if ask.recipient_kind in forms.get(ask.form, ()):
        return Finding("giver", PASSED, f"{said}: đúng thẩm quyền.", "com.who")
    return Finding(
        "giver",
        rules.outcome("com.who"),
        f"{said}: quy định không nêu hình thức này cho cấp khen. Hãy chọn đúng hình thức hoặc trình cấp trên.",
        "com.who",
    )


def _once(history: History) -> Finding:
    if history.given:
        day = format_date(max(history.given))
        return Finding("once", FAILED, f"Đã được tặng danh hiệu này trong kỳ, quyết định ngày {day}.")
    if history.alike:
        day = format_date(max(history.alike))
        return Finding(
            "once",
            DOUBTFUL,
            f"Trong kỳ đã có khen thưởng cùng hình thức, cùng cấp ngày {day}. Hãy kiểm tra trùng.",
        )
    return Finding("once", PASSED, "Chưa nhận danh hiệu này trong kỳ.")


def _whom(ask: Ask) -> str:
    return RECIPIENT.label(ask.recipient_kind).lower()


def _years(years: Iterable[int]) -> str:
    return "năm " + ", ".join(str(one) for one in years)


@dataclass(frozen=True, slots=True)
class Cap:
    """How many of a title there may be and how many are proposed (or chosen). `limit` None: no cap is known."""

    limit: int | None
    count: int
    base: int | None = None

    @property
    def over(self) -> int:
        """How many too many."""
        return max(0, self.count - self.limit) if self.limit is not None else 0


def cap_of(number: int | None, share: Decimal | None, base: int | None, count: int) -> Cap:
    """The cap of a title: a number, or a share in percent of `base` rounded down; with both the lower holds."""
    limits = [number] if number is not None else []
    if share is not None and base is not None:
        limits.append(int((share * base / 100).to_integral_value(ROUND_FLOOR)))
    return Cap(min(limits) if limits else None, count, base if share is not None else None)


def worst(findings: Sequence[Finding], overridden: Iterable[str] = ()) -> Outcome:
    """What a proposal comes to: failed, doubtful or passed; checks set aside with a reason do not count."""
    aside = set(overridden)
    outcomes = {one.outcome for one in findings if one.check not in aside}
    return FAILED if FAILED in outcomes else DOUBTFUL if DOUBTFUL in outcomes else PASSED
