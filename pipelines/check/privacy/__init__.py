"""Privacy: what belongs to a person must not leave the house."""

from pipelines.check.privacy.files import file_privacy
from pipelines.check.privacy.tables import privacy

__all__ = ["file_privacy", "privacy"]
