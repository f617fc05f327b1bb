"""Tables of the lists: plain on a desk, cards on a phone, the same cells in the Excel file."""

from typing import Any, ClassVar

import django_tables2
from django.utils.html import format_html

from tongket.core.codelists import CodeList
from tongket.ui.sheets import Column as SheetColumn
from tongket.ui.sheets import Kind
from tongket.ui.templatetags import ui as formats

ORDER, PAGE = "sap_xep", "trang"


class Column(django_tables2.Column):
    """A column of text. `width` and `kind` are for the Excel file, `css` for the cell on the page."""

    kind: Kind = "text"
    css = ""

    def __init__(self, *args: Any, width: float = 22, css: str = "", **kwargs: Any) -> None:
        self.width = width
        self.css = css or self.css
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def value(self, **kwargs: Any) -> Any:
        """What the Excel file gets: the value itself, not its writing on the page."""
        return kwargs["value"]


class DayColumn(Column):
    """A date, written dd/mm/yyyy."""

    kind: Kind = "date"
    css = "nowrap"

    def __init__(self, *args: Any, width: float = 12, **kwargs: Any) -> None:
        super().__init__(*args, width=width, **kwargs)

    def render(self, value: Any) -> str:
        """The date in the page's language."""
        return formats.day(value)


class MomentColumn(DayColumn):
    """A moment: hour and date."""

    kind: Kind = "moment"

    def render(self, value: Any) -> str:
        """The moment in the office's own time."""
        return formats.moment(value)


class NumberColumn(Column):
    """A number, to the right."""

    css = "num"

    def __init__(self, *args: Any, decimals: int = 0, width: float = 12, **kwargs: Any) -> None:
        self.decimals = decimals
        super().__init__(*args, width=width, **kwargs)

    @property
    def kind(self) -> Kind:  # type: ignore[override]
        """How Excel keeps it."""
        return "number" if self.decimals else "int"

    def render(self, value: Any) -> str:
        """The number in the page's language."""
        return formats.number(value, self.decimals)


class CodeColumn(Column):
    """A code of a list, written out."""

    def __init__(self, codelist: CodeList, *args: Any, **kwargs: Any) -> None:
        self.codelist = codelist
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:
        """The code's text in the page's language."""
        return self.codelist.label(str(value), formats.lang())

    def value(self, **kwargs: Any) -> str:
        """The code's text."""
        return self.render(kwargs["value"])


class TagColumn(CodeColumn):
    """A code of a list as a coloured tag; `tones` maps codes to good, warn or bad."""

    def __init__(
        self, codelist: CodeList, *args: Any, tones: dict[str, str] | None = None, **kwargs: Any
    ) -> None:
        self.tones = tones or {}
        super().__init__(codelist, *args, **kwargs)

    def render(self, value: Any) -> str:
        """The tag."""
        return format_html(
            '<span class="tag {}">{}</span>', self.tones.get(str(value), ""), super().render(value)
        )

    def value(self, **kwargs: Any) -> str:
        """The text without the tag."""
        return self.codelist.label(str(kwargs["value"]), formats.lang())


class Table(django_tables2.Table):
    """Base of all list tables. Sorting and page are read from `sap_xep` and `trang`."""

    class Meta:
        template_name = "ui/table.html"
        attrs: ClassVar[dict[str, str]] = {"class": "table table-hover cards"}
        order_by_field = ORDER
        page_field = PAGE

    def sheet_columns(self) -> list[SheetColumn]:
        """The columns of the Excel file: all that are not left out by `exclude_from_export`."""
        return [
            SheetColumn(str(c.header), getattr(c.column, "width", 22), getattr(c.column, "kind", "text"))
            for c in self._exported()
        ]

    def sheet_rows(self) -> Any:
        """All rows, as the Excel file gets them."""
        names = {c.name for c in self._exported()}
        rows = self.as_values(exclude_columns=[c.name for c in self.columns if c.name not in names])
        next(rows)  # the headings, which `sheet_columns` gives
        return rows

    def _exported(self) -> list[Any]:
        return [c for c in self.columns.iterall() if not c.column.exclude_from_export]
