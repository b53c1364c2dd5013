"""What the database itself refuses about plans, conventions and payments, whoever writes: each refusal says why, in French."""

from django.db import migrations

POSER = """
CREATE FUNCTION financement_ecriture_refusee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER plan_immuable BEFORE UPDATE OR DELETE OR TRUNCATE ON financement_plan FOR EACH STATEMENT
    EXECUTE FUNCTION financement_ecriture_refusee('Un plan de financement figé ne se modifie pas.');
CREATE TRIGGER versement_immuable BEFORE UPDATE OR DELETE OR TRUNCATE ON financement_versement FOR EACH STATEMENT
    EXECUTE FUNCTION financement_ecriture_refusee('Un versement enregistré ne se modifie pas.');
CREATE TRIGGER convention_ineffacable BEFORE DELETE OR TRUNCATE ON financement_convention FOR EACH STATEMENT
    EXECUTE FUNCTION financement_ecriture_refusee('Une convention ne s''efface pas.');
CREATE TRIGGER engagement_ineffacable BEFORE DELETE OR TRUNCATE ON financement_engagementessms FOR EACH STATEMENT
    EXECUTE FUNCTION financement_ecriture_refusee('Un financement d''ESSMS ne s''efface pas : il cesse d''être actif.');

CREATE FUNCTION convention_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
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
    IF NEW.etat <> OLD.etat AND (OLD.etat, NEW.etat) NOT IN (('preparee', 'emise'), ('emise', 'signee')) THEN
        RAISE EXCEPTION 'Une convention ne passe pas de « % » à « % ».', OLD.etat, NEW.etat
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (to_jsonb(NEW) - ARRAY['etat', 'emise_le', 'emise_par_id', 'signee_le', 'signee_par_id', 'document',
                              'document_empreinte', 'document_taille'])
       <> (to_jsonb(OLD) - ARRAY['etat', 'emise_le', 'emise_par_id', 'signee_le', 'signee_par_id', 'document',
                              'document_empreinte', 'document_taille'])
       OR (OLD.etat = 'emise' AND (NEW.emise_le, NEW.emise_par_id, NEW.document, NEW.document_empreinte, NEW.document_taille)
           IS DISTINCT FROM (OLD.emise_le, OLD.emise_par_id, OLD.document, OLD.document_empreinte, OLD.document_taille)) THEN
        RAISE EXCEPTION 'Ce qu''une convention a figé ne se modifie pas.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER convention_cycle BEFORE INSERT OR UPDATE ON financement_convention
    FOR EACH ROW EXECUTE FUNCTION convention_cycle();

CREATE FUNCTION engagement_fige() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'actif') <> (to_jsonb(OLD) - 'actif') THEN
        RAISE EXCEPTION 'Un financement d''ESSMS ne change que d''activité.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER engagement_fige BEFORE UPDATE ON financement_engagementessms
    FOR EACH ROW EXECUTE FUNCTION engagement_fige();

-- The convention's row is locked first: two payments at once are added up one after the other.
CREATE FUNCTION versement_dans_la_subvention() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    etat_convention text;
    subvention numeric;
    deja_verse numeric;
BEGIN
    SELECT c.etat, p.total INTO etat_convention, subvention
        FROM financement_convention c JOIN financement_plan p ON p.id = c.plan_id
        WHERE c.id = NEW.convention_id FOR UPDATE OF c;
    IF etat_convention <> 'signee' THEN
        RAISE EXCEPTION 'Rien n''est versé avant la signature de la convention.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT coalesce(sum(montant), 0) INTO deja_verse FROM financement_versement WHERE convention_id = NEW.convention_id;
    IF deja_verse + NEW.montant > subvention THEN
        RAISE EXCEPTION 'Les versements dépasseraient la subvention de la convention.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER versement_dans_la_subvention BEFORE INSERT ON financement_versement
    FOR EACH ROW EXECUTE FUNCTION versement_dans_la_subvention();
"""
RETIRER = """
DROP TRIGGER versement_dans_la_subvention ON financement_versement;
DROP FUNCTION versement_dans_la_subvention();
DROP TRIGGER engagement_fige ON financement_engagementessms;
DROP FUNCTION engagement_fige();
DROP TRIGGER convention_cycle ON financement_convention;
DROP FUNCTION convention_cycle();
DROP TRIGGER engagement_ineffacable ON financement_engagementessms;
DROP TRIGGER convention_ineffacable ON financement_convention;
DROP TRIGGER versement_immuable ON financement_versement;
DROP TRIGGER plan_immuable ON financement_plan;
DROP FUNCTION financement_ecriture_refusee();
"""


class Migration(migrations.Migration):
    dependencies = [("financement", "0002_conventions")]

    operations = [migrations.RunSQL(POSER, RETIRER)]
