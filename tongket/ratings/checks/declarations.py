"""The automatic checks, each a declaration: code, whose rating, what it asks, the rule behind it, and a function.

A check never blocks. What a confirmed rule says is a finding to be answered with a written reason; what rests on a
rule that is only seen in unofficial material, or nowhere, is a warning and says so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tongket.core.codelists import DISCIPLINE_FORM, NOT_RATED_REASON, RATING_LEVEL
from tongket.core.dates import format_date
from tongket.core.numbers import format_number, format_percent
from tongket.ratings.checks.facts import Facts, Tasks, Told
from tongket.ratings.rounds.queries import DECIDING, CandidateState
from tongket.rules.catalogue import NoRuleInForce, table

NO_DATA = "không có số liệu"
Rule = Mapping[Any, Any]
_BARRED = "collective_barred_by"
_ON_TIME, _BEYOND = "tasks_on_time_percent", "tasks_beyond_percent"
_DONE, _LATE_AT_MOST = "tasks_done_percent", "tasks_late_percent_at_most"


@dataclass(frozen=True, slots=True)
class Said:
    """What a check found about one candidate: a sentence, and the decisions or the task list it rests on."""

    text: str
    disciplines: tuple[Told, ...] = ()
    tasks: bool = False
    info: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `rule` is the id of the rule that it applies ("" for plain arithmetic of the list)."""

    code: str
    subjects: tuple[str, ...]
    title: str | Promise
    rule: str
    find: Callable[[Facts, CandidateState, Rule], Iterator[Said]]
    needs: tuple[
        str, ...
    ] = ()  # what of the rule it applies: a version that says none of it leaves it silent
    secret: bool = False  # rests on discipline: an override of it is shown only with the finding


def _level(code: str) -> str:
    return f"“{RATING_LEVEL.label(code)}”"


def _decisions(told: Sequence[Told]) -> str:
    """The decisions with form and day where the viewer may read them, else only that there are some."""
    open_ones = [one for one in told if one.readable]
    if not open_ones:
        return "có quyết định kỷ luật trong kỳ"
    named = "; ".join(
        f"{DISCIPLINE_FORM.label(one.form).lower()} ngày {format_date(one.on)}" for one in open_ones
    )
    return f"{named}; và quyết định khác" if len(open_ones) < len(told) else named


def _barred(told: Sequence[Told], who: str, state: CandidateState) -> Iterator[Said]:
    if told and state.level == "excellent":
        yield Said(
            f"{who} ({_decisions(told)}) nên không được xếp {_level(state.level)}. "
            "Hãy xem lại mức, hoặc ghi lý do giữ nguyên.",
            tuple(told),
        )


def member_barred(facts: Facts, state: CandidateState, rule: Rule) -> Iterator[Said]:
    """Discipline in the period bars "excellent" for the member."""
    if state.level in rule["barred"]:
        yield from _barred(facts.own.get(state.candidate_id, ()), "Đảng viên bị kỷ luật trong kỳ", state)


def member_remedied(facts: Facts, state: CandidateState, rule: Rule) -> Iterator[Said]:
    """Discipline leaves "good" and "completed" only for a shortcoming found by oneself and remedied."""
    told = facts.own.get(state.candidate_id, ())
    if told and state.level in rule["remedied"] and not any(step.remedied for step in state.chain):
        yield Said(
            f"Đảng viên bị kỷ luật trong kỳ ({_decisions(told)}): chỉ xếp {_level(state.level)} khi khuyết điểm tự "
            "phát hiện và đã khắc phục. Hãy đánh dấu “khuyết điểm tự phát hiện, đã khắc phục” ở bước xếp loại, hoặc "
            "xem lại mức.",
            tuple(told),
        )


def body_barred(facts: Facts, state: CandidateState, rule: Rule) -> Iterator[Said]:
    """The body itself was disciplined in the period."""
    told = facts.own.get(state.candidate_id, ())
    yield from _barred(told, "Tổ chức đảng bị kỷ luật trong kỳ", state)


