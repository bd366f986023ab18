"""Settings. Everything a force changes comes from the environment; the defaults run on one machine with nothing but the wheel."""

from __future__ import annotations

import os

from psycopg.conninfo import conninfo_to_dict

from sightline.kernel.discovery import slices
from sightline.kernel.home import LOCAL, own_secret
from sightline.kernel.postgres import APP, OWNER, WORK, Server

DEMO = os.environ.get("SIGHTLINE_DEMO") == "1"
DEBUG = False
# What sessions, what somebody typed, second factors and keyed digests hang on. On one machine it is made once; several have to share one.
SECRET_KEY = os.environ.get("SIGHTLINE_SECRET_KEY") or own_secret()
ALLOWED_HOSTS = os.environ.get("SIGHTLINE_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")

EMBEDDED = "DATABASE_URL" not in os.environ
SERVER = Server(LOCAL / os.environ.get("SIGHTLINE_SERVER", "pg"), lasting="SIGHTLINE_SERVER" not in os.environ)
AS = os.environ.get("SIGHTLINE_AS", "app")  # owner migrates, work loads and settles (the commands), app serves
# The second wall (access/wall): row-level security, besides the gate. Off only by that word: a misspelt one leaves it standing.
WALL = os.environ.get("SIGHTLINE_WALL", "on") != "off"


def conninfo() -> str:
    """The libpq connection string of the role this process runs as."""
    if EMBEDDED:
        return SERVER.conninfo(OWNER if AS == "owner" else APP if AS == "app" and WALL else WORK)
    return os.environ.get(f"{AS.upper()}_DATABASE_URL", os.environ["DATABASE_URL"])


_parts = conninfo_to_dict(conninfo())
# With one login for everything the commands take on work's role as they connect.
_takes_on = AS == "work" and WALL and not EMBEDDED and "WORK_DATABASE_URL" not in os.environ
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _parts.get("dbname", "sightline"),
        "USER": _parts.get("user", ""),
        "PASSWORD": _parts.get("password", ""),
        "HOST": _parts.get("host", ""),
        "PORT": str(_parts.get("port", "")),
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 12, "timeout": 20},
            **({"options": f"-c role={WORK}"} if _takes_on else {}),
        },
        "CONN_MAX_AGE": 0,
        "TEST": {"NAME": os.environ.get("SIGHTLINE_TEST_DATABASE", f"sightline_test_{os.getpid()}")},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_structlog",
    "procrastinate.contrib.django",
    "sightline.agencies",
    "sightline.access",
    "sightline.ui",
    "sightline.people",
    "sightline.chronology",
    "sightline.alerts",
    *slices(),
    "sightline.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "sightline.web.middleware.one_transaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sightline.web.middleware.who_is_looking",
    "sightline.web.middleware.session_limits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sightline.web.middleware.second_factor",
    "sightline.web.middleware.give_back",
    "sightline.web.middleware.answer_errors",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sightline.web.urls"
WSGI_APPLICATION = "sightline.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "sightline.ui.jinja.environment",
            "context_processors": ["sightline.web.context.page"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "sightline.access.adapters.NoSelfSignUp"
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "sightline.access.adapters.SealedFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Sightline"
SECOND_FACTOR_REQUIRED = not DEMO
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "sightline.access.views.locked_out"
CSRF_FAILURE_VIEW = "sightline.web.failures.stale_form"
DEMO_PASSWORD = os.environ.get("SIGHTLINE_DEMO_PASSWORD", "invented-people-only")

SESSION_SERIALIZER = "sightline.web.sessions.SealedJson"
SESSION_IDLE = 10 * 60
SESSION_LONGEST = SESSION_COOKIE_AGE = 8 * 60 * 60
TYPED_KEPT = 24 * 60 * 60  # what was typed in a form that could not be sent, for its author
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = os.environ.get("SIGHTLINE_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
STATIC_URL = "/assets/"
STATIC_ROOT = LOCAL / "static"
STATICFILES_DIRS = [p for p in [LOCAL / "assets"] if p.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if os.environ.get("SIGHTLINE_PLAIN_STATIC") == "1"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING_CONFIG = "sightline.web.logs.configure"
LOGGING: dict[str, object] = {"version": 1}  # an empty one, and Django never calls the function above
