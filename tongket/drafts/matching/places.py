"""Which organisation of the books a text names, and whether a text is of this organisation and period at all."""

import re
from dataclasses import dataclass, field

from tongket.claims.model import Reading
from tongket.core.periods import Period
from tongket.drafts.matching.plain import plain as fold
from tongket.organisations.models import Organisation, OrganisationPath, OrganisationVersion

_HEAD = re.compile(
    r"^(?:ban chap hanh |ban thuong vu |bch |btv |thuong truc |toan )*(?:dang bo|dang uy|chi bo|chi uy|tccs dang|"
    r"to chuc dang)? ?(?:co so |truc thuoc )?"
)
_LEVEL = re.compile(r"^(huyen|tinh|thi|thanh|quan|xa|phuong)(?: uy| xa| pho| tran)?(?: |$)")
_LEVELS = frozenset(
    (
        "huyen",
        "huyen uy",
        "tinh",
        "tinh uy",
        "thi uy",
        "thi xa",
        "thanh uy",
        "thanh pho",
        "quan",
        "quan uy",
        "xa",
    )
) | {"phuong", "thi tran"}
_KIND = re.compile(
    r"^(?:huyen uy|tinh uy|thi uy|thanh uy|quan uy|huyen|tinh|thi xa|thanh pho|quan|xa|phuong|thi tran|co quan) "
)
_DISTRICTS = frozenset({"district_committee"})
#: Bodies of districts and provinces named with their own names.
_OTHER = re.compile(
    r"(?:Đảng bộ|Huyện [uủ][yỷ]|[Hh]uyện|Thị [uủ][yỷ]|Thành [uủ][yỷ])\s(?:huyện |thị xã |thành phố )?"
    r"([A-ZĐ][\wÀ-ỹ]*(?: [A-ZĐ][\wÀ-ỹ]*){1,3})"
)


@dataclass
class Places:
    """The organisations that a text on `organisation` may name: itself and what lay below it in the period."""

    organisation: Organisation
    period: Period
    _by_name: dict[str, list[Organisation]] | None = field(default=None)

    def named(self, body: str) -> Organisation | None:
        """The organisation that a body's name means; None when none or several of the books bear it."""
        name = _HEAD.sub("", fold(body)).strip()
        own = _HEAD.sub("", fold(self.organisation.name)).strip()
        if not name or name in (own, _KIND.sub("", own)) or _KIND.sub("", name) == _KIND.sub("", own):
            return self.organisation
        if name in _LEVELS:  # "Huyện ủy", "Đảng bộ xã" without a name: this one, if it is of that level
            level = _LEVEL.match(name)
            mine = _LEVEL.match(own)
            return self.organisation if level and mine and level[1] == mine[1] else None
        found = self._names().get(name, [])
        return found[0] if len(found) == 1 else None

    def _names(self) -> dict[str, list[Organisation]]:
        if self._by_name is None:
            below = OrganisationPath.objects.filter(
                ancestor=self.organisation,
                depth__gt=0,
                voided_at__isnull=True,
                valid_from__lte=self.period.end,
                valid_to__gt=self.period.start,
            )
            versions = OrganisationVersion.objects.filter(
                organisation__in=below.values("descendant"),
                voided_at__isnull=True,
                valid_from__lte=self.period.end,
                valid_to__gt=self.period.start,
            ).select_related("organisation")
            known: dict[str, dict[int, Organisation]] = {}
            for version in versions:
                whole = _HEAD.sub("", fold(version.name)).strip()
                for name in {whole, _KIND.sub("", whole)}:
                    known.setdefault(name, {})[version.organisation_id] = version.organisation
            self._by_name = {name: list(found.values()) for name, found in known.items()}
        return self._by_name

    def elsewhere(self, reading: Reading) -> str:
        """Why a text is not of this organisation and period, said once; "" when it may be.

        A text names its own district in its first lines and its year most often; only when both what it names is
        another and its own is never named is it taken to be another's.
        """
        return self._other_organisation(reading.text) or self._other_year(reading)

    def _other_organisation(self, text: str) -> str:
        own = _KIND.sub("", _HEAD.sub("", fold(self.organisation.name)).strip())
        if self.organisation.kind not in _DISTRICTS or not own or own in fold(text[:200_000]):
            return ""
        counts: dict[str, int] = {}
        for name in _OTHER.findall(text[:200_000]):
            counts[name] = counts.get(name, 0) + 1
        if not counts:
            return ""
        likely = max(counts, key=lambda name: counts[name])
        return (
            f"Chưa đối chiếu: bản thảo nói về «{likely}» và không nhắc đến {self.organisation.name}. "
            "Chọn đúng tổ chức của bản thảo rồi soát lại."
        )

    def _other_year(self, reading: Reading) -> str:
        years: dict[int, int] = {}
        for number in reading.numbers:
            year = number.on.year if number.on else int(number.value) if number.role == "year" else 0
            if 1930 <= year <= 2100:
                years[year] = years.get(year, 0) + 1
        asked = range(self.period.start.year, self.period.end.year + 1)
        if not years or any(year in years for year in asked) or str(self.period.end.year) in reading.text:
            return ""
        likely = max(years, key=lambda year: years[year])
        return (
            f"Chưa đối chiếu: bản thảo nói về năm {likely}, không có chỗ nào nhắc {self.period.label()}. "
            "Chọn đúng kỳ của bản thảo rồi soát lại."
        )
