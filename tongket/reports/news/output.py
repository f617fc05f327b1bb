"""The news text as plain text, as HTML with its facts as `data` elements, and as one zip with the pictures."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape

from tongket.core.dates import format_date
from tongket.reports.charts import pictures
from tongket.reports.news.compose import LONG, Block, News
from tongket.reports.news.records import Related
from tongket.reports.news.telling import Part

RELATED = "Tin liên quan"
#: Files in a zip bear one fixed time, so that the same text gives the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)


def as_text(news: News) -> str:
    """Title, paragraphs apart by a blank line, list items with a hyphen, related items."""
    said = ""
    for block in news.blocks:
        said += f"- {block.text}\n" if block.kind == "li" else ("\n" if said else "") + f"{block.text}\n"
    if news.related:
        said += f"\n{RELATED}\n" + "".join(f"- {related_text(item)}\n" for item in news.related)
    return said


def related_text(item: Related) -> str:
    """A related item with its day, where the title does not bear it."""
    if item.on is None:
        return item.title
    return f"{item.title} ({_month(item.on) if item.month else format_date(item.on)})"


def _month(on: date) -> str:
    return f"tháng {on.month:02d}/{on.year}" if on.month < 3 else f"tháng {on.month}/{on.year}"


def as_html(news: News, images: tuple[str, ...] = ()) -> str:
    """A page of its own: nothing from outside, no script, no style; the portal takes the `article`.

    `images` are the file names of the pictures, in the order of `news.charts`.
    """
    inner = article_html(news, images)
    return (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(news.title)}</title>\n</head>\n<body>\n{inner}\n</body>\n</html>\n"
    )


def article_html(news: News, images: tuple[str, ...] = ()) -> str:
    """The `article` alone, to be put into a page of the portal."""
    return "\n".join(_article(news, images))


def _article(news: News, images: tuple[str, ...]) -> Iterator[str]:
    book = f' data-book="{escape(news.book_digest)}"' if news.book_digest else ""
    yield (
        f'<article lang="vi" data-organisation="{escape(news.organisation)}" data-period="{escape(news.period)}" '
        f'data-as-at="{news.as_at.isoformat()}"{book}>'
    )
    is_list = False
    for block in news.blocks:
        if (block.kind == "li") != is_list:
            is_list = not is_list
            yield "<ul>" if is_list else "</ul>"
        yield _block(block)
    if is_list:
        yield "</ul>"
    for name, chart in zip(images, news.charts, strict=False):
        yield (
            f'<figure><img src="{escape(name)}" alt="{escape(chart.alt)}">'
            f"<figcaption>{escape(chart.title)}</figcaption></figure>"
        )
    if news.related:
        items = "".join(f"<li>{escape(related_text(item))}</li>\n" for item in news.related)
        yield f"<section>\n<h2>{RELATED}</h2>\n<ul>\n{items}</ul>\n</section>"
    yield "</article>"


def _block(block: Block) -> str:
    name = {"title": "h1", "p": "p", "li": "li"}[block.kind]
    return f"<{name}>{''.join(map(_part, block.parts))}</{name}>"


def _part(part: Part) -> str:
    fact = part.fact
    if fact is None:
        return escape(part.text)
    return (
        f'<data value="{fact.value}" data-indicator="{escape(fact.indicator.id)}" '
        f'data-organisation="{escape(fact.organisation)}" data-period="{escape(fact.period)}" '
        f'data-as-at="{fact.as_at.isoformat()}">{escape(part.text)}</data>'
    )


def file_stem(news: News) -> str:
    """`tin-tong-ket-QS-2023`; the long text says so."""
    code = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in news.organisation)
    return f"tin-tong-ket-{code}-{news.period}{'-day-du' if news.length == LONG else ''}"


def files(news: News) -> dict[str, bytes]:
    """File name → content: the text, the HTML page and the pictures it shows."""
    drawn = pictures({f"bieu-do-{n}.png": chart for n, chart in enumerate(news.charts, start=1)})
    stem = file_stem(news)
    return {
        f"{stem}.txt": as_text(news).encode(),
        f"{stem}.html": as_html(news, tuple(drawn)).encode(),
        **drawn,
    }


def news_files(news: News) -> tuple[str, bytes]:
    """One zip of it all, with its name."""
    return f"{file_stem(news)}.zip", zipped(files(news))


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """A zip whose bytes depend on its contents alone."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return made.getvalue()
