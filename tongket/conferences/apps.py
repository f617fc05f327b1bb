from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "tongket.conferences"
    verbose_name = "Hội nghị"
    default_auto_field = "django.db.models.BigAutoField"
