"""A sealed case is nobody's but of who is named for it; of discipline who has no duty for it learns no small number."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.walk.conftest import browser
from tests.walk.kit.addresses import places
from tests.walk.kit.canaries import found
from tests.walk.kit.judging.addresses import SEALED
from tests.walk.kit.reading import text_of
from tests.walk.kit.world import Walk
from tests.walk.test_silence import timeless
from tongket.inspections.acts import add_member_discipline, add_organisation_discipline
from tongket.inspections.drafts import MemberDisciplineDraft, OrganisationDisciplineDraft

#: Who holds every duty, at the body and above it; who holds the very duty; who reads the ledger.
MIGHTY = ("b-inspection", "q-inspection", "b-all", "all", "q-auditor", "named-a")


def _words(walk: Walk) -> set[str]:
    return {word for word in walk.planted.words if word.startswith("zqpb1kin")}


def test_who_is_named_reads_the_case_and_what_came_of_it(walk: Walk, db: Any) -> None:
    client = browser(walk.users["named"])
    case = walk.records["sealed_case"]["PB1"]
    page = text_of(client.get(reverse("cases:case", args=[case.identity])))
    record = walk.records["sealed_case_discipline"]["PB1"]
    decision = text_of(client.get(reverse("inspections:detail", args=[record.pk])))
    shown = found(page, _words(walk)) | found(decision, _words(walk))
    assert len(_words(walk)) == 6
    assert shown == _words(walk)


@pytest.mark.parametrize("name", MIGHTY)
def test_nobody_else_reads_it_whatever_the_duty(
    walk: Walk, db: Any, unchanged: Callable[[], None], name: str
) -> None:
    client, words = browser(walk.users[name]), _words(walk)
    own = {str(walk.records["sealed_case"]["PB1"].identity)}
    theirs = [place for place in places(walk) if place.about == SEALED and _of(place.path, own, walk)]
    unchanged()
    assert len(theirs) > 15
    for place in theirs:
        answer = client.get(place.path)
        assert answer.status_code in (403, 404, 405), place
        assert not found(text_of(answer), words), place


def _of(path: str, identities: set[str], walk: Walk) -> bool:
    record = walk.records["sealed_case_discipline"]["PB1"]
    return any(one in path for one in identities) or path.startswith(f"/ky-luat/{record.pk}/")


#: Pages on which discipline is listed, counted or exported; the person's own name is no secret elsewhere.
LISTS = (
    ("cases:list", "?thoi_gian=tat-ca"),
    ("cases:list", "?thoi_gian=tat-ca&xuat=xlsx"),
    ("cases:appeals", ""),
    ("cases:statistics", "?ky=2023"),
    ("cases:statistics", "?ky=2023&xuat=xlsx"),
    ("inspections:list", "?thoi_gian=tat-ca"),
    ("inspections:list", "?thoi_gian=tat-ca&xuat=xlsx"),
    ("inspections:list", "?thoi_gian=tat-ca&q=zqpb1shielded"),
    ("inspections:statistics", "?ky=2023"),
    ("web:overview", "?ky=2023"),
    ("web:forms", "?ky=2023"),
    ("obligations:due", ""),
)
FIGURE = (("web:figure", ""), ("web:figure", "&xuat=xlsx"), ("web:figure_records", ""))


@pytest.mark.parametrize("name", ["b-inspection", "q-inspection", "all"])
def test_no_list_names_who_it_is_about_but_the_count_stays(walk: Walk, db: Any, name: str) -> None:
    client = browser(walk.users[name])
    secret = _words(walk) | {"zqpb1shieldednameqz"}
    paths = [reverse(page) + query for page, query in LISTS]
    paths += [
        reverse(page, args=[figure]) + f"?ky=2023{query}"
        for page, query in FIGURE
        for figure in ("discipline.members", "discipline.members.warning")
    ]
    for path in paths:
        said = text_of(client.get(path))
        assert not found(said, secret), path
        assert str(walk.records["sealed_case"]["PB1"].identity) not in said, path
    listed = client.get(reverse("cases:list") + "?thoi_gian=tat-ca").content.decode()
    assert f"{1 if name.startswith('b-') else 2} vụ việc niêm phong" in listed
    person = client.get(reverse("members:detail", args=[walk["S-PB1"].uid])).content.decode()
    assert not re.search(r"/ky-luat/(\d|vu-viec/[0-9a-f]{8}-)", person)
    assert (
        reverse("inspections:detail", args=[walk.records["sealed_case_discipline"]["PB1"].pk]) not in person
    )


def test_who_is_named_and_who_is_not_count_the_same(walk: Walk, db: Any) -> None:
    for name in ("named", "b-inspection"):
        page = browser(walk.users[name]).get(reverse("cases:statistics") + "?ky=2023")
        said = " ".join(re.sub(r"<[^>]*>", " ", page.content.decode()).split())
        assert "Đảng viên bị kỷ luật 2 " in said, name


# --- masked numbers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["b-organisation", "b-office", "b-propaganda"])
def test_a_first_and_second_decision_change_no_page_of_figures_of_who_has_no_duty_for_discipline(
    walk: Walk, db: Any, name: str
) -> None:
    client = browser(walk.users[name])
    before = _figures(walk, client)
    for number, code in ((0, "M-PB1"), (1, "M-PB2")):
        member = walk[code]
        draft = MemberDisciplineDraft(
            member, member.organisation, "reprimand", date(2022, 6, 6 + number), "duty"
        )
        add_member_discipline(draft, by=None)
    reprimand = OrganisationDisciplineDraft(walk["PB2"], "reprimand", date(2022, 6, 6), "duty")
    add_organisation_discipline(reprimand, by=None)
    cache.clear()
    after = _figures(walk, client)
    assert before.keys() == after.keys()
    assert not [path for path in before if before[path] != after[path]]
    assert len(before) > 30


def _figures(walk: Walk, client: Any) -> dict[str, str]:
    """The pages with figures, in words, without what a clock decides."""
    seen = {}
    for place in places(walk):
        if place.name.startswith("web:") and not place.about and "report_file" not in place.name:
            path = f"{place.path}?ky=2022"
            seen[path] = timeless(text_of(client.get(path)))
    return seen


def test_the_masked_figure_says_that_it_is_small_and_not_how_small(walk: Walk, db: Any) -> None:
    for name, shown in (("b-office", False), ("b-inspection", True)):
        path = reverse("web:figure", args=["discipline.members"]) + "?ky=2023"
        page = browser(walk.users[name]).get(path).content.decode()
        assert ("dưới 3" in page) is not shown


def test_figures_of_cases_open_for_the_duty_while_some_are_sealed(walk: Walk, db: Any) -> None:
    client = browser(walk.users["b-inspection"])
    for figure in ("cases.opened", "cases.ended", "cases.appeals", "discipline.members"):
        path = reverse("web:figure", args=[figure]) + "?ky=2023"
        assert client.get(path).status_code == 200, figure
    assert client.get("/so-lieu/nhom/discipline/?ky=2023").status_code == 200
