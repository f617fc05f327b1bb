"""The same organisations and posts in the words of two open vocabularies: Popolo JSON and W3C ORG (JSON-LD).

Who holds a post is told by the register of members, so posts are shown where the program holds `member.read`.
ORG (https://www.w3.org/TR/vocab-org/): kinds and roles are concepts, not words. Popolo: what is absent is left out.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from tongket.api.asking import known_at, on_day
from tongket.api.endpoints.organisations import OrganisationsAsked, ended, page_of, written
from tongket.api.gate import language_of, may_be_kept
from tongket.api.parameters import begin
from tongket.audit.acts import log_reading
from tongket.core.codelists import POST
from tongket.members.models import PostHolding
from tongket.organisations.models import OrganisationVersion
from tongket.organisations.queries import visible_to

router = Router(tags=["linked"])
VERB, HOLDERS = "organisation.read", "member.read"

CONTEXT: dict[str, Any] = {
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "subOrganizationOf": {"@id": "org:subOrganizationOf", "@type": "@id"},
    "postIn": {"@id": "org:postIn", "@type": "@id"},
    "heldBy": {"@id": "org:heldBy", "@type": "@id"},
    "classification": {"@id": "org:classification", "@type": "@id"},
    "role": {"@id": "org:role", "@type": "@id"},
    "identifier": "org:identifier",
    "prefLabel": "skos:prefLabel",
    "name": "foaf:name",
}


class PopoloOrganisations(Schema):
    """Popolo organizations."""

    organizations: list[dict[str, Any]]
    next: str | None


class PopoloPosts(Schema):
    """Popolo posts, the memberships that fill them and the persons named there, of a page of organisations."""

    posts: list[dict[str, Any]]
    memberships: list[dict[str, Any]]
    persons: list[dict[str, Any]]
    next: str | None


class OrgDocument(Schema):
    """A JSON-LD document in the W3C organisation vocabulary."""

    context: dict[str, Any] = Field(alias="@context")
    graph: list[dict[str, Any]] = Field(alias="@graph")
    next: str | None


@router.get(
    "/popolo/organizations",
    response=PopoloOrganisations,
    url_name="popolo_organizations",
    summary="Popolo organizations",
)
def popolo_organizations(request: HttpRequest, params: Query[OrganisationsAsked]) -> Any:
    """The organisations of `/organisations` as Popolo organizations."""
    begin(request, VERB, params)
    may_be_kept(request)
    _day, found, more = page_of(request, params)
    return {"organizations": [_popolo(row) for row in written(request, found)], "next": more}


@router.get(
    "/popolo/posts", response=PopoloPosts, url_name="popolo_posts", summary="Popolo posts, memberships"
)
def popolo_posts(request: HttpRequest, params: Query[OrganisationsAsked]) -> Any:
    """Who holds which post on a day, as Popolo posts, memberships and persons."""
    begin(request, HOLDERS, params)
    day, found, more = page_of(request, params)
    held = _held(request, found, day, params.as_known_at)
    lang = language_of(request)
    posts = {_post_id(row): row for row in held}
    return {
        "posts": [
            {
                "id": id,
                "label": POST.label(row.post, lang),
                "role": row.post,
                "organization_id": str(row.organisation.uid),
            }
            for id, row in posts.items()
        ],
        "memberships": [
            _without_gaps(
                id=f"{_post_id(row)}/{row.member.uid}",
                label=row.title,
                post_id=_post_id(row),
                person_id=str(row.member.uid),
                organization_id=str(row.organisation.uid),
                role=POST.label(row.post, lang),
                start_date=row.valid_from.isoformat(),
                end_date=_iso(row.valid_to),
            )
            for row in held
        ],
        "persons": [{"id": str(uid), "name": name} for uid, name in _people(held).items()],
        "next": more,
    }


@router.get("/org", response=OrgDocument, by_alias=True, url_name="org", summary="W3C ORG (JSON-LD)")
def org(request: HttpRequest, params: Query[OrganisationsAsked]) -> Any:
    """The organisations, with posts and their holders for a program that may read members, as one JSON-LD graph."""
    begin(request, VERB, params)
    day, found, more = page_of(request, params)
    rows = written(request, found)
    held = _held(request, found, day, params.as_known_at) if _reads_members(request) else []
    lang = language_of(request)
    graph: list[dict[str, Any]] = [_formal(row) for row in rows]
    kinds = {row["kind"]: row["kind_name"] for row in rows}
    graph += [_concept("skos:Concept", f"kind:{code}", name, lang) for code, name in kinds.items()]
    graph += [
        {
            "@id": f"urn:tongket:post:{row.organisation.uid}:{row.post}:{row.member.uid}",
            "@type": "org:Post",
            "prefLabel": row.title or POST.label(row.post, lang),
            "role": f"urn:tongket:role:{row.post}",
            "postIn": f"urn:uuid:{row.organisation.uid}",
            "heldBy": f"urn:uuid:{row.member.uid}",
        }
        for row in held
    ]
    roles = {row.post: POST.label(row.post, lang) for row in held}
    graph += [_concept("org:Role", f"role:{code}", name, lang) for code, name in roles.items()]
    graph += [
        {"@id": f"urn:uuid:{uid}", "@type": "foaf:Person", "name": name}
        for uid, name in _people(held).items()
    ]
    return {"@context": CONTEXT, "@graph": graph, "next": more}


def _reads_members(request: HttpRequest) -> bool:
    return visible_to(request.user, HOLDERS).exists()


def _held(
    request: HttpRequest, found: Iterable[OrganisationVersion], day: date, moment: datetime | None
) -> list[PostHolding]:
    """The posts held on a day in these organisations, where the program reads the register; logged as a reading."""
    keys = {row.organisation_id for row in found}
    seen = visible_to(request.user, HOLDERS).filter(pk__in=keys)
    rows = PostHolding.objects.filter(known_at(moment), on_day(day), organisation__in=seen.values("pk"))
    held = list(
        rows.select_related("member", "organisation").order_by("organisation_id", "post", "member_id", "id")
    )
    if held:
        user: Any = request.user
        log_reading("member.posts", by=user, subject=user, on=day, rows=len(held))
    return held


def _post_id(row: PostHolding) -> str:
    return f"{row.organisation.code}/{row.post}"


def _people(held: Iterable[PostHolding]) -> dict[Any, str]:
    return {row.member.uid: row.member.full_name for row in held}


def _iso(day: date) -> str | None:
    open_end = ended(day)
    return open_end.isoformat() if open_end else None


def _popolo(row: dict[str, Any]) -> dict[str, Any]:
    return _without_gaps(
        id=row["id"],
        name=row["name"],
        classification=row["kind"],
        identifiers=[{"scheme": "tongket", "identifier": row["code"]}],
        parent_id=row["parent_id"],
        founding_date=row["founded_on"].isoformat(),
        dissolution_date=row["ended_on"].isoformat() if row["ended_on"] else None,
    )


def _without_gaps(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _concept(kind: str, id: str, name: str, lang: str) -> dict[str, Any]:
    return {"@id": f"urn:tongket:{id}", "@type": kind, "prefLabel": {"@value": name, "@language": lang}}


def _formal(row: dict[str, Any]) -> dict[str, Any]:
    said = {
        "@id": f"urn:uuid:{row['id']}",
        "@type": "org:FormalOrganization",
        "identifier": row["code"],
        "prefLabel": row["name"],
        "classification": f"urn:tongket:kind:{row['kind']}",
    }
    return said | ({"subOrganizationOf": f"urn:uuid:{row['parent_id']}"} if row["parent_id"] else {})
