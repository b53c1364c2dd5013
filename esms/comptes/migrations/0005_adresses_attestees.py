"""Accounts opened before codes were sent: whoever opened them gave their address and answers for it."""

from django.db import migrations


def attester(apps, schema_editor):
    Utilisateur = apps.get_model("comptes", "Utilisateur")
    EmailAddress = apps.get_model("account", "EmailAddress")
    EmailAddress.objects.bulk_create(
        EmailAddress(user_id=pk, email=courriel, verified=True, primary=True)
        for pk, courriel in Utilisateur.objects.filter(emailaddress=None).values_list("pk", "courriel")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0004_identite_proconnect"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(attester, migrations.RunPython.noop)]
