"""Settings, read from the environment.

Everything is closed by default: without ESMS_DEBUG=1 the portal wants a secret key, its host names, and
serves over HTTPS only.
Names of the variables, their defaults and what they change: README, « Settings ».
"""

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from esms.environnement import BASE_DIR, VAR, lire, oui
from esms.settings_comptes import *  # noqa: F403  - allauth and ProConnect
from esms.settings_comptes import PROCONNECT_ORIGINES
from esms.settings_courriels import *  # noqa: F403
from esms.settings_fichiers import *  # noqa: F403


def _base_de_donnees() -> str:
    """URL of the database: DATABASE_URL, else the private one that script/base has written down."""
    url = lire("DATABASE_URL")
    fichier = VAR / "base.env"
    if not url and fichier.is_file():
        url = fichier.read_text(encoding="utf8").strip().removeprefix("DATABASE_URL=")
    if not url:
        raise ImproperlyConfigured(
            "Aucune base de données : lancez script/base (PostgreSQL privé) ou renseignez DATABASE_URL."
        )
    return url


def _cle_secrete() -> str:
    """Signing key: ESMS_SECRET_KEY, else the one that script/base drew for this checkout (mode 600)."""
    cle = lire("ESMS_SECRET_KEY")
    fichier = VAR / "cle_secrete"
    if not cle and fichier.is_file():
        cle = fichier.read_text(encoding="utf8").strip()
    if not cle:
        raise ImproperlyConfigured("ESMS_SECRET_KEY manque : une chaîne aléatoire d’au moins 50 caractères.")
    return cle


DEBUG = oui("ESMS_DEBUG")
# The fictional world and its accounts, whose password is public: only where script/demo or a developer asks.
ESMS_DEMO = DEBUG or oui("ESMS_DEMO")
SECRET_KEY = _cle_secrete()
ALLOWED_HOSTS = lire("ESMS_HOTES", "127.0.0.1,localhost,[::1]" if DEBUG else "").split(",")
CSRF_TRUSTED_ORIGINS = [origine for origine in lire("ESMS_ORIGINES").split(",") if origine]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "esms.socle",
    "esms.comptes",
    "esms.journal",
    "esms.courriels",
    "esms.habilitations",
    "grappes",
    "financement",
    "instruction",
    "esms.demo",
    "django_fsm",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "widget_tweaks",
    "dsfr",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "esms.comptes.middleware.ConnexionExigee",
    "esms.comptes.middleware.DroitsLusUneFois",
    "esms.comptes.middleware.SecondFacteurExige",
    "esms.journal.securite.JournalDeSecurite",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "esms.socle.middleware.EntetesMiddleware",
    "esms.socle.middleware.MethodeInattendue",
    "esms.socle.televersement.EnvoiBorne",
    "esms.socle.televersement.EnvoiFreine",
]

ROOT_URLCONF = "esms.urls"
WSGI_APPLICATION = "esms.wsgi.application"

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
                "esms.socle.contexte.habillage",
                "esms.comptes.contexte.roles",
                "esms.courriels.contexte.notifications",
            ],
            "builtins": [
                "django.templatetags.static",
                "esms.socle.templatetags.francais",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# A statement that comes back is parsed once per connection, and planned with its own values each time, so
# that a rare and a common word are not looked for alike; see docs/adr/0022. DATABASE_URL has the last word.
_PREPARATION = {
    "server_side_binding": True,
    "prepare_threshold": 5,
    "options": "-c plan_cache_mode=force_custom_plan",
}
_BASE = dj_database_url.parse(_base_de_donnees(), conn_max_age=60, conn_health_checks=True)
DATABASES = {
    "default": {**_BASE, "OPTIONS": {**_PREPARATION, **_BASE.get("OPTIONS", {})}, "ATOMIC_REQUESTS": False}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "comptes.Utilisateur"
AUTHENTICATION_BACKENDS = ["esms.demo.connexion.Connexion"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("courriel", "nom")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "esms.comptes.mots_de_passe.Robustesse"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "comptes:connexion"
LOGIN_REDIRECT_URL = "accueil"
LOGOUT_REDIRECT_URL = "accueil"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]


WHITENOISE_USE_FINDERS = DEBUG
# Where the portal is reached: the links of e-mails start with it, never with the Host header of a request.
_PREMIER_HOTE = "http://127.0.0.1:8000" if DEBUG or oui("ESMS_HTTP") else f"https://{ALLOWED_HOSTS[0]}"
ESMS_ADRESSE = lire("ESMS_ADRESSE", _PREMIER_HOTE).rstrip("/")
# Tasks are in the `taches` module of each application; `manage.py procrastinate worker` runs them.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "taches"
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 2, "shutdown_graceful_timeout": 30}

# The State's brand is reserved: a body not entitled to it sets ESMS_MARQUE_ETAT=0 and gets a neutral header.
ESMS_MARQUE_ETAT = lire("ESMS_MARQUE_ETAT", "1") == "1"
ESMS_NOM = lire("ESMS_NOM", "ESMS numérique")
MFA_TOTP_ISSUER = ESMS_NOM

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token: no script reads it
CSRF_FAILURE_VIEW = "esms.socle.erreurs.csrf_refuse"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# Loopback demo and tests speak HTTP; everywhere else is HTTPS, cookies included.
HTTPS = not DEBUG and not oui("ESMS_HTTP")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# The prefix makes browsers refuse the cookie from any other host, subdomain or plain HTTP.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if oui("ESMS_MANDATAIRE") else None

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Chromium holds redirects after a form to it too: signing in and out with ProConnect are such.
        "form-action": [SELF, *PROCONNECT_ORIGINES],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.ScopedRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "simulations": lire("ESMS_DEBIT_SIMULATIONS", "120/min"),
        "lecture": lire("ESMS_DEBIT_LECTURE", "600/min"),
    },
    "EXCEPTION_HANDLER": "esms.socle.erreurs.reponse_api",
    "NUM_PROXIES": int(lire("ESMS_NOMBRE_MANDATAIRES", "0")),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "API du portail ESMS numérique",
    "DESCRIPTION": "Simulation publique de subvention, éditions d’appel à projets et référentiel FINESS.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_partage",
        # Above the callers counted at once: a flood must not push out the counters of others.
        "OPTIONS": {"MAX_ENTRIES": 32_768},
    }
}

_NIVEAU = lire("ESMS_NIVEAU_JOURNAL", "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # On the handler too: the loggers of Django have a level of their own, and hand everything up.
    "handlers": {"console": {"class": "logging.StreamHandler", "level": _NIVEAU}},
    "root": {"handlers": ["console"], "level": _NIVEAU},
}
