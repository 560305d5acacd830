"""Settings, all from the environment; .env.example lists them. Starts nothing."""

from datetime import date

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from iae_manager import back_office, embedded
from iae_manager.entry import BASE_DIR, local_dir

env = environ.Env()
LOCAL_DIR = local_dir()
DEBUG = env.bool("DEBUG", default=False)
PRODUCTION = env.bool("PRODUCTION", default=False)


def secret(name: str, purpose: str) -> str:
    """The environment's value; on a desk, one drawn once and kept in .local."""
    value = env(name, default="")
    if value or not PRODUCTION:
        return value or embedded.derived_secret(LOCAL_DIR, purpose)
    raise ImproperlyConfigured(
        f"{name} is not set. Copy .env.example to .env and fill it in."
    )


SECRET_KEY = secret("SECRET_KEY", "django")
NIR_KEY = secret("NIR_KEY", "nir")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Services -------------------------------------------------------------------

URLS = embedded.urls(LOCAL_DIR)


def database(url: str, *, statement_timeout_ms: int) -> dict:
    """Django's settings of one role, from a libpq address."""
    parts = conninfo_to_dict(url)
    options = f"-c jit=off -c statement_timeout={statement_timeout_ms}"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        # Without it psycopg never keeps a plan, even for who asks for it.
        "OPTIONS": {**parts, "options": options, "prepare_threshold": 5},
        "ATOMIC_REQUESTS": True,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
        "TEST": {"NAME": env("TEST_DATABASE", default="test_iae")},
    }


# `default` is the application's role: it owns nothing. `owner` runs migrations.
DATABASES = {
    "default": database(
        URLS.database,
        statement_timeout_ms=env.int("STATEMENT_TIMEOUT_MS", default=30_000),
    ),
    "owner": database(URLS.owner, statement_timeout_ms=0),
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": URLS.redis,
    }
}
CELERY_BROKER_URL = URLS.broker
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = env("CELERY_QUEUE", default="iae")
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=10.0)
CELERY_BEAT_SCHEDULE = {
    "give-back-expired-leases": {
        "task": "funding.tasks.sweep",
        "schedule": SWEEP_SECONDS,
    },
    "wake-documents": {
        "task": "funding.tasks.sweep_prints",
        "schedule": SWEEP_SECONDS,
    },
    "wake-scans": {
        "task": "structures.tasks.sweep_scans",
        "schedule": SWEEP_SECONDS,
    },
    "send-mails": {
        "task": "structures.tasks.send_mails",
        "schedule": env.float("MAIL_SECONDS", default=30.0),
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(LOCAL_DIR / "beat-schedule")
# Steps hold a lease of this many seconds, renewed while their worker lives.
STEP_LEASE_SECONDS = env.int("STEP_LEASE_SECONDS", default=30)

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://")
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = str(LOCAL_DIR / "mail")
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=15)
# What the addresses inside mails, documents and the codes of their pages begin with.
SITE_URL = env(
    "SITE_URL",
    default=f"https://{ALLOWED_HOSTS[0]}"
    if PRODUCTION and ALLOWED_HOSTS
    else "http://127.0.0.1:8000",
).rstrip("/")
DEFAULT_FROM_EMAIL = env(
    "FROM_EMAIL", default="IAE Manager <ne-pas-repondre@localhost>"
)

# Application ----------------------------------------------------------------

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "widget_tweaks",
    "dsfr",
    "crispy_forms",
    "django_htmx",
    "csp",
    "structures",
    "parcours",
    "funding",
    "iae_manager",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "iae_manager.back_office.policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "iae_manager.sessions.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "iae_manager.urls"
WSGI_APPLICATION = "iae_manager.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "structures.views.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
AUTH_USER_MODEL = "structures.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Always French, whatever the browser asks for.
LANGUAGE_CODE = "fr"
LOCALE_PATHS = [BASE_DIR / "iae_manager" / "locale"]  # words of the back-office theme
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static"]
# A desk serves straight from the packages; production collects and hashes.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
MEDIA_ROOT = LOCAL_DIR / "media"

CRISPY_TEMPLATE_PACK = "crispy_dsfr"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["crispy_dsfr"]
CRISPY_FAIL_SILENTLY = False
DSFR_USE_INTEGRITY_CHECKSUMS = False  # hashed storage rewrites the files they cover
DSFR_MARK_OPTIONAL_FIELDS = True
UNFOLD = back_office.UNFOLD

# The day the territory lives: today, or the one a demonstration names.
# The day a demonstration lives: every command of its desk reads it, not only the server.
DAY_FILE = LOCAL_DIR / "business_date"
BUSINESS_DATE = env(
    "BUSINESS_DATE", default=DAY_FILE.read_text() if DAY_FILE.exists() else ""
).strip()
BUSINESS_DATE = date.fromisoformat(BUSINESS_DATE) if BUSINESS_DATE else None
DEMO = env.bool("DEMO", default=not PRODUCTION)

# Security -------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
CSRF_FAILURE_VIEW = "iae_manager.sessions.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