def leader_barred(facts: Facts, state: CandidateState, rule: Rule) -> Iterator[Said]:
    """A leading member (by the post held on that day) was disciplined in the period."""
    told = facts.leaders.get(state.candidate_id, ()) if "leader_disciplined" in rule[_BARRED] else ()
    yield from _barred(told, "Có cấp ủy viên bị kỷ luật trong kỳ", state)


def below_barred(facts: Facts, state: CandidateState, rule: Rule) -> Iterator[Said]:
    """A body below (as the tree stood on that day) was disciplined in the period."""
    told = facts.below.get(state.candidate_id, ()) if "subordinate_disciplined" in rule[_BARRED] else ()
    yield from _barred(told, "Có tổ chức đảng trực thuộc bị kỷ luật trong kỳ", state)


def task_shares(level: str) -> Callable[[Facts, CandidateState, Rule], Iterator[Said]]:
    """The shares of tasks that one level asks for, from the obligations due in the period."""

    def find(facts: Facts, state: CandidateState, rule: Rule) -> Iterator[Said]:
        if state.level != level:
            return
        tasks = facts.tasks.get(state.organisation_id)
        if tasks is None:
            yield Said(
                f"Tỷ lệ nhiệm vụ: {NO_DATA} (không có việc nào được giao qua hệ thống có hạn trong kỳ). "
                "Hãy kiểm tra theo hồ sơ.",
                tasks=True,
                info=True,
            )
            return
        for fault in _shares(tasks, rule):
            yield Said(f"{_level(state.level)} cần {fault}.", tasks=True)
        if _BEYOND in rule:
            yield Said(
                f"{_level(state.level)} cần ít nhất {rule[_BEYOND]}% nhiệm vụ vượt yêu cầu: {NO_DATA} về mức vượt "
                "yêu cầu. Hãy kiểm tra theo hồ sơ.",
                info=True,
            )

    return find


def _shares(tasks: Tasks, asked: Rule) -> Iterator[str]:
    total = format_number(tasks.total)

    def share(part: int) -> str:
        return f"{format_number(part)}/{total} việc ({format_percent(Decimal(part) * 100 / tasks.total)})"

    if _ON_TIME in asked and tasks.on_time * 100 < asked[_ON_TIME] * tasks.total:
        yield f"{asked[_ON_TIME]}% nhiệm vụ đúng hạn; có {share(tasks.on_time)} đúng hạn"
    elif _ON_TIME in asked and tasks.accepted * 100 < asked[_ON_TIME] * tasks.total:
        yield (
            f"{asked[_ON_TIME]}% nhiệm vụ bảo đảm chất lượng; mới có {share(tasks.accepted)} được chấp nhận kết quả"
        )
    done = tasks.on_time + tasks.late
    if _DONE in asked and done * 100 < asked[_DONE] * tasks.total:
        yield f"{asked[_DONE]}% nhiệm vụ hoàn thành; có {share(done)} đã báo cáo"
    if _LATE_AT_MOST in asked and tasks.late * 100 > asked[_LATE_AT_MOST] * tasks.total:
        yield f"không quá {asked[_LATE_AT_MOST]}% nhiệm vụ chậm hạn; có {share(tasks.late)} chậm"


def score_fits(facts: Facts, state: CandidateState, rule: Rule) -> Iterator[Said]:
    """The score of the step that stands lies in the range of its level."""
    step = state.deciding_step
    if state.excluded or step is None or step.score is None:
        return
    fitting = max(
        (code for code in rule if step.score >= rule[code]), key=lambda code: rule[code], default="failed"
    )
    if fitting != step.level:
        yield Said(
            f"{format_number(step.score)} điểm ứng với mức {_level(fitting)}, nhưng đang xếp {_level(step.level)}. "
            "Hãy sửa điểm hoặc mức."
        )


def no_level(facts: Facts, state: CandidateState, rule: Rule) -> Iterator[Said]:
    """Rated + not rated = list: everybody on the list has a level or a reason."""
    if not state.level:
        yield Said(
            "Có trong danh sách nhưng chưa có mức xếp loại và chưa nêu lý do chưa đánh giá. "
            "Hãy ghi mức, hoặc ghi lý do."
        )


