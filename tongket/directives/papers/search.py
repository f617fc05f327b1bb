"""Full-text search over papers: kind, symbol, subject, issuer, signer and the text of their files.

The index is a table beside the records (SQLite: FTS5, PostgreSQL: tsvector with GIN), one row a paper under its key,
kept up inside the acts and made anew by `rebuild_search`. It holds every text twice: folded, for words typed without
diacritics, and as written, for words typed with them. Rows of voided papers may stay: who searches starts from the
papers that he may see.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from tongket.audit.records import chunks, current
from tongket.core.codelists import DOCUMENT_KIND
from tongket.core.text import fold, nfc, tidy
from tongket.directives.models import Directive
from tongket.files.models import Attachment

TABLE = "directives_search"
#: Of one paper with its files; PostgreSQL keeps at most 1 MB of words a row.
MOST_TEXT = 200_000
_MOST_WORDS, _MOST_PARTS, _LONGEST_PART = 8, 6, 40
_AROUND = 9
_CHUNK = 500
_PART = re.compile(r"[^\W_]+")
_NO_PART = re.compile(r"[\W_]+")
_COLUMNS = ("pk", "identity", "kind", "symbol", "subject", "issuer", "signer")


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it is asked: `words` folded, or as written when one was typed with diacritics (`exact`).

    `begins`: the last word may go on (the query is still being typed).
    """

    words: tuple[str, ...]
    exact: bool
    begins: bool

    @property
    def parts(self) -> list[list[str]]:
        """Each word in the parts that are found side by side: 33, nq, tu of 33-NQ/TU."""
        found = [[p[:_LONGEST_PART] for p in _PART.findall(word)[:_MOST_PARTS]] for word in self.words]
        return [parts for parts in found if parts]


def question(text: str) -> Question:
    """Read what was typed. A query with diacritics finds only what bears the same."""
    words = tidy(text).split()[:_MOST_WORDS]
    exact = any(fold(word) != word.casefold() for word in words)
    keys = tuple(nfc(word.casefold()) if exact else fold(word) for word in words)
    return Question(keys, exact, bool(text) and not text[-1].isspace())


def matching(rows: QuerySet[Directive], text: str) -> QuerySet[Directive]:
    """The papers among `rows` in which every word of `text` is found; all of them for an empty text."""
    if not tidy(text):
        return rows
    asked = question(text)
    if not asked.parts:
        return rows.none()
    if connection.vendor == "postgresql":
        column = "as_written" if asked.exact else "folded"
        found = RawSQL(  # noqa: S611  # nosec B611  # the table is ours, the words are a parameter
            f"SELECT id FROM {TABLE} WHERE {column} @@ to_tsquery('simple', %s)",  # noqa: S608  # nosec B608
            [_postgresql(asked)],
        )
    else:
        found = RawSQL(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [_sqlite(asked)])  # noqa: S608, S611  # nosec B608 B611
    return rows.filter(pk__in=found)


def _sqlite(asked: Question) -> str:
    phrases = ['"' + " ".join(parts) + '"' for parts in asked.parts]
    if asked.begins:
        phrases[-1] += " *"
    return f"{{{'exact' if asked.exact else 'folded'}}} : ({' AND '.join(phrases)})"


def _postgresql(asked: Question) -> str:
    phrases = [[f"'{part}'" for part in parts] for parts in asked.parts]
    if asked.begins:
        phrases[-1][-1] += ":*"
    return " & ".join("(" + " <-> ".join(parts) + ")" for parts in phrases)


# --- the place where it was found -------------------------------------------------------------------------


def snippets(papers: Sequence[Directive], text: str) -> dict[int, str]:
    """For papers found by their files: some words around the place. Those found by what a list shows have none."""
    asked = question(text)
    if not asked.parts or not papers:
        return {}
    hidden = [paper.pk for paper in papers if not _in_head(paper, asked)]
    found = {}
    for pk, plain, folded in _stored(hidden):
        said = _around(plain, nfc(plain.casefold()) if asked.exact else folded, asked)
        if said:
            found[pk] = said
    return found


def _in_head(paper: Any, asked: Question) -> bool:
    head = f"{paper.symbol} {paper.subject} {paper.issuer}"
    head = nfc(head.casefold()) if asked.exact else fold(head)
    return all(word in head for word in asked.words)


