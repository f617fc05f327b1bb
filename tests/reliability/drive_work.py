"""The part of `drive` about the year's work: tasks reported with a file and returned, people marked at the door."""

import os
import random
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from tongket.audit.records import current
from tongket.conferences.acts import add_conference, call
from tongket.conferences.agenda.acts import add_item
from tongket.conferences.calling.acts import invite
from tongket.conferences.door.acts import mark
from tongket.conferences.drafts import AgendaItemDraft, ConferenceDraft, InvitationDraft
from tongket.conferences.models import Attendance, Invitation
from tongket.files.drafts import Upload
from tongket.files.models import Attachment
from tongket.obligations.acts import hand_out, take_step
from tongket.obligations.drafts import DemandDraft, StepDraft
from tongket.obligations.models import Demand, Obligation, Step
from tongket.organisations.models import Organisation

DAY = date(2023, 6, 1)


def begin_work() -> dict[str, Any]:
    """A task for two bodies, and a conference of a few guests that is called."""
    district = Organisation.objects.get(code="QS")
    draft = DemandDraft(district, "report", "Báo cáo quý II", DAY, date(2023, 6, 30))
    hand_out(draft, list(Organisation.objects.filter(code__in=("PA", "PB"))), by=None)
    begins = timezone.make_aware(datetime(2023, 6, 20, 8))
    conference = add_conference(
        ConferenceDraft(district, "thematic", "Hội nghị chuyên đề", begins, "Hội trường", "Bí thư Huyện ủy"),
        by=None,
    )
    add_item(AgendaItemDraft(conference, "Triển khai"), by=None)
    for number in range(8):
        invite(InvitationDraft(conference, f"Khách {number}", "Đại biểu"), by=None)
    call(conference, by=None)
    return {"demands": Demand.objects.count(), "invited": Invitation.objects.count()}


def one_report(number: int, chance: random.Random) -> None:
    """A task is reported with a file of its own; one reported is returned."""
    row = chance.choice(list(current(Obligation.objects.all()).select_related("demand", "organisation")))
    if row.state == "reported":
        take_step(row, StepDraft("returned", DAY, "Thiếu số liệu"), by=None)
        return
    upload = Upload("bao-cao.txt", f"Báo cáo {os.getpid()} {number} ".encode() * 200)
    take_step(row, StepDraft("reported", DAY, "Đã làm", files=(upload,)), by=None)


def one_mark(chance: random.Random) -> None:
    """Somebody comes to the door, or is marked otherwise than before."""
    guest = chance.choice(list(current(Invitation.objects.all())))
    mark(guest, chance.choice(["present", "absent"]), by=None)


def work_faults() -> list[str]:
    """Reports whose file is no row, and people marked twice: what a kill in the middle would leave."""
    with_file = set(Attachment.objects.values_list("about", flat=True))
    reports = Step.objects.filter(kind="reported").values_list("pk", "identity")
    found = [f"report {pk} without its file" for pk, identity in reports if identity not in with_file]
    marked = list(current(Attendance.objects.all()).values_list("invitation__number", flat=True))
    return found + [f"guest {number} marked twice" for number in set(marked) if marked.count(number) > 1]


def done_work() -> dict[str, int]:
    """How much was done, so that a test can see that there was something to kill."""
    return {"reports": Step.objects.filter(kind="reported").count(), "marks": Attendance.objects.count()}