def excluded_rated(facts: Facts, state: CandidateState, rule: Rule) -> Iterator[Said]:
    """Whoever is not to be rated has no level."""
    given = next((step for step in reversed(state.chain) if step.stage in DECIDING), None)
    if state.excluded and given is not None:
        yield Said(
            f"Thuộc diện chưa đánh giá ({NOT_RATED_REASON.label(state.reason).lower()}) nhưng đã ghi mức "
            f"{_level(given.level)} ở bước “{given.stage_name}”. Hãy hủy bước đó, hoặc bỏ lý do chưa đánh giá."
        )


_MEMBERS, _BODIES = ("members",), ("organisations",)
_BOTH = ("organisations", "members")
#: Who has no level yet is work still to do, not a finding to be answered.
NO_LEVEL = "no_level"

CHECKS: tuple[Check, ...] = (
    Check(
        "discipline_excellent",
        _MEMBERS,
        gettext_lazy("Bị kỷ luật trong kỳ thì không xếp xuất sắc"),
        "rate.discipline.member",
        member_barred,
        secret=True,
    ),
    Check(
        "discipline_remedied",
        _MEMBERS,
        gettext_lazy("Bị kỷ luật trong kỳ: chỉ khi tự phát hiện và đã khắc phục"),
        "rate.discipline.member",
        member_remedied,
        secret=True,
    ),
    Check(
        "discipline_body",
        _BODIES,
        gettext_lazy("Tổ chức bị kỷ luật trong kỳ thì không xếp xuất sắc"),
        "rate.xs",
        body_barred,
        needs=(_BARRED,),
        secret=True,
    ),
    Check(
        "discipline_leader",
        _BODIES,
        gettext_lazy("Cấp ủy viên bị kỷ luật thì tập thể không xếp xuất sắc"),
        "rate.xs",
        leader_barred,
        needs=(_BARRED,),
        secret=True,
    ),
    Check(
        "discipline_below",
        _BODIES,
        gettext_lazy("Tổ chức trực thuộc bị kỷ luật thì tập thể không xếp xuất sắc"),
        "rate.xs",
        below_barred,
        needs=(_BARRED,),
        secret=True,
    ),
    Check(
        "tasks_excellent",
        _BODIES,
        gettext_lazy("Tỷ lệ nhiệm vụ của mức xuất sắc"),
        "rate.xs",
        task_shares("excellent"),
        needs=(_ON_TIME,),
    ),
    Check(
        "tasks_good",
        _BODIES,
        gettext_lazy("Tỷ lệ nhiệm vụ của mức tốt"),
        "rate.tot",
        task_shares("good"),
        needs=(_ON_TIME,),
    ),
    Check(
        "tasks_completed",
        _BODIES,
        gettext_lazy("Tỷ lệ nhiệm vụ của mức hoàn thành"),
        "rate.ht",
        task_shares("completed"),
        needs=(_DONE, _LATE_AT_MOST),
    ),
    Check("score_level", _BOTH, gettext_lazy("Điểm khớp với mức"), "rate.score", score_fits),
    Check(NO_LEVEL, _BOTH, gettext_lazy("Xếp loại + chưa đánh giá = danh sách"), "", no_level),
    Check(
        "excluded_rated",
        _BOTH,
        gettext_lazy("Diện chưa đánh giá thì không có mức"),
        "rate.excluded",
        excluded_rated,
    ),
)
BY_CODE: Mapping[str, Check] = {check.code: check for check in CHECKS}


def rule_of(check: Check, facts: Facts) -> Rule | None:
    """The version in force on the period's last day; None when there is none, or it says nothing that is checked."""
    if not check.rule:
        return {}
    try:
        rule = table(check.rule, facts.end)
    except NoRuleInForce:
        return None
    return rule if not check.needs or any(key in rule for key in check.needs) else None
