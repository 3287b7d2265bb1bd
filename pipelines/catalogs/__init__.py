"""Publishing to other people's catalogs, as functions for the command line and the flows."""
