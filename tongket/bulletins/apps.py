from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "tongket.bulletins"
    verbose_name = "Tình hình tư tưởng"
    default_auto_field = "django.db.models.BigAutoField"
