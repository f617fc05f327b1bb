"""Figures and their records for programs: the same numbers, masks and seals as on the pages."""

import re
import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.api.conftest import get, token_for
from tests.page_world import logged_in
from tests.world import add_user
from tongket.api.acts import DUTIES_OF_PROGRAMS
from tongket.api.models import ApiClient
from tongket.audit.models import LedgerEntry
from tongket.core.masks import mask_text
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Ratio
from tongket.inspections.models import MemberDiscipline, SealedAccess
from tongket.members.acts import transfer

FIGURES = ("members.total", "discipline.members", "discipline.members.warning")
ASKED = {"organisation": "QS", "period": "2023"}


def decided(world: Any, code: str, cell: str, *, sealed: bool = False) -> MemberDiscipline:
    """A decision about somebody, as far as figures read it."""
    return MemberDiscipline.objects.create(
        member=world[code],
        organisation=world[cell],
        form="warning",
        ground="duty",
        decided_on=date(2023, 6, 1),
        recorded_at=timezone.now(),
        sealed=sealed,
        case_identity=uuid.uuid4() if sealed else None,
    )


def figure(token: str, id: str, **more: Any) -> dict[str, Any]:
    """One figure as the interface says it."""
    answer = get(token, "figures", ids=id, **{**ASKED, **more})
    assert answer.status_code == 200, answer.content
    return answer.json()["figures"][0]


@pytest.fixture
def punished(world: Any) -> None:
    """Four decisions, one of them sealed."""
    for code, cell in (("M1", "PA1"), ("M3", "PA2"), ("M4", "PB1")):
        decided(world, code, cell)
    decided(world, "M5", "VP", sealed=True)


@pytest.mark.parametrize("duty", DUTIES_OF_PROGRAMS)
@pytest.mark.parametrize("id", FIGURES)
def test_a_program_is_told_what_the_page_tells_somebody_with_the_same_duty(
    world: Any, punished: None, duty: str, id: str
) -> None:
    told = figure(token_for(world, "QS", duty), id)
    page = logged_in(add_user(world, f"one-{duty}", "QS", duty)).get(f"/so-lieu/{id}/?to_chuc=QS&ky=2023")
    text = re.sub(r"\s+", " ", page.content.decode())
    assert page.status_code == 200
    if told["mask"]:
        assert told["value"] is told["numerator"] is told["records"] is None
        assert mask_text(told["mask"]) in text
    else:
        assert re.search(rf'class="[^"]*big-figure[^"]*"[^>]*>\s*(<[^>]+>)*\s*{told["value"]}\b', text) or (
            f">{told['value']}<" in text
        )


@pytest.mark.parametrize("duty", DUTIES_OF_PROGRAMS)
@pytest.mark.parametrize("id", FIGURES)
def test_records_are_listed_to_whom_the_page_lists_them(
    world: Any, punished: None, duty: str, id: str
) -> None:
    answer = get(token_for(world, "QS", duty), f"figures/{id}/records", **ASKED)
    client = logged_in(add_user(world, f"two-{duty}", "QS", duty))
    page = client.get(f"/so-lieu/{id}/ho-so/?to_chuc=QS&ky=2023")
    assert answer.status_code == page.status_code
    if answer.status_code != 200:
        return
    text = page.content.decode()
    said = answer.json()
    assert all(row["title"] in text for row in said["items"])
    assert said["count"] == said["sealed"] + len(said["items"])
    assert ("Đỗ Đức Em" in text) is any(row["title"] == "Đỗ Đức Em" for row in said["items"])


