"""Character classes of regular expressions: `[a-z-[aeiou]]`, `\\d`, `\\p{Lu}`, `\\p{IsGreek}`.

As in XML Schema Part 2, appendix F, with the case variants of XPath's flag `i`.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

CharacterTest = Callable[[str], bool]

_MOST_REMEMBERED = 2_000

_SUBCATEGORIES = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo"}
_SUBCATEGORIES |= {"Z": "slp", "S": "mcko", "C": "cfon"}
_CATEGORIES = frozenset(
    group + rest for group, letters in _SUBCATEGORIES.items() for rest in ("", *letters)
)

# The blocks of Unicode that texts of an office are written in; XML Schema names them so.
_BLOCKS = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "IPAExtensions": (0x0250, 0x02AF),
    "SpacingModifierLetters": (0x02B0, 0x02FF),
    "CombiningDiacriticalMarks": (0x0300, 0x036F),
    "Greek": (0x0370, 0x03FF),
    "GreekandCoptic": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "CyrillicSupplement": (0x0500, 0x052F),
    "Armenian": (0x0530, 0x058F),
    "Hebrew": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "Syriac": (0x0700, 0x074F),
    "Thaana": (0x0780, 0x07BF),
    "Devanagari": (0x0900, 0x097F),
    "Bengali": (0x0980, 0x09FF),
    "Gurmukhi": (0x0A00, 0x0A7F),
    "Gujarati": (0x0A80, 0x0AFF),
    "Oriya": (0x0B00, 0x0B7F),
    "Tamil": (0x0B80, 0x0BFF),
    "Telugu": (0x0C00, 0x0C7F),
    "Kannada": (0x0C80, 0x0CFF),
    "Malayalam": (0x0D00, 0x0D7F),
    "Sinhala": (0x0D80, 0x0DFF),
    "Thai": (0x0E00, 0x0E7F),
    "Lao": (0x0E80, 0x0EFF),
    "Tibetan": (0x0F00, 0x0FFF),
    "Myanmar": (0x1000, 0x109F),
    "Georgian": (0x10A0, 0x10FF),
    "HangulJamo": (0x1100, 0x11FF),
    "Ethiopic": (0x1200, 0x137F),
    "Cherokee": (0x13A0, 0x13FF),
    "Khmer": (0x1780, 0x17FF),
    "Mongolian": (0x1800, 0x18AF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GreekExtended": (0x1F00, 0x1FFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "SuperscriptsandSubscripts": (0x2070, 0x209F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F),
    "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "MiscellaneousTechnical": (0x2300, 0x23FF),
    "EnclosedAlphanumerics": (0x2460, 0x24FF),
    "BoxDrawing": (0x2500, 0x257F),
    "GeometricShapes": (0x25A0, 0x25FF),
    "MiscellaneousSymbols": (0x2600, 0x26FF),
    "Dingbats": (0x2700, 0x27BF),
    "CJKRadicalsSupplement": (0x2E80, 0x2EFF),
    "KangxiRadicals": (0x2F00, 0x2FDF),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "Bopomofo": (0x3100, 0x312F),
    "HangulCompatibilityJamo": (0x3130, 0x318F),
    "EnclosedCJKLettersandMonths": (0x3200, 0x32FF),
    "CJKCompatibility": (0x3300, 0x33FF),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DBF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "YiSyllables": (0xA000, 0xA48F),
    "HangulSyllables": (0xAC00, 0xD7A3),
    "PrivateUse": (0xE000, 0xF8FF),
    "CJKCompatibilityIdeographs": (0xF900, 0xFAFF),
    "AlphabeticPresentationForms": (0xFB00, 0xFB4F),
    "CJKCompatibilityForms": (0xFE30, 0xFE4F),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
    "CJKUnifiedIdeographsExtensionB": (0x20000, 0x2A6DF),
}

_NAME_START = (
    (0x3A, 0x3A),
    (0x41, 0x5A),
    (0x5F, 0x5F),
    (0x61, 0x7A),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x2FF),
    (0x370, 0x37D),
    (0x37F, 0x1FFF),
    (0x200C, 0x200D),
    (0x2070, 0x218F),
    (0x2C00, 0x2FEF),
    (0x3001, 0xD7FF),
    (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD),
    (0x10000, 0xEFFFF),
)
_NAME_PART = (
    *_NAME_START,
    (0x2D, 0x2E),
    (0x30, 0x39),
    (0xB7, 0xB7),
    (0x300, 0x36F),
    (0x203F, 0x2040),
)


@lru_cache(maxsize=2_000)
def case_variants(character: str) -> frozenset[str]:
    """The character and those that differ from it only in case."""
    lower, upper = character.lower(), character.upper()
    forms = {character, lower, upper, upper.lower(), lower.upper()}
    return frozenset(form for form in forms if len(form) == 1)


def _among(ranges: tuple[tuple[int, int], ...]) -> CharacterTest:
    return lambda character: any(low <= ord(character) <= high for low, high in ranges)


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] not in "PZC"


_MULTIPLE: dict[str, CharacterTest] = {
    "s": lambda character: character in " \t\n\r",
    "d": lambda character: unicodedata.category(character) == "Nd",
    "w": _is_word,
    "i": _among(_NAME_START),
    "c": _among(_NAME_PART),
}


def escape_test(letter: str) -> CharacterTest | None:
    """What `\\s`, `\\d`, `\\w`, `\\i`, `\\c` and their capitals stand for."""
    test = _MULTIPLE.get(letter.lower())
    if test is None or letter.islower():
        return test
    return lambda character: not test(character)


def property_test(name: str, *, is_complement: bool) -> CharacterTest | None:
    """What `\\p{name}` stands for: a general category or `Is` with a block; None if unknown."""
    test: CharacterTest
    if name in _CATEGORIES:
        test = lambda character: unicodedata.category(character).startswith(name)  # noqa: E731
    elif name.startswith("Is") and name[2:] in _BLOCKS:
        test = _among((_BLOCKS[name[2:]],))
    else:
        return None
    return (lambda character: not test(character)) if is_complement else test


@dataclass(slots=True)
class CharacterClass:
    """A set of characters; `in` asks it.

    Attributes:
        ranges: Code points, both ends included.
        tests: Escapes such as `\\d`; case never matters to them.
        is_negated: Whether everything else is meant.
        without: A class taken away from this one.
        ignores_case: Whether a range also has the case variants of its characters.
    """

    ranges: tuple[tuple[int, int], ...] = ()
    tests: tuple[CharacterTest, ...] = ()
    is_negated: bool = False
    without: "CharacterClass | None" = None
    ignores_case: bool = False
    _known: dict[str, bool] = field(default_factory=dict)

    def __contains__(self, character: str) -> bool:
        known = self._known.get(character)
        if known is None:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            known = self._known[character] = self._has(character)
        return known

    def _has(self, character: str) -> bool:
        forms = case_variants(character) if self.ignores_case else (character,)
        found = any(low <= ord(form) <= high for form in forms for low, high in self.ranges)
        found = found or any(test(character) for test in self.tests)
        if found == self.is_negated:
            return False
        return self.without is None or character not in self.without
