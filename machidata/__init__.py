"""The command line of Machidata (まちデータ)."""

__version__ = "0.1.0"
