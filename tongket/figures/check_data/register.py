"""The register: the tree and the spells made anew, the sums that must come out."""

from datetime import date

from tongket.core.dates import today
from tongket.core.periods import year
from tongket.figures.check_data.common import Check, differences
from tongket.figures.engine import compute
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Count
from tongket.indicators.sources import SOURCES
from tongket.matching.merging.tables import standing_under
from tongket.matching.queries import undecided, ways
from tongket.members import derive
from tongket.members.models import Member, MemberEvent
from tongket.organisations import tree
from tongket.organisations.models import Organisation


def check_tree() -> Check:
    """Versions and closure as stored against those made anew from the acts."""
    spans, paths = tree.wanted_state()
    versions = [
        (o, s.name, s.kind, s.sector, s.parent_id, s.position, s.valid_from, s.valid_to)
        for o, own in spans.items()
        for s in own
    ]
    rows = [
        (p.ancestor_id, o, p.via_id, p.depth, p.valid_from, p.valid_to)
        for o, own in paths.items()
        for p in own
    ]
    stored_versions = [tree.version_key(v) for v in tree.current_versions()]
    stored_paths = [tree.path_key(p) for p in tree.current_paths()]
    faults = [
        *differences(stored_versions, versions, tuple, "Giai đoạn của tổ chức"),
        *differences(stored_paths, rows, tuple, "Quan hệ cấp trên"),
    ]
    return Check("tree", "Cây tổ chức dựng lại từ các quyết định", len(versions) + len(rows), tuple(faults))


def check_spells() -> Check:
    """Spells as stored against those made anew from the events; events that cannot have happened."""
    ids = list(Member.objects.values_list("pk", flat=True))
    events = derive.current_events(ids)
    wanted = derive.wanted_spells(events)
    faults = differences(derive.current_spells(ids), wanted, derive.spell_key, "Thời gian sinh hoạt")
    for own in events.values():
        faults.extend(f"Đảng viên {e.member_id}: {p.message}" for e, p in derive.spells_of(own)[1])
    return Check("spells", "Thời gian sinh hoạt dựng lại từ các việc", len(wanted), tuple(faults))


def check_members() -> Check:
    """The latest state repeated on each member against the spells in force."""
    now = {
        row.member_id: (row.organisation_id, row.standing)
        for row in derive.current_spells(list(Member.objects.values_list("pk", flat=True)))
        if row.valid_to == derive.FOREVER
    }
    faults = []
    count = 0
    for member in Member.objects.iterator(chunk_size=2000):
        count += 1
        organisation, standing = now.get(member.pk, (None, ""))
        if member.standing != standing or (standing and member.organisation_id != organisation):
            faults.append(f"Đảng viên {member.code}: nơi sinh hoạt ghi trên sổ không khớp với các việc.")
    return Check("members", "Nơi sinh hoạt hiện nay của từng đảng viên", count, tuple(faults))


def check_merged() -> Check:
    """An entry that was merged into another has no standing record; how many pairs wait to be looked at is said too."""
    gone = ways()
    faults = [
        f"Đảng viên {code}: đã gộp vào hồ sơ khác mà còn bản ghi đứng tên."
        for code in Member.objects.filter(pk__in=standing_under(gone)).values_list("code", flat=True)
    ]
    waiting = undecided().count()
    title = f"Hồ sơ đã gộp không còn bản ghi đứng tên ({waiting} cặp nghi trùng chờ kết luận)"
    return Check("merged", title, len(gone), tuple(faults))


def _years() -> list[int]:
    first = (
        MemberEvent.objects.filter(voided_at__isnull=True).order_by("on").values_list("on", flat=True).first()
    )
    return list(range(first.year, today().year + 1)) if first else []


def _roots() -> list[Organisation]:
    return list(Organisation.objects.filter(parent__isnull=True).order_by("code"))


def check_balances() -> Check:
    """Members at the end = at the start + in - out, for every organisation below the top and every year."""
    faults, count = [], 0
    ids = ("members.total", "members.balance", "members.balance_gap")
    for root in _roots():
        for number in _years():
            if not root.founded_on <= date(number, 12, 31) or root.ends_on <= date(number, 1, 1):
                continue
            figures = compute(root, year(number), ids=ids)
            named = {root.name: figures.own} | {c.name: figures.by_child[c.id] for c in figures.children}
            for name, own in named.items():
                count += 1
                gap = own["members.balance_gap"].value
                if gap:
                    faults.append(
                        f"{name}, {number}: danh sách cuối kỳ lệch {gap} so với đầu kỳ + tăng - giảm."
                    )
    return Check("balances", "Cân đối tăng, giảm đảng viên", count, tuple(faults))


def check_sums() -> Check:
    """Counts that add up: the children of the top together are the top (facts below it, last year)."""
    faults, count = [], 0
    additive = [
        i
        for i, indicator in INDICATORS.items()
        if isinstance(indicator.formula, Count)
        and SOURCES[indicator.formula.source].subtree
        and indicator.formula.source not in {"arrivals", "departures", "carried_in", "carried_out"}
    ]
    for root in _roots():
        years = [n for n in _years() if root.founded_on <= date(n, 12, 31) and root.ends_on > date(n, 1, 1)]
        for number in years[-3:]:
            figures = compute(root, year(number), ids=additive)
            own_facts = compute(root, year(number), ids=additive, children=False)
            for name in additive:
                count += 1
                parts = sum(int(figures.by_child[c.id][name].value or 0) for c in figures.children)
                total = int(own_facts.own[name].value or 0)
                if parts > total:
                    faults.append(
                        f"{root.name}, {number}, {name}: các đơn vị cộng lại {parts}, toàn thể {total}."
                    )
    return Check("sums", "Cộng các đơn vị trực thuộc", count, tuple(faults))
