"""Bringing the demo district in through the front door, and the accounts to look at it with.

Only this loader makes accounts with a known password; an installation without the demo has none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from tongket.accounts.acts import assign, create_user
from tongket.accounts.duties import DUTIES
from tongket.accounts.models import User
from tongket.api.acts import enter
from tongket.core.problems import Problem, Refused
from tongket.demo.draw.plain import ROOT, District
from tongket.demo.generate import SEED, generate
from tongket.demo.planning import count_the_tables
from tongket.demo.reform import draw_up
from tongket.demo.work.year import do_the_work
from tongket.demo.workbooks import workbook
from tongket.intake.kinds import KINDS
from tongket.intake.rehearse import commit
from tongket.organisations.models import Organisation

Progress = Callable[[str, float], None]

# Shown by ./run at every start; of no use outside the made-up district.
DEMO_PASSWORD = "tong-ket-minh-hoa-2023"  # noqa: S105  # nosec B105
_SINCE = date(2020, 8, 1)

# Share of the whole time after which the books are in and the year's work begins.
_BOOKS = 0.7

# Share of the whole time that bringing in each workbook takes, for an even progress bar.
_WEIGHTS = {"members": 8.0, "events": 6.0, "ratings": 7.0, "organisations": 1.5, "posts": 1.5}


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demo."""

    username: str
    full_name: str
    organisation: str
    duties: tuple[str, ...]

    @property
    def what(self) -> str:
        """The duties in words, for the list that ./run prints."""
        return ", ".join(DUTIES.label(duty) for duty in self.duties)


REORGANISER = "to-chuc"  # draws up the plan of the reform, left as a draft
COMMUNE, CELL = f"{ROOT}.03", f"{ROOT}.03.03"
ACCOUNTS: tuple[Account, ...] = (
    Account("van-phong", "Văn phòng Huyện ủy", ROOT, ("office",)),
    Account("chanh-van-phong", "Chánh Văn phòng Huyện ủy", ROOT, ("office",)),
    Account("to-chuc", "Ban Tổ chức Huyện ủy", ROOT, ("organisation",)),
    Account("kiem-tra", "Ủy ban Kiểm tra Huyện ủy", ROOT, ("inspection",)),
    Account("tuyen-giao", "Ban Tuyên giáo Huyện ủy", ROOT, ("propaganda",)),
    Account("lanh-dao", "Thường trực Huyện ủy", ROOT, ("leader",)),
    Account("kiem-soat", "Cán bộ kiểm soát", ROOT, ("auditor",)),
    Account("quan-tri", "Quản trị hệ thống", ROOT, ("administrator",)),
    Account(f"bi-thu-{COMMUNE.lower()}", "Bí thư Đảng ủy xã", COMMUNE, ("organisation", "office")),
    Account(f"bi-thu-{CELL.lower()}", "Bí thư chi bộ thôn", CELL, ("organisation", "office")),
)


def load(progress: Progress, district: District | None = None) -> None:
    """Draw the demo district and import its workbooks, then make its accounts. Takes about half a minute.

    `progress` is told what is under way and which share (0 to 1) is done. Raises `Refused` when the register is not
    empty: a demo never goes into somebody's own books.
    """
    if Organisation.objects.exists():
        raise Refused([Problem("", "Sổ đã có dữ liệu: huyện minh họa chỉ được tạo trong sổ trống.")])
    progress("Dựng huyện minh họa", 0.0)
    drawn = district or generate()
    for title, kind, share in _steps():
        progress(f"Nhập {title}", share)
        commit(kind, workbook(drawn, kind), by=None, file_name=f"{kind}.xlsx")
        count_the_tables()
    make_accounts()
    connect_a_program()
    do_the_work(drawn, SEED, progress, _BOOKS, 1.0)
    draw_up(User.objects.get(username=REORGANISER))
    progress("Xong", 1.0)


def _steps() -> Iterator[tuple[str, str, float]]:
    """Title and kind of each workbook, with the share of the work done before it."""
    weights = {kind: _WEIGHTS.get(kind, 0.5) for kind in KINDS}
    whole, done = sum(weights.values()) + 2.0, 2.0
    for kind, weight in weights.items():
        yield KINDS[kind].title.lower(), kind, _BOOKS * done / whole
        done += weight


def connect_a_program() -> None:
    """A program that may read, without a token: that is given on its page, to whoever is there to take it."""
    enter(
        "Cổng số liệu của Huyện ủy",
        purpose="Đưa số liệu tháng lên màn hình phòng họp; Văn phòng Huyện ủy phụ trách",
        organisation=Organisation.objects.get(code=ROOT),
        duties=("propaganda",),  # figures and organisations, no person
        by=None,
        origin="demo",
    )


def make_accounts() -> None:
    """Make the demo's accounts with their one published password."""
    organisations = {
        o.code: o for o in Organisation.objects.filter(code__in={a.organisation for a in ACCOUNTS})
    }
    for account in ACCOUNTS:
        user, _ = create_user(
            account.username, full_name=account.full_name, by=None, password=DEMO_PASSWORD, origin="demo"
        )
        for duty in account.duties:
            assign(user, organisations[account.organisation], duty, since=_SINCE, by=None, origin="demo")
