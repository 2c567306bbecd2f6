"""Operations: commands change something, queries answer something; both are registered here.

Nothing can be registered that does not say whose duty it is: the default is *no*. What an
operation declares about itself (titles, refusals, an example) becomes its entry in the OpenAPI
file, so that the contract and the code cannot drift apart.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from service.core.auth.actor import Duty
from service.core.errors import Refusal

if TYPE_CHECKING:
    from service.core.command import Context
    from service.core.query import Reading

R = TypeVar("R", bound=BaseModel)


class Answerable(BaseModel, Generic[R]):
    """What commands and queries have in common: a frozen request that states its own rules."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: Noun and verb: `quota.reserve_posts`. The verb is the file's name and the operationId.
    name: ClassVar[str]
    #: Whoever holds one of these, with reach over the object, may ask.
    duties: ClassVar[frozenset[Duty]]
    title_zh: ClassVar[str]
    title_en: ClassVar[str]
    #: Refusals beyond those that every operation has.
    refusals: ClassVar[tuple[type[Refusal], ...]] = ()
    #: A request that works on the sample city; a test sends it.
    example: ClassVar[Mapping[str, Any]] = {}


class Command(Answerable[R]):
    """A change that somebody asks for."""

    #: Status of the answer when it is done.
    status: ClassVar[int] = 200
    #: Whether If-Match must name the version on which the change was decided.
    needs_version: ClassVar[bool] = False
    #: Whether the answer is kept under the request's Idempotency-Key.
    is_stored: ClassVar[bool] = True
    #: Whether a diagram may order it, where its duties list the process. What the installation
    #: itself does, and what keeps cases going, is not for diagrams.
    is_for_diagrams: ClassVar[bool] = True


class Query(Answerable[R]):
    """A question. It changes nothing and runs on a connection that cannot."""

    #: Whether anybody may ask it without saying who he is. Its duty is then `public_user`.
    is_public: ClassVar[bool] = False


C = TypeVar("C", bound=Command[Any])
Q = TypeVar("Q", bound=Query[Any])


@dataclass(frozen=True, slots=True)
class Operation:
    """A registered operation: its request class, what answers it, and what it answers."""

    request: type[Answerable[Any]]
    answer: Callable[[Any, Any], Awaitable[BaseModel]]
    result: type[BaseModel]

    @property
    def name(self) -> str:
        return self.request.name


OPERATIONS: dict[str, Operation] = {}


def handles(
    command: type[C],
) -> Callable[[Callable[[C, "Context"], Awaitable[Any]]], Callable[[C, "Context"], Awaitable[Any]]]:
    """Register the verb of a command.

    Raises:
        TypeError: The command states no duty, or its name is taken.
    """

    def register(verb: Callable[[C, "Context"], Awaitable[Any]]) -> Any:
        _register(command, verb)
        return verb

    return register


def answers(
    query: type[Q],
) -> Callable[[Callable[[Q, "Reading"], Awaitable[Any]]], Callable[[Q, "Reading"], Awaitable[Any]]]:
    """Register what answers a query; raises as `handles` does."""

    def register(answer: Callable[[Q, "Reading"], Awaitable[Any]]) -> Any:
        _register(query, answer)
        return answer

    return register


def _register(request: type[Answerable[Any]], answer: Callable[..., Awaitable[BaseModel]]) -> None:
    if not getattr(request, "duties", None):
        raise TypeError(f"Expected {request.__name__} to state its duties, but it states none.")
    if request.name in OPERATIONS:
        raise TypeError(f"Expected the name {request.name} to be free, but it is taken.")
    OPERATIONS[request.name] = Operation(request, answer, _result_of(request))


def _result_of(request: type[Answerable[Any]]) -> type[BaseModel]:
    """The R of `Command[R]` or `Query[R]`, which pydantic keeps on the parametrised base."""
    for base in request.__mro__:
        arguments = base.__dict__.get("__pydantic_generic_metadata__", {}).get("args", ())
        if arguments:
            result: type[BaseModel] = arguments[0]
            return result
    raise TypeError(f"Expected {request.__name__} to name its result, but it does not.")
