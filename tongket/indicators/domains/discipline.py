"""Discipline decided in the period. Removal from the list (xóa tên) is not discipline and not here."""

from functools import partial

from tongket.core import codelists as codes

from ..model import Condition, Count, Indicator, Is, Ratio

_members = partial(
    Indicator,
    domain="discipline",
    unit="đảng viên",
    units_en="members",
    form="Thống kê 885-QĐ/UBKTTW",
    basis="disc.forms.official",
    good="down",
)
_organisations = partial(
    Indicator,
    domain="discipline",
    unit="tổ chức",
    units_en="organisations",
    form="Thống kê 885-QĐ/UBKTTW",
    basis="disc.forms.organisation",
    good="down",
)


def _member(key: str, vi: str, en: str, *conditions: Condition) -> Indicator:
    return _members(
        f"discipline.members.{key}", vi, en, formula=Count("member_discipline", "flow", conditions)
    )


def _organisation(key: str, vi: str, en: str, *conditions: Condition) -> Indicator:
    return _organisations(
        f"discipline.organisations.{key}",
        vi,
        en,
        formula=Count("organisation_discipline", "flow", conditions),
    )


INDICATORS: tuple[Indicator, ...] = (
    _members(
        "discipline.members",
        "Đảng viên bị thi hành kỷ luật",
        "Members disciplined",
        formula=Count("member_discipline", "flow"),
    ),
    *(
        _member(
            code,
            f"Đảng viên bị kỷ luật: {codes.DISCIPLINE_FORM.label(code)}",
            f"Members disciplined: {codes.DISCIPLINE_FORM.label(code, 'en')}",
            Is("form", code),
        )
        for code in codes.MEMBER_DISCIPLINE_FORMS
    ),
    _member(
        "committee",
        "Cấp ủy viên bị thi hành kỷ luật",
        "Committee members disciplined",
        Is("committee_member", True),
    ),
    *(
        _member(
            f"ground.{code.code}",
            f"Đảng viên bị kỷ luật do: {code.vi}",
            f"Members disciplined for: {code.en}",
            Is("ground", code.code),
        )
        for code in codes.DISCIPLINE_GROUND.codes
    ),
    _members(
        "discipline.members.change_pct",
        "Đảng viên bị kỷ luật tăng, giảm so cùng kỳ năm trước",
        "Members disciplined, change on last year",
        unit="%",
        units_en="%",
        formula=Ratio("discipline.members", "discipline.members", minus=100, denominator_last_year=True),
        decimals=2,
    ),
    _organisations(
        "discipline.organisations",
        "Tổ chức đảng bị thi hành kỷ luật",
        "Organisations disciplined",
        formula=Count("organisation_discipline", "flow"),
    ),
    _organisation(
        "grassroots",
        "Tổ chức cơ sở đảng bị thi hành kỷ luật",
        "Grassroots organisations disciplined",
        Is("grassroots", True),
    ),
    *(
        _organisation(
            code,
            f"Tổ chức đảng bị kỷ luật: {codes.DISCIPLINE_FORM.label(code)}",
            f"Organisations disciplined: {codes.DISCIPLINE_FORM.label(code, 'en')}",
            Is("form", code),
        )
        for code in codes.ORGANISATION_DISCIPLINE_FORMS
    ),
)
