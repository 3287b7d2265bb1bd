"""Talking to a CKAN: asked politely, answered or told clearly why not."""
