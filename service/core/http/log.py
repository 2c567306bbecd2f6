"""Structured logs: one JSON object a line on standard output.

No personal data: a line names operations, ids and codes, never what was sent or answered. An
exception is told by its type and where it was raised; its message may quote data and is left out.
"""

import logging
import sys
import traceback
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict


def configure_logging(level: str) -> None:
    """Write lines of this level (DEBUG, INFO, WARNING, ERROR) and above."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_message,
            structlog.processors.JSONRenderer(serializer=_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.BytesLoggerFactory(sys.stdout.buffer),
    )


def _json(line: Any, **_: Any) -> bytes:
    return orjson.dumps(line, default=str)


def _without_message(_: Any, __: str, line: EventDict) -> EventDict:
    """Tell an exception by its types and places, down to what caused it."""
    fault = line.pop("exc_info", None)
    fault = fault[1] if isinstance(fault, tuple) else fault
    if isinstance(fault, BaseException):
        line["exception"] = _told(fault)
    return line


def _told(fault: BaseException) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    cause: BaseException | None = fault
    while cause is not None and len(told) < 5:
        frames = traceback.extract_tb(cause.__traceback__)
        told.append(
            {
                "type": f"{type(cause).__module__}.{type(cause).__qualname__}",
                "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-5:]],
            }
        )
        cause = cause.__cause__ or cause.__context__
    return told
