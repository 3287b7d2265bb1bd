"""The six stages (read, tidy, check, package, describe, publish) and the nouns they exchange."""
