"""No address shows anybody a word that is not theirs, whatever object or parameter it is given."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import tongket
from tests.walk.conftest import browser
from tests.walk.kit.addresses import PLAIN, Place, patterns, places
from tests.walk.kit.canaries import forbidden, found, holds
from tests.walk.kit.judging.addresses import SEALED, SPECS
from tests.walk.kit.reading import text_of
from tests.walk.kit.readings import Readings
from tests.walk.kit.world import USERS, Walk
from tongket.accounts.duties import RIGHTS
from tongket.ui.gate import DECLARED, Gate

FEW = {"PB", "PB1", "D-PB1", "H-PB1", "M-PB1"}
#: Each duty at PB, duties at two places, none; and at the district those whose pages of the whole are their own.
WALKERS = [name for name in USERS if name.startswith("b-") and name != "b-all"]
WALKERS += ["mix", "nobody", "q-propaganda", "q-auditor", "q-administrator"]
#: What the parameters of an address are given: others' codes, earlier times, exports. `{…}` is filled from the world.
WIDE = (
    "",
    "?ky=2020&thoi_gian=tat-ca&don_vi=PA1&tu_cach=all&chi_bo=PA1&q=zq&ho_so=thieu&sap_xep=-organisation",
    "?ky=2021&tai_ngay=30/06/2021&thoi_gian=tat-ca&tu_cach=all&xuat=xlsx",
    "?ky=2021&to_chuc=PA&thoi_gian=tat-ca",
)
#: More of others, earlier and later, for one page of each kind of view.
MORE = (
    "?ky=2021&to_chuc=QS&xuat=xlsx",
    "?ky=2021&to_chuc=PC",
    "?ky=2021&to_chuc=PY",
    "?ky=2021&to_chuc=PB3",
    "?ky=2021&to_chuc=PX&tai_ngay=01/06/2021",
    "?ky=2021&biet_den=01/01/2020",
)
#: Given to every form of a new record.
STARTS = ("?ky=2023&dang_vien=M-PA1&van_ban={directive}&chi_so=members.total", "?dang_vien=F1")
#: Parameters that only some addresses read.
NARROW = {
    **dict.fromkeys(("web:overview", "members:list", "web:forms", "web:reports", "honours:list"), MORE),
    "organisations:new": ("?truc_thuoc=PA", "?truc_thuoc=PB1"),
    "organisations:list": ("?ngay=30/06/2021&q=zq", "?ngay=30/06/2021&to_chuc=PB&xuat=xlsx"),
    "members:new": ("?viec=admitted", "?viec=moved_in&to_chuc=PA1"),
    "members:event": ("?viec=transferred", "?viec=moved_out"),
    "members:options": tuple(
        f"?verb={verb}&member=zq" for verb in ("member.read", "member.write", "rating.write", "nonsense")
    ),
    "ui:options": tuple(
        f"?verb={verb}&to=zq" for verb in ("organisation.read", "member.read", "figure.read")
    ),
    "ui:choices": ("?q=zq", "?q="),
    "web:compare": ("?ky=2021&cot=members.total&cot=discipline.members", "?ky=2021&xuat=xlsx"),
    "web:catalogue": ("?nhom=discipline&ky=2021", "?nhom=members&ky=2021&xuat=xlsx"),
    "web:form": ("?ky=2021", "?ky=2021&xuat=bieu", "?ky=2021&to_chuc=PA&xuat=bieu"),
    "web:form_differences": (
        "?ky=2021",
        "?ky=2022&so_voi=so-chot",
        "?ky=2022&xuat=bieu",
        "?ky=2022&xuat=xlsx",
        "?ky=2021&to_chuc=PA",
        "?ky=2021&biet_den=01/01/2021",
    ),
    "members:check_sheets": ("?tu_cach=all", "?tu_cach=all&to_chuc=PA", "?don_vi=PA1&q=zq"),
    "members:export": ("?tu_cach=all", "?tu_cach=all&to_chuc=PA", "?don_vi=PA1&q=zq"),
    "web:figure": (
        "?ky=2021",
        "?ky=2021&nhanh=PY&xuat=xlsx",
        "?ky=2022&trang=2",
        "?ky=2021&xuat=xlsx",
        "?ky=2021&nhanh=PA1",
        "?ky=2021&nhanh=-",
        "?ky=2021&to_chuc=PA&xuat=xlsx",
        "?ky=2021&tai_ngay=30/06/2021",
    ),
    "web:figure_records": ("?ky=2022", "?ky=2021&to_chuc=PA"),
    "web:report_file": ("?ky=2021", "?ky=2021&to_chuc=PA", "?ky=2021&theo_so=1"),
    **dict.fromkeys(
        ("web:report_news", "web:report_news_preview", "web:report_news_file", "web:report_slides"),
        ("?ky=2021&ban=day-du", "?ky=2021&to_chuc=PA", "?ky=2022&tai_ngay=30/06/2022"),
    ),
    "books:book": ("", "?nhom=discipline&don_vi=PA1", "?q=zq"),
    "books:lock": ("?ky=2021", "?ky=2021&to_chuc=PA"),
    "books:verify": ("", "?ket_qua=&q=ky+luat&don_vi=PA1", "?lai=1&trang=2"),
    "web:ledger": ("?q=PA", "?q=zq", "?xuat=xlsx", "?since=01/01/2020"),
    "organisations:detail": ("", "?ngay=30/06/2021", "?ky=2021&to_chuc=PA"),
    "bulletins:month": ("?ky=2021&thang=05/2021", "?ky=2021&thang=05/2021&to_chuc=PA"),
    "bulletins:month_word": ("?ky=2021&thang=05/2021", "?ky=2021&thang=05/2021&to_chuc=PA"),
    "conferences:attendance": ("", "?xuat=xlsx", "?xuat=docx"),
    "conferences:cards": ("", "?so=1"),
    "conferences:honours": ("", "?nam=2021&cap="),
    "conferences:invited": ("?q=zq",),
    "directives:issued_new": ("?loai=KH&to_chuc=PA",),
    "directives:next_symbol": ("?organisation=PA&kind=KH&issued_on=01/05/2021",),
    "directives:numbers": ("?to_chuc=PA&khoa=0", "?khoa=1"),
    "directives:study_levels": ("", "?chi=missing"),
    "directives:study_new": ("?ke_hoach={planned}",),
    "directives:study_suggest": ("?organisation=PA&held_on=01/06/2021",),
    "intake:edxml_export": ("", "?loai=1"),
    "matching:compare": ("?mot=M-PB1&hai=W-PB1", "?mot=M-PA1&hai=G-PA1"),
    "intake:reconcile_detail": ("", "?phan=chi-trong-ban-xuat", "?phan=chua-chac", "?trang_thai=giu&q=zq"),
    "obligations:due": ("?cua=PA", "?cua=PB1"),
    "obligations:hand_down": ("", "?cua=PA"),
    "obligations:hand_out": ("?cua=PA",),
    "obligations:matrix": (
        "?ky=2023&loai=report&khoi=commune&muon=1",
        "?ky=2023&to_chuc=PA&xuat=xlsx",
        "?ky=2023&to_chuc=QS",
        "?ky=2023&xuat=xlsx",
    ),
    "obligations:reminders": ("?ky=2023&to_chuc=PA", "?ky=2023&trang=1"),
    "obligations:reminder_days": ("?cua=PA",),
    "admissions:late": ("?o=board", "?ky=2023&to_chuc=PA&xuat=xlsx"),
    "admissions:list": ("?giai_doan=resolution&cham=1", "?don_vi=PA1&q=zq", "?ky=2023&to_chuc=PA&xuat=xlsx"),
    "admissions:plan": ("?nam=2022", "?nam=2022&to_chuc=PA&q=zq"),
    "admissions:probation": ("?cham=1", "?to_chuc=PA&xuat=xlsx"),
    "cases:list": ("?thoi_gian=tat-ca&trang_thai=open", "?ky=2023&xuat=xlsx"),
    "cases:new": (
        "?dang_vien=D-PA1&kiem_tra={inspection}",
        "?ve_to_chuc=PA1&noi_dung=duty&kiem_tra={inspection}",
    ),
    "cases:statistics": ("?ky=2023", "?ky=2023&to_chuc=PA&xuat=xlsx"),
    "honours:commending_certificates": ("", "?xuat=xlsx"),
    "honours:commending_handing": ("", "?xuat=xlsx"),
    "honours:commending_print": ("", "?thu=1"),
    "honours:commending_proposals": ("", "?ket_qua=refused", "?xuat=xlsx"),
    "honours:commending_propose": ("?q=zq&don_vi=PA1", "?danh_hieu={title}"),
    "honours:commending_decide": ("", "?xuat=xlsx"),
    "honours:forecast": ("?dot=2023-05-19&muc=40", "?dot=2023-05-19&to_chuc=PA", "?xuat=xlsx"),
    "honours:round": ("?ky=2023", "?to_chuc=PA"),
    "honours:round_list": ("?ky=2023", "?ngay=19/05/2023", "?ky=2023&to_chuc=PA"),
    "honours:round_paper": ("", "?to_chuc=PA", "?xuat=xlsx"),
    "honours:title_take": ("?nam=2022",),
    "inspections:inspection_list": (
        "?ky=2023&chu_the=commission&thoi_gian=tat-ca&q=zq",
        "?ky=2023&xuat=xlsx",
    ),
    "inspections:inspection_new": ("?cuoc={programme_item}",),
    "inspections:statistics": ("?ky=2023", "?ky=2023&to_chuc=PA&xuat=xlsx"),
    "inspections:statistics_list": (
        "?ky=2023&cot=inspections&chu_the=commission",
        "?ky=2023&cot=organisations&loai=compliance",
        "?ky=2023&cot=organisations&to_chuc=PA",
    ),
    "ratings:round_checks": ("", "?kiem-tra=discipline&tinh-trang=mo", "?xuat=xlsx"),
    "ratings:round_entry": ("?buoc=self",),
    "ratings:round_grid": ("?giai-doan=appraisal", "?don-vi=PA1"),
    "ratings:round_quota": ("", "?xuat=xlsx"),
    "ratings:round_review_word": ("", "?mau=trong"),
    "ratings:round_reviews_word": ("?mau=trong",),
    "rules:list": ("?q=xep+loai", "?ngay=30/06/2021"),
    "rules:rule": ("?ngay=30/06/2021",),
}
#: Everything a view reads from the address must stand in the walk above.
READ = {
    "to_chuc", "ky", "tai_ngay", "biet_den", "thoi_gian", "don_vi", "xuat", "sap_xep", "trang", "q", "verb", "nhom",
    "cot", "nhanh", "ngay", "truc_thuoc", "van_ban", "chi_so", "tu_cach", "chi_bo", "dang_vien", "viec", "thang", "so",
    "nam", "cap", "loai", "organisation", "khoa", "chi", "ke_hoach", "held_on", "cua", "khoi", "muon", "kiem-tra",
    "tinh-trang", "mau", "buoc", "giai-doan", "giai_doan", "don-vi", "dot", "muc", "thu", "ket_qua", "danh_hieu",
    "cuoc", "chu_the", "kiem_tra", "cham", "o", "ve_to_chuc", "noi_dung", "ban", "lai", "theo_so", "so_sanh",
}  # fmt: skip
#: A page about one of these tells its own history: where it hung, who took over, where a person was before.
HISTORY = {
    "PX": {"zqpanameqz"},
    "PB3": {"zqpa2nameqz"},
    "PC1": {"zqpcnameqz", "zqpcactnoteqz"},
    "PB": {"zqpcnameqz"},
    "F2": {"zqpa1nameqz"},
}
#: The description of the interface for programs is made once and names nobody: a program may keep it.
SAME_FOR_ALL = {"api:openapi-json"}
SIGNERS = {"zqpb1plainnameqz", "zqpa1plainnameqz", "zqvpplainnameqz"}
#: The books of PB at the time hold these of people and a cell that have moved on since; whoever may read the figure's
#: source at PB is listed them behind its figures (docs/architecture.md, Rights), and nowhere else.
BOOKS = {
    "zqpa1gonenameqz": "member.read",
    "zqpa2endednameqz": "member.read",
    "zqpyplainnameqz": "member.read",
    "zqpystitleqz": "study.read",
    "zqpydsymbolqz": "directive.read",
    "zqpydsubjectqz": "directive.read",
}


def _asked(name: str, walk: Walk) -> Iterator[tuple[Place, str, str]]:
    """What a walker asks for: the place, the address with its query, and the organisation it is about."""
    held = {verb for verb, duties in RIGHTS.items() if any(duty in duties for _code, duty in USERS[name])}
    times: Counter[str] = Counter()
    foreign: set[str] = set()
    for place in places(walk):
        times[place.name] += 1
        verb = getattr(place.view, "gate", Gate(None, ())).verb
        if verb and verb not in held and times[place.name] > 1:
            continue  # the gate refuses before it looks at the object
        if name.endswith("auditor") and verb != "ledger.read" and times[place.name] > 1:
            continue  # an auditor holds a leader's verbs, and that of the ledger
        if (
            place.name in SPECS
            and verb.replace(".read", ".write") not in held
            and _known_already(place, foreign)
        ):
            continue  # who writes has looked at all of them: of the others' one is enough
        if name.startswith("q-") and place.about and place.about not in FEW:
            continue  # nothing is foreign to the district: only what its duties tell apart is of interest
        for query in _queries(name, place, first=times[place.name] < 3, shut=bool(verb and verb not in held)):
            filled = query.format(**_keys(walk))
            looked_at = re.search(r"to_chuc=(\w+)", filled)
            yield place, place.path + filled, place.about or (looked_at[1] if looked_at else "")


def _known_already(place: Place, foreign: set[str]) -> bool:
    """Whether a place is a further one of those that are not the own body's; the first is noted."""
    if place.about in ("", *FEW):
        return False
    known = f"{place.name} {place.about == SEALED}"
    known_before = known in foreign
    foreign.add(known)
    return known_before


