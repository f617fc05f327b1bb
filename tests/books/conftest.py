"""The small district with everybody who has to do with a book."""

from tests.once import once
from tests.page_world import make_page_world
from tests.world import World, add_user

#: name -> (organisation, duties): who draws up, who signs, and who must stay outside.
SIGNERS = {
    "writer": ("QS", ("office",)),
    "head": ("QS", ("office",)),
    "secretary": ("QS", ("leader",)),
    "deputy": ("QS", ("leader",)),
    "auditor": ("QS", ("auditor",)),
    "office_a": ("PA", ("office",)),
    "leader_a": ("PA", ("leader",)),
    "nobody": ("QS", ()),
}


def make_book_world() -> World:
    """The district of `tests.page_world` with the signers."""
    world = make_page_world()
    for name, (code, duties) in SIGNERS.items():
        add_user(world, name, code, *duties)
    return world


district, world = once(make_book_world)
