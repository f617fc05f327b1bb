from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "tongket.matching"
    verbose_name = "Đối chiếu, gộp hồ sơ"
    default_auto_field = "django.db.models.BigAutoField"
