"""Every text of the pages has its English, what packages say has its Vietnamese, and placeholders agree."""

import io
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation.template import templatize

from tongket.books.checking.verify import REASONS
from tongket.ui.messages import compile_messages
from tongket.ui.records.fields import RecordForm

ROOT = Path(__file__).resolve().parent.parent.parent
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
_PLACE = re.compile(r"%\(\w+\)s")


def _catalogue(language: str) -> Catalog:
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def _texts() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "tongket").rglob("*")):
        if path.suffix == ".py":
            source, method = path.read_text(encoding="utf-8"), "python"
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            # What Django makes of a template is no Python, but its calls read the same in this extractor.
            source, method = templatize(path.read_text(encoding="utf-8")), "javascript"
        else:
            continue
        for _line, message, _comments, _context in extract(method, io.BytesIO(source.encode()), _KEYWORDS):
            yield message if isinstance(message, str) else message[0], path.name


def test_every_text_of_the_pages_has_its_english() -> None:
    known = {
        m.id if isinstance(m.id, str) else m.id[0]: m.string
        for m in _catalogue("en")
        if m.id and all(m.string)
    }
    missing = {(text, file) for text, file in _texts() if re.search(r"\w", text) and text not in known}
    assert missing == set()


def _forms(above: type[RecordForm] = RecordForm) -> Iterator[type[RecordForm]]:
    for form in above.__subclasses__():
        yield from (form, *_forms(form))


def test_every_label_of_a_form_has_its_english() -> None:
    import_module(settings.ROOT_URLCONF)  # so that every form is there
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in _catalogue("en") if m.id and all(m.string)}
    with translation.override("vi"):
        labels = {str(field.label) for form in _forms() for field in form.base_fields.values() if field.label}
    assert "Cơ quan ban hành" in labels
    assert labels - known == set()


def test_every_reason_why_a_figure_of_a_book_differs_has_its_english() -> None:
    known = {m.id for m in _catalogue("en") if m.id and m.string}
    assert set(REASONS.values()) - known == set()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_translation_keeps_the_placeholders_of_its_source(language: str) -> None:
    for message in _catalogue(language):
        if message.id:
            sources = [message.id] if isinstance(message.id, str) else list(message.id)
            strings = [message.string] if isinstance(message.string, str) else list(message.string)
            wanted = {place for source in sources for place in _PLACE.findall(source)}
            assert all(set(_PLACE.findall(string)) <= wanted for string in strings), message.id
            assert set(_PLACE.findall(strings[-1])) >= set(_PLACE.findall(sources[0])), message.id


def test_compiled_texts_are_used_in_both_languages() -> None:
    compile_messages()
    with translation.override("en"):
        assert gettext("Đăng nhập") == "Log in"
        assert ngettext("%(shown)s tổ chức", "%(shown)s tổ chức", 2) == "%(shown)s organisations"
    with translation.override("vi"):
        assert gettext("Đăng nhập") == "Đăng nhập"
        assert gettext("Security Keys") == "Khóa bảo mật"


def test_compiling_again_writes_nothing() -> None:
    compile_messages()
    assert compile_messages() == 0
