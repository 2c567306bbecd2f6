"""The scene of a race."""

import pytest

from service.settings import Settings
from tests.builders import City
from tests.conftest import Do
from tests.races.scene import Scene


@pytest.fixture
def scene(do: Do, settings: Settings, city: City) -> Scene:
    return Scene(do, settings, city)
