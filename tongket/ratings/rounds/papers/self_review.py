"""Forms of self-review, filled in with what the register knows: one for one candidate, or all of a cell in one file.

The rule of the year (`rate.forms`) names the forms 01, 2A, 2B and 2C. Their text was not read in full: the headings are
those that every year's form has, and the paper says which form they are to be compared with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tongket.audit.records import current
from tongket.core.codelists import POST
from tongket.core.dates import format_date
from tongket.core.periods import parse_period
from tongket.members.models import Member, MembershipSpell, PostHolding
from tongket.organisations.models import Organisation
from tongket.ratings.rounds.models import RatingRound
from tongket.ratings.rounds.papers.head import Head, begin, head_of
from tongket.ratings.rounds.queries import CandidateState
from tongket.ratings.rounds.regulation import form_name, levels
from tongket.rules.catalogue import NoRuleInForce, in_force
from tongket.ui.word_paper import WordPaper

_LINE = "…" * 29
_MEMBER = (
    "I. Ưu điểm, kết quả công tác",
    "1. Về tư tưởng chính trị; phẩm chất đạo đức, lối sống; ý thức tổ chức kỷ luật; tác phong, lề lối làm việc",
    "2. Việc thực hiện chức trách, nhiệm vụ được giao",
    "3. Việc thực hiện cam kết tu dưỡng, rèn luyện, phấn đấu hằng năm",
    "II. Hạn chế, khuyết điểm và nguyên nhân",
    "III. Kết quả khắc phục hạn chế, khuyết điểm đã được chỉ ra",
    "IV. Phương hướng, biện pháp khắc phục",
)
_LEADER = (
    *_MEMBER[:4],
    "4. Công tác lãnh đạo, chỉ đạo, quản lý, điều hành; kết quả của tổ chức, lĩnh vực được giao phụ trách",
    *_MEMBER[4:],
)
_COLLECTIVE = (
    "I. Ưu điểm, kết quả lãnh đạo, chỉ đạo",
    "1. Việc chấp hành chủ trương, đường lối, nghị quyết và các nguyên tắc tổ chức của Đảng",
    "2. Kết quả thực hiện nhiệm vụ chính trị và các chỉ tiêu được giao",
    "3. Công tác xây dựng Đảng, kiểm tra, giám sát và phòng, chống tham nhũng, lãng phí, tiêu cực",
    "II. Hạn chế, khuyết điểm và nguyên nhân",
    "III. Trách nhiệm của tập thể, cá nhân",
    "IV. Kết quả khắc phục hạn chế, khuyết điểm đã được chỉ ra",
    "V. Phương hướng, biện pháp khắc phục",
)
KINDS: Mapping[str, tuple[str, ...]] = {
    "collective": _COLLECTIVE,
    "member": _MEMBER,
    "leader": _LEADER,
    "outside_political_system": _MEMBER,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the register knows of the members of a form: by member id."""

    members: Mapping[int, Member] = field(default_factory=dict)
    spells: Mapping[int, MembershipSpell] = field(default_factory=dict)
    posts: Mapping[int, str] = field(default_factory=dict)


def facts_of(members: Sequence[int], on: date) -> Facts:
    """Birth, admission and posts of these members on a day, in three queries."""
    at = {"valid_from__lte": on, "valid_to__gt": on}
    spells = MembershipSpell.objects.filter(member__in=members, voided_at__isnull=True, **at)
    held: dict[int, list[str]] = {}
    for row in current(PostHolding.objects.filter(member__in=members, **at)).select_related("organisation"):
        held.setdefault(row.member_id, []).append(
            f"{row.title or POST.label(row.post)} ({row.organisation.name})"
        )
    return Facts(
        Member.objects.in_bulk(members),
        {row.member_id: row for row in spells},
        {pk: "; ".join(posts) for pk, posts in held.items()},
    )


