"""What the rules say of a round: the version in force on the last day of its period."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tongket.core.codelists import RATING_LEVEL
from tongket.ratings.rounds.queries import STAGES
from tongket.rules.catalogue import NoRuleInForce, in_force, integer, table, value

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


def levels(subject: str, day: date) -> Mapping[str, str]:
    """The levels of a day with their names (`rate.levels.*`); for days before the oldest rule, the list of codes."""
    id = "rate.levels.member" if subject == "members" else "rate.levels.organisation"
    try:
        return {str(code): str(name) for code, name in table(id, day).items()}
    except NoRuleInForce:
        return {code: name for code, name in RATING_LEVEL.choices if code != "not_rated"}


def step_order(day: date) -> tuple[str, ...]:
    """The stages that the rule names, in its order (`rate.steps`); before the oldest rule, those of our list."""
    try:
        said: Any = value("rate.steps", day)
    except NoRuleInForce:
        return STAGES
    return tuple(str(stage) for stage in said) if isinstance(said, tuple) else STAGES


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
    for id in CITED:
        if id == other or (subject != "members" and id == "rate.excluded"):
            continue
        try:
            version = in_force(id, day)
        except NoRuleInForce:
            continue
        found[id] = {"text": version.citation().document_and_article(), "mark": version.mark}
    return found


#: Whose form is which key of the rule `rate.forms`.
FORMS: Mapping[str, str] = {
    "collective": "Mẫu 01",
    "member": "Mẫu 2A",
    "leader": "Mẫu 2B",
    "outside_political_system": "Mẫu 2C",
}


def form_name(who: str, day: date) -> str:
    """The form of self-review by `rate.forms` of the day ("Mẫu 2A"), "" where the rule names none by number."""
    try:
        said: Any = value("rate.forms", day)
    except NoRuleInForce:
        return ""
    return str(said.get(who, "")) if isinstance(said, Mapping) else ""


def years_kept(day: date) -> int:
    """For how many years self-reviews stay in the member's file (`rate.keep`), 0 where no rule says."""
    try:
        return integer("rate.keep", day)
    except NoRuleInForce:
        return 0