def _keys(walk: Walk) -> dict[str, Any]:
    """Others' records that a query names."""
    kinds = ("directive", "planned", "title", "programme_item")
    keys = {kind: walk.records[kind]["PA"].pk for kind in kinds}
    return {**keys, "inspection": walk.records["inspection"]["PA"].identity}


def _queries(name: str, place: Place, *, first: bool, shut: bool) -> tuple[str, ...]:
    if place.name in DECLARED:
        return ("",)
    narrow = NARROW.get(place.name, ())
    if shut:
        return ("", "?ky=2021&to_chuc=PA&xuat=xlsx")
    if place.name in PLAIN:
        tried = narrow or ("?ky=2021", "?ky=2021&to_chuc=PA", "?ky=2021&to_chuc=QS")
        tried = tried if first else tried[:2]
    elif place.about:
        tried = (*(() if "" in narrow else ("",)), *narrow)
    else:
        tried = (*WIDE, *narrow, *(STARTS if place.name.endswith("new") else ()))
    whole = name.startswith("q-") or name == "nobody"  # to whom nothing is foreign, or everything
    return tuple(query for query in tried if not (whole and "to_chuc" in query))


def _allowed(name: str, place: Place, path: str, about: str) -> set[str]:
    words = set(HISTORY.get(about, ()))
    if name not in ("nobody",):
        words.add("zqqsnameqz")  # what stands above an organisation heads its page and its report
    if place.name == "web:report_file":
        words |= SIGNERS  # who signs a report is named on it, to whoever may read reports
    if place.name in ("admissions:paper", "admissions:probation_paper"):
        words |= {
            *SIGNERS,
            "zqqstgiverqz",
        }  # the draft of the decision bears the head of the body that decides
    if place.name in ("web:figure", "web:figure_records", "web:form_differences", "books:change"):
        words |= {word for word, verb in BOOKS.items() if holds(USERS[name], verb, "PB")}
        if "members.carried_out" in path:
            words.add("zqpanameqz")  # where the cell went that took them along
    return words