def test_a_sealed_case_is_counted_but_named_to_nobody_not_named_for_it(world: Any, punished: None) -> None:
    token = token_for(world, "QS", "inspection")
    said = get(token, "figures/discipline.members/records", **ASKED).json()
    assert (said["count"], said["sealed"], len(said["items"])) == (4, 1, 3)
    finer = get(token, "figures/discipline.members.warning/records", **ASKED).json()
    assert (finer["count"], finer["sealed"], len(finer["items"])) == (3, 0, 3)
    known = get(
        token, "figures/discipline.members/records", **ASKED, as_known_at=timezone.now().isoformat()
    ).json()
    assert (known["count"], known["sealed"]) == (3, 0)
    named = token_for(world, "QS", "inspection")
    row = MemberDiscipline.objects.get(sealed=True)
    user = ApiClient.objects.latest("id").user
    SealedAccess.objects.create(user=user, case_identity=row.case_identity, recorded_at=timezone.now())
    said = get(named, "figures/discipline.members/records", **ASKED).json()
    assert (said["sealed"], len(said["items"])) == (0, 4)


def test_a_share_has_numerator_and_denominator(world: Any) -> None:
    shares = [one.id for one in INDICATORS.values() if isinstance(one.formula, Ratio)][:40]
    said = get(token_for(world, "QS", "office"), "figures", ids=",".join(shares), **ASKED).json()["figures"]
    shown = [row for row in said if row["denominator"]]
    assert shown
    whole = {row["id"]: row for row in shown if INDICATORS[row["id"]].unit == "%"}
    assert whole
    for row in whole.values():
        if not INDICATORS[row["id"]].id.endswith("change_pct"):
            assert row["value"] == pytest.approx(100 * row["numerator"] / row["denominator"], abs=0.1)


def test_children_add_up_to_the_whole(world: Any) -> None:
    said = get(
        token_for(world, "QS", "office"), "figures", ids="members.total", children="true", **ASKED
    ).json()
    assert sum(child["figures"][0]["value"] for child in said["children"]) == said["figures"][0]["value"] == 6


def test_figures_are_asked_as_at_and_as_known_at(world: Any) -> None:
    token = token_for(world, "PA", "office")
    asked = {"organisation": "PA"}
    before = LedgerEntry.objects.latest("id").at.isoformat()
    transfer(world["M1"], to=world["PB1"], on=date(2023, 6, 1), by=None)
    assert figure(token, "members.total", **asked)["value"] == 2
    assert figure(token, "members.total", **asked, as_at="2023-05-31")["value"] == 3
    assert figure(token, "members.total", **asked, as_known_at=before)["value"] == 3


def test_records_read_in_pages_stay_one_list_while_others_are_recorded(world: Any) -> None:
    token = token_for(world, "QS", "organisation")
    first = get(token, "figures/members.total/records", limit=2, **ASKED).json()
    transfer(world["M2"], to=world["PB1"], on=date(2023, 6, 1), by=None)  # her record is another one now
    titles, cursor = [row["title"] for row in first["items"]], first["next"]
    while cursor:
        page = get(token, "figures/members.total/records", limit=2, cursor=cursor, **ASKED).json()
        titles += [row["title"] for row in page["items"]]
        cursor = page["next"]
    assert len(titles) == len(set(titles)) == first["count"] == 6


def test_people_behind_a_figure_are_noted(world: Any) -> None:
    get(token_for(world, "QS", "organisation"), "figures/members.total/records", **ASKED)
    assert LedgerEntry.objects.filter(action="figure.records").get().data["rows"] == 6


def test_figures_may_be_kept_and_asked_again_by_their_tag(world: Any) -> None:
    token = token_for(world, "QS", "office")
    first = get(token, "figures", ids="members.total", **ASKED)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = Client().get(
        "/api/v1/figures",
        {**ASKED, "ids": "members.total"},
        headers={"Authorization": f"Bearer {token}", "If-None-Match": first.headers["ETag"]},
    )
    assert again.status_code == 304 and again.content == b""
    transfer(world["M1"], to=world["PB1"], on=date(2023, 6, 1), by=None)
    other = get(token, "figures", ids="members.total", lang="en", **ASKED)
    assert other.headers["ETag"] != first.headers["ETag"]
