"""Reading every rule file before anything else starts: a mistake stops the program with one clear line."""

from .catalogue import all_rules
from .model import BadRules
from .organisations import all_kinds
from .texts import all_texts
from .words import words

__all__ = ["check_all", "mistake"]


def check_all() -> None:
    """Load and check rules, kinds of organisation and texts in force; they stay loaded.

    Raises :class:`~tongket.rules.model.BadRules` naming file, rule, version and remedy.
    """
    all_rules()
    all_kinds()
    all_texts()
    words()


def mistake() -> str:
    """What is wrong with the rule files, as one line for whoever starts the program; empty when nothing is."""
    try:
        check_all()
    except BadRules as error:
        return f"Không khởi động được vì tệp quy định có lỗi: {error}."
    return ""
