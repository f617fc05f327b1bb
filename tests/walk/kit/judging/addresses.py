"""What fills the addresses of the year's judging: address name -> the records behind its arguments.

A table maps each argument to a kind of record of the walk, or to a tuple of plain values that are all tried.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

from tests.walk.kit.judging.rating import RATED

Spec = dict[str, str | tuple[str, ...]]
#: Whose a record is, where that does not follow from its organisation: nobody's but the named one's.
SEALED = "named"
#: Above, what those below may read in part: their own part of a round's list, a campaign that asks them to propose.
SHARED = {"round", "campaign", "title"}
_CASE: Spec = {"identity": "case"}
_PAPERS = ("bien-ban", "quyet-dinh", "thong-bao", "giao-nhan")
_DAYS = ("2023-05-19", "2023-09-02")


def _each(space: str, pages: str, *specs: Spec) -> dict[str, tuple[Spec, ...]]:
    return {f"{space}:{page}": specs for page in pages.split()}


SPECS: dict[str, tuple[Spec, ...]] = {
    **_each("ratings", "round round_checks round_quota", {"pk": "round"}, {"pk": "round_decided"}),
    **_each(
        "ratings",
        "round_grid round_grid_undo round_correct round_void round_refresh round_open_below round_undo round_decide "
        "round_candidate_add",
        {"pk": "round"},
    ),
    **_each("ratings", "round_reopen round_decision_word", {"pk": "round_decided"}),
    "ratings:round_special_void": ({"pk": "round", "special": "special"},),
    "ratings:round_override_void": ({"pk": "round", "override": "override"},),
    **_each("ratings", "round_candidate_attach round_candidate_detail", {"pk": "rated"}),
    **_each("ratings", "round_candidate_file round_candidate_detach", {"pk": "rated", "file": "rated_file"}),
    **_each(
        "ratings",
        "round_part round_entry round_minutes_word round_reviews_word",
        {"pk": "round", "code": "part"},
    ),
    **_each(
        "ratings",
        "round_candidate round_step_new round_candidate_aside round_review_word",
        {"pk": "round", "candidate": "rated"},
    ),
    **_each(
        "ratings",
        "round_step_correct round_step_void",
        {"pk": "round", "candidate": "rated", "step": "rating_step"},
    ),
    **_each(
        "honours",
        "commending commending_detail commending_correct commending_void commending_proposals commending_propose "
        "commending_council commending_decide commending_certificates commending_handing",
        {"pk": "campaign"},
    ),
    **_each("honours", "commending_withdraw commending_words", {"pk": "campaign", "key": "proposed"}),
    "honours:commending_aside": ({"pk": "campaign", "key": "proposed", "check": ("rating", "giver")},),
    "honours:commending_decision_void": ({"pk": "campaign", "key": "decision"},),
    "honours:commending_renumber": ({"pk": "campaign", "key": "number"},),
    **_each("honours", "commending_print commending_layout", {"pk": "campaign", "key": "title"}),
    **_each("honours", "title_detail title_correct title_void", {"pk": "title"}),
    **_each("honours", "round round_propose round_forward round_decide round_award", {"day": _DAYS}),
    "honours:round_paper": (
        {"day": _DAYS[:1], "kind": ("quyet-dinh", "trao", "tien")},
        {"day": _DAYS[1:], "kind": ("danh-sach", "to-trinh", "to-khai")},
    ),
    **_each(
        "honours",
        "proposal proposal_withdraw",
        {"identity": "badge_proposal"},
        {"identity": "proposal_decided"},
        {"identity": "proposal_gone"},
    ),
    **_each("inspections", "programme programme_paper programme_change programme_copy", {"pk": "programme"}),
    **_each(
        "inspections",
        "programme_items programme_issue programme_correct programme_void",
        {"pk": "programme_draft"},
    ),
    "inspections:programme_drop": ({"pk": "programme_item"},),
    **_each(
        "inspections",
        "inspection inspection_correct inspection_void inspection_team inspection_team_sheet inspection_undo "
        "inspection_finding",
        {"pk": "inspection"},
    ),
    "inspections:inspection_step": ({"pk": "inspection", "name": ("concluded", "extended")},),
    "inspections:inspection_finding_void": ({"pk": "finding"},),
    "inspections:inspection_paper": (
        {"pk": "inspection", "name": ("quyet-dinh", "ke-hoach", "thong-bao", "bao-cao", "ket-luan")},
    ),
    "inspections:corrected": ({"pk": "member_discipline"}, {"pk": "sealed_case_discipline"}),
    "inspections:organisation_corrected": ({"pk": "organisation_discipline"},),
    "inspections:correction_void": ({"pk": "correction"},),
    "cases:case": (_CASE, {"identity": "case_open"}, {"identity": "sealed_case"}),
    **_each("cases", "correct void name appeal_new corrected seal", _CASE, {"identity": "sealed_case"}),
    "cases:step": (
        {"identity": "case_open", "kind": ("voted", "closed")},
        {"identity": "sealed_case", "kind": ("announced",)},
    ),
    "cases:step_void": (
        {"identity": "case", "pk": "case_step"},
        {"identity": "sealed_case", "pk": "sealed_case_step"},
    ),
    **_each(
        "cases",
        "appeal_answer appeal_void",
        {"identity": "case", "appeal": "case_appeal"},
        {"identity": "sealed_case", "appeal": "sealed_case_appeal"},
    ),
    "cases:unname": ({"identity": "sealed_case", "pk": "sealed_access"},),
    "cases:paper": ({"identity": "case", "kind": _PAPERS}, {"identity": "sealed_case", "kind": _PAPERS}),
    **_each("admissions", "candidate", {"pk": "candidate"}, {"pk": "candidate_admitted"}),
    **_each("admissions", "attach correct void papers mentor", {"pk": "candidate"}),
    **_each("admissions", "file detach", {"pk": "candidate", "file": "candidate_file"}),
    "admissions:paper_void": ({"pk": "candidate", "paper": "candidate_paper"},),
    "admissions:mentor_void": ({"pk": "candidate", "mentor": "mentor"},),
    "admissions:step": ({"pk": "candidate", "kind": ("committee", "closed")},),
    "admissions:step_void": ({"pk": "candidate", "step": "candidate_step"},),
    "admissions:paper": ({"pk": "candidate", "kind": ("phan-cong", "bien-ban", "nghi-quyet", "quyet-dinh")},),
    "admissions:probationer": ({"uid": "probationer"},),
    "admissions:probation_step": ({"uid": "probationer", "kind": ("resolution", "removal")},),
    "admissions:probation_step_void": ({"uid": "probationer", "step": "probation_step"},),
    "admissions:probation_paper": ({"uid": "probationer", "kind": ("phan-cong", "bien-ban", "nghi-quyet")},),
    **_each("matching", "pair reveal two_persons", {"one": "pair_one", "other": "pair_other"}),
    "matching:one_person": ({"kept": "pair_one", "gone": "pair_other"},),
    "matching:again": ({"pk": "pair_decision"},),
    "matching:part": ({"pk": "person_merge"},),
    "rules:rule": ({"id": ("rate.cap.percent", "disc.limit.member", "badge.marks", "adm.vote", "insp.who")},),
}
#: The discipline that came of a sealed case has its page among all discipline.
DISCIPLINE = {"inspections:detail", "inspections:correct", "inspections:void"}


def filled(walk: Any, name: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Arguments of an address of `SPECS`, and whose the record is; another's below one's own as well."""
    for spec in SPECS[name]:
        kinds = {argument: kind for argument, kind in spec.items() if isinstance(kind, str)}
        values = [
            [(argument, one) for one in plain]
            for argument, plain in spec.items()
            if not isinstance(plain, str)
        ]
        for combination in product(*values):
            for keys, about in _of_records(walk, kinds):
                yield {**keys, **dict(combination)}, about


