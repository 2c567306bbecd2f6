"""The sample city 青澜市: pure data, generated from a fixed seed, fictitious throughout.

Everything that shows a part of it shows `FICTITIOUS_ZH` or `FICTITIOUS_EN` beside it.
"""

from service.sample_city.city import REFERENCE_DATE, SEED, sample_city
from service.sample_city.model import FICTITIOUS_EN, FICTITIOUS_ZH, SampleCity

__all__ = [
    "FICTITIOUS_EN",
    "FICTITIOUS_ZH",
    "REFERENCE_DATE",
    "SEED",
    "SampleCity",
    "sample_city",
]
