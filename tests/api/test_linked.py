"""Organisations and posts in open vocabularies, holders only to whoever reads members."""

import re
from datetime import date
from typing import Any

import pytest

from tests.api.conftest import get, token_for
from tongket.audit.acts import act
from tongket.audit.models import LedgerEntry
from tongket.members.models import PostHolding

NAME = "Nguyễn Văn An"
#: Of the W3C vocabulary: from which classes to which each property leads.
ORG_EDGES = {
    "subOrganizationOf": ({"org:FormalOrganization"}, {"org:FormalOrganization"}),
    "classification": ({"org:FormalOrganization"}, {"skos:Concept"}),
    "postIn": ({"org:Post"}, {"org:FormalOrganization"}),
    "heldBy": ({"org:Post"}, {"foaf:Person"}),
    "role": ({"org:Post"}, {"org:Role"}),
}
#: Of the Popolo classes: what must and what may be there, of what is said here.
POPOLO = {
    "organizations": (
        {"id", "name"},
        {"identifiers", "classification", "parent_id", "founding_date", "dissolution_date"},
    ),
    "posts": ({"id", "label", "role", "organization_id"}, set()),
    "memberships": (
        {"id", "organization_id"},
        {"label", "role", "person_id", "post_id", "start_date", "end_date"},
    ),
    "persons": ({"id", "name"}, set()),
}


@pytest.fixture
def secretary(world: Any) -> PostHolding:
    """M1 is secretary at PA from 2020 on."""
    with act("test.post", by=None, origin="test") as current:
        return PostHolding.objects.create(
            member=world["M1"],
            organisation=world["PA"],
            post="secretary",
            valid_from=date(2020, 1, 1),
            **current.stamp(),
        )


def test_popolo_names_organisations_posts_and_who_holds_them(world: Any, secretary: PostHolding) -> None:
    token = token_for(world, "QS", "organisation")
    bodies = {row["id"]: row for row in get(token, "popolo/organizations").json()["organizations"]}
    assert len(bodies) == len(world.organisations)
    cell = bodies[str(world["PA1"].uid)]
    assert bodies[cell["parent_id"]]["name"] == "Đảng bộ xã A"
    said = get(token, "popolo/posts").json()
    (post,), (held,), (person,) = said["posts"], said["memberships"], said["persons"]
    assert post["label"] == "Bí thư" and post["organization_id"] in bodies
    assert held["post_id"] == post["id"] and held["person_id"] == person["id"] and person["name"] == NAME
    assert held["start_date"] == "2020-01-01" and "end_date" not in held
    assert LedgerEntry.objects.filter(action="member.posts").get().data["rows"] == 1
    assert get(token, "popolo/posts", as_at="2019-12-31").json()["posts"] == []


def test_org_is_a_graph_whose_edges_lead_to_its_nodes(world: Any, secretary: PostHolding) -> None:
    said = get(token_for(world, "QS", "organisation"), "org").json()
    nodes = {node["@id"]: node for node in said["@graph"]}
    assert len(nodes) == len(said["@graph"])
    kinds = [node["@type"] for node in nodes.values()]
    assert kinds.count("org:FormalOrganization") == 8 and kinds.count("org:Post") == 1
    for node in nodes.values():
        for name in node.keys() - {"@id", "@type"}:
            term = said["@context"][name]
            if name in ORG_EDGES:
                subjects, objects = ORG_EDGES[name]
                assert term == {"@id": f"org:{name}", "@type": "@id"}
                assert node["@type"] in subjects and nodes[node[name]]["@type"] in objects
            else:
                assert term == {"identifier": "org:identifier", "prefLabel": "skos:prefLabel"}.get(
                    name, "foaf:name"
                )
    assert {"classification", "subOrganizationOf"} <= set().union(*nodes.values())


def test_popolo_has_only_its_own_fields_in_its_own_forms(world: Any, secretary: PostHolding) -> None:
    token = token_for(world, "QS", "organisation")
    found = {**get(token, "popolo/organizations").json(), **get(token, "popolo/posts").json()}
    for part, (must, may) in POPOLO.items():
        assert found[part]
        for row in found[part]:
            assert must <= row.keys() <= must | may, row
            for name, value in row.items():
                if name == "identifiers":
                    assert all(set(one) == {"identifier", "scheme"} for one in value)
                else:
                    assert isinstance(value, str) and value
                    assert not name.endswith("_date") or re.fullmatch(r"\d{4}(-\d\d){0,2}", value)


@pytest.mark.parametrize("duty", ["propaganda"])
def test_who_does_not_read_members_is_told_no_holder(world: Any, secretary: PostHolding, duty: str) -> None:
    token = token_for(world, "QS", duty)
    assert get(token, "popolo/posts").status_code == 403
    graph = get(token, "org").json()["@graph"]
    assert {node["@type"] for node in graph} == {"org:FormalOrganization", "skos:Concept"}
    assert NAME not in str(graph)


def test_holders_of_others_are_not_told(world: Any, secretary: PostHolding) -> None:
    token = token_for(world, "PB", "organisation")
    assert get(token, "popolo/posts").json()["persons"] == []
    assert NAME not in get(token, "org").content.decode()
