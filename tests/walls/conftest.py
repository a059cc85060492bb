from copy import deepcopy

import pytest

from prompts.library import library
from tests.walls.scene import Scene, build


@pytest.fixture(scope="module")
def _built(lasting: None) -> Scene:
    made = build()
    made.ids["opening"] = library("en").prompts[0].key
    return made


@pytest.fixture
def scene(_built: Scene) -> Scene:
    return deepcopy(_built)
