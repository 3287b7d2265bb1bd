"""Doing what a plan says: journal, steps, undoing, verifying."""
