from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "tongket.directives"
    verbose_name = "Văn bản"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the search index follow the files of papers."""
        from tongket.directives.papers import search
        from tongket.files import acts

        if search.index_identities not in acts.watchers:
            acts.watchers.append(search.index_identities)
