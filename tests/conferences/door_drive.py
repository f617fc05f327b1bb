"""Phones at the door of a scratch database of their own: all read the same card at the same moment.

python -m tests.conferences.door_drive PHONES; the line printed is the answer as JSON.
"""

import json
import sys
import threading

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests.conferences.conftest import appoint_all, draft  # noqa: E402
from tests.page_world import make_page_world  # noqa: E402
from tongket.audit.models import LedgerEntry  # noqa: E402
from tongket.audit.queries import verify_chain  # noqa: E402
from tongket.conferences.acts import add_conference, call  # noqa: E402
from tongket.conferences.agenda.acts import add_item  # noqa: E402
from tongket.conferences.calling.acts import invite_by_roles  # noqa: E402
from tongket.conferences.door.acts import check_in  # noqa: E402
from tongket.conferences.drafts import AgendaItemDraft  # noqa: E402
from tongket.conferences.models import Attendance  # noqa: E402
from tongket.conferences.queries import invitations_of  # noqa: E402


def main(phones: int) -> dict[str, object]:
    """Make a called conference, let the phones race, say what each was told."""
    call_command("migrate", interactive=False, verbosity=0)
    world = make_page_world()
    appoint_all(world)
    office = world.users["office"]
    conference = add_conference(draft(world), by=office)
    add_item(AgendaItemDraft(conference, "Báo cáo"), by=office)
    invite_by_roles(conference, ["committee"], by=office)
    call(conference, by=office)
    code = invitations_of(conference)[0].code
    start, told = threading.Barrier(phones), []

    def phone() -> None:
        start.wait()
        try:
            told.append(check_in(conference, code, how="qr", by=office).kind)
        except Exception as error:
            told.append(repr(error))
        connection.close()

    threads = [threading.Thread(target=phone) for _ in range(phones)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entries = LedgerEntry.objects.filter(action="attendance.add").count()
    return {
        "told": sorted(told),
        "rows": Attendance.objects.count(),
        "entries": entries,
        "broken_at": verify_chain(),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1])), default=str))
