"""The model as DCAT-AP, and any graph as Turtle, JSON-LD and RDF/XML."""
