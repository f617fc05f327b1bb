"""The language of templates: names, `if` over comparisons, `for` over given lists, five filters. Nothing else.

A template is data. Its parsed tree is walked before anything is compiled, and whatever is not on the list is
refused; the environment could not reach a Python attribute even if it were let through.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment

from tongket.reports.word.context import Block, Figure, Rows, Scope

_LOOP = {"index": 1, "first": True, "last": True, "length": 1}
_COMPARISONS = {"eq", "ne", "gt", "gteq", "lt", "lteq"}
_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_QUOTED_OR_DOTTED = re.compile(r"'[^']*'|\"[^\"]*\"|(?<![\w.])[A-Za-z_]\w*(?:\s*\.\s*\w+)+")
_PART = re.compile(r"[a-z0-9][a-z0-9_]*")
_DIGIT_PREFIX = "n0_"  # Jinja reads `.18_30` as a number; a part that starts with a digit travels with this


class TemplateRefused(Exception):
    """The template asks for what it may not, or names what is not there. One Vietnamese sentence a problem."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def _filter(form: str) -> Callable[[Any], Any]:
    return lambda value: value.written(form) if isinstance(value, Figure) else value


FILTERS: Mapping[str, Callable[[Any], Any]] = {
    "khong_dau": _filter("abs"),
    "co_dau": _filter("signed"),
    "kem_don_vi": _filter("unit"),
    "chu_hoa": lambda value: value.upper() if isinstance(value, str) else value,
    "chu_thuong": lambda value: value[:1].lower() + value[1:] if isinstance(value, str) else value,
}


def _is_none(value: Any) -> bool:
    return value is None or (isinstance(value, Figure) and value.value is None)


