"""Several children who do not live together are linked to the same adult: found from the entries of many pathways."""
