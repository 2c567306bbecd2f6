"""What `dingbian run` says when it is ready: the addresses, the people one can be, a first call."""

import http.client
import json
from collections.abc import Iterator
from typing import Any

from service.core.auth.policy import OFFICE

_PATIENCE_S = 5.0
_MOST_PEOPLE = 20


def welcome(host: str, port: int, *, is_demo: bool) -> Iterator[str]:
    """The lines to print for an API that answers at `host` and `port`."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    yield "已就绪，按 Ctrl-C 停止 · ready, Ctrl-C stops everything"
    yield f"  接口文档 documentation  {base}/docs"
    yield f"  运行状态 health         {base}/health/ready"
    people = sorted(_people(host, port) if is_demo else [], key=_office_first)
    if not people:
        return
    yield "  可扮演的（虚构）人员 people one can be (fictitious):"
    for person in people[:_MOST_PEOPLE]:
        yield f"    {person['subject']}  {person['name']}  {', '.join(person['duties'])}"
    if len(people) > _MOST_PEOPLE:
        yield f"    … {base}/dev/people"
    colleague = next((x for x in people if OFFICE.intersection(x["duties"])), None)
    if colleague is not None:
        yield "  试一试 try (in another terminal):"
        yield f"    {_first_call(base, colleague['subject'])}"


def _office_first(person: dict[str, Any]) -> bool:
    return not OFFICE.intersection(person["duties"])


def _first_call(base: str, subject: str) -> str:
    """One line for a shell: be somebody, and list the documents."""
    asked = json.dumps({"subject": subject}, ensure_ascii=False)
    token = (
        f"curl -s {base}/dev/token -H 'Content-Type: application/json' -d '{asked}'"
        """ | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/'"""
    )
    return f'curl -s {base}/api/v1/documents -H "Authorization: Bearer $({token})"'


def _people(host: str, port: int) -> list[dict[str, Any]]:
    """Whom the development issuer knows; nobody where there is none."""
    connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE_S)
    try:
        connection.request("GET", "/dev/people")
        response = connection.getresponse()
        people: list[dict[str, Any]] = json.load(response) if response.status == 200 else []
        return people
    except (OSError, http.client.HTTPException, ValueError):
        return []
    finally:
        connection.close()
