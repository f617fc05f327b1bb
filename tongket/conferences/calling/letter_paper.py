"""Word papers that go out before a conference: with the head of the committee that calls it, as on the day."""

from datetime import date

from tongket.core.codelists import POST
from tongket.core.dates import long_date_vi
from tongket.members.models import PostHolding
from tongket.organisations.models import Organisation
from tongket.organisations.paper_names import COMMITTEES, SYMBOLS, above_of, issuer_of, party_body, place_of
from tongket.organisations.queries import name_on
from tongket.ui.word_paper import WordPaper


class CallingPaper(WordPaper):
    """One Word file of an organisation, dated `on`."""

    def __init__(self, organisation: Organisation, on: date, title: str) -> None:
        self.organisation, self.on = organisation, on
        self.issuer, self.committee = issuer_of(name_on(organisation, on), organisation.kind)
        self.above = above_of(organisation, on)[0]
        super().__init__(on, title, self.issuer)

    def headed(self, letters: str, signed_on: date | None = None) -> None:
        """The head. `letters` of the kind of paper, "" for one without number; the day is left open without one."""
        symbol = f"{letters}/{SYMBOLS.get(self.committee, 'ĐU')}" if letters else ""
        place = place_of(self.issuer, self.committee, self.above)
        when = long_date_vi(signed_on) if signed_on else f"ngày      tháng      năm {self.on.year}"
        self.head(party_body(self.above), self.issuer, symbol, f"{place}, {when}")

    def signed(self, recipients: tuple[str, ...]) -> None:
        """Recipients, and the secretary's signature for the committee."""
        wide = self.committee in COMMITTEES.values()
        on_behalf = "T/M BAN THƯỜNG VỤ" if wide else f"T/M {self.committee.upper()}"
        self.closing(recipients, on_behalf, POST.label("secretary").upper(), self._secretary())

    def _secretary(self) -> str:
        held = PostHolding.objects.filter(
            organisation=self.organisation,
            post="secretary",
            voided_at__isnull=True,
            valid_from__lte=self.on,
            valid_to__gt=self.on,
        ).select_related("member")
        first = held.first()
        return str(first.member.full_name) if first else ""
