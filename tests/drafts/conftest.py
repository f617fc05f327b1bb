"""The small district with users of several duties, made once a module."""

from tests.once import once
from tests.page_world import make_page_world

district, world = once(make_page_world)
