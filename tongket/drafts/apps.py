from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "tongket.drafts"
    verbose_name = "Soát số liệu của bản thảo"
    default_auto_field = "django.db.models.BigAutoField"
