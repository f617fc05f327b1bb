from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "tongket.events"
    verbose_name = "Kỷ niệm, kết nghĩa"
    default_auto_field = "django.db.models.BigAutoField"
