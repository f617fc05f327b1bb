from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "tongket.matching"
    verbose_name = "Đối chiếu, gộp hồ sơ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the register under whom a merged entry stands now."""
        from tongket.matching.queries import kept_by_old_code
        from tongket.members.successors import set_successors

        set_successors(kept_by_old_code)
