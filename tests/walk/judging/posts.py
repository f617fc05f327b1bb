"""What is sent to every page of the year's judging so that its act is done, by whom, and what comes before."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.walk.kit.judging.rating import candidates

Changes = dict[str, Any]
REASON: Changes = {"reason": "ghi sai"}


@dataclass(frozen=True, slots=True)
class Post:
    """`changes` to what the page's form holds, or made from it; `by` the right user; `first` other pages' posts.

    `nth` chooses among the addresses of the own records; `at` the ending of the address, where it takes a word.
    """

    changes: Changes | Callable[[Any, Changes], Changes] = field(default_factory=dict)
    by: str = "b-all"
    first: tuple[str, ...] = ()
    nth: int = 0
    at: str = ""


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("ban-kiem-diem.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")


def _key(kind: str, code: str = "PB", **more: Any) -> Callable[[Any, Changes], Changes]:
    """Names a record by its key: `name` is the field."""
    name = more.pop("name")
    return lambda walk, _data: {name: str(walk.records[kind][code].pk), **more}


def _level(prefix: str) -> Callable[[Any, Changes], Changes]:
    """Another level for the first of a grid."""
    return lambda _walk, data: {next(name for name in data if name.startswith(prefix)): "good"}


def _special(walk: Any, _data: Changes) -> Changes:
    own = walk.records["rated"]["PB"]
    other = next(
        one for one in candidates(walk.records["round"]["PB"]) if one.pk != own.pk and not one.reason
    )
    return {"candidate": str(other.pk), **REASON}


def _numbered(prefix: str, value: str, **more: Any) -> Callable[[Any, Changes], Changes]:
    return lambda _walk, data: {**{name: value for name in data if name.startswith(prefix)}, **more}


_TITLE: Changes = {
    "code": "DH-MOI",
    "name": "Danh hiệu mới",
    "year_from": "2021",
    "kind": "yearly",
    "recipient_kind": "individual",
    "form": "certificate",
    "giver": "grassroots",
    "gate": "none",
}
_CASE: Changes = {
    "member": "M-PB1",
    "ground": "conduct",
    "act_days": "10/01/2023",
    "opened_on": "01/03/2023",
    "body": "Chi bộ",
    "body_level": "cell",
    "source": "self_found",
    "da_kiem_tra": "1",
}
_ITEM: Changes = {"kind_1": "compliance", "content_1": "Việc mới", "objects_text_1": "Chi bộ"}
_INSPECTION: Changes = {
    "subject": "grassroots",
    "kind": "compliance",
    "content": "Việc mới",
    "starts_on": "06/05/2023",
    "ends_on": "14/06/2023",
    "unplanned_reason": "Theo chỉ đạo",
    "limit_days": "45",
    "target_1": "",
    "body_1": "PB1",
    "name_1": "Người Mới",
    "da_kiem_tra": "1",
}
_VOTE: Changes = {"on": "01/04/2023", "form": "warning", "entitled": "20", "agree": "15", "disagree": "5"}

POSTS: dict[str, Post] = {
    "ratings:round_quota": Post(_special),
    "ratings:round_special_void": Post(REASON),
    "ratings:round_checks": Post(REASON),
    "ratings:round_override_void": Post(REASON),
    "ratings:round_grid": Post(_level("level-")),
    "ratings:round_grid_undo": Post(first=("ratings:round_grid",)),
    "ratings:round_new": Post(
        {"subject": "members", "period": "2021", "opened_on": "01/11/2021", "da_kiem_tra": "1"}
    ),
    "ratings:round_candidate_attach": Post(lambda _walk, _data: {"file": _file()}),
    "ratings:round_candidate_detach": Post(REASON),
    "ratings:round_correct": Post({"why": "ghi sai", "note": "khác"}),
    "ratings:round_decide": Post(
        {
            "decision_number": "9-QĐ/ĐU",
            "decision_date": "20/12/2023",
            "decision_body": "Đảng ủy",
            "over_reason": "nhiệm vụ đột xuất",
            "da_kiem_tra": "1",
        }
    ),
    "ratings:round_reopen": Post(REASON),
    "ratings:round_entry": Post(_level("muc-")),
    "ratings:round_undo": Post(first=("ratings:round_entry",)),
    "ratings:round_step_new": Post({"level": "good", "on": "11/12/2023"}),
    "ratings:round_step_correct": Post({"level": "completed", "why": "ghi sai"}),
    "ratings:round_step_void": Post(REASON),
    "ratings:round_candidate_aside": Post({"note": "đi học xa"}),
    "honours:commending_new": Post(
        lambda walk, _data: {"opened_on": "02/11/2021", "titles": str(walk.records["title"]["PB"].identity)}
    ),
    "honours:commending_correct": Post({"why": "ghi sai", "note": "khác"}),
    "honours:commending_propose": Post(
        {"ten": "Người mới", "ngay": "21/11/2021", "da_kiem_tra": "1"}, nth=-1
    ),
    "honours:commending_withdraw": Post(REASON, nth=-1),
    "honours:commending_words": Post({"achievement": "khác", "why": "ghi sai"}, nth=-1),
    "honours:commending_aside": Post(REASON, nth=-1),
    "honours:commending_council": Post(_numbered("phieu-", "2", tong="5")),
    "honours:commending_decide": Post(_numbered("chon-", "co", so="9-QĐ/ĐU", ngay="20/12/2021")),
    "honours:commending_certificates": Post(
        {"bat_dau": "2", "ngay": "22/12/2021"}, first=("honours:commending_decide",)
    ),
    "honours:commending_decision_void": Post(REASON),
    "honours:commending_renumber": Post({"number": "2", "why": "ghi sai", "da_kiem_tra": "1"}),
    "honours:commending_layout": Post({"place": "Nơi khác"}),
    "honours:title_take": Post({"lay": "chung"}),
    "honours:title_new": Post(_TITLE),
    "honours:title_correct": Post({"name": "Tên khác", "why": "ghi sai"}),
    "honours:round_propose": Post(
        lambda walk, _data: {"chon": f"{walk['W-PB1'].pk}:30:due"},
        first=("honours:proposal_withdraw",),
        at="2023-09-02/de-nghi/",
    ),
    "honours:round_forward": Post(_key("badge_proposal", name="de-nghi"), at="2023-09-02/chuyen-len/"),
    "honours:round_award": Post(
        _key("proposal_decided", name="de-nghi", on="19/05/2023", place="Hội trường"),
        by="all",
        at="2023-05-19/trao/",
    ),
    "honours:proposal_withdraw": Post(REASON),
    "inspections:programme_new": Post({"subject": "grassroots", "year": "2022"}),
    "inspections:programme_items": Post({**_ITEM, "planned_on_1": "30/06/2024"}),
    "inspections:programme_issue": Post({"decision_number": "1-CTr", "decision_date": "20/12/2023"}),
    "inspections:programme_change": Post(
        {**_ITEM, "planned_on_1": "30/06/2023", "number": "2-CTr", "reason": "bổ sung", "on": "01/05/2023"}
    ),
    "inspections:programme_correct": Post({"why": "ghi sai", "body": "Ủy ban Kiểm tra"}),
    "inspections:programme_void": Post(REASON),
    "inspections:programme_drop": Post(REASON),
    "inspections:inspection_new": Post(_INSPECTION),
    "inspections:inspection_correct": Post({"why": "ghi sai", "content": "khác", "da_kiem_tra": "1"}),
    "inspections:inspection_team": Post({"name_1": "Người Khác", "reason": "thay người", "da_kiem_tra": "1"}),
    "inspections:inspection_step": Post(
        {"on": "20/04/2023", "decision_number": "3-KL", "decision_date": "20/04/2023", "da_kiem_tra": "1"},
        at="concluded/",
    ),
    "inspections:inspection_finding": Post({"kind": "strength", "text": "Ưu điểm mới", "on": "18/04/2023"}),
    "inspections:inspection_finding_void": Post(REASON),
    "inspections:corrected": Post({"on": "20/04/2024", "number": "3-NQ"}),
    "inspections:organisation_corrected": Post({"on": "20/04/2024"}),
    "inspections:correction_void": Post(REASON),
    "cases:new": Post(_CASE),
    "cases:correct": Post({"why": "ghi sai", "summary": "khác", "da_kiem_tra": "1"}),
    "cases:step": Post(_VOTE, at="voted/"),
    "cases:step_void": Post(REASON, first=("cases:appeal_void",)),
    "cases:appeal_new": Post(
        {"received_on": "28/04/2023", "level": "superior", "body": "Ủy ban"}, first=("cases:appeal_void",)
    ),
    "cases:appeal_answer": Post({"outcome": "upheld", "on": "20/05/2023", "da_kiem_tra": "1"}),
    "cases:appeal_void": Post(REASON),
    "cases:corrected": Post({"on": "20/04/2024", "da_kiem_tra": "1"}),
    "cases:seal": Post(REASON),
    "cases:name": Post(lambda walk, _data: {"user": str(walk.users["b-inspection"].pk)}, by="named", nth=1),
    "cases:unname": Post(REASON, by="named", first=("cases:name",), nth=1),
    "admissions:attach": Post(lambda _walk, _data: {"file": _file()}),
    "admissions:detach": Post(REASON),
    "admissions:new": Post(
        {
            "organisation": "PB1",
            "full_name": "Người Mới",
            "birth_date": "08/08/1998",
            "gender": "female",
            "nominated_on": "01/07/2022",
            "source_year": "2022",
        }
    ),
    "admissions:correct": Post({"why": "ghi sai", "full_name": "Tên Khác"}),
    "admissions:papers": Post(
        lambda walk, _data: {"on": "01/12/2022", "papers": walk.records["candidate_paper"]["PB1"].paper},
        first=("admissions:paper_void",),
    ),
    "admissions:paper_void": Post(REASON),
    "admissions:mentor": Post({"body": "Đoàn xã", "assigned_on": "02/07/2022", "da_kiem_tra": "1"}),
    "admissions:mentor_void": Post(REASON),
    "admissions:step": Post({"on": "20/02/2023", "da_kiem_tra": "1"}, at="committee/"),
    "admissions:step_void": Post(REASON),
    "admissions:probation_step": Post(
        {"on": "25/05/2024", "present": "5", "agree": "5", "disagree": "0", "da_kiem_tra": "1"},
        at="resolution/",
    ),
    "admissions:probation_step_void": Post(REASON),
}
#: Refused here, since something rests on the record or nothing is left to do; done in the tests of their own apps.
RESTING = {
    "ratings:round_void",
    "ratings:round_refresh",
    "ratings:round_open_below",
    "ratings:round_candidate_add",
    "honours:commending_void",
    "honours:title_void",
    "honours:round_decide",
    "inspections:programme_copy",
    "inspections:inspection_void",
    "inspections:inspection_undo",
    "cases:void",
    "admissions:void",
}
