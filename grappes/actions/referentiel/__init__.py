"""Steps of the import of a FINESS file. Only `grappes.actions.importer_finess` calls them, in its transaction."""
