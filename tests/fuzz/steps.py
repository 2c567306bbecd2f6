"""The choices of one path: what happens next, and which number is given with it."""

import random
from dataclasses import dataclass

from .blocks import REPEATS, STOPS
from .oracle import Oracle
from .places import Point

# Beyond so many moves nothing repeats, stops or interrupts any more.
LONG = 60
CALM = 1
assert CALM % REPEATS
assert CALM % STOPS


@dataclass(frozen=True)
class Choice:
    """Something that happens at a point.

    Attributes:
        number: What is given with it.
        error: The edge that catches, where the work ends with an error.
        fails: Whether the job gives up before, and is tried again.
    """

    point: Point
    number: int
    error: str = ""
    fails: bool = False


class Steps:
    """Choices at random, always the same ones for a number."""

    def __init__(self, seed: str) -> None:
        self.rng = random.Random(seed)
        self.made = 0

    def next(self, oracle: Oracle) -> Choice:
        rng, points = self.rng, oracle.points()
        self.made += 1
        work = [each for each in points if each[0] == "do"]
        is_calm = self.made > LONG
        if work and (is_calm or rng.random() < 0.75):
            points = work
        point = rng.choice(points)
        number = CALM if is_calm else rng.randrange(12)
        error = ""
        errors = oracle.catchers(point) if point[0] == "do" else []
        if errors and not is_calm and rng.random() < 0.15:
            error = rng.choice(errors)
        return Choice(point, number, error, fails=rng.random() < 0.03)
