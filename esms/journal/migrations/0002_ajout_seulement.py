"""The journal is only ever added to: the database refuses to change, delete or empty it, whoever asks.

A superuser or the owner of the table can still drop the trigger; the chain of hashes tells afterwards.
"""

from django.db import migrations

POSER = """
CREATE FUNCTION journal_ajout_seulement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Le journal ne se modifie pas, ne s''efface pas et ne se vide pas : on y ajoute seulement.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER journal_ajout_seulement BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entree
    FOR EACH STATEMENT EXECUTE FUNCTION journal_ajout_seulement();
"""
RETIRER = """
DROP TRIGGER journal_ajout_seulement ON journal_entree;
DROP FUNCTION journal_ajout_seulement();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunSQL(POSER, RETIRER)]
