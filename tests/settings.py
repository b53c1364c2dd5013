"""The portal's own settings, in an environment that speaks HTTP and signs with a key of no value."""

import os

os.environ.setdefault("ESMS_SECRET_KEY", "cle-des-essais-qui-ne-signe-rien-hors-de-la-suite-0123456789")
os.environ["ESMS_HTTP"] = "1"
os.environ.pop("ESMS_DEBUG", None)
os.environ.pop("ESMS_DEMO", None)

from esms.settings import *  # noqa: F403 - the environment comes first

# Nothing is collected for the tests: static files are read where they are.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

# WhiteNoise warns when its directory is missing; the tests serve static files from their sources.
STATIC_ROOT = VAR / "statiques-des-essais"  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# A password costs 0.1 s of processor by design; production keeps Argon2 (tests/esms/test_reglages.py).
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]  # noqa: F405
