from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "tongket.directives"
    verbose_name = "Văn bản"
    default_auto_field = "django.db.models.BigAutoField"
