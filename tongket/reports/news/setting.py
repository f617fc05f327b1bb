"""What the sentences call the organisation and the period."""

from collections.abc import Callable
from dataclasses import dataclass

from tongket.core.dates import format_date
from tongket.members.heading import heading_of
from tongket.organisations.queries import name_on
from tongket.reports.facts import ReportFacts
from tongket.reports.news.telling import Sentence, Teller, said, upper


@dataclass(frozen=True, slots=True)
class Setting:
    """The words around the figures. `is_upper`: a committee above grassroots organisations, not one of them."""

    name: str  # Đảng bộ huyện Quế Sơn
    issuer: str  # Huyện ủy Quế Sơn
    committee: str  # Huyện ủy
    body: str  # Đảng bộ huyện, Đảng bộ, Chi bộ
    period: str  # năm 2023
    period_before: str
    period_after: str
    as_at: str
    is_whole: bool  # told as at the period's last day
    is_upper: bool
    is_cell: bool

    @property
    def Body(self) -> str:
        """The body at the beginning of a sentence."""
        return upper(self.body)

    @property
    def Period(self) -> str:
        """The period at the beginning of a sentence: 'Năm 2023', 'Trong quý I năm 2023'."""
        return upper(self.period) if self.period.startswith(("năm ", "quý ")) else f"Trong {self.period}"

    @property
    def is_year(self) -> bool:
        """Whether the period is a calendar year."""
        return self.period.startswith("năm ")

    @property
    def Within(self) -> str:
        """'Trong năm' once the year has been named; any other period is named again: 'Trong 6 tháng đầu năm 2023'."""
        return "Trong năm" if self.is_year else f"Trong {self.period}"

    @property
    def At_end(self) -> str:
        """'Đến ngày 31/12/2023'; of a part of a year that is over 'Kết thúc quý I năm 2023'."""
        return f"Kết thúc {self.period}" if self.is_whole and not self.is_year else f"Đến ngày {self.as_at}"

    @property
    def up_to(self) -> str:
        """'tính đến ngày 31/12/2023'; of a part of a year that is over 'tính đến hết quý I năm 2023'."""
        return (
            f"tính đến {f'hết {self.period}' if self.is_whole and not self.is_year else f'ngày {self.as_at}'}"
        )

    @property
    def all_of_it(self) -> str:
        """'toàn Đảng bộ huyện'; a cell has no parts."""
        return self.body if self.is_cell else f"toàn {self.body}"

    def of(self, sentence: Callable[["Setting", Teller], str]) -> Sentence:
        """A sentence that names the organisation or the period, ready to be told."""
        return lambda teller: sentence(self, teller)


def setting_of(facts: ReportFacts) -> Setting:
    """The words for a report, with the names of its own day."""
    heading = heading_of(facts.organisation, facts.as_at)
    return Setting(
        name=said(name_on(facts.organisation, facts.as_at) or facts.organisation.name),
        issuer=said(heading.issuer),
        committee=said(heading.committee),
        body=said(heading.body),
        period=facts.period.label(),
        period_before=facts.compared.label(),
        period_after=facts.period.following().label(),
        as_at=format_date(min(facts.as_at, facts.period.end)),
        is_whole=facts.as_at >= facts.period.end,
        is_upper=heading.is_district or (facts.value("organisations.grassroots") or 0) > 1,
        is_cell=heading.is_cell,
    )
