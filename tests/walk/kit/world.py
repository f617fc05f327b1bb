"""A district in which every text of every record is a canary of its organisation; people and bodies have moved.

QS ─ PA ─ PA1, PA2, PY (from PB since 2021, renamed 2022)
   ├ PB ─ PB1, PB2, PX (from PA since 2021), PC1 (since its body PC was merged into PB), PB3 (dissolved, people to PA2)
   ├ PC (ended by the merger)
   └ VP
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.walk.kit.canaries import Planted
from tests.walk.kit.halls import plant_conferences
from tests.walk.kit.judging import plant_judging
from tests.walk.kit.twins import plant_twins
from tests.walk.kit.work import plant_for_users, plant_work
from tests.world import START, World, _founding
from tongket.accounts.acts import assign, create_user
from tongket.accounts.models import User
from tongket.api.acts import let_in
from tongket.audit.acts import act
from tongket.books.acts import lock
from tongket.core.dates import today
from tongket.core.periods import parse_period
from tongket.core.text import fold
from tongket.directives.acts import add_directive, add_plan, add_study_session
from tongket.directives.drafts import DirectiveDraft, PlanDraft, StudySessionDraft
from tongket.honours.acts import add_badge_award, add_commendation
from tongket.honours.drafts import BadgeAwardDraft, CommendationDraft
from tongket.inspections.acts import add_member_discipline, add_organisation_discipline
from tongket.inspections.drafts import MemberDisciplineDraft, OrganisationDisciplineDraft
from tongket.intake.kinds import KINDS
from tongket.intake.models import ImportBatch
from tongket.intake.reconcile.models import DecisionBatch, Difference, Reconciliation
from tongket.intake.rehearse import commit
from tongket.intake.templates import template as empty_workbook
from tongket.members.acts import register, transfer
from tongket.members.drafts import CardDraft, MemberDraft, PostDraft
from tongket.members.fields import RESTRICTED
from tongket.members.models import Member, MemberDetail
from tongket.members.post_acts import appoint
from tongket.members.profile_acts import amend_details, enter_member, give_card
from tongket.members.reorganise import dissolve, merge
from tongket.organisations.acts import add_organisations, move, open_term, rename
from tongket.organisations.drafts import TermDraft
from tongket.ratings.acts import add_member_rating, add_organisation_rating
from tongket.ratings.drafts import MemberRatingDraft, OrganisationRatingDraft
from tongket.reforms.acts import PlanDraft as Reform
from tongket.reforms.acts import start_plan
from tongket.reforms.effects.preview import show
from tongket.reforms.steps import ShareRule, Step
from tongket.reports.models import ReportTemplate
from tongket.reports.word.default_template import default_template
from tongket.targets.acts import add_target
from tongket.targets.drafts import TargetDraft

READ = "member.read"
DUTIES = ("organisation", "inspection", "propaganda", "office", "leader", "auditor", "administrator")
#: user -> the (organisation, duty) pairs given.
USERS: dict[str, tuple[tuple[str, str], ...]] = {
    **{f"b-{duty}": (("PB", duty),) for duty in DUTIES},
    "mix": (("PB", "organisation"), ("PA", "propaganda")),
    "nobody": (),
    **{f"q-{duty}": (("QS", duty),) for duty in DUTIES},
    "all": tuple(("QS", duty) for duty in DUTIES),
    "b-all": tuple(("PB", duty) for duty in DUTIES),
    # Each is named for the sealed cases of the own commune, and holds no more than others with the duty.
    "named": (("PB", "inspection"),),
    "named-a": (("PA", "inspection"),),
}
_TEXTS = ("birth_name", "other_names", "foreign_language", "it_skill", "workplace", "position", "home_town")
_SECRETS = (
    "birthplace",
    "permanent_address",
    "permanent_address_new",
    "temporary_address",
)


@dataclass
class Walk(World):
    """The district, what was planted in it, and one record of each kind for the organisations that have some."""

    planted: Planted = field(default_factory=Planted)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)  # kind -> organisation code -> record

    def keep(self, kind: str, code: str, record: Any) -> Any:
        """Remember a record for the addresses of its pages."""
        self.records.setdefault(kind, {}).setdefault(code, record)
        return record


def make_walk(planted: Planted) -> Walk:
    """The district as it stands at the end of 2023."""
    walk = Walk(_tree(planted), planted=planted)
    for code in ("PA1", "PA2", "PB1", "PB2", "PB3", "PC1", "PX", "PY", "VP"):
        # The file of one from PB3 is at PA2 now.
        _person(
            walk,
            f"M-{code}",
            code,
            *(("ended",) if code == "PB3" else ("plain",)),
            where="PA2" if code == "PB3" else code,
        )
    for code in ("PA1", "PB1"):
        _person(walk, f"H-{code}", code, "badge", "honour.read", admitted=date(1983, 3, 3))
        _person(walk, f"D-{code}", code, "accused", "discipline.read")
        _person(walk, f"W-{code}", code, "waiting", "honour.read", admitted=date(1993, 3, 3))
        _person(walk, f"S-{code}", code, "shielded")
    _person(walk, "F1", "PB1", "gone", where="PA1")
    _person(walk, "F2", "PA1", "come", where="PB1")
    _reorganise(walk)
    # Locked before most of the year is recorded, so that there is something to find changed since.
    for code in ("QS", "PA", "PB"):
        walk.keep("book", code, lock(walk[code], parse_period("2021"), by=None, origin="test"))
    for code in ("QS", "PA", "PA1", "PB", "PB1", "PC", "PY"):
        _papers(walk, code)
        _decisions(walk, code)
    for code in ("PA1", "PB1"):
        _about_members(walk, code)
    for code, body in (("PA", "PA1"), ("PB", "PB1"), ("QS", "VP")):
        _post(walk, code, body)
    plant_work(walk)
    plant_conferences(walk)
    for name, pairs in USERS.items():
        _user(walk, name, pairs)
    plant_judging(walk)
    plant_twins(walk)
    for code in ("PA", "PB"):
        _account(walk, code)
        _program(walk, code)
    for code, body in (("PA", "PA1"), ("PB", "PB1"), ("QS", "VP")):
        _reform(walk, code, body)
    show(walk.records["reform"]["PB"], by=walk.users["b-organisation"])
    for name in ("all", "b-all", "b-organisation", "mix"):
        _batch(walk, name, "PB" if name.startswith("b-") else "QS")
    for code, member in (("QS", "M-VP"), ("PA", "M-PA1"), ("PB", "M-PB1")):
        _comparison(walk, code, walk[member])
    plant_for_users(walk)
    for member in walk.members.values():
        member.refresh_from_db()
    for organisation in walk.organisations.values():
        organisation.refresh_from_db()
    return walk


def _tree(planted: Planted) -> dict[str, Any]:
    kinds = {"QS": "district_committee", "VP": "grassroots_cell"}
    drafts = []
    for code, parent in (
        ("QS", ""),
        ("PA", "QS"),
        ("PB", "QS"),
        ("PC", "QS"),
        ("VP", "QS"),
        *((c, "PA") for c in ("PA1", "PA2", "PX")),
        *((c, "PB") for c in ("PB1", "PB2", "PB3", "PY")),
        ("PC1", "PC"),
    ):
        kind = kinds.get(code, "cell" if parent != "QS" else "grassroots_body")
        # The books of PB name PY as it was called while it was PB's.
        where = ("PY", "PB") if code == "PY" else code
        name = planted.text(where, "name", "organisation.read", before="" if code == "PX" else "Đảng bộ ")
        drafts.append(_founding(code, name, kind, parent, "commune" if kind == "grassroots_body" else ""))
    with act("test.tree", by=None, origin="test") as current:
        return {o.code: o for o in add_organisations(drafts, act=current)}


def _person(
    walk: Walk,
    code: str,
    cell: str,
    what: str,
    *verbs: str,
    where: Any = None,
    admitted: date = date(2005, 3, 3),
) -> Member:
    planted, home = walk.planted, where or cell
    file = home if isinstance(home, str) else home[0]

    def text(name: str, verb: str) -> str:
        length = MemberDetail._meta.get_field(name).max_length or 200
        return planted.text(file, f"{what}{name.replace('_', '')}", verb, length=length)

    details = {
        "full_name": planted.text(home, f"{what}name", READ, *verbs, length=120, before="Nguyễn "),
        "gender": "female",
        "birth_date": date(1960, 5, 17),
        "ethnicity": "05",
        "religion": "catholic",
        **{name: text(name, READ) for name in _TEXTS},
        **{name: text(name, "member.sensitive") for name in _SECRETS},
        "phone": planted.text(file, f"{what}tel"[:4], "member.sensitive", length=20),
    }
    member = enter_member(MemberDraft(code=code, details=details), by=None)
    walk.members[code] = member
    register(
        member,
        into=walk[cell],
        on=date(2015, 1, 1),
        by=None,
        admitted_on=admitted,
        official_on=admitted.replace(year=admitted.year + 1),
        reason=planted.text(file, f"{what}why", READ),
        decision_body=planted.text(file, f"{what}body", READ),
    )
    member.refresh_from_db()
    card = CardDraft(
        member,
        f"49{abs(hash(code)) % 10**6:06d}",
        issued_on=date(2016, 5, 19),
        issued_by=planted.text(file, f"{what}card", READ),
    )
    walk.keep("card", code, give_card(card, by=None))
    walk.keep("event", code, member.events.get())
    return member


def _reorganise(walk: Walk) -> None:
    planted = walk.planted
    move(walk["PX"], to=walk["PB"], on=date(2021, 7, 1), by=None)
    move(walk["PY"], to=walk["PA"], on=date(2021, 7, 1), by=None)
    new = planted.text("PY", "newname", "organisation.read", before="Chi bộ ")
    rename(walk["PY"], on=date(2022, 1, 1), by=None, name=new)
    transfer(walk["F1"], to=walk["PA1"], on=date(2022, 6, 1), by=None)
    transfer(walk["F2"], to=walk["PB1"], on=date(2022, 6, 1), by=None)
    later = planted.text("PA1", "gonelater", READ)
    amend_details(walk["F1"], {"workplace": later}, since=date(2023, 1, 1), reason="", by=None)
    note = planted.text("PB3", "actnote", "organisation.read")
    dissolve(walk["PB3"], on=date(2022, 7, 1), members_to=walk["PA2"], by=None, note=note)
    note = planted.text("PC", "actnote", "organisation.read")
    merge([walk["PC"]], into=walk["PB"], on=date(2022, 10, 1), by=None, note=note)


def _papers(walk: Walk, code: str) -> None:
    planted, organisation = walk.planted, walk[code]

    def text(what: str, verb: str, length: int = 200) -> str:
        return planted.text(code, what, verb, length=length)

    directive = add_directive(
        DirectiveDraft(
            organisation=organisation,
            kind="NQ",
            symbol=text("dsymbol", "directive.read", 40),
            issuer=text("dissuer", "directive.read"),
            issuer_level="province",
            issued_on=date(2021, 2, 1),
            subject=text("dsubject", "directive.read"),
            received_on=date(2021, 3, 1),
            plan_due_on=date(2021, 4, 1),
        ),
        by=None,
    )
    walk.keep("directive", code, directive)
    plan = PlanDraft(
        directive,
        "KH",
        text("psymbol", "directive.read", 40),
        date(2021, 3, 20),
        text("psubject", "directive.read"),
    )
    walk.keep("plan", code, add_plan(plan, by=None))
    study = StudySessionDraft(
        organisation,
        text("stitle", "study.read"),
        date(2021, 5, 5),
        3,
        2,
        directive,
        place=text("splace", "study.read"),
        audience=text("saudience", "study.read"),
    )
    walk.keep("study", code, add_study_session(study, by=None))
    name = planted.text(code, "template", "report.read", length=150)
    made = ReportTemplate.objects.create(
        organisation=organisation,
        name=name,
        content=default_template(date(2023, 12, 31)),
        sha256="0" * 64,
        uploaded_at=walk.organisations["QS"].acts.first().recorded_at,
        uploaded_by=None,
    )
    walk.keep("template", code, made)


def _decisions(walk: Walk, code: str) -> None:
    planted, organisation = walk.planted, walk[code]

    def paper(what: str, verb: str) -> dict[str, str]:
        return {
            "decision_number": planted.text(code, f"{what}number", verb, length=40),
            "decision_body": planted.text(code, f"{what}body", verb),
        }

    target = TargetDraft(
        organisation,
        "members.admitted",
        "2021",
        Decimal(2),
        date(2021, 1, 1),
        giver_name=planted.text(code, "tgiver", "target.read"),
        note=planted.text(code, "tnote", "target.read"),
        **paper("t", "target.read"),
    )
    walk.keep("target", code, add_target(target, by=None))
    rating = OrganisationRatingDraft(organisation, "2021", "good", **paper("orating", "rating.read"))
    walk.keep("organisation_rating", code, add_organisation_rating(rating, by=None))
    reprimand = OrganisationDisciplineDraft(
        organisation, "reprimand", date(2021, 6, 6), "duty", **paper("odisc", "discipline.read")
    )
    walk.keep("organisation_discipline", code, add_organisation_discipline(reprimand, by=None))
    commended = CommendationDraft(
        organisation,
        "collective",
        "praise",
        "district",
        "2021",
        date(2021, 12, 20),
        recipient_name=planted.text(code, "crecipient", "honour.read"),
        reason=planted.text(code, "creason", "honour.read"),
        **paper("c", "honour.read"),
    )
    walk.keep("commendation", code, add_commendation(commended, by=None))
    term = TermDraft(
        organisation,
        planted.text(code, "term", "organisation.read", length=60),
        date(2020, 7, 1),
        decision_body=planted.text(code, "termbody", "organisation.read"),
    )
    walk.keep("term", code, open_term(term, by=None))


def _about_members(walk: Walk, cell: str) -> None:
    planted, organisation = walk.planted, walk[cell]

    def paper(what: str, verb: str) -> dict[str, str]:
        return {
            "decision_number": planted.text(cell, f"{what}number", verb, length=40),
            "decision_body": planted.text(cell, f"{what}body", verb),
        }

    badge = BadgeAwardDraft(
        walk[f"H-{cell}"], organisation, 30, "1905", date(2021, 5, 19), **paper("given", "honour.read")
    )
    walk.keep("badge", cell, add_badge_award(badge, by=None))
    commended = CommendationDraft(
        organisation,
        "individual",
        "praise",
        "district",
        "2021",
        date(2021, 12, 20),
        member=walk[f"H-{cell}"],
        reason=planted.text(cell, "mreason", "honour.read"),
        **paper("mcomm", "honour.read"),
    )
    walk.keep("member_commendation", cell, add_commendation(commended, by=None))
    judged = MemberDisciplineDraft(
        walk[f"D-{cell}"],
        organisation,
        "warning",
        date(2021, 6, 6),
        "duty",
        **paper("mdisc", "discipline.read"),
    )
    walk.keep("member_discipline", cell, add_member_discipline(judged, by=None))
    rated = MemberRatingDraft(
        walk[f"M-{cell}"], organisation, "2021", "good", **paper("mrating", "rating.read")
    )
    walk.keep("member_rating", cell, add_member_rating(rated, by=None))


def _post(walk: Walk, code: str, cell: str) -> None:
    title = walk.planted.text(code, "post", READ)
    draft = PostDraft(walk[f"M-{cell}"], walk[code], "secretary", date(2021, 1, 1), title=title)
    walk.keep("post", code, appoint(draft, by=None))


def _user(walk: Walk, name: str, pairs: tuple[tuple[str, str], ...]) -> User:
    user, _ = create_user(name, full_name=f"Người dùng {name}", by=None, password="mat-khau-thu-nghiem-42")
    for code, duty in pairs:
        assign(user, walk[code], duty, since=START, by=None)
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    walk.users[name] = user
    return user


def _account(walk: Walk, code: str) -> None:
    name = walk.planted.text(code, "account", "account.write", length=150)
    user, _ = create_user(
        f"can-bo-{code.lower()}", full_name=name, by=None, password="mat-khau-thu-nghiem-42"
    )
    walk.keep("account", code, user)
    walk.keep("assignment", code, assign(user, walk[code], "office", since=START, by=None))


def _program(walk: Walk, code: str) -> None:
    client, _token = let_in(
        walk.planted.text(code, "robot", "account.write", length=120),
        purpose=walk.planted.text(code, "robotwhy", "account.write", length=300),
        organisation=walk[code],
        duties=["office"],
        expires_on=today() + timedelta(days=30),
        by=None,
    )
    walk.keep("program", code, client)
    walk.keep("program_token", code, client.tokens.get())


def _reform(walk: Walk, code: str, body: str) -> None:
    """A draft: some leave `body` for one that is founded. The effects are kept for who draws it up at PB."""
    verb = "register.reorganise"

    def text(what: str, length: int = 200) -> str:
        return walk.planted.text(code, f"reform{what}", verb, length=length)

    new = f"{code}R"
    kind = "cell" if code != "QS" else "grassroots_cell"
    steps = (
        Step("found", code=new, name=text("name"), body=kind, to=code),
        Step("part", code=body, into=(new,), rules=(ShareRule("people", "address", text("rule", 120), new),)),
    )
    draft = Reform(
        walk[code],
        text("title"),
        date(2023, 12, 1),
        steps,
        decision_number=text("number", 40),
        decision_body=text("body"),
        note=text("note", 300),
    )
    walk.keep("reform", code, start_plan(draft, by=None))


def _batch(walk: Walk, owner: str, code: str) -> None:
    kind = "directives"
    name = walk.planted.text(code, f"batch{owner.replace('-', '')}")
    batch = ImportBatch.objects.create(
        kind=kind,
        file_name=f"{name}.xlsx",
        sha256="0" * 64,
        content=empty_workbook(KINDS[kind]),
        uploaded_at=walk.organisations["QS"].acts.first().recorded_at,
        uploaded_by=walk.users[owner],
    )
    walk.keep("batch", owner, batch)
    # Brought in by the system and handed to the user: what matters here is whose it is. Of what the ledger says to
    # auditors, the name of the file, its owner is none.
    done = commit(kind, empty_workbook(KINDS[kind]), by=None, file_name="danh-sach.xlsx")
    done.uploaded_by, done.file_name = walk.users[owner], f"{name}.xlsx"
    done.save(update_fields=["uploaded_by", "file_name"])
    walk.keep("batch_done", owner, done)


def _comparison(walk: Walk, code: str, member: Any) -> None:
    """An export held against the register of an organisation: decided and open lines, values hidden and plain."""

    def said(what: str, length: int = 100, verb: str = "member.write") -> str:
        return walk.planted.text(code, f"compare{what}", verb, length=length)

    at = walk.organisations["QS"].acts.first().recorded_at
    source = {"source": said("source"), "source_key": "nguon", "file_name": said("file", 255)}
    common = {"organisation": walk[code], "sha256": "0" * 64, **source}
    made = Reconciliation.objects.create(made_at=at, **common)
    batch = DecisionBatch.objects.create(choice="ours", note=said("note", 300), recorded_at=at, **common)
    lines = (
        {"member": member, "field": "home_town", "kind": "differs", "theirs": said("town")},
        {
            "member": member,
            "field": "religion",
            "kind": "differs",
            "theirs": said("creed", 100, "member.sensitive"),
        },
        {"member": member, "field": "workplace", "kind": "differs", "choice": "ours", "batch": batch},
        {"kind": "theirs_only", "name": said("name"), "theirs": said("about")},
        {"kind": "doubtful", "name": said("who"), "reasons": [said("why")], "candidates": [member.pk]},
    )
    for line in lines:
        name = line.get("name", member.full_name)
        Difference.objects.create(
            reconciliation=made, **{**line, "name": name}, folded=fold(name), theirs_mark="t", ours_mark="o"
        )
    walk.keep("comparison", code, made)
    walk.keep("compared_decision", code, batch)


assert set(_SECRETS) < RESTRICTED
