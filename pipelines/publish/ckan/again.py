"""Which requests are tried again, and which would be a mistake to repeat."""

from __future__ import annotations

from pipelines.publish.ckan.wire import Answer, Fault

# 500 too: CKAN says it while its search or its database is away for a moment, and reading twice
# harms nobody. The others are what gateways before it say.
PASSING = frozenset({408, 500, 502, 503, 504})


def held(got: Answer | Fault) -> bool:
    """Whether the server did nothing and asks to come again later.

    A 503 without Retry-After is none of that: gateways say it of a server that died at work.
    """
    if isinstance(got, Fault):
        return False
    return got.status == 429 or (got.status == 503 and "retry-after" in got.headers)


def passing(got: Answer | Fault, writes: bool) -> bool:
    """Whether it may be over soon, and trying again cannot do a thing twice."""
    if isinstance(got, Fault):
        if got.kind in ("large", "insecure"):
            return False
        return not (writes and got.sent)
    return not writes and (got.status in PASSING or half(got))


def half(answer: Answer) -> bool:
    """Whether the JSON of an answer breaks off: servers without a length end so when they die."""
    end = answer.body.rstrip()[-1:]
    broken = not end or (answer.media == "application/json" and end not in b"}]")
    return answer.status == 200 and broken
