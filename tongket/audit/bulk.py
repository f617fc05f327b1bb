"""Many rows of one model, made and written at once: what an import of thousands of people rests on.

`bulk_create` asks every field of every row through Django's expression machinery and cuts the rows into statements of
under a thousand parameters. Here a column is prepared as a whole and one statement is run for all rows.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connections, models, router
from django.db.models import Field
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)

#: Below this, what Django does anyway costs nothing.
_FEW = 50
_NONE: dict[str, Any] = {}
_AS_IT_IS = frozenset({models.CharField, models.TextField})
_WHOLE = (models.IntegerField, models.ForeignKey)
_REPEATED = frozenset({bool, int, str, date, datetime})


def make(model: type[M], values: Mapping[str, Any], **related: models.Model | None) -> M:
    """An unsaved row from values by column name (`member_id`, not `member`), the rest at its default.

    `related`: the objects that foreign keys name, so that they need not be asked for again. The same as `model(...)`,
    which goes through every column's descriptor and takes some times as long.
    """
    row = model.__new__(model)
    row._state = state = ModelState()
    state.fields_cache = related
    constant, made = _columns(model)
    row.__dict__.update(constant)
    row.__dict__.update(values)
    for name, default in made:
        if name not in values:
            row.__dict__[name] = default()
    for name, other in related.items():
        row.__dict__[f"{name}_id"] = None if other is None else other.pk
    return row


@cache
def _columns(model: type[models.Model]) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """The defaults that are the same for every row, and those that are made for each."""
    if model.__init__ is not models.Model.__init__:
        raise TypeError(f"{model.__name__} is made in a way of its own")
    fields = model._meta.concrete_fields
    made = {f.attname: f.get_default for f in fields if f.has_default() and callable(f.default)}
    # All columns stand here, so that they keep their order.
    return {f.attname: None if f.attname in made else f.get_default() for f in fields}, tuple(made.items())


def insert(model: type[M], rows: Sequence[M]) -> list[M]:
    """Insert unsaved rows of a model and give them their keys, in order; as `bulk_create`, inside a transaction."""
    using = router.db_for_write(model)
    connection = connections[using]
    own = [row for row in rows if row.pk is None]
    if len(rows) < _FEW or len(own) != len(rows) or model._meta.parents or not connection.in_atomic_block:
        return list(model._default_manager.bulk_create(rows, batch_size=1000))
    fields = [field for field in model._meta.concrete_fields if field is not model._meta.pk]
    for field in fields:
        if field.is_relation:
            _take_keys(field, rows)
    keys = _free_keys(connection, model, len(rows))
    columns = [_prepared(field, rows, connection) for field in fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in (model._meta.pk, *fields))
    _write(connection, f"{quote(model._meta.db_table)} ({names})", list(zip(keys, *columns, strict=True)))
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, using
    return list(rows)


def _write(connection: Any, into: str, values: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django's cursor hands `copy` through as it is: its errors are told in Django's words here.
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {into} FROM STDIN") as stream,
            ):
                for row in values:
                    stream.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(values[0]))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", values)  # noqa: S608  # nosec B608


def update(model: type[models.Model], names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Write these columns of some thousand rows (their values, then the key) with one statement run for each.

    `bulk_update` would build one CASE per column and row, which takes ten times as long.
    """
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [*(by_name[name] for name in names), model._meta.pk]
    quote = connection.ops.quote_name
    *sets, where = (f"{quote(str(field.column))} = %s" for field in fields)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {', '.join(sets)} WHERE {where}"  # noqa: S608  # nosec B608
    columns = (
        _stored(field, list(values), connection)
        for field, values in zip(fields, zip(*rows, strict=True), strict=True)
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*columns, strict=True)))


def _take_keys(field: "Field[Any, Any]", rows: Sequence[models.Model]) -> None:
    """The keys of related objects that got theirs after they were named."""
    if None not in set(map(attrgetter(field.attname), rows)):
        return  # every row names its own
    for row in rows:
        other = row._state.__dict__.get("fields_cache", _NONE).get(field.name)
        if other is not None and getattr(row, field.attname) is None:
            if other.pk is None:
                raise ValueError(f"{field}: the related object has no key yet")
            setattr(row, field.attname, other.pk)


def _free_keys(connection: Any, model: type[models.Model], count: int) -> Sequence[int]:
    """Keys that nobody else gets: SQLite's transaction holds the writer's lock, PostgreSQL's sequence gives them."""
    table, column = model._meta.db_table, str(model._meta.pk.column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), column, count],
            )
            return [key for (key,) in cursor.fetchall()]
        # A key is never given twice, also that of a row that is gone: the table counts its own.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        counted = cursor.fetchone()
    last = max(
        counted[0] if counted else 0, model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
    )
    return range(last + 1, last + count + 1)


def _prepared(field: "Field[Any, Any]", rows: Sequence[models.Model], connection: Any) -> list[Any]:
    """A column's values as the database takes them."""
    # Fields of days have a `pre_save` of their own for the day of writing.
    written = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    if written or (type(field).pre_save is not Field.pre_save and not isinstance(field, models.DateField)):
        return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows]
    return _stored(field, list(map(attrgetter(field.attname), rows)), connection)


def _stored(field: "Field[Any, Any]", values: list[Any], connection: Any) -> list[Any]:
    """Values of one column as the database takes them."""
    types = set(map(type, values)) - {type(None)}
    if type(field) in _AS_IT_IS:
        if types == {str} and None not in values:
            return values
        return [
            value if type(value) is str else field.get_db_prep_save(value, connection) for value in values
        ]
    if types <= {int} and isinstance(field, _WHOLE):
        return values
    if len(types) > 1 or not types <= _REPEATED:
        return [field.get_db_prep_save(value, connection) for value in values]
    # The same days, moments and keys come again and again. Values of different types can be equal: not they.
    known = {value: field.get_db_prep_save(value, connection) for value in set(values)}
    return list(map(known.__getitem__, values))
