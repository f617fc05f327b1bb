"""What the rules say of a round: the version in force on the last day of its period."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tongket.core.codelists import RATING_LEVEL
from tongket.ratings.rounds.queries import STAGES
from tongket.rules.catalogue import NoRuleInForce, UnknownRule, in_force, rule, table, value

#: What a decision cites: every rule that its levels, its list and its caps rest on.
CITED = (
    "rate.levels.organisation",
    "rate.levels.member",
    "rate.steps",
    "rate.excluded",
    "rate.score",
    "rate.cap.percent",
    "rate.cap.base",
    "rate.cap.outstanding",
)


def known(ids: Iterable[str]) -> list[str]:
    """Those of the rules that the catalogue has."""
    found = []
    for id in ids:
        try:
            rule(id)
        except UnknownRule:
            continue
        found.append(id)
    return found


def levels(subject: str, day: date) -> Mapping[str, str]:
    """The levels of a day with their names (`rate.levels.*`); for days before the oldest rule, the list of codes."""
    id = "rate.levels.member" if subject == "members" else "rate.levels.organisation"
    try:
        return {str(code): str(name) for code, name in table(id, day).items()}
    except NoRuleInForce:
        return {code: name for code, name in RATING_LEVEL.choices if code != "not_rated"}


def step_order(day: date) -> tuple[str, ...]:
    """The stages in the order of the rule (`rate.steps`); where the rule is silent, that of our list."""
    try:
        said: Any = value("rate.steps", day)
    except (NoRuleInForce, UnknownRule):
        return STAGES
    if isinstance(said, Mapping):
        said = next((said[key] for key in ("order", "steps", "stages") if key in said), ())
    named = [str(stage) for stage in said] if isinstance(said, tuple) else []
    # The rule names self-rating, appraisal and decision; vote and opinions lie between, as in our list.
    return tuple(stage for stage in STAGES if stage in named) or STAGES


def level_of_score(score: Decimal, day: date) -> str:
    """The level that a score of 100 gives (`rate.score`, from rating year 2025), "" where no rule says."""
    try:
        least = table("rate.score", day)
    except NoRuleInForce:
        return ""
    reached = [(low, str(code)) for code, low in least.items() if isinstance(low, int) and score >= low]
    return max(reached)[1] if reached else ""


def default_cap_base(day: date) -> str:
    """How the cap on excellent is counted unless the round says otherwise (`rate.cap.base`)."""
    try:
        return str(table("rate.cap.base", day).get("default") or "tot_tro_len")
    except NoRuleInForce:
        return "tot_tro_len"


def cited(subject: str, day: date) -> dict[str, dict[str, str]]:
    """The rules in force on a day as a decision keeps them: document and article, and how sure we are."""
    other = "rate.levels.organisation" if subject == "members" else "rate.levels.member"
    found: dict[str, dict[str, str]] = {}
    for id in known(CITED):
        if id == other or (subject != "members" and id == "rate.excluded"):
            continue
        try:
            version = in_force(id, day)
        except NoRuleInForce:
            continue
        found[id] = {"text": version.citation().document_and_article(), "mark": version.mark}
    return found


#: The forms of self-review where the rule (`rate.forms`) names them; before, those of the guidance of the year.
FORMS: Mapping[str, str] = {"collective": "01", "member": "2A", "leader": "2B", "outside": "2C"}


def form_number(who: str, day: date) -> str:
    """The number of the form of self-review ("01", "2A", "2B", "2C"), "" where no rule of the day names one."""
    try:
        said: Any = value("rate.forms", day)
    except (NoRuleInForce, UnknownRule):
        return FORMS[who] if day.year >= 2025 else ""
    if isinstance(said, Mapping) and isinstance(said.get(who), str):
        return str(said[who]).removeprefix("Mẫu ")
    return FORMS[who]
