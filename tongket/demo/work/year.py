"""The year's work of the demo, in the order in which an office does it."""

from collections.abc import Callable
from random import Random

from tongket.demo.draw.plain import District
from tongket.demo.planning import count_the_tables
from tongket.demo.work.books import lock_the_books, report_late
from tongket.demo.work.conferences import hold_conferences
from tongket.demo.work.events import celebrate, issue_papers, note_the_mood, plan_sessions
from tongket.demo.work.judging.people import gather
from tongket.demo.work.judging.year import judge_since, judge_the_year
from tongket.demo.work.obligations import hand_out_the_year, hand_out_today
from tongket.demo.work.twice import enter_some_twice
from tongket.organisations.models import Organisation


def do_the_work(
    drawn: District, seed: int, progress: Callable[[str, float], None], begin: float, end: float
) -> None:
    """Let the district do its year by the product's own acts; `progress` goes from `begin` to `end`.

    What is due about today, the coming conference, the planned sessions and what is under way lie around the present
    day; badges and recognitions go on up to it; all else is of 2023 and the same for the same seed.
    """
    cast = gather(drawn, seed)
    root = cast.root

    def chance(part: str) -> Random:
        return Random(f"{seed} work {part}")  # nosec B311  # made-up work, drawn alike every time

    steps: tuple[tuple[str, float, Callable[[], None]], ...] = (
        ("Ban hành văn bản", 0.0, lambda: issue_papers(root, chance("papers"))),
        ("Giao việc cho cơ sở", 0.02, lambda: hand_out_the_year(root, chance("obligations"))),
        ("Kiểm tra, xếp loại, khen thưởng", 0.3, lambda: judge_the_year(cast)),
        ("Tổ chức hội nghị", 0.62, lambda: hold_conferences(root, chance("conferences"))),
        ("Ghi các hoạt động trong năm", 0.85, lambda: _rest(root)),
        ("Chốt sổ số liệu", 0.86, lambda: lock_the_books(cast)),
        ("Giao việc gần đây", 0.88, lambda: hand_out_today(root, chance("today"))),
        ("Công việc đang làm", 0.9, lambda: judge_since(cast)),
        ("Báo cáo muộn", 0.99, lambda: report_late(cast)),
        ("Hồ sơ ghi hai lần", 0.995, enter_some_twice),
    )
    for title, share, step in steps:
        progress(title, begin + (end - begin) * share)
        step()
        count_the_tables()


def _rest(root: Organisation) -> None:
    celebrate(root)
    note_the_mood(root)
    plan_sessions(root)
