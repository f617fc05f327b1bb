from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "tongket.honours"
    verbose_name = "Huy hiệu và khen thưởng"
    default_auto_field = "django.db.models.BigAutoField"
