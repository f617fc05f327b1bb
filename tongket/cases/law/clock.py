"""The other limits of a case: suspension, telling the Party body, appealing, answering an appeal; forms and majorities.

Where no version is known for the day there is no limit, and the page says that the basis is missing.
"""

from datetime import date, timedelta

from tongket.core.codelists import MEMBER_DISCIPLINE_FORMS, ORGANISATION_DISCIPLINE_FORMS
from tongket.core.dates import format_date
from tongket.core.votes import OVER_HALF, TWO_THIRDS
from tongket.core.workdays import add_working_days
from tongket.rules.catalogue import NoRuleInForce, in_force, integer, rule, table


def suspension_ends(begun_on: date, extended: bool) -> date | None:
    """The last day of a suspension, with its one extension if there was one; None: no rule known for that day."""
    try:
        days = table("disc.suspend", begun_on)
    except NoRuleInForce:
        return None
    length = int(str(days["days"])) + (int(str(days["extension"])) if extended else 0)
    return begun_on + timedelta(days=length)


def tell_by(state_decided_on: date) -> date | None:
    """The last day for a state body to tell the Party body that it disciplined a member."""
    try:
        return state_decided_on + timedelta(days=integer("disc.notify", state_decided_on))
    except NoRuleInForce:
        return None


def appeal_by(served_on: date) -> date:
    """The last day to appeal, counted in calendar days from receiving the decision.

    The source does not say whether the days are working days; for decisions before the oldest version that is known,
    its length is taken. The page shows the mark.
    """
    try:
        days = integer("disc.appeal", served_on)
    except NoRuleInForce:
        days = int(str(rule("disc.appeal").versions[0].value))
    return served_on + timedelta(days=days)


def answer_by(received_on: date, level: str) -> date:
    """The last working day to answer an appeal received on a day; of levels up to the province, or of the centre."""
    try:
        days = table("disc.appeal.answer", received_on)
    except NoRuleInForce:
        first = rule("disc.appeal.answer").versions[0]
        days = table("disc.appeal.answer", first.effective_from)
    return add_working_days(
        received_on, int(str(days["centre" if level == "centre" else "province_and_below"]))
    )


def majority_of(form: str, on: date) -> str:
    """How a form is voted: over half, or two thirds, of everybody entitled.

    Before the oldest version known, that version counts; a form that the rule does not name asks for the higher.
    """
    oldest = rule("disc.vote").versions[0]
    said = table("disc.vote", max(on, oldest.effective_from))
    found = str(said.get(form, TWO_THIRDS))
    return found if found in (OVER_HALF, TWO_THIRDS) else TWO_THIRDS


def vote_day(on: date) -> date:
    """The day for which the page shows the rule of the majority."""
    return max(on, rule("disc.vote").versions[0].effective_from)


def forms_for(standing: str, on: date) -> tuple[str, ...]:
    """The forms that a standing ("official", "probationary", "organisation") may meet on a day."""
    everything = ORGANISATION_DISCIPLINE_FORMS if standing == "organisation" else MEMBER_DISCIPLINE_FORMS
    try:
        return tuple(str(code) for code in table(f"disc.forms.{standing}", on))
    except NoRuleInForce:
        return tuple(everything)


def in_force_from(level: str, signed_on: date, voted_on: date | None) -> date:
    """The day from which a decision is in force, by rule disc.effect: that of signing; of a cell's own decision that on
    which the outcome of the vote was announced.

    For decisions before the oldest version known that version counts. The page shows its mark.
    """
    said = table("disc.effect", effect_day(signed_on))
    if level == "cell" and voted_on is not None and said["cell_decision"] == "vote_announced":
        return voted_on
    return signed_on


def effect_day(on: date) -> date:
    """The day for which the page shows the rule of the effect."""
    return max(on, rule("disc.effect").versions[0].effective_from)


def effect_words(level: str, voted_on: date | None) -> str:
    """From when a decision is in force, as the paper writes it."""
    if level == "cell" and voted_on is not None:
        return f"ngày công bố kết quả biểu quyết {format_date(voted_on)}"
    return "ngày ký"


def who_doubts(level: str, *, task_from_above: bool, committee_member: bool, on: date) -> str:
    """What stands against that level deciding, by rule disc.who; "" when nothing, or no version is known."""
    try:
        said = table("disc.who", on)
    except NoRuleInForce:
        return ""
    none_of = said["may_not"]
    proposing = said["proposes_on_tasks_from_above"]
    article = in_force("disc.who", on).citation().document_and_article()
    if isinstance(none_of, tuple) and level in none_of:
        return f"Chi ủy không có thẩm quyền thi hành kỷ luật ({article}). Hãy chọn chi bộ hoặc cấp có thẩm quyền."
    if isinstance(proposing, tuple) and level in proposing and task_from_above and committee_member:
        return (
            "Cấp ủy viên vi phạm khi làm nhiệm vụ cấp trên giao: chi bộ chỉ đề nghị, cấp trên quyết định "
            f"({article}). Hãy ghi bước “đề nghị cấp trên”."
        )
    return ""
