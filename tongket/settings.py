"""Django settings of Tổng kết, read from the environment; every default is the one for a single office server.

=====================  ==========================================================================
``TONGKET_DATA_DIR``   folder of the database, the secret key and the built assets (default ``var``)
``DATABASE_URL``       ``postgres://user:password@host/name``; default is SQLite in the data folder
``TONGKET_HOSTS``      host names served, comma separated (default: this machine only)
``TONGKET_HTTPS``      1 behind a TLS proxy: secure cookies, HSTS, redirect from plain HTTP
``TONGKET_SECRET_KEY`` instead of the key that the first start writes to the data folder
``TONGKET_ADDRESS``    where people open the pages, for links in letters, calendars and QR cards
                       (``https://tongket.example``; default: the address of the browser that asks)
``EMAIL_URL``          the mail server, ``smtp+tls://user:password@host:587`` (default: letters to the console)
``TONGKET_MAIL_FROM``  the sender of letters
``TONGKET_DEBUG``      1 for developers only
=====================  ==========================================================================
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from tongket.secret import read_or_make_secret

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("TONGKET_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
ASSETS_DIR = DATA_DIR / "assets"
ASSETS_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("TONGKET_DEBUG", default=False)
HTTPS = env.bool("TONGKET_HTTPS", default=False)
SECRET_KEY = env.str("TONGKET_SECRET_KEY", default="") or read_or_make_secret(DATA_DIR / "secret-key")
ALLOWED_HOSTS = env.list("TONGKET_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

ROOT_URLCONF = "tongket.urls"
WSGI_APPLICATION = "tongket.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

INSTALLED_APPS = [
    "tongket.ui",
    "tongket.accounts",
    "tongket.audit",
    "tongket.organisations",
    "tongket.members",
    "tongket.files",
    "tongket.obligations",
    "tongket.directives",
    "tongket.conferences",
    "tongket.events",
    "tongket.bulletins",
    "tongket.targets",
    "tongket.ratings",
    "tongket.honours",
    "tongket.inspections",
    "tongket.cases",
    "tongket.admissions",
    "tongket.matching",
    "tongket.figures",
    "tongket.books",
    "tongket.reports",
    "tongket.drafts",
    "tongket.intake",
    "tongket.reforms",
    "tongket.web",
    "tongket.api",
    "tongket.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tongket.accounts.session_limits.SessionLimitsMiddleware",
    "tongket.ui.shell.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every view asks for a login unless it says otherwise: a forgotten decorator closes a page, never opens one.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- database ---------------------------------------------------------------------------------------------

_database: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'tongket.sqlite3'}")
_database["ATOMIC_REQUESTS"] = False  # acts open their own transactions; pages that only read need none
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["CONN_MAX_AGE"] = None
    _database["OPTIONS"] = {
        # FULL: an act reported as done survives a power cut. Django itself turns foreign keys on.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;",
        # A transaction takes the write lock at its start, so that two clerks wait for each other
        # instead of failing half way when a reader wants to become a writer.
        "transaction_mode": "IMMEDIATE",
        # Longer than a file read inside a page takes to be written, and than most of a hundred thousand rows; whoever
        # has waited so long is told that the books are busy (`ui.shell.errors`).
        "timeout": 20,
    }
else:
    _database["CONN_MAX_AGE"] = 600
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {
        "connect_timeout": 5,
        "application_name": "tongket",
        # The figures' queries are wide and short: compiling them takes ten times as long as running them.
        "options": "-c jit=off",
        **_database.get("OPTIONS", {}),
    }
DATABASES = {"default": _database}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- language, dates, numbers -----------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["tongket.formats"]
# Off, or identifiers in links would read 1.234; figures are written by their own filters.
USE_THOUSAND_SEPARATOR = False

# --- static files -----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ASSETS_DIR]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "files"

# --- uploads ----------------------------------------------------------------------------------------------

MAX_UPLOAD_BYTES = 25 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "tongket.ui.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # "tick all" over a register of several thousand rows
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- accounts ---------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first, so that a locked-out login never reaches the password
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "tongket.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "tongket.accounts.forms.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]  # sign-up itself is closed by the adapter
ACCOUNT_EMAIL_VERIFICATION = "none"  # an office LAN has no mail; accounts are made by an administrator
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
# Failures for one account are counted by axes below; these hold the rate of one address.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "60/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0

MFA_FORMS = {
    "add_webauthn": "tongket.accounts.forms.AddKeyForm",
    "edit_webauthn": "tongket.accounts.forms.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = HTTPS  # browsers offer passkeys on HTTPS only
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Tổng kết"
MFA_RECOVERY_CODES_SHOW_ONCE = True

AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Account and address together: nobody can lock a colleague out from another desk, and a further
# failure does not start the quarter of an hour again.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_CLIENT_IP_CALLABLE = "tongket.server.client_address"
AXES_DISABLE_ACCESS_LOG = True  # the audit ledger keeps logins
AXES_VERBOSE = False

# Without a mail server, letters are written to the console (and so to the journal of the service).
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("TONGKET_MAIL_FROM", default="tong-ket@localhost")
TONGKET_ADDRESS = env.str("TONGKET_ADDRESS", default="").rstrip("/")

# --- sessions and cookies ---------------------------------------------------------------------------------

SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60  # and never longer than this, however busy: SessionLimitsMiddleware
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
_cookie_prefix = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_cookie_prefix}tongket-session"
# The database keeps them; one process reads them from its memory. Whether the user is still active and the
# password still the same is asked of the database on every request all the same.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = f"{_cookie_prefix}tongket-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_NAME = f"{_cookie_prefix}tongket-language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- what the browser may do ------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # preload lists are for names on the Internet; this one is on an office network
    "axes.W001",  # a cache in memory counts right only in one process, and tongket.server runs one
]

# --- forms, tables, log -----------------------------------------------------------------------------------

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False
DJANGO_TABLES2_TEMPLATE = "django_tables2/bootstrap5.html"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
