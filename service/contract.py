"""The contract as files: what the service promises to those who call it and listen to it.

`openapi.yaml` are the operations, `errors.yaml` every code with which one can be refused,
`events.yaml` (AsyncAPI) what is announced. They are exported from the code and committed, so
that a change of the contract is seen in review; a test keeps them equal.
"""

import inspect
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import yaml
from pydantic.json_schema import models_json_schema

import service.core
import service.features
from service.core.errors import Refusal, every_refusal
from service.core.http import openapi
from service.core.store.outbox import Event, every_event
from service.features.events.cloud_event import MEDIA_TYPE, CloudEvent
from service.main import create_app
from service.settings import Settings

FOLDER = Path("api_specs")
_HEAD = "# Exported from the code by `make openapi`; a test keeps the two equal.\n"
_SCHEMAS = "#/components/schemas/"
_ABOUT_EVENTS = """\
事件以 CloudEvents 1.0 格式经 Webhook 推送，至少一次，同一主题按序。
事件流 `GET /api/v1/events` 内容相同。

Events are CloudEvents 1.0, sent to webhooks at least once and in order per subject; the feed
`GET /api/v1/events` has the same ones.
"""


def export(folder: Path = FOLDER) -> list[Path]:
    """Write the three files; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in texts().items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def texts() -> dict[str, str]:
    """The content of each file, by its name."""
    for package in (service.core, service.features):  # also what only the worker asks for
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    app = create_app(Settings(is_demo=False))
    parts: dict[str, Any] = {
        "openapi.yaml": openapi.document(app),
        "errors.yaml": {"errors": [_error(kind) for kind in every_refusal()]},
        "events.yaml": _events(app.version),
    }
    return {name: _HEAD + _yaml(part) for name, part in parts.items()}


def _yaml(part: Any) -> str:
    text: str = yaml.dump(
        part, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120, encoding=None
    )
    return text


class _Dumper(yaml.SafeDumper):
    """Writes each thing where it stands, never as an anchor and a reference to it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _text)


def _error(kind: type[Refusal]) -> dict[str, Any]:
    members = {
        "code": kind.code,
        "status": kind.status,
        "title": {"zh": kind.title_zh, "en": kind.title_en},
        "meaning": _meaning(kind),
        "rule": kind.rule,
        "article": kind.article,
    }
    return {name: value for name, value in members.items() if value is not None}


def _meaning(kind: type[Any]) -> str:
    return " ".join((inspect.getdoc(kind) or "").split())


def _events(version: str) -> dict[str, Any]:
    """The AsyncAPI 3.0 document: one channel, on which every event can arrive."""
    events: list[type[Event]] = sorted(
        (kind for kind in every_event() if kind.__module__.startswith("service.")),
        key=lambda kind: kind.type,
    )
    names = {event.type: {"$ref": f"#/components/messages/{event.type}"} for event in events}
    _, definitions = models_json_schema(
        [(CloudEvent, "serialization"), *((event, "serialization") for event in events)],
        ref_template=f"{_SCHEMAS}{{model}}",
    )
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": f"{openapi.TITLE} · 事件 Events",
            "version": version,
            "description": _ABOUT_EVENTS,
        },
        "defaultContentType": MEDIA_TYPE,
        "channels": {
            "webhook": {
                "address": None,
                "title": "Webhook",
                "description": "The address that a webhook was registered with.",
                "messages": names,
            }
        },
        "operations": {
            "deliverEvent": {
                "action": "send",
                "channel": {"$ref": "#/channels/webhook"},
                "summary": "推送事件 · Deliver an event",
                "messages": [{"$ref": f"#/channels/webhook/messages/{name}"} for name in names],
            }
        },
        "components": {
            "messages": {event.type: _message(event) for event in events},
            "messageTraits": {"signed": {"headers": _SIGNED}},
            "schemas": dict(sorted(definitions["$defs"].items())),
        },
    }


def _message(event: type[Event]) -> Mapping[str, Any]:
    return {
        "name": event.type,
        "title": f"{event.title_zh} · {event.title_en}",
        "summary": _meaning(event),
        "contentType": MEDIA_TYPE,
        "traits": [{"$ref": "#/components/messageTraits/signed"}],
        "payload": {
            "allOf": [
                {"$ref": f"{_SCHEMAS}{CloudEvent.__name__}"},
                {
                    "type": "object",
                    "properties": {
                        "type": {"const": event.type},
                        "data": {"$ref": f"{_SCHEMAS}{event.__name__}"},
                    },
                },
            ]
        },
    }


_SIGNED = {
    "type": "object",
    "required": ["webhook-id", "webhook-timestamp", "webhook-signature"],
    "properties": {
        "webhook-id": {"type": "string", "description": "The event's id, the same at each try."},
        "webhook-timestamp": {"type": "string", "description": "Unix seconds of this try."},
        "webhook-signature": {
            "type": "string",
            "description": "Standard Webhooks: `v1,` and the base64 HMAC-SHA256, one for each "
            "secret that is valid, separated by blanks.",
        },
    },
}


if __name__ == "__main__":
    export()
