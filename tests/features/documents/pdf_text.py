"""The text of a PDF, read back from its pages by the character maps of its embedded fonts."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
#: A font, or a text in brackets (which may hold a pair of them) or as hexadecimal digits.
_SHOWN = re.compile(
    rb"/(\w+) [\d.]+ Tf|\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)|<([0-9A-Fa-f]+)>", re.DOTALL
)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """All characters in the order in which they are set, without blanks between words."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    found = []
    for body in objects.values():
        contents = re.search(rb"/Contents (\d+) 0 R", body)
        resources = re.search(rb"/Resources (\d+) 0 R", body)
        if contents and resources:
            fonts = _fonts_of(objects[int(resources[1])], objects)
            found.append(_shown(_stream(objects[int(contents[1])]), fonts))
    return "".join(found)


def _fonts_of(resources: bytes, objects: dict[int, bytes]) -> dict[bytes, dict[int, str]]:
    """What the codes of each font of a page stand for."""
    listed = re.search(rb"/Font<<(.*?)>>", resources)
    found = {}
    for name, number in re.findall(rb"/(\w+) (\d+) 0 R", listed[1] if listed else b""):
        match = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
        assert match is not None, "every font tells its characters"
        found[name] = _map_of(_stream(objects[int(match[1])]))
    return found


def _stream(body: bytes) -> bytes:
    length = re.search(rb"/Length (\d+)", body)
    assert length is not None
    begin = body.index(b"stream\n") + len(b"stream\n")
    packed = body[begin : begin + int(length[1])]
    return zlib.decompress(packed) if b"FlateDecode" in body else packed


def _map_of(cmap: bytes) -> dict[int, str]:
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(rb"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for place, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = chr(int(text, 16) + place)
    return found


def _shown(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    found: list[str] = []
    font: dict[int, str] = {}
    for name, literal, hexadecimal in _SHOWN.findall(content):
        if name:
            font = fonts.get(name, {})
            continue
        code = bytes.fromhex(hexadecimal.decode()) if hexadecimal else _unescaped(literal)
        pairs = zip(code[::2], code[1::2], strict=False)
        found += [font.get(high << 8 | low, "") for high, low in pairs]
    return "".join(found)


def _unescaped(literal: bytes) -> bytes:
    def one(match: re.Match[bytes]) -> bytes:
        told = match[1]
        return bytes([int(told, 8)]) if told[:1].isdigit() else _ESCAPES.get(told, told)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, literal, flags=re.DOTALL)
