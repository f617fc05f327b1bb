"""The year's work in part I: papers issued, tasks handed out and done in time, conferences. Nothing where nothing was."""

# ruff: noqa: E501 - sentences of the report are kept whole

from collections.abc import Iterator

from tongket.reports.word.prose.phrases import Paragraph, change, share, some, when


def grown(id: str, unit: str) -> str:
    """The change, where the year before has the figure at all: a book that begins this year has not grown."""
    return f"{{% if truoc.{id} > 0 %}}{change(id, unit)}{{% endif %}}"


def _of_which(part: str, whole: str, text: str, all_of_them: str) -> str:
    """'; trong đó có 3 …', or words for all of them; nothing when there is none."""
    return some(
        part,
        f"{{% if so.{part} < so.{whole} %}}; trong đó có {{{{ so.{part} }}}} {text}{{% else %}}, {all_of_them}{{% endif %}}",
    )


def issued() -> Iterator[Paragraph]:
    """Papers of the committee's own, from the book of papers issued."""
    yield from when(
        "so.documents.issued > 0",
        (
            "p",
            "Trong kỳ, {{ to_chuc.cap_uy }} ban hành {{ so.documents.issued }} văn bản"
            + grown("documents.issued", "văn bản")
            + _of_which("documents.issued.nq", "documents.issued", "nghị quyết", "đều là nghị quyết")
            + some(
                "documents.issued.ended",
                "; {{ so.documents.issued.ended }} văn bản đã được thay thế, thu hồi",
            )
            + ".",
        ),
    )


def tasks() -> Iterator[Paragraph]:
    """What was handed out, what fell due, what of it was done in full and on time."""
    yield from when(
        "so.obligations.demands > 0 or so.obligations.handed > 0 or so.obligations.due > 0",
        (
            "p",
            "Về giao việc và thực hiện:"
            + some(
                "obligations.demands",
                " {{ to_chuc.cap_uy }} giao {{ so.obligations.demands }} đầu việc"
                + some(
                    "obligations.demands.receivers",
                    " cho {{ so.obligations.demands.receivers }} lượt tổ chức",
                )
                + ".",
            )
            + some(
                "obligations.handed",
                " {{ to_chuc.ten_goi }} được giao {{ so.obligations.handed }} nhiệm vụ"
                + grown("obligations.handed", "nhiệm vụ")
                + _of_which(
                    "obligations.handed.from_directive",
                    "obligations.handed",
                    "nhiệm vụ triển khai văn bản",
                    "đều để triển khai văn bản",
                )
                + some(
                    "obligations.handed.from_conference",
                    "; {{ so.obligations.handed.from_conference }} nhiệm vụ theo kết luận hội nghị",
                )
                + ".",
            )
            + some(
                "obligations.due",
                " Có {{ so.obligations.due }} nhiệm vụ đến hạn; {% if so.obligations.on_time > 0 %}hoàn thành đúng hạn "
                "{{ so.obligations.on_time }} nhiệm vụ"
                + share("obligations.on_time_pct")
                + "{% else %}chưa có nhiệm vụ nào hoàn thành đúng hạn{% endif %}"
                + some("obligations.late", "; hoàn thành muộn {{ so.obligations.late }} nhiệm vụ")
                + some(
                    "obligations.overdue", "; quá hạn chưa hoàn thành {{ so.obligations.overdue }} nhiệm vụ"
                )
                + some("obligations.waiting", "; còn trong hạn {{ so.obligations.waiting }} nhiệm vụ")
                + ".",
            )
            + some("obligations.extended", " Có {{ so.obligations.extended }} nhiệm vụ được gia hạn.")
            + some("obligations.reminders", " Đã đôn đốc {{ so.obligations.reminders }} lượt."),
        ),
    )


def study_plan() -> str:
    """Sessions planned and held, a sentence of the paragraph on study."""
    return some(
        "study.planned",
        " Theo kế hoạch có {{ so.study.planned }} lớp, hội nghị, buổi thông tin thời sự; "
        "{% if so.study.planned.held > 0 %}đã tổ chức {{ so.study.planned.held }}"
        + share("study.planned.held_pct")
        + "{% else %}chưa tổ chức{% endif %}.",
    )


def talks() -> str:
    """Current-affairs talks and their audiences, a sentence of the paragraph on study."""
    return some(
        "study.talks",
        " Tổ chức {{ so.study.talks }} buổi thông tin thời sự"
        + some("study.talks.attendances", ", với {{ so.study.talks.attendances }} lượt người nghe")
        + ".",
    )


def conferences() -> Iterator[Paragraph]:
    """Conferences held, who was called and came, what was concluded."""
    yield from when(
        "so.conference.held > 0",
        (
            "p",
            "{{ to_chuc.ten_goi }} tổ chức {{ so.conference.held }} hội nghị"
            + grown("conference.held", "hội nghị")
            + some(
                "directives.reviews", "; trong đó có {{ so.directives.reviews }} hội nghị sơ kết, tổng kết"
            )
            + "."
            + some(
                "conference.invited",
                " Triệu tập {{ so.conference.invited }} lượt người"
                "{% if so.conference.attended > 0 %}; có mặt {{ so.conference.attended }} lượt người"
                + share("conference.attended_pct")
                + "{% endif %}"
                + some("conference.excused", "; vắng có lý do {{ so.conference.excused }} lượt người")
                + some("conference.absent", "; vắng không lý do {{ so.conference.absent }} lượt người")
                + ".",
            )
            + some(
                "conference.conclusions",
                " Các hội nghị có {{ so.conference.conclusions }} kết luận"
                + _of_which(
                    "conference.conclusions.handed",
                    "conference.conclusions",
                    "kết luận đã giao thành nhiệm vụ cụ thể",
                    "đều đã giao thành nhiệm vụ cụ thể",
                )
                + ".",
            ),
        ),
    )