def _of_records(walk: Any, kinds: dict[str, str]) -> Iterator[tuple[dict[str, Any], str]]:
    if not kinds:
        yield {}, ""
        return
    lists = list(kinds.values())
    codes = list(_rows(walk, lists[-1]))
    for code in codes:
        yield (
            {argument: _key(argument, _row(walk, kind, code)) for argument, kind in kinds.items()},
            _about(lists, code),
        )
    if len(kinds) > 1:
        own, theirs = ("PB", "PA") if "PB" in codes else ("PB1", "PA1")
        [(upper, kind), *below] = kinds.items()
        mixed = {argument: _key(argument, _row(walk, one, theirs)) for argument, one in below}
        yield {upper: _key(upper, _row(walk, kind, own)), **mixed}, SEALED if "sealed" in lists[0] else theirs


def _rows(walk: Any, kind: str) -> Any:
    return RATED if kind == "part" else walk.records[kind]


def _row(walk: Any, kind: str, code: str) -> Any:
    rows = _rows(walk, kind)
    return rows.get(code) or rows[code.partition("+")[0]]


def _key(argument: str, row: Any) -> Any:
    if argument == "code":
        return row[0]
    if argument in ("identity", "appeal"):
        return row.identity
    return row.uid if argument in ("uid", "one", "other", "kept", "gone") else row.pk


def _about(kinds: list[str], code: str) -> str:
    if any(kind.startswith("sealed") for kind in kinds):
        return SEALED
    if code == "QS+PB":  # the own part of what is asked above; of an inspection nothing
        return "PB" if "proposed" in kinds else "QS"
    if code == "QS" and len(kinds) == 1 and kinds[0] in SHARED:
        return "QS+PB"
    return "PA" if code == "QS" and {"part", "rated", "proposed"} & set(kinds) else code
