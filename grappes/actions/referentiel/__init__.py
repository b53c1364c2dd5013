"""Steps of the import of a FINESS file, called by `grappes.actions.importer_finess` in its transaction."""
