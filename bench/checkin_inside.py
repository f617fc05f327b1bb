"""Makes what `bench.checkin` needs in TONGKET_DATA_DIR: four users at the door, three conferences of 200 people."""

import json
import os
from datetime import timedelta

from bench.checkin import EACH, PASSWORD, PHONES, USERS


def main() -> dict[str, int]:
    """The conferences' ids by round."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    import django

    django.setup()
    from django.utils import timezone

    from tongket.accounts.acts import assign, create_user
    from tongket.audit.acts import act
    from tongket.conferences.acts import add_conference, call
    from tongket.conferences.agenda.acts import add_item
    from tongket.conferences.calling.acts import add_invitations
    from tongket.conferences.drafts import AgendaItemDraft, ConferenceDraft, InvitationDraft
    from tongket.members.models import Member
    from tongket.organisations.queries import by_code

    top = by_code("QS")
    for name in USERS:
        user, _ = create_user(name, full_name=name, by=None, password=PASSWORD)
        assign(user, top, "office", since=top.founded_on, by=None)
    people = list(Member.objects.exclude(standing="").select_related("organisation")[: PHONES * EACH])
    made = {}
    for place, name in enumerate(("paced", "flat", "list")):
        draft = ConferenceDraft(
            top,
            "year_end",
            f"Hội nghị đo {name}",
            timezone.now() + timedelta(hours=place),
            "Hội trường",
            "Bí thư",
        )
        conference = add_conference(draft, by=None)
        add_item(AgendaItemDraft(conference, "Báo cáo"), by=None)
        with act("invitation.call", by=None) as current:
            add_invitations(
                [
                    InvitationDraft(conference, m.full_name, "Đại biểu", m.organisation, m, "committee", True)
                    for m in people
                ],
                act=current,
            )
        call(conference, by=None)
        made[name] = conference.pk
    return made


if __name__ == "__main__":
    print(json.dumps(main()))
