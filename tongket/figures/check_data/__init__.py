"""Is everything that is derived what the records make it, and is the ledger whole? `./run check-data` prints this."""

from tongket.figures.check_data import judging, register, work
from tongket.figures.check_data.common import Check

__all__ = ["Check", "check_all"]


def check_all() -> list[Check]:
    """Run every check. Reads only; nothing is mended."""
    return [
        register.check_tree(),
        register.check_spells(),
        register.check_members(),
        register.check_merged(),
        register.check_balances(),
        register.check_sums(),
        work.check_files(),
        work.check_obligations(),
        work.check_conferences(),
        work.check_search(),
        judging.check_rating_rounds(),
        judging.check_badge_proposals(),
        judging.check_certificates(),
        judging.check_inspections(),
        judging.check_cases(),
        judging.check_admissions(),
        work.check_ledger(),
    ]
