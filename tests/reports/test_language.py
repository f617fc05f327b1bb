"""Templates are data: what the language lets through, and what it never does."""

import pytest

from tests.reports.templates import data
from tongket.reports.word.context import OPEN, build
from tongket.reports.word.language import FILTERS, Language, problems_in

ATTACKS = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__.os.system('id') }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ self.__init__.__globals__.__builtins__.__import__('os').popen('id').read() }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ().__class__.__bases__[0].__subclasses__() }}",
    "{{ [].__class__.__base__.__subclasses__()[40]('/etc/passwd').read() }}",
    "{{ {}.__class__ }}",
    "{{ so.__class__ }}",
    "{{ so.__init__.__globals__ }}",
    "{{ so.members.__class__ }}",
    "{{ so.members.facts }}",
    "{{ so.members.admitted.value }}",
    "{{ so.members.child('x') }}",
    "{{ so.members.admitted.written('abs') }}",
    "{{ so['__class__'] }}",
    "{{ so['members'] }}",
    "{{ to_chuc.ten.upper() }}",
    "{{ to_chuc.ten.__class__ }}",
    "{{ to_chuc.ten.format }}",
    "{{ '%s' % so.members.total }}",
    "{{ '{0.__class__}'.format(so) }}",
    "{{ so|attr('__class__') }}",
    "{{ to_chuc.ten|attr('format') }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ [so]|map(attribute='__class__')|list }}",
    "{{ to_chuc.ten|safe }}",
    "{{ to_chuc.ten|replace('a', 'b') }}",
    "{{ so.members.total|khong_dau(1) }}",
    "{{ range(99999999) }}",
    "{% for i in range(99999999) %}x{% endfor %}",
    "{% for i in [1, 2, 3] %}x{% endfor %}",
    "{% for a in noi_nhan recursive %}{{ loop(noi_nhan) }}{% endfor %}",
    "{% for a in noi_nhan if a.ten %}x{% endfor %}",
    "{% for a in noi_nhan %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for a in noi_nhan %}{{ loop.__class__ }}{% endfor %}",
    "{% for so in noi_nhan %}x{% endfor %}",
    "{% set x = so %}",
    "{% set ns = namespace() %}",
    "{% macro m() %}x{% endmacro %}",
    "{% call m() %}x{% endcall %}",
    "{% import 'x' as y %}",
    "{% from 'x' import y %}",
    "{% include '/etc/passwd' %}",
    "{% extends 'x' %}",
    "{% block b %}x{% endblock %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with a = so %}x{% endwith %}",
    "{% autoescape false %}{{ to_chuc.ten }}{% endautoescape %}",
    "{% do so.members %}",
    "{{ so.members.total * 99999999 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'a' * 999999999 }}",
    "{{ 'a' ~ so.members.total }}",
    "{{ so.members.total if so else 1 }}",
    "{{ config }}",
    "{{ request.environ }}",
    "{{ settings.SECRET_KEY }}",
    "{{ get_flashed_messages }}",
    "{{ url_for.__globals__ }}",
    "{{ dict(a=1) }}",
    "{{ lipsum() }}",
    "{% if so is defined %}x{% endif %}",
    "{% if so.members.total is divisibleby(2) %}x{% endif %}",
    "{% if 'a' in to_chuc.ten %}x{% endif %}",
    "{% if to_chuc.ten.startswith('a') %}x{% endif %}",
    "{{ (so.members.total).__class__ }}",
    "{{ true.__class__ }}",
    "{{ _context }}",
    "{{ __builtins__ }}",
]


def language() -> Language:
    """The language over the test names."""
    _, names = build(data())
    return Language(names)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_but_names_conditions_and_loops_is_ever_compiled(attack: str) -> None:
    _, names = build(data())
    assert problems_in(attack, names)
    with pytest.raises(Exception, match=r".+"):
        language().from_string(attack).render(**names.entries)


def test_there_are_at_least_forty_attacks() -> None:
    assert len(set(ATTACKS)) >= 40


def test_the_environment_gives_no_python_attribute_even_without_the_check() -> None:
    env = language()
    _, names = build(data())
    so = names.entries["so"]
    for attribute in ("facts", "branch", "child", "__class__", "value", "written"):
        with pytest.raises(Exception, match="not a name"):
            env.getattr(so, attribute)
    with pytest.raises(Exception, match="calls"):
        env.call(None, print)


def render(text: str, **values: str | None) -> str:
    """The text rendered with the test names; figures stay marks."""
    _, names = build(data({k.replace("__", "."): v for k, v in values.items()}))
    return Language(names).from_string(text).render(**names.entries)


@pytest.mark.parametrize(
    ("value", "said"), [("3.5", "vượt"), ("0", "đạt"), ("-1.2", "chưa đạt"), (None, "chưa có số liệu")]
)
def test_conditions_hold_for_every_value_and_for_none(value: str | None, said: str) -> None:
    text = (
        "{% if so.members.admitted.vs_target_pct is none %}chưa có số liệu"
        "{% elif so.members.admitted.vs_target_pct > 0 %}"
        "vượt{% elif so.members.admitted.vs_target_pct == 0 %}đạt"
        "{% elif so.members.admitted.vs_target_pct < 0 %}chưa đạt{% endif %}"
    )
    assert render(text, **{"members.admitted.vs_target_pct": value}) == said


def test_figures_compare_with_figures_and_unknown_is_neither_more_nor_less() -> None:
    assert (
        render("{% if so.members.admitted > truoc.members.admitted %}tăng{% else %}không{% endif %}")
        == "tăng"
    )
    asked = "so.members.total > truoc.members.total or so.members.total <= truoc.members.total"
    both = f"{{% if {asked} %}}a{{% else %}}b{{% endif %}}"
    assert render(both) == "b"


def test_a_part_of_an_id_that_starts_with_a_digit_is_a_name() -> None:
    assert OPEN in render("{{ so.members.age.18_30 }} {{ so.honours.badges.30 }}")
    assert problems_in("{% if so.members.age.18_30 > 3.5 %}x{% endif %}", build(data())[1]) == []


def test_every_unknown_name_is_listed_once_with_the_nearest_known_one() -> None:
    _, names = build(data())
    found = problems_in(
        "{{ so.members.admited }} {{ so.members.admited }} {{ to_chuc.tenn }} {{ xyz }}", names
    )
    assert len(found) == 1
    assert found[0].count("so.members.admited”") == 1
    assert "so.members.admitted" in found[0]
    assert "to_chuc.ten" in found[0]
    assert "xyz" in found[0]


def test_the_start_of_ids_is_no_figure() -> None:
    assert problems_in("{{ so.members }}", build(data())[1])


def test_names_of_a_list_are_known_even_when_it_is_empty() -> None:
    names = build(data(noi_nhan=[{"ten": ""}]))[1]
    assert problems_in("{% for n in noi_nhan %}{{ n.ten }}{% endfor %}", names) == []
    assert problems_in("{% for n in noi_nhan %}{{ n.tenn }}{% endfor %}", names)


def test_text_is_escaped_and_can_never_make_a_mark() -> None:
    hostile = "A & B <w:p/> \" ' \ue000so|0|members.total|\ue001"
    _, names = build(data(to_chuc={"ten": hostile}))
    made = Language(names).from_string("{{ to_chuc.ten }}").render(**names.entries)
    assert "<" not in made
    assert OPEN not in made


def test_the_filters_are_the_five_that_the_manual_names() -> None:
    assert set(FILTERS) == {"khong_dau", "co_dau", "kem_don_vi", "chu_hoa", "chu_thuong"}
