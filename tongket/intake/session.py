"""One import under way: its act, what the importer may touch, what was found and counted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models, transaction

from tongket.audit.acts import Act
from tongket.audit.records import chunks
from tongket.core.problems import Problem, Refused, errors
from tongket.core.text import fold
from tongket.intake.cells import shown
from tongket.intake.columns import Change, Column, Row, Sheet
from tongket.intake.headers.recognise import columns_of
from tongket.intake.large.telling import tell
from tongket.intake.rows import persons
from tongket.intake.rows.doubts import Doubts
from tongket.intake.rows.findings import Finding, finding_at
from tongket.intake.rows.naming import Naming, said_several
from tongket.intake.rows.who import Crowd
from tongket.matching.queries import kept_by_code
from tongket.members.fields import RESTRICTED
from tongket.members.models import Member, MemberDetail
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to

#: In the place of a restricted value on record.
HIDDEN = "••••"

D = TypeVar("D")
Pairs = Sequence[tuple[Row, D]]


@dataclass(slots=True)
class Counts:
    """What becomes of a sheet's rows. `doubtful` are those among the new, changed and same ones with a warning."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    doubtful: int = 0


@dataclass
class Session:
    """`rehearsal`: warnings are asked for too, and everything is undone at the end. `label` begins the rows' origin.

    `revealed`: restricted values on record were asked for.
    """

    act: Act
    by: Any
    rehearsal: bool
    label: str
    sheet: Sheet = field(init=False)
    findings: list[Finding] = field(default_factory=list)
    counts: dict[str, Counts] = field(default_factory=dict)
    written: int = 0
    doubts: Doubts = field(default_factory=Doubts)
    revealed: bool = False
    _crowds: dict[str, Crowd] = field(default_factory=dict)
    _scopes: dict[str, frozenset[int]] = field(default_factory=dict)
    _bad: set[tuple[str, int]] = field(default_factory=set)
    _said: set[tuple[str, str, str]] = field(default_factory=set)
    _naming: Naming | None = None
    _entered: frozenset[int] | None = None

    # --- what is found ------------------------------------------------------------------------------------

    def count(self) -> Counts:
        """The counts of the sheet that is being brought in."""
        return self.counts.setdefault(self.sheet.title, Counts())

    def refuse(self, row: Row, name: str, message: str, fix: str = "") -> None:
        """An error at a field of a row; the row is not brought in."""
        self.add_finding(row, Problem(name, message), fix)

    def add_finding(self, row: Row, problem: Problem, fix: str = "") -> None:
        """A problem of a row's draft, put at its cell; `fix`: what could stand there instead."""
        name = row.names.get(problem.field, problem.field)
        column = columns_of(self.sheet).get(name)
        if column is not None and name not in row.letters:
            column = None
        found = finding_at(row, column, problem.message, problem.severity, fix)
        if (found.sheet, found.cell, found.message) not in self._said:
            self._said.add((found.sheet, found.cell, found.message))
            self.findings.append(found)
        row.doubtful = row.doubtful or problem.severity == "warning"
        if problem.severity == "error" and (row.sheet, row.number) not in self._bad:
            self._bad.add((row.sheet, row.number))
            row.sound = False
            self._uncount(row)
            self.count().refused += 1

    def _uncount(self, row: Row) -> None:
        """A row found wrong after it was counted (its member is made, its dates are refused) is counted once."""
        counts = self.count()
        if row.verdict in ("new", "changed", "same") and getattr(counts, row.verdict):
            setattr(counts, row.verdict, getattr(counts, row.verdict) - 1)
        row.verdict = ""

    def origin(self, row: Row) -> str:
        """Where a record came from: 'import 12 · Kết nạp!7'."""
        return f"{self.label} · {row.sheet[:80]}!{row.number}"[:120]

    # --- what may be touched ------------------------------------------------------------------------------

    def scope(self) -> frozenset[int] | None:
        """Organisations for which the importer holds the sheet's verb; None: all (the system's own command line)."""
        if self.by is None:
            return None
        if self.sheet.verb not in self._scopes:
            ids = visible_to(self.by, self.sheet.verb).values_list("pk", flat=True)
            self._scopes[self.sheet.verb] = frozenset(ids)
        return self._scopes[self.sheet.verb]

    def widen(self, organisations: Iterable[Organisation]) -> None:
        """Organisations just founded below one in scope are in scope too."""
        new = frozenset(o.pk for o in organisations)
        self._scopes = {verb: ids | new for verb, ids in self._scopes.items()}

    def organisations(self, codes: Iterable[str]) -> dict[str, Organisation]:
        """The organisations of these codes that the importer may touch, by code in lower case."""
        scope = self.scope()
        every = (
            Organisation.objects.all()
            if len(set(codes)) > 200
            else Organisation.objects.filter(
                models.Q(code__in=set(codes)) | models.Q(code__in={c.upper() for c in codes})
            )
        )
        return {o.code.casefold(): o for o in every if scope is None or o.pk in scope}

    def entered(self) -> frozenset[int]:
        """The people who stand nowhere yet and whom the importer entered: nobody else is told of them."""
        if self._entered is None:
            rows = MemberDetail.objects.filter(
                recorded_by=self.by.pk, voided_at__isnull=True, member__organisation__isnull=True
            )
            self._entered = frozenset(rows.order_by().values_list("member_id", flat=True))
        return self._entered

    def _is_mine(self, member: Member, scope: frozenset[int] | None) -> bool:
        if scope is None:
            return True
        if member.organisation_id is None:
            return member.pk in self.entered()
        return member.organisation_id in scope

    def members(self, codes: Iterable[str]) -> dict[str, Member]:
        """The members of these codes that the importer may touch (or entered, who stand nowhere yet), by code."""
        scope = self.scope()
        found: dict[str, Member] = {}
        for part in chunks(codes):
            for member in Member.objects.filter(code__in=part).select_related("organisation"):
                found[member.code] = member
        # A merged entry stands nowhere; a list that still names it means the person under whom its records are.
        found |= kept_by_code([code for code, member in found.items() if member.organisation_id is None])
        return {code: member for code, member in found.items() if self._is_mine(member, scope)}

    def crowd(self) -> Crowd:
        """The people whom rows of the sheet may be about, loaded once."""
        if self.sheet.verb not in self._crowds:
            scope = self.scope()
            self._crowds[self.sheet.verb] = Crowd(scope, frozenset() if scope is None else self.entered())
        return self._crowds[self.sheet.verb]

    def resolve(self, rows: Sequence[Row]) -> list[Row]:
        """Put organisations and members in the place of their codes; rows with an unknown one are refused."""
        pointers = [c for c in self.sheet.columns if c.type in ("organisation", "member")]
        for kind, key in (("organisation", str.casefold), ("member", str)):
            if kind == "member":
                for column in (c for c in pointers if c.type == kind):
                    persons.fill_members(rows, column, self)
            codes = {r.values[c.field] for r, c in _given(rows, pointers, kind)}
            known: dict[str, Any] = (
                {**self.organisations(codes)} if kind == "organisation" else {**self.members(codes)}
            )
            for row, column in _given(rows, pointers, kind):
                code = row.values[column.field]
                found = known.get(key(code))
                if found is None and kind == "organisation":
                    found = self._named(row, column, code)
                elif found is None:
                    self.refuse(row, column.field, _unknown(kind, code))
                row.values[column.field] = found
        for column in pointers:
            if column.type == "member":
                persons.compare_names(rows, column.field, self)
        return [row for row in rows if row.sound]

    def _named(self, row: Row, column: Column, text: str) -> Organisation | None:
        """The organisation in scope that a row names otherwise than by its code; None when refused."""
        if self._naming is None:
            scope, every = self.scope(), list(Organisation.objects.all())
            self._naming = Naming.of(
                [o for o in every if scope is None or o.pk in scope], {o.pk: fold(o.name) for o in every}
            )
        found = self._naming.find(text)
        if len(found) == 1:
            return found[0]
        message = said_several(text, found) if found else _unknown("organisation", text)
        self.refuse(row, column.field, message, fix="" if found else self._naming.near(text))
        return None

    def check_lengths(self, rows: Iterable[Row], *record: type[models.Model]) -> None:
        """Refuse texts that their columns in the database cannot hold."""
        limits = {
            f.name: int(f.max_length or 0)
            for model in record
            for f in model._meta.concrete_fields
            if getattr(f, "max_length", None) and isinstance(f, models.CharField)
        }
        for row in rows:
            for name, limit in limits.items():
                value = row.values.get(name)
                if isinstance(value, str) and len(value) > limit:
                    self.refuse(row, name, f"Dài quá {limit} ký tự. Rút gọn.")

    # --- bringing in --------------------------------------------------------------------------------------

    def bring(
        self,
        pairs: Pairs[D],
        check: Callable[[Sequence[D]], list[Problem]],
        add: Callable[[Sequence[D], Sequence[str]], Any],
        *,
        changed: bool = False,
        instead: Callable[[Sequence[D]], Any] | None = None,
    ) -> Any:
        """Judge drafts together and write the sound ones. Returns what `add` returns, None when it was refused.

        A rehearsal asks for warnings first; then it writes what is sound only where other rows rest on it (`add_*`
        refuses nothing that `check_*` does not), else `instead` says what stands for what would have been written. A
        commit writes at once, since any error refuses the whole file.
        """
        tell("judge" if self.rehearsal else "write")
        if self.rehearsal:
            problems = check([draft for _, draft in pairs])
            for problem in problems:
                self.add_finding(pairs[problem.index][0], problem)
            bad = {problem.index for problem in errors(problems)}
            pairs = [pair for index, pair in enumerate(pairs) if index not in bad]
        if not pairs:
            return None
        drafts = [draft for _, draft in pairs]
        if self.rehearsal and not self.sheet.bears:
            made = instead(drafts) if instead else ()
        else:
            try:
                with transaction.atomic():
                    made = add(drafts, [self.origin(row) for row, _ in pairs])
            except Refused as refused:
                for problem in refused.problems:
                    self.add_finding(pairs[problem.index][0], problem)
                return None
        sound = [
            row for row, _ in pairs if row.sound
        ]  # a row refused for another of its drafts is counted there
        for row in sound:
            row.verdict = "changed" if changed else "new"
        if changed:
            self.count().changed += len(sound)
        else:
            self.count().new += len(sound)
        self.written += len(pairs)
        return made

    def without_known(
        self,
        pairs: Pairs[D],
        model: type[models.Model],
        names: Sequence[str],
        values: Callable[[D], tuple[Any, ...]] | None = None,
    ) -> list[tuple[Row, D]]:
        """The drafts that no standing record equals in all of `names`; the others are on record already.

        Of those, a row that says the same is counted as such; one that says otherwise in another column is refused,
        since bringing it in again would change nothing. `values`: the draft's own values of `names`.
        """
        self.check_lengths((row for row, _ in pairs), model)
        pairs = [pair for pair in pairs if pair[0].sound]
        key = values or (lambda draft: tuple(_plain(getattr(draft, name)) for name in names))
        columns = [_column(model, name) for name in names]
        known: dict[tuple[Any, ...], models.Model] = {}
        for part in chunks(key(draft)[0] for _, draft in pairs):
            found = model._default_manager.filter(**{f"{names[0]}__in": part, "voided_at__isnull": True})
            known |= {tuple(getattr(record, column) for column in columns): record for record in found}
        fresh = []
        for row, draft in pairs:
            record = known.get(key(draft))
            if record is None:
                fresh.append((row, draft))
            elif self._says_the_same(row, record):
                self.same(row)
        return fresh

    def change(self, name: str, before: Any, after: Any, *, shown: bool = True) -> Change:
        """A field's change in words: codes by their texts. What is not to be `shown` only says that it is there."""
        column = columns_of(self.sheet).get(name)
        hidden = not shown and before not in ("", None)
        told = HIDDEN if hidden else _words(column, before)
        return Change(column.header if column else name, told, _words(column, after), hidden)

    def shows(self, name: str, member: Member) -> bool:
        """Whether what is on record of a person is shown: restricted fields only when asked for, with the duty."""
        if name not in RESTRICTED:
            return True
        if not self.revealed or self.by is None:
            return False
        if "member.sensitive" not in self._scopes:
            ids = visible_to(self.by, "member.sensitive").values_list("pk", flat=True)
            self._scopes["member.sensitive"] = frozenset(ids)
        return member.organisation_id in self._scopes["member.sensitive"]

    def same(self, row: Row) -> None:
        """A row that says what is on record already."""
        row.verdict = "same"
        self.count().same += 1

    def _says_the_same(self, row: Row, record: models.Model) -> bool:
        stored = {f.name: getattr(record, f.attname) for f in record._meta.concrete_fields}
        for name, value in row.values.items():
            if name in stored and value is not None and _plain(value) != stored[name]:
                row.changes = (self.change(name, getattr(record, name), value),)
                self.refuse(
                    row,
                    name,
                    f"Việc này đã có trong sổ nhưng ghi khác: {_said(record, name)}. Nhập lại không sửa được; "
                    "nếu bản trong sổ sai, hãy đính chính bản đó.",
                )
                return False
        return True


def _column(model: type[models.Model], name: str) -> str:
    return next(f.attname for f in model._meta.concrete_fields if f.name == name)


def _said(record: models.Model, name: str) -> str:
    value = getattr(record, name)
    label = getattr(record, f"get_{name}_display", None)
    return f"“{label() if callable(label) else shown(value)}”" if value not in (None, "") else "để trống"


def _words(column: Column | None, value: Any) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if column is not None and column.codes is not None and value in column.codes.values:
        return column.codes.label(value)
    return shown(value)


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _given(rows: Sequence[Row], columns: Sequence[Column], kind: str) -> Iterator[tuple[Row, Column]]:
    for column in columns:
        if column.type == kind:
            for row in rows:
                if isinstance(row.values.get(column.field), str):
                    yield row, column


def _unknown(kind: str, code: str) -> str:
    if kind == "member":
        return (
            f"Không có đảng viên mã {code} trong phạm vi được giao. Kiểm tra mã, hoặc nhập người này trước."
        )
    return f"Không có tổ chức mã {code} trong phạm vi được giao. Kiểm tra mã, hoặc nhập tổ chức này trước."