def _around(plain: str, key: str, asked: Question) -> str:
    for parts in asked.parts:
        place = f" {key}".find(f" {parts[0]}")
        place = place if place >= 0 else key.find(parts[0])
        if place >= 0:
            words, at = plain.split(" "), key.count(" ", 0, place)
            start, end = max(0, at - _AROUND // 2), at + _AROUND
            shown = " ".join(words[start:end])
            return f"{'… ' if start else ''}{shown}{' …' if end < len(words) else ''}"[:300]
    return ""


def _stored(keys: Sequence[int]) -> Iterator[tuple[int, str, str]]:
    if not keys:
        return
    marks = ", ".join(["%s"] * len(keys))
    name, folded = ("id", "folded_text") if connection.vendor == "postgresql" else ("rowid", "folded")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}, plain, {folded} FROM {TABLE} WHERE {name} IN ({marks})", list(keys))  # noqa: S608  # nosec B608
        yield from cursor.fetchall()


# --- keeping it up ----------------------------------------------------------------------------------------


def index_papers(papers: Sequence[Directive]) -> None:
    """Put papers, as they and their files are now, into the index; inside the act that changed them."""
    for keys in chunks((paper.pk for paper in papers), _CHUNK):
        _index(Directive.objects.filter(pk__in=keys))


def index_identities(identities: list[UUID]) -> None:
    """Index anew the standing papers of these identities; those of other records are left alone."""
    _index(current(Directive.objects.filter(identity__in=identities)))


def rebuild_search() -> int:
    """Make the whole index anew from the standing papers. Returns how many they are."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608  # nosec B608
    keys = list(current(Directive.objects.order_by("pk")).values_list("pk", flat=True))
    for some in chunks(keys, _CHUNK):
        _index(Directive.objects.filter(pk__in=some))
    return len(keys)


def not_indexed() -> list[int]:
    """Keys of standing papers that the index lacks."""
    name = "id" if connection.vendor == "postgresql" else "rowid"
    known = RawSQL(f"SELECT {name} FROM {TABLE}", [])  # noqa: S608, S611  # nosec B608 B611
    return list(current(Directive.objects.exclude(pk__in=known)).values_list("pk", flat=True))


def _index(papers: QuerySet[Directive]) -> None:
    rows = list(papers.order_by("pk").values_list(*_COLUMNS))
    files = _file_texts([identity for _pk, identity, *_rest in rows])
    _write([(pk, _text(kind, texts, files.get(identity, []))) for pk, identity, kind, *texts in rows])


def _file_texts(identities: Sequence[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    attached = current(Attachment.objects.filter(about__in=identities)).order_by("pk")
    for about, name, text in attached.values_list("about", "name", "stored__text"):
        found.setdefault(about, []).extend((name, text[:MOST_TEXT]))
    return found


def _text(kind: str, own: Iterable[str], files: Iterable[str]) -> str:
    return tidy(" ".join((DOCUMENT_KIND.label(kind), *own, *files))[:MOST_TEXT])


def _folded(plain: str) -> str:
    """Folded word by word: the n-th word of the one is the n-th of the other."""
    whole = fold(plain)
    if whole.count(" ") == plain.count(" "):
        return whole
    return " ".join(fold(word).replace(" ", "") or "_" for word in plain.split(" "))


def _write(texts: Sequence[tuple[int, str]]) -> None:
    ready = [(pk, plain, _folded(plain), nfc(plain.casefold())) for pk, plain in texts]
    keys = [(pk,) for pk, *_rest in ready]
    if not keys:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(f"DELETE FROM {TABLE} WHERE id = %s", keys)  # noqa: S608  # nosec B608
            cursor.executemany(
                f"INSERT INTO {TABLE} (id, plain, folded_text, folded, as_written) "  # noqa: S608  # nosec B608
                "VALUES (%s, %s, %s, to_tsvector('simple', %s), to_tsvector('simple', %s))",
                [(pk, p, f, _NO_PART.sub(" ", f), _NO_PART.sub(" ", e)) for pk, p, f, e in ready],
            )
        else:
            cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", keys)  # noqa: S608  # nosec B608
            cursor.executemany(
                f"INSERT INTO {TABLE} (rowid, plain, folded, exact) VALUES (%s, %s, %s, %s)",  # noqa: S608  # nosec B608
                ready,
            )
