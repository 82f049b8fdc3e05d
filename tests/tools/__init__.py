"""What the developers run: catalogues."""
