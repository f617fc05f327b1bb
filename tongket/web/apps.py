from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tongket.web"
    verbose_name = "Trang chung"
    default_auto_field = "django.db.models.BigAutoField"