def self_reviews(
    round: RatingRound, body: Organisation, states: Sequence[CandidateState], kind: str = ""
) -> bytes:
    """One file with a form for each of these candidates, each on a page of its own.

    `kind` is a key of `rate.forms`: for bodies always "collective", for members "member" unless said otherwise.
    """
    kind = "collective" if round.subject == "organisations" else kind if kind in KINDS else "member"
    on = min(round.period_end, date.today())
    head = head_of(body, on)
    title = (
        f"Bản {'tập thể ' if kind == 'collective' else ''}tự kiểm điểm {parse_period(round.period).label()}"
    )
    facts = facts_of([s.member_id for s in states if s.member_id is not None], on)
    paper = begin(head, on, title, "", None, numbered=False)
    for place, state in enumerate(states):
        if place:
            paper.document.add_page_break()
            paper.head(head.parent, head.issuer, "", head.date_line(None))
        _one(paper, round, state, kind, facts, head)
    return paper.content()


def _one(
    paper: WordPaper, round: RatingRound, state: CandidateState, kind: str, facts: Facts, head: Head
) -> None:
    period = parse_period(round.period).label()
    named = form_name(kind, round.period_end)
    paper.text((_form_line(named, round.period_end), "i"))
    if kind == "collective":
        paper.title("Báo cáo kiểm điểm", f"tập thể lãnh đạo, quản lý {period}")
        paper.text(f"Tổ chức: {state.name} (mã {state.code}).")
    else:
        paper.title("Bản kiểm điểm cá nhân", period)
        _person(paper, state, facts)
    for heading in KINDS[kind]:
        if heading[0] in "IV":
            paper.heading(heading)
        else:
            paper.text(heading)
        if heading[0] not in "I" or heading.startswith(("II", "IV")):
            paper.text(_LINE)
            paper.text(_LINE)
    paper.heading("Tự nhận mức xếp loại chất lượng")
    for name in levels(round.subject, round.period_end).values():
        paper.text(f"☐ {name}")
    blank = [("", 14, "")] * 4
    right = [("BÍ THƯ" if kind == "collective" else "NGƯỜI TỰ KIỂM ĐIỂM", 14, "b"), *blank]
    paper.signatures([("", 14, "")], [*right, ("" if kind == "collective" else state.name, 14, "b")])
    if kind != "collective":
        paper.heading("Đánh giá, xếp loại của chi bộ")
        paper.text("Nhận xét:")
        paper.text(_LINE)
        paper.text("Mức xếp loại: …………………………; số phiếu: ………/……… đảng viên chính thức được triệu tập.")
        paper.signatures([("", 14, "")], [(head.on_behalf, 14, "b"), ("BÍ THƯ", 14, "b"), *blank])


def _form_line(named: str, day: date) -> str:
    try:
        version = in_force("rate.forms", day)
    except NoRuleInForce:
        return "Mẫu của năm này chưa có trong danh mục quy định: đối chiếu với hướng dẫn của năm."
    return f"{named or 'Mẫu'} kèm theo {version.citation().document_and_article()}; đối chiếu đề mục với văn bản."


def _person(paper: WordPaper, state: CandidateState, facts: Facts) -> None:
    key = state.member_id or 0
    member, spell = facts.members.get(key), facts.spells.get(key)
    born = format_date(member.birth_date) if member and member.birth_date else "……………"
    admitted = format_date(spell.admitted_on) if spell and spell.admitted_on else "……………"
    official = format_date(spell.official_on) if spell and spell.official_on else "……………"
    paper.text("Họ và tên: ", (state.name, "b"), f"; ngày sinh: {born}; số thẻ: {_card(member)}.")
    paper.text(f"Ngày vào Đảng: {admitted}; ngày chính thức: {official}.")
    paper.text(f"Chức vụ Đảng: {facts.posts.get(key) or '……………………'}.")
    paper.text("Chức vụ chính quyền, đoàn thể; đơn vị công tác: ………… …………")
    paper.text(f"Chi bộ: {state.organisation_name}.")


def _card(member: Member | None) -> str:
    return (member.card_number if member else "") or "……………"
