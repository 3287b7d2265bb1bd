"""The model in the forms that others read: CKAN, CSVW, schema.org, Croissant, lists."""
