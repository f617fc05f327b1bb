from django.apps import AppConfig


class RatingsConfig(AppConfig):
    name = "tongket.ratings"
    verbose_name = "Xếp loại"
    default_auto_field = "django.db.models.BigAutoField"
