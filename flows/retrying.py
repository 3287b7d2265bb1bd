"""What is tried again, and how little Prefect shall keep of what travels between tasks."""

from __future__ import annotations

from typing import Any

from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

from flows.outcome import is_unreachable


def worth_retrying(task_: object, run: object, state: State[Any]) -> bool:
    """True when a task failed for what may be gone a moment later."""
    try:
        state.result()
    except Exception as error:
        return is_unreachable(error)
    return False


QUIET: Any = {"cache_policy": NO_CACHE, "persist_result": False}
"""No input and no result of a task is kept."""

AGAIN: Any = {
    "retries": 2,
    "retry_delay_seconds": [1, 5],
    "retry_condition_fn": worth_retrying,
}
"""For what may be done twice."""
