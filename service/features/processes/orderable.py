"""The commands that a diagram may order."""

from service.core.auth.actor import Duty
from service.core.engine.known import CommandFields
from service.core.operation import OPERATIONS, Command

#: The field by which a command names a case; a diagram need not give it, it means its own.
OWN_CASE = "instance_id"


def orderable() -> dict[str, CommandFields]:
    """Those that list the duty `process` and are not the installation's own, by name."""
    return {
        name: _fields(operation.request)
        for name, operation in OPERATIONS.items()
        if issubclass(operation.request, Command)
        and Duty.PROCESS in operation.request.duties
        and operation.request.is_for_diagrams
    }


def _fields(request: type[Command]) -> CommandFields:  # type: ignore[type-arg]  # of any result
    fields = request.model_fields
    required = (name for name, field in fields.items() if field.is_required() and name != OWN_CASE)
    return CommandFields(all=frozenset(fields), required=frozenset(required))
