"""Texts made to become markup or script: every page, chart and report shows them as text."""

import io
import json
import zipfile
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.walk.conftest import browser
from tests.walk.kit.held import Held
from tests.walk.kit.hostile import asked, district
from tests.walk.kit.reading import text_of
from tests.walk.kit.world import Walk

#: Each makes an element or attribute called zqx, or is run, where it is not written as text. {} is made different.
MARKUP = (
    "<script zqx>{}</script>", "<img src=x zqx{} onerror=a()>", "'\"><zqx{}>", "\" zqx=\"{}", "' zqx='{}",
    "</title><zqx {}>", "</textarea><zqx {}>", "</script><zqx {}>", "--><zqx {}>", "]]><zqx {}>",
    "<svg/zqx/onload=a({})>", "<a href=javascript:zqx{}>", "javascript:zqx{}//", "{{{{zqx{}}}}}", "{{% zqx{} %}}",
    "&lt;zqx {}&gt;", "\\u003czqx {}\\u003e", "`${{zqx{}}}`", "<zqx{}\u2028>", "＜zqx {}＞<zqx>",
)  # fmt: skip
PAGES = ("", "?ky=2021&thoi_gian=tat-ca&tu_cach=all")


class _Page(HTMLParser):
    """Collects what of a page would run or was made by a text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _value in attrs}
        made = tag.startswith("zqx") or any(name.startswith(("zqx", "on")) for name in names)
        inline = tag == "script" and not dict(attrs).get("src", "").startswith("/static/")
        leads = any(
            name in ("href", "src", "action", "formaction", "hx-get", "hx-post")
            and (value or "").strip().lower().startswith(("javascript:", "data:text", "vbscript:"))
            for name, value in attrs
        )
        if made or inline or leads or "style" in names:
            self.wrong.append(f"<{tag} {dict(attrs)}>")


@pytest.fixture(scope="module")
def marked(held: Held) -> Walk:
    """The district in which every text is markup."""
    return district(held, MARKUP)


@pytest.fixture(scope="module")
def answers(marked: Walk, django_db_blocker: Any) -> list[tuple[str, Any]]:
    """Every page and chart of the district, for a user who may see everything."""
    client = browser(marked.users["all"])
    return [(path, client.get(path)) for path in asked(marked, PAGES)]


def test_a_text_of_every_kind_is_planted(marked: Walk) -> None:
    for text in MARKUP:
        begin = text.format("¤").partition("¤")[0]
        assert any(planted.startswith(begin) or begin in planted for planted in marked.planted.texts), text


def test_every_page_shows_markup_as_text(marked: Walk, db: Any, answers: list[tuple[str, Any]]) -> None:
    wrong, shown = [], 0
    for path, answer in answers:
        assert answer.status_code < 500, path
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            page = _Page()
            page.feed(answer.content.decode())
            shown += "zqx" in answer.content.decode()
            wrong += [(path, made) for made in page.wrong]
    assert not wrong, wrong[:10]
    assert shown > 80


def test_charts_carry_names_as_data(marked: Walk, db: Any, answers: list[tuple[str, Any]]) -> None:
    named = 0
    for _path, answer in answers:
        kind = answer.headers.get("Content-Type", "")
        if kind.startswith("application/json"):
            assert answer["X-Content-Type-Options"] == "nosniff"
            values = json.loads(answer.content).get("data", {}).get("values", [])
            names = [row["to_chuc"] for row in values if "to_chuc" in row]
            assert set(names) <= {str(o.name) for o in marked.organisations.values()}
            named += len(names)
            assert all(row["den"].startswith("/") for row in values if row.get("den"))
    assert named > 3


def test_reports_carry_markup_as_text(marked: Walk, db: Any) -> None:
    client = browser(marked.users["all"])
    for kind in ("docx", "xlsx", "pdf"):
        answer = client.get(f"/bao-cao/tep/{kind}/?ky=2021&to_chuc=PB")
        assert answer.status_code == 200
        parts = text_of(answer)
        assert "<zqx" not in parts.replace("&lt;zqx", "") or kind == "pdf"
    word = client.get("/bao-cao/tep/docx/?ky=2021&to_chuc=PB").content
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "embeddings" in name]
