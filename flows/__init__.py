"""Prefect flows: the order of the line, its retries and concurrency. Nothing here parses."""

from flows.settings import PRIVATE, apply

# before any module of ours can import Prefect: nothing about a run is sent to anyone
apply(PRIVATE)
