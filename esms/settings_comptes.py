"""Settings of signing in, part of esms.settings: django-allauth, and ProConnect when it is set up.

Pages, forms and counters of failures are in esms.comptes; ADR: the sign-in.
"""

from urllib.parse import urlsplit

from esms.environnement import lire

ALLAUTH_TRUSTED_PROXY_COUNT = int(lire("ESMS_NOMBRE_MANDATAIRES", "0"))
ACCOUNT_ADAPTER = "esms.comptes.adaptateur.AdaptateurDeCompte"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "courriel"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_SESSION_REMEMBER = True  # as long as SESSION_COOKIE_AGE
# Failed passwords are counted by esms.comptes.debits; this one only bounds the load of one address.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip"}
MFA_ADAPTER = "esms.comptes.adaptateur_facteurs.AdaptateurDesFacteurs"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_PERIOD = 30
MFA_TOTP_TOLERANCE = 1  # periods before and after: clocks drift; a code serves once all that time

# ProConnect (OpenID Connect), off until an issuer, an identifier and a secret are given.
PROCONNECT_EMETTEUR = lire("ESMS_PROCONNECT_EMETTEUR").rstrip("/")
OIDC_RP_CLIENT_ID = lire("ESMS_PROCONNECT_IDENTIFIANT")
OIDC_RP_CLIENT_SECRET = lire("ESMS_PROCONNECT_SECRET")
PROCONNECT_ACTIF = bool(PROCONNECT_EMETTEUR and OIDC_RP_CLIENT_ID and OIDC_RP_CLIENT_SECRET)
# Levels that mean « two factors »: the local one is then not asked again.
PROCONNECT_ACR_SECOND_FACTEUR = frozenset(
    lire(
        "ESMS_PROCONNECT_ACR",
        "eidas2,eidas3,https://proconnect.gouv.fr/assurance/self-asserted-2fa,"
        "https://proconnect.gouv.fr/assurance/consistency-checked-2fa",
    ).split(",")
) - {""}
PROCONNECT_ORIGINES = (
    ["{0.scheme}://{0.netloc}".format(urlsplit(PROCONNECT_EMETTEUR))] if PROCONNECT_ACTIF else []
)
PROCONNECT_SORTIE = f"{PROCONNECT_EMETTEUR}/session/end"
OIDC_OP_AUTHORIZATION_ENDPOINT = f"{PROCONNECT_EMETTEUR}/authorize"
OIDC_OP_TOKEN_ENDPOINT = f"{PROCONNECT_EMETTEUR}/token"
OIDC_OP_USER_ENDPOINT = f"{PROCONNECT_EMETTEUR}/userinfo"
OIDC_OP_JWKS_ENDPOINT = f"{PROCONNECT_EMETTEUR}/jwks"
OIDC_RP_SIGN_ALGO = lire("ESMS_PROCONNECT_ALGORITHME", "RS256")
OIDC_RP_SCOPES = "openid given_name usual_name email"
OIDC_AUTHENTICATION_CALLBACK_URL = "comptes:proconnect_retour"
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10  # seconds
