"""What is written once may go with a draft that was never filed, named by the transaction that erases it.

A filing, a receipt, a decision belong to a dossier that has a number: none of them can.
"""

from django.db import migrations

GARDE = """
CREATE OR REPLACE FUNCTION instruction_ecrit_une_fois() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ligne jsonb;
BEGIN
    IF TG_OP = 'DELETE' AND coalesce(current_setting('esms.brouillon_a_effacer', true), '') <> '' THEN
        ligne := to_jsonb(OLD);
        IF EXISTS (
            SELECT 1 FROM instruction_dossier d
            WHERE d.id::text = current_setting('esms.brouillon_a_effacer') AND d.numero IS NULL AND d.id = coalesce(
                (ligne->>'dossier_id')::uuid,
                (SELECT dossier_id FROM instruction_section WHERE id = (ligne->>'section_id')::bigint),
                (SELECT dossier_id FROM instruction_message WHERE id = (ligne->>'message_id')::uuid)
            )
        ) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'Ce qui est déposé ou décidé ne se modifie ni ne s’efface (%).', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'instruction_ecrit_une_fois';
END $$;
"""
RETOUR = """
CREATE OR REPLACE FUNCTION instruction_ecrit_une_fois() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Ce qui est déposé ou décidé ne se modifie ni ne s’efface (%).', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'instruction_ecrit_une_fois';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("instruction", "0015_corrections_de_complement")]

    operations = [migrations.RunSQL(GARDE, RETOUR)]
