"""What tests of pages share: the small district with users of several duties, and how to log in as one."""

from django.test import Client

from tests.world import World, add_user, make_world
from tongket.accounts.models import User

#: name -> (organisation, duties). Two communes, so that one is always "the other".
USERS = {
    "clerk": ("QS", ("organisation", "office")),
    "clerk_a": ("PA", ("organisation", "office")),
    "clerk_b": ("PB", ("organisation", "office", "inspection")),
    "office": ("QS", ("office",)),
    "propaganda": ("QS", ("propaganda",)),
    "leader": ("QS", ("leader",)),
    "inspector": ("QS", ("inspection",)),
    "admin": ("QS", ("administrator",)),
}


def make_page_world() -> World:
    """The district of `tests.world` with the users above."""
    world = make_world()
    for name, (code, duties) in USERS.items():
        add_user(world, name, code, *duties)
    for member in world.members.values():
        member.refresh_from_db()
    return world


def logged_in(user: User) -> Client:
    """A browser in which `user` is logged in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
