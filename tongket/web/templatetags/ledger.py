"""What the ledger's codes say, for pages of parts that lie below this one."""

from django import template

from tongket.web.office_pages.ledger_words import action_text

register = template.Library()


@register.filter
def act_words(action: str) -> str:
    """`member.amend` as "Đảng viên: sửa thông tin"."""
    return action_text(action)
