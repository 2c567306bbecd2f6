"""A request for any operation: its own example, and the smallest values for what that leaves."""

from collections.abc import Mapping
from typing import Any

from service.core.operation import Answerable

MISSING = "01900000-0000-7000-8000-000000000000"
"""The id of nothing."""

_OF_FORMAT = {
    "uuid": MISSING,
    "date": "2026-03-02",
    "date-time": "2026-03-02T08:00:00Z",
    "uri": "https://example.org/",
}

#: What a schema does not say: fields that are needed together, and texts of a pattern.
_MORE: dict[str, dict[str, Any]] = {
    "bodies.set_functions": {"end": [MISSING]},
    "events.register_webhook": {"url": "https://example.org/", "event_types": ["*"]},
}


def sample(request: type[Answerable[Any]]) -> dict[str, Any]:
    """Values for every field that a request must have, as JSON."""
    schema = request.model_json_schema()
    found = _object(schema, schema.get("$defs", {}))
    return {**found, **_MORE.get(request.name, {}), **request.example}


def _object(schema: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(schema["properties"][name], known) for name in schema.get("required", ())}


def _value(schema: Mapping[str, Any], known: Mapping[str, Any]) -> Any:
    match schema:
        case {"examples": [first, *_]}:
            return first
        case {"$ref": reference}:
            return _value(known[reference.rpartition("/")[2]], known)
        case {"const": value} | {"enum": [value, *_]} | {"default": value}:
            return value
        case {"anyOf": [first, *_]} | {"oneOf": [first, *_]} | {"allOf": [first, *_]}:
            return _value(first, known)
        case {"type": "object"}:
            return _object(schema, known)
        case {"type": "array"}:
            return [_value(schema["items"], known) for _ in range(schema.get("minItems", 0))]
        case {"type": "boolean"}:
            return True
        case {"type": "integer" | "number"}:
            return schema.get("minimum", schema.get("maximum", 1))
        case {"format": name} if name in _OF_FORMAT:
            return _OF_FORMAT[name]
        case _:
            return "1" * max(schema.get("minLength", 1), 1)
