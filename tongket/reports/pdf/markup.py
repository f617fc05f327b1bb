"""Writing Typst: texts as string literals, so that no character of a text is ever read as markup."""

from tongket.reports.pdf.styles import Lines, Text

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}

#: Word's single line spacing of Times, in ems.
SINGLE = 1.15


def literal(text: str) -> str:
    """`text` as a Typst string that reads as exactly that text."""
    return '"' + "".join(_ESCAPES.get(c) or (c if c >= " " else f"\\u{{{ord(c):x}}}") for c in text) + '"'


def pt(value: float) -> str:
    """A length in points."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + "pt"


def styled(text: str, style: Text) -> str:
    """Markup of a run."""
    if style.hidden or not text:
        return ""
    written = text.upper() if style.caps else text
    options = [f"size: {pt(style.size)}"]
    if style.bold:
        options.append('weight: "bold"')
    if style.italic:
        options.append('style: "italic"')
    if style.colour and len(style.colour) == 6:
        options.append(f'fill: rgb("{style.colour}")')
    made = f"#text({', '.join(options)}, {literal(written)})"
    if style.small_caps:
        made = f"#smallcaps[{made}]"
    if style.position:
        made = f"#{'super' if style.position == 'superscript' else 'sub'}[{made}]"
    if style.underline:
        made = f"#underline(offset: 0.14em)[{made}]"
    return f"#strike[{made}]" if style.strike else made


def leading(lines: Lines, size: float) -> float:
    """Points between the lines of a paragraph, a line being as high as its letters."""
    height = lines.line if lines.exact else lines.line * SINGLE * size
    return height - size


def paragraph(content: str, lines: Lines, size: float, gap: float) -> str:
    """Markup of a paragraph, `gap` points below what comes before. An empty one keeps its height."""
    space = leading(lines, size)
    options = [f"above: {pt(gap + space)}", "below: 0pt", "width: 100%"]
    if lines.keep_next:
        options.append("sticky: true")
    if lines.left or lines.right:
        options.append(
            f"inset: (left: {pt(max(lines.left + min(lines.first, 0), 0))}, right: {pt(max(lines.right, 0))})"
        )
    justify = "true" if lines.align == "justify" else "false"
    align = lines.align if lines.align in ("center", "right") else "left"
    shape = (
        f"leading: {pt(space)}, justify: {justify}, spacing: 0pt, "
        f"first-line-indent: (amount: {pt(max(lines.first, 0))}, all: true), "
        f"hanging-indent: {pt(abs(min(lines.first, 0)))}"
    )
    # Text of no size shows nothing and still has the height of a line.
    inner = f"#set text(size: {pt(size)}); {content or '#hide[.]'}"
    return f"#block({', '.join(options)})[#set align({align}); #par({shape})[{inner}]]\n"
