"""Turns of phrase that every section uses, right above, at and below a mark and without a value."""

from collections.abc import Iterator

Paragraph = tuple[str, str]


def when(condition: str, *paragraphs: Paragraph) -> Iterator[Paragraph]:
    """The paragraphs under a condition."""
    yield ("if", f"{{%p if {condition} %}}")
    yield from paragraphs
    yield ("if", "{%p endif %}")


def each(item: str, rows: str, *paragraphs: Paragraph) -> Iterator[Paragraph]:
    """The paragraphs for each entry of a list."""
    yield ("if", f"{{%p for {item} in {rows} %}}")
    yield from paragraphs
    yield ("if", "{%p endfor %}")


def change(id: str, unit: str) -> str:
    """', tăng 3 đảng viên so với năm 2022', '… giảm …', ', bằng năm 2022', or nothing when one year has no value."""
    return (
        f"{{% if so.{id} > truoc.{id} %}}, tăng {{{{ chenh.{id}|khong_dau }}}} {unit} so với {{{{ ky_truoc.ten }}}}"
        f"{{% elif so.{id} < truoc.{id} %}}, giảm {{{{ chenh.{id}|khong_dau }}}} {unit} so với {{{{ ky_truoc.ten }}}}"
        f"{{% elif so.{id} == truoc.{id} %}}, bằng {{{{ ky_truoc.ten }}}}{{% endif %}}"
    )


def share(id: str) -> str:
    """', đạt 98,11% (năm 2022: 96,2%)'; nothing without a value."""
    return (
        f"{{% if so.{id} is not none %}}, đạt tỷ lệ {{{{ so.{id} }}}}"
        f"{{% if truoc.{id} is not none %}} ({{{{ ky_truoc.ten }}}}: {{{{ truoc.{id} }}}}){{% endif %}}{{% endif %}}"
    )


def some(id: str, text: str) -> str:
    """The text when the figure is above 0."""
    return f"{{% if so.{id} > 0 %}}{text}{{% endif %}}"


def listed(*parts: tuple[str, str]) -> str:
    """'; trong đó 7 văn bản của Trung ương, 16 văn bản của Tỉnh ủy': only the parts above 0, begun and parted once."""
    said = ""
    for number, (id, text) in enumerate(parts):
        earlier = " or ".join(f"so.{before} > 0" for before, _ in parts[:number])
        begun = f"{{% if {earlier} %}},{{% else %}}; trong đó{{% endif %}}" if earlier else "; trong đó"
        said += some(id, f"{begun} {{{{ so.{id} }}}} {text}")
    return said


def series(*parts: tuple[str, str], begin: str = " ", between: str = "; ", end: str = "") -> str:
    """The parts whose figure is above 0, each with the number before its text; nothing at all when none is.

    A part is (figure, text); `{}` in the text is where the number stands, else it comes first.
    """
    said = ""
    for number, (id, text) in enumerate(parts):
        earlier = " or ".join(f"so.{before} > 0" for before, _ in parts[:number])
        first = f"{{% if {earlier} %}}{between}{{% else %}}{begin}{{% endif %}}" if earlier else begin
        figure = f"{{{{ so.{id} }}}}"
        said += some(id, first + (text.replace("{}", figure) if "{}" in text else f"{figure} {text}"))
    return f"{said}{{% if {above_0(*(id for id, _ in parts))} %}}{end}{{% endif %}}" if end else said


def above_0(*ids: str) -> str:
    """The condition that any of these figures is above 0."""
    return " or ".join(f"so.{id} > 0" for id in ids)
