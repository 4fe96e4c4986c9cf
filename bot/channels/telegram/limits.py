"""A token bucket per person: one "slow down", then silence until it has refilled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Verdict = Literal["go", "slow_down", "silent"]

REMEMBERED = 20_000
"""People whose buckets are kept; beyond that the full ones are dropped, since a new bucket is full as well."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float
    told: bool = False


class Limits:
    """`per_minute` and `burst` of `provider.yaml`; the clock is an argument."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def verdict(self, person: str, limits: Mapping[str, Any]) -> Verdict:
        """Whether this message of the person is answered. Silence ends when the bucket is half full again:
        ending it at one token would alternate between an answer and "slow down"."""
        now, burst = self._clock(), float(limits.get("burst", 40))
        rate = float(limits.get("per_minute", 60)) / 60
        bucket = self._buckets.get(person)
        if bucket is None:
            self._make_room(now, rate, burst)
            bucket = self._buckets[person] = _Bucket(burst, now)
        bucket.tokens = min(burst, bucket.tokens + (now - bucket.filled) * rate)
        bucket.filled = now
        if bucket.told and bucket.tokens < burst / 2:
            return "silent"
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            bucket.told = False
            return "go"
        bucket.told = True
        return "slow_down"

    def _make_room(self, now: float, rate: float, burst: float) -> None:
        if len(self._buckets) < REMEMBERED:
            return
        full = [who for who, b in self._buckets.items() if b.tokens + (now - b.filled) * rate >= burst]
        for who in full:
            del self._buckets[who]
