"""What was found in a package, for people: a report first (`model`), then its files (`files`)."""
