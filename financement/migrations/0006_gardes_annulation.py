"""The database lets a convention be cancelled before its signature, and nothing after."""

from django.db import migrations

CHANGEANTS = """ARRAY['etat', 'emise_le', 'emise_par_id', 'signee_le', 'signee_par_id', 'annulee_le',
                              'annulee_par_id', 'document', 'document_empreinte', 'document_taille']"""

CYCLE = f"""
CREATE OR REPLACE FUNCTION convention_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.etat <> 'preparee' THEN
            RAISE EXCEPTION 'Une convention commence à l''état « préparée ».'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.etat = OLD.etat AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'Une convention ne change qu''en changeant d''état.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.etat <> OLD.etat AND (OLD.etat, NEW.etat) NOT IN
       (('preparee', 'emise'), ('emise', 'signee'), ('preparee', 'annulee'), ('emise', 'annulee')) THEN
        RAISE EXCEPTION 'Une convention ne passe pas de « % » à « % ».', OLD.etat, NEW.etat
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (to_jsonb(NEW) - {CHANGEANTS}) <> (to_jsonb(OLD) - {CHANGEANTS})
       OR (OLD.etat = 'emise' AND (NEW.emise_le, NEW.emise_par_id, NEW.document, NEW.document_empreinte, NEW.document_taille)
           IS DISTINCT FROM (OLD.emise_le, OLD.emise_par_id, OLD.document, OLD.document_empreinte, OLD.document_taille)) THEN
        RAISE EXCEPTION 'Ce qu''une convention a figé ne se modifie pas.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("financement", "0005_annulation")]

    operations = [migrations.RunSQL(CYCLE, migrations.RunSQL.noop)]
