"""What is sent to the program: not without the token, not without the duty, not for others' records, no field more."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from tests.walk.conftest import browser
from tests.walk.kit.addresses import RECORDS, places
from tests.walk.kit.canaries import CHAIN, forbidden, found
from tests.walk.kit.forms import asked, entered, names_of, undone
from tests.walk.kit.reading import text_of
from tests.walk.kit.world import DUTIES, USERS, Walk
from tongket.accounts.duties import RIGHTS
from tongket.ui.gate import Gate

#: A form that is otherwise all right: enough to get as far as the act, where there is one field to fill.
SURE = {"reason": "thử", "why": "thử", "da_kiem_tra": "1", "on": "01/12/2023"}


def _verb(view: Any) -> Gate:
    return getattr(view, "gate", Gate(None, ()))


def test_no_address_takes_anything_without_the_token(
    walk: Walk, db: Any, unchanged: Callable[[], None], plain_refusals: None
) -> None:
    client = browser(walk.users["all"], enforce_csrf_checks=True)
    unchanged()
    reached: set[str] = set()
    for place in places(walk):
        if place.name not in reached:
            reached.add(place.name)
            # The interface for programs has no session to ride on, and takes nothing from anybody.
            expected = 405 if place.name.startswith("api:") else 403
            for send in (client.post, client.put, client.patch, client.delete):
                assert send(place.path).status_code == expected, (place.name, send)
    assert len(reached) > 100


@pytest.mark.parametrize("duty", DUTIES)
def test_a_duty_without_the_verb_sends_in_vain(
    walk: Walk, db: Any, unchanged: Callable[[], None], plain_refusals: None, duty: str
) -> None:
    client = browser(walk.users[f"q-{duty}"])
    unchanged()
    tried: set[str] = set()
    for place in places(walk):
        gate = _verb(place.view)
        if gate.verb and duty not in RIGHTS[gate.verb] and place.name not in tried:
            tried.add(place.name)
            expected = 403 if "POST" in gate.methods else 405
            assert client.post(place.path, SURE).status_code == expected, place.name
    assert tried


def test_pages_for_reading_take_nothing(
    walk: Walk, db: Any, unchanged: Callable[[], None], plain_refusals: None
) -> None:
    client = browser(walk.users["all"])
    unchanged()
    tried: set[str] = set()
    for place in places(walk):
        gate = getattr(place.view, "gate", None)
        if gate is not None and "POST" not in gate.methods and place.name not in tried:
            tried.add(place.name)
            assert client.post(place.path, SURE).status_code == 405, place.name
    assert len(tried) > 30


def test_records_of_others_are_not_there_for_sending_either(
    walk: Walk, db: Any, unchanged: Callable[[], None], plain_refusals: None
) -> None:
    client = browser(walk.users["b-all"])
    mine = forbidden(USERS["b-all"], walk.planted)
    unchanged()
    tried: set[str] = set()
    wrong = []
    for place in places(walk):
        if "POST" in _verb(place.view).methods and _foreign(walk, place.about, place.name):
            tried.add(place.name)
            answer = client.post(place.path, SURE)
            if answer.status_code != 404 or found(text_of(answer), mine):
                wrong.append((place.path, answer.status_code))
    assert not wrong, wrong
    assert len(tried) > 100


#: What was handed or sent to PB from above is not PB's to change, but PB may do these about it.
HANDED = {
    "obligations:hand_down",
    "conferences:answer",
    "honours:commending_propose",
    # The part of a list that is one's own, and taking back what one saved there oneself.
    "ratings:round_grid",
    "ratings:round_grid_undo",
    "ratings:round_undo",
}
SHARED = ("directives:", "conferences:", "ratings:", "honours:", "inspections:")


def _foreign(walk: Walk, about: str, page: str) -> bool:
    if about == "QS+PB":
        return page.startswith(SHARED) and page not in HANDED
    if about in walk.members:
        walk.members[about].refresh_from_db()
        about = walk.members[about].organisation.code
    return "PB" not in CHAIN[about] if about in CHAIN else about in set(USERS) - {"b-all"}


@pytest.mark.parametrize(
    ("code", "kind"), [("PX", "move"), ("PX", "found"), ("PB3", "dissolve"), ("PC1", "move"), ("PB", "found")]
)
def test_what_was_decided_above_is_not_undone_by_one_side_alone(
    walk: Walk, db: Any, unchanged: Callable[[], None], code: str, kind: str
) -> None:
    act = walk[code].acts.get(kind=kind)
    path = f"/to-chuc/{code}/quyet-dinh/{act.pk}/huy/"
    client = browser(walk.users["b-all"])
    unchanged()
    answer = client.post(path, {"reason": "thử"})
    assert answer.status_code == 422
    assert "không thuộc phạm vi được giao" in answer.content.decode()


def test_a_move_is_undone_by_who_keeps_both_sides(walk: Walk, db: Any) -> None:
    act = walk["PX"].acts.get(kind="move")
    answer = browser(walk.users["q-organisation"]).post(
        f"/to-chuc/PX/quyet-dinh/{act.pk}/huy/", {"reason": "ghi sai"}
    )
    act.refresh_from_db()
    assert answer.status_code == 302
    assert act.voided_at is not None


# --- forms ----------------------------------------------------------------------------------------------------

#: page -> what to add to or change in its form, so that pressing the button does the act
FORMS: dict[str, dict[str, str]] = {
    "/to-chuc/PB1/doi-ten/": {"name": "Chi bộ tên mới", "on": "01/12/2023"},
    "/to-chuc/PX/chuyen/": {"to": "PB", "on": "01/12/2023"},
    "/to-chuc/PB2/sap-nhap/": {"into": "PB1", "on": "01/12/2023", "da_kiem_tra": "1"},
    "/to-chuc/PB2/giai-the/": {"members_to": "PB1", "on": "01/12/2023", "da_kiem_tra": "1"},
    "/to-chuc/PB1/khoa/moi/": {"name": "Khóa mới", "valid_from": "01/01/2015", "valid_to": "01/01/2018"},
    "/to-chuc/PB1/chuc-vu/moi/": {"member": "M-PB1", "post": "secretary", "valid_from": "01/02/2023"},
    "/to-chuc/thanh-lap/?truc_thuoc=PB": {
        "code": "PB9",
        "name": "Chi bộ mới",
        "kind": "cell",
        "on": "01/12/2023",
    },
    "/dang-vien/moi/?viec=moved_in&to_chuc=PB": {
        "full_name": "Người Mới",
        "viec-organisation": "PB1",
        "viec-on": "01/12/2023",
        "viec-elsewhere": "other_province",
        "viec-first_admitted_on": "03/03/2005",
        "viec-official_on": "03/03/2006",
        "viec-arrives_standing": "official",
        "da_kiem_tra": "1",
    },
    "{member}sua/": {"mode": "correct", "reason": "ghi sai", "workplace": "Nơi khác"},
    "{member}viec/moi/?viec=transferred": {"organisation": "PB2", "on": "01/12/2023"},
    "{member}the/moi/": {"number": "49000123", "kind": "exchanged", "issued_on": "01/12/2023"},
    "{target}dieu-chinh/": {"value": "3", "on": "01/07/2021"},
    "{target}giao/": {"share_{PB2}": "1"},
    "/nguoi-dung/moi/": {
        "username": "nguoi-moi",
        "full_name": "Người Mới",
        "organisation": "PB",
        "duty": "office",
        "since": "01/01/2023",
    },
    "/giao-viec/": {
        "viec-kind": "report",
        "viec-title": "Báo cáo mới",
        "viec-due_on": "01/12/2030",
        "cach": "picked",
        "den": "{PB2}",
    },
    "{conference}dai-bieu/khach/": {"name": "Khách Mới", "post": "Trưởng ban"},
    "{event_held}viec-tiep/": {"text": "Việc mới"},
    "{pair}gop/": {"reason": "đã đối chiếu"},
    "{pair}hai-nguoi/": {"reason": "đã đối chiếu"},
    "{person_merge}": {"reason": "hai người"},
    "/sap-xep/moi/": {"organisation": "PB", "title": "Phương án mới", "on": "01/12/2023"},
    "{reform}buoc/chuyen/them/": {"codes": "PB1", "to": "PB"},
    **{f"{{{kind}}}dinh-chinh/": {"why": "ghi sai", "da_kiem_tra": "1"} for kind in RECORDS.values()},
}
#: What a field that names somebody's record is given in the second round.
OTHERS = {
    "organisation": "PA1",
    "viec-organisation": "PA1",
    "parent": "PA",
    "to": "PA",
    "into": "PA1",
    "other_1": "PA1",
    "members_to": "PA1",
    "member": "M-PA1",
    "directive": "{directive}",
    "paper": "{directive}",
    "den": "{PA1}",
}


def _filled(walk: Walk, text: str) -> str:
    pages = {
        kind: reverse(f"{name}detail" if name.endswith("_") else f"{name}:detail", args=[_own(walk, kind).pk])
        for name, kind in RECORDS.items()
    }
    keys = {code: str(walk[code].pk) for code in ("PB2",)}
    pages |= {
        "member": reverse("members:detail", args=[walk["M-PB1"].uid]),
        "pair": reverse("matching:pair", args=[walk["M-PB1"].uid, walk["W-PB1"].uid]),
        "person_merge": reverse("matching:part", args=[_own(walk, "person_merge").pk]),
    }
    pages["reform"] = reverse("reforms:detail", args=[_own(walk, "reform").pk])
    return text.format(**{**pages, **keys})


def _own(walk: Walk, kind: str) -> Any:
    return walk.records[kind].get("PB") or walk.records[kind]["PB1"]


def _sent(walk: Walk, client: Client, page: str) -> tuple[str, dict[str, Any], set[str]]:
    """Address of the form, what is sent so that the act is done, and all that the form asks for."""
    path = _filled(walk, page)
    changes = {_filled(walk, name): _filled(walk, value) for name, value in FORMS[page].items()}
    form = asked(client, path)
    return path, {**entered(form), **changes}, names_of(form) | set(changes)


def _more(own: set[str], walk: Walk) -> Iterator[tuple[str, str]]:
    """Every column of every table, and a few words of old tricks, that the form does not ask for."""
    values = {
        models.BooleanField: "on",
        models.DateField: "01/01/2001",
        models.DateTimeField: "2001-01-01 00:00",
    }
    names = {
        name: next((text for kind, text in values.items() if isinstance(field, kind)), None)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        for name in (field.name, field.attname)
    }
    for name, value in {**names, "pk": None, "is_superuser": "on", "by": None, "user": None}.items():
        if name not in own:
            yield (
                name,
                value or (str(walk["PA"].pk) if name.endswith("_id") or name in ("id", "pk") else "zz"),
            )


@pytest.mark.parametrize("page", FORMS)
def test_a_form_takes_its_own_fields_and_no_other(walk: Walk, db: Any, page: str) -> None:
    client = browser(walk.users["b-all"])
    path, data, own = _sent(walk, client, page)
    untouched = undone(client, "/chon/", {})[1]
    plain, after = undone(client, path, data)
    assert plain.status_code in (200, 302), plain.content.decode()[-3000:]
    assert after != untouched, "the form did nothing, so it proves nothing"
    more = dict(_more(own, walk))
    assert len(more) > 100
    answer, with_more = undone(client, path, {**more, **data})
    assert answer.status_code == plain.status_code
    assert with_more == after


@pytest.mark.parametrize("page", FORMS)
def test_a_form_takes_no_record_of_others(walk: Walk, db: Any, page: str) -> None:
    client = browser(walk.users["b-all"])
    path, data, own = _sent(walk, client, page)
    mine = forbidden(USERS["b-all"], walk.planted)
    untouched = undone(client, "/chon/", {})[1]
    for name in [name for name in OTHERS if name in own]:
        other = OTHERS[name].format(directive=walk.records["directive"]["PA"].pk, PA1=walk["PA1"].pk)
        answer, after = undone(client, path, {**data, name: other})
        said = text_of(answer)
        assert answer.status_code in (200, 400, 404, 422), (name, answer.status_code)  # 200: shown again
        assert {k: v for k, v in after.items() if k != "audit.ledgerentry"} == {
            k: v for k, v in untouched.items() if k != "audit.ledgerentry"
        }, name
        assert not found(said, mine - {"zqqsnameqz"}), (name, found(said, mine))
    share = {**data, f"share_{walk['PA1'].pk}": "5"}
    assert undone(client, path, share)[1] == undone(client, path, data)[1]