def test_every_parameter_a_view_reads_is_tried() -> None:
    read = set()
    for file in Path(tongket.__file__).parent.rglob("*.py"):
        read |= set(re.findall(r'GET(?:\.get(?:list)?\(|\[)"([\w-]+)"', file.read_text()))
    assert read <= READ, f"give {sorted(read - READ)} others' codes in tests/walk/test_scope.py"


def test_every_address_is_declared_with_what_fills_it(walk: Walk) -> None:
    reached = {place.name for place in places(walk)}
    assert reached == {name for name, _arguments, _view in patterns()}


def test_an_auditor_reads_what_a_leader_reads_and_the_ledgers() -> None:
    own = {
        duty: {verb for verb, duties in RIGHTS.items() if duty in duties} for duty in ("leader", "auditor")
    }
    reads = {verb for verb in own["leader"] if verb.endswith(".read")}
    assert own["auditor"] == reads | {"ledger.read"}


def test_no_planted_word_is_part_of_another(walk: Walk) -> None:
    words = walk.planted.words
    assert not [(a, b) for a in words for b in words if a != b and a in b]
    assert len(words) > 400


@pytest.mark.parametrize("name", WALKERS)
def test_nobody_is_shown_a_word_of_others_and_looking_changes_nothing(
    walk: Walk, db: Any, unchanged: Callable[[], None], plain_refusals: None, name: str
) -> None:
    client = browser(walk.users[name])
    unchanged()
    own_file = f"batch{name.replace('-', '')}qz"
    mine = {word for word in forbidden(USERS[name], walk.planted) if own_file not in word}
    leaks, seen = [], 0
    readings = Readings()
    for place, path, about in _asked(name, walk):
        if readings.tell_nothing_new(path):
            continue
        with readings.watched(path):
            answer = client.get(path)
        text = text_of(answer)
        seen += answer.status_code == 200
        bad = found(text, mine) - _allowed(name, place, path, about)
        if bad:
            leaks.append((path, answer.status_code, sorted(bad)))
        kept = answer.status_code == 200 and "no-store" not in answer.headers.get("Cache-Control", "")
        may_be_kept = place.name in SAME_FOR_ALL
        kept = (kept and place.name not in DECLARED) or "ETag" in answer.headers
        if answer.status_code >= 500 or (kept and not may_be_kept):
            leaks.append((path, answer.status_code, []))
    assert not leaks, "\n".join(f"{path} {status} {words[:6]}" for path, status, words in leaks[:60])
    assert seen >= (1 if name == "nobody" else 20)