class Language(SandboxedEnvironment):
    """Jinja cut down to the language of templates. `problems` gathers what `check` finds over all parts."""

    def __init__(self, names: Scope) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, cache_size=0)
        self.names = names
        self.globals = {}
        self.filters = dict(FILTERS)
        self.tests = {"none": _is_none}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        # Every way to a template's tree leads through here, so nothing is ever compiled unchecked.
        tree = super()._parse(_keep_digits(source), name, filename)
        problems = Checker(self.names).problems_of(tree)
        if problems:
            raise TemplateRefused(problems)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a name stands for; only our own values and four facts of a loop can be asked."""
        if isinstance(obj, Scope | Figure):
            found = obj.child(_plain(attribute))
            if found is not None:
                return found
        elif isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        raise SecurityError(f"{attribute} is not a name of templates")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Nothing can be subscripted."""
        raise SecurityError("templates have no subscripts")

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Nothing can be called."""
        raise SecurityError("templates have no calls")


def problems_in(source: str, names: Scope) -> list[str]:
    """Why a text of a template would be refused; empty when it would not."""
    try:
        Language(names).parse(source)
    except TemplateRefused as refused:
        return refused.problems
    except TemplateSyntaxError as error:
        return [f"Mẫu viết sai cú pháp: {_syntax(error)}"]
    return []


def _syntax(error: TemplateSyntaxError) -> str:
    lines = re.sub(r"<[^>]*>", " ", error.source or "").splitlines()
    near = lines[error.lineno - 1].strip()[:80] if 0 < error.lineno <= len(lines) else ""
    return f"gần “{near}” ({error.message})." if near else f"{error.message}."


def _keep_digits(source: str) -> str:
    def name(match: re.Match[str]) -> str:
        if match[0][0] in "'\"":
            return match[0]
        first, *rest = (part.strip() for part in match[0].split("."))
        return ".".join([first, *(_DIGIT_PREFIX + p if p[0].isdigit() else p for p in rest)])

    return _TAG.sub(lambda tag: _QUOTED_OR_DOTTED.sub(name, tag[0]), source)


def _plain(part: str) -> str:
    return part.removeprefix(_DIGIT_PREFIX)


class Checker:
    """Walks a parsed tree; says what is not of the language, and lists every unknown name with its nearest."""

    def __init__(self, names: Scope) -> None:
        self.names = names
        self.forbidden: dict[str, None] = {}
        self.unknown: dict[str, str] = {}

    def problems_of(self, tree: nodes.Template) -> list[str]:
        """All problems of a tree."""
        self._statements(tree.body, {})
        found = list(self.forbidden)
        if self.unknown:
            listed = "; ".join(
                f"“{n}”" + (f" (có phải “{m}”?)" if m else "") for n, m in self.unknown.items()
            )
            found.append(f"Mẫu dùng tên không có: {listed}.")
        return found

    def _refuse(self, what: str) -> None:
        self.forbidden[
            f"Mẫu không được dùng {what}; chỉ dùng tên có trong danh mục, điều kiện if, vòng lặp for và các bộ lọc "
            f"{', '.join(FILTERS)}."
        ] = None

    def _statements(self, body: list[nodes.Node], local: dict[str, Any]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                for part in node.nodes:
                    if not isinstance(part, nodes.TemplateData):
                        self._printed(part, local)
            elif isinstance(node, nodes.If):
                self._if(node, local)
            elif isinstance(node, nodes.For):
                self._for(node, local)
            else:
                self._refuse(f"lệnh “{type(node).__name__.lower()}”")

    def _if(self, node: nodes.If, local: dict[str, Any]) -> None:
        self._condition(node.test, local)
        self._statements(node.body, local)
        for branch in node.elif_:
            self._if(branch, local)
        self._statements(node.else_, local)

    def _for(self, node: nodes.For, local: dict[str, Any]) -> None:
        if node.recursive or node.test is not None or not isinstance(node.target, nodes.Name):
            self._refuse("vòng lặp có điều kiện hoặc nhiều biến")
            return
        if (
            node.target.name.startswith("_")
            or node.target.name in self.names.entries
            or node.target.name == "loop"
        ):
            self._refuse(f"tên “{node.target.name}” cho vòng lặp")
            return
        rows = self._resolve(node.iter, local)
        inner = {**local, "loop": Scope(_LOOP)}
        if isinstance(rows, Rows):
            inner[node.target.name] = rows.sample
            self._statements(node.body, inner)
        elif rows is not None:
            self._refuse(f"vòng lặp trên “{_dotted(node.iter)}” vì đó không phải là danh sách")
        self._statements(node.else_, local)

    def _printed(self, node: nodes.Node, local: dict[str, Any]) -> None:
        if isinstance(node, nodes.Filter):
            if node.name not in FILTERS or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
                self._refuse(f"bộ lọc “{node.name}”" + (" có tham số" if node.name in FILTERS else ""))
            elif node.node is None:
                self._refuse("khối bộ lọc")
            else:
                self._printed(node.node, local)
            return
        if isinstance(node, nodes.Const):
            self._constant(node)
            return
        self._leaf(node, local)

    def _leaf(self, node: nodes.Node, local: dict[str, Any]) -> None:
        found = self._resolve(node, local)
        if isinstance(found, Scope | Rows) or (isinstance(found, Figure) and not found.id):
            self._note_unknown(_dotted(node), local)

    def _constant(self, node: nodes.Const) -> None:
        if node.value is not None and not isinstance(node.value, str | int | float):
            self._refuse("hằng số này")

    def _condition(self, node: nodes.Node, local: dict[str, Any]) -> None:
        if isinstance(node, nodes.And | nodes.Or):
            self._condition(node.left, local)
            self._condition(node.right, local)
        elif isinstance(node, nodes.Not):
            self._condition(node.node, local)
        elif isinstance(node, nodes.Compare):
            self._operand(node.expr, local)
            for operand in node.ops:
                if operand.op not in _COMPARISONS:
                    self._refuse(f"phép so sánh “{operand.op}”")
                self._operand(operand.expr, local)
        elif isinstance(node, nodes.Test):
            if node.name != "none" or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
                self._refuse(f"phép thử “{node.name}”")
            else:
                self._operand(node.node, local)
        elif not (_is_name(node) and isinstance(self._resolve(node, local), Rows)):
            self._operand(node, local)

    def _operand(self, node: nodes.Node, local: dict[str, Any]) -> None:
        if isinstance(node, nodes.Neg) and isinstance(node.node, nodes.Const):
            node = node.node
        if isinstance(node, nodes.Const):
            self._constant(node)
        else:
            self._leaf(node, local)

    def _resolve(self, node: nodes.Node, local: dict[str, Any]) -> Any:
        """What a dotted name stands for; None after noting why it stands for nothing."""
        if not _is_name(node):
            self._refuse(_describe(node))
            return None
        parts = _dotted(node).split(".")
        if any("__" in p or p.startswith("_") or not _PART.fullmatch(p) for p in parts):
            self._refuse(f"tên “{_dotted(node)[:60]}”")
            return None
        found: Any = local.get(parts[0], self.names.child(parts[0]))
        for part in parts[1:]:
            found = found.child(part) if isinstance(found, Scope | Figure) else None
        if found is None:
            self._note_unknown(".".join(parts), local)
        return found

    def _note_unknown(self, name: str, local: dict[str, Any]) -> None:
        known = list(Scope({**self.names.entries, **local}).names())
        nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
        self.unknown.setdefault(name, nearest[0] if nearest else "")


def _is_name(node: nodes.Node) -> bool:
    while isinstance(node, nodes.Getattr):
        node = node.node
    return isinstance(node, nodes.Name)


def _dotted(node: nodes.Node) -> str:
    parts: list[str] = []
    while isinstance(node, nodes.Getattr):
        parts.append(_plain(node.attr))
        node = node.node
    return ".".join([getattr(node, "name", "?"), *reversed(parts)])


def _describe(node: nodes.Node) -> str:
    if isinstance(node, nodes.Call):
        return "lời gọi hàm “(…)”"
    if isinstance(node, nodes.Getitem):
        return "dấu ngoặc vuông “[…]”"
    if isinstance(node, nodes.BinExpr | nodes.UnaryExpr | nodes.Concat):
        return "phép tính"
    return f"biểu thức “{type(node).__name__.lower()}”"


__all__ = ["FILTERS", "Block", "Language", "TemplateRefused", "problems_in"]
