"""What we want of a CKAN, what is there, and the plan that leads from the one to the other."""
