"""Settings of the files, part of esms.settings: where they are kept, how large, who looks for viruses."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from esms.environnement import VAR, lire
from esms.socle.antivirus import adresse_valide

MEDIA_ROOT = Path(lire("ESMS_FICHIERS", str(VAR / "fichiers")))


def _fichiers() -> dict[str, object]:
    """Where joined files are kept: ESMS_FICHIERS, or a private S3 bucket once ESMS_S3_SEAU names one.

    Nothing reads a bucket but the portal: files go out through an address checked at each access.
    """
    seau = lire("ESMS_S3_SEAU")
    if not seau:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    options = {
        "bucket_name": seau,
        "endpoint_url": lire("ESMS_S3_ADRESSE") or None,
        "region_name": lire("ESMS_S3_REGION") or None,
        "access_key": lire("ESMS_S3_CLE") or None,  # without them: the machine's own identity
        "secret_key": lire("ESMS_S3_SECRET") or None,
        "addressing_style": lire("ESMS_S3_ADRESSAGE", "path"),
        "signature_version": "s3v4",
        "default_acl": "private",
        "file_overwrite": False,
        "max_memory_size": 1024 * 1024,  # beyond, a file being read lies in a temporary file
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


STORAGES = {
    "default": _fichiers(),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "esms.socle.televersement.FichierBorne",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50_000

# ClamAV, as `hôte:port` or the path of its socket; empty: files are not analysed, and the portal says so.
ESMS_CLAMAV = lire("ESMS_CLAMAV")
if ESMS_CLAMAV and not adresse_valide(ESMS_CLAMAV):
    raise ImproperlyConfigured(
        "ESMS_CLAMAV\u00a0: «\u00a0hôte:port\u00a0» ou le chemin absolu de la socket de clamd."
    )
ESMS_CLAMAV_DELAI = float(lire("ESMS_CLAMAV_DELAI", "30"))  # seconds
