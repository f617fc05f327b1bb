"""The arithmetic inside a text: each claim held against the other numbers of the text itself.

Verdicts, from what published texts have taught (most claims are right, so a false alarm costs more than a fault found):
a percentage is judged by the digits printed; cut off instead of rounded is doubtful; before a percentage is called
wrong, every other whole near it is tried; a sum is wrong only where the list claims to be complete.
"""

from .checks.again.restated import check_restated
from .checks.again.statements import check_again
from .checks.again.twice import check_twice
from .checks.changes import check_changes
from .checks.earlier.told import check_told_changes
from .checks.excess import check_excess
from .checks.groups.brackets import check_brackets
from .checks.groups.chains import check_chains
from .checks.groups.flows import check_flows
from .checks.groups.groups import check_groups
from .checks.lists.left import check_left
from .checks.lists.means import check_means
from .checks.lists.names import check_names
from .checks.lists.rates import check_rates
from .checks.lists.remains import check_remains
from .checks.lists.rest import check_rest
from .checks.lists.told import check_told
from .checks.lists.totals import check_totals
from .checks.lists.whole import check_whole
from .checks.lists.years import check_years
from .checks.marks import check_marks
from .checks.parts import check_parts
from .checks.percentages.amounts import check_amounts
from .checks.percentages.hundred import check_hundred
from .checks.percentages.named import check_named
from .checks.percentages.shares import check_shares
from .checks.reached import check_reached
from .checks.tables import check_tables
from .checks.targets import check_targets
from .checks.times.anniversaries import check_anniversaries
from .checks.times.dates import check_dates
from .checks.view import View
from .model import Judgement, Reading

__all__ = ["judge"]

# In this order: the parts of a sum are not blamed again for a count that its own percentage has found wrong, and the
# title is held against what the text has been found to be.
_CHECKS = (
    check_shares,
    check_amounts,
    check_named,
    check_targets,
    check_reached,
    check_excess,
    check_changes,
    check_told_changes,
    check_parts,
    check_groups,
    check_brackets,
    check_years,
    check_flows,
    check_chains,
    check_told,
    check_rest,
    check_left,
    check_remains,
    check_totals,
    check_whole,
    check_means,
    check_names,
    check_rates,
    check_hundred,
    check_tables,
    check_dates,
    check_anniversaries,
    check_marks,
    check_twice,
    check_again,
    check_restated,
)

_WHY = {
    "plain": "Số thứ tự, tên gọi, độ tuổi hoặc mức: không phải số liệu để tính.",
    "date": "Không có gì trong văn bản để đối chiếu ngày, năm này.",
    "span": "Không có số nào bên cạnh để đối chiếu khoảng thời gian này.",
    "reference": "Số, ký hiệu văn bản: đối chiếu với sổ văn bản, không tính được.",
}
_NOTHING = "Trong văn bản không có số nào để tính lại số này."
_AHEAD = "Mục tiêu hoặc nhiệm vụ phía trước, không phải kết quả."


def judge(reading: Reading) -> list[tuple[int, Judgement]]:
    """The judgements of all claims in their order, at least one of each: (position of the claim, judgement)."""
    view = View(reading)
    for check in _CHECKS:
        check(view)
    found: list[tuple[int, Judgement]] = []
    for i, claim in enumerate(reading.claims):
        said = view.found.get(i)
        if not said:
            reason = _AHEAD if claim.tense == "goal" else _WHY.get(claim.kind, _NOTHING)
            said = [Judgement("not_checked", "arithmetic", reason)]
        found.extend((i, judgement) for judgement in said)
    return found
