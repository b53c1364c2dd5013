"""Settings of the e-mails, part of esms.settings: how they leave, and as whom."""

from esms.environnement import VAR, lire

# How e-mails leave: `smtp`, `fichiers` (var/courriels), `console`, or the name of a Django backend.
_COURRIEL, _TLS = lire("ESMS_COURRIEL", "console"), lire("ESMS_COURRIEL_TLS", "starttls")
EMAIL_BACKEND = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "fichiers": "django.core.mail.backends.filebased.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
}.get(_COURRIEL, _COURRIEL)
EMAIL_FILE_PATH = VAR / "courriels"
EMAIL_USE_TLS, EMAIL_USE_SSL = _TLS == "starttls", _TLS == "tls"
EMAIL_HOST = lire("ESMS_COURRIEL_HOTE", "localhost")
EMAIL_PORT = int(lire("ESMS_COURRIEL_PORT", {"starttls": "587", "tls": "465"}.get(_TLS, "25")))
EMAIL_HOST_USER = lire("ESMS_COURRIEL_COMPTE")
EMAIL_HOST_PASSWORD = lire("ESMS_COURRIEL_MOT_DE_PASSE")
EMAIL_TIMEOUT = int(lire("ESMS_COURRIEL_DELAI", "20"))  # seconds, for each exchange with the server
DEFAULT_FROM_EMAIL = lire("ESMS_EXPEDITEUR", "ne-pas-repondre@localhost")
