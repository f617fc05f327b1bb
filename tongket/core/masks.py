"""What stands in the place of a number that the reader may not know; never 0, never a dash."""

__all__ = ["DUTY", "HIDDEN", "MASKS", "SMALL", "mask_text"]

DUTY, SMALL, HIDDEN = "duty", "small", "hidden"

#: Code → Vietnamese, English.
MASKS: dict[str, tuple[str, str]] = {
    DUTY: ("chỉ xem được với nhiệm vụ kiểm tra", "only with the inspection duty"),
    SMALL: ("dưới 3", "under 3"),
    HIDDEN: ("không hiển thị", "not shown"),
}


def mask_text(mask: str, lang: str = "vi") -> str:
    """The words of a mask in the reader's language. Raises KeyError for an unknown one."""
    return MASKS[mask][1 if lang.startswith("en") else 0]
