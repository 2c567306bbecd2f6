"""Files that something happened to: they are refused or run, and never break what reads them."""

import copy
import random

import pytest
from lxml import etree  # type: ignore[import-untyped]

from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from service.core.engine.scopes_of import scopes
from service.core.engine.validate import is_sound, validate

from .test_normalise import has_one_form
from .test_refused import REFUSED
from .test_sound import SOUND

FILES = [*SOUND.values(), *(x[0] for x in REFUSED.values())]


def damaged(root: etree._Element, dice: random.Random) -> bytes:
    """A copy in which an element is lost, doubled or moved, or an attribute is another's."""
    root = copy.deepcopy(root)
    for _ in range(dice.randint(1, 4)):
        elements = [x for x in root.iter() if x is not root]
        if not elements:
            break
        one, other = dice.choice(elements), dice.choice(elements)
        change = dice.randrange(5)
        if change == 0:
            one.getparent().remove(one)
        elif change == 1:
            one.getparent().append(copy.deepcopy(one))
        elif change == 2 and other not in one.iter():
            other.append(one)
        elif change == 3 and one.attrib and other.attrib:
            one.set(dice.choice(list(one.attrib)), dice.choice(list(other.attrib.values())))
        elif one.attrib:
            del one.attrib[dice.choice(list(one.attrib))]
    return bytes(etree.tostring(root))


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_file_is_refused_or_has_an_explicit_form(seed):
    dice = random.Random(seed)
    sound = 0
    for data in FILES:
        root = etree.fromstring(data)
        for _ in range(3):
            model = read(damaged(root, dice))
            if is_sound(validate(model)):
                done = normalise(model)
                assert normalise(done) == done
                for scope in scopes(done):
                    has_one_form(scope)
                sound += 1
    assert 0 < sound < 3 * len(FILES)
