"""Files that come in as the body of a request."""

from functools import cached_property
from hashlib import sha256

from pydantic import BaseModel, ConfigDict, Field, computed_field


class Upload(BaseModel):
    """An uploaded file. The audit and a stored key keep its size and SHA-256, not its bytes."""

    model_config = ConfigDict(frozen=True)

    content: bytes = Field(exclude=True, repr=False)

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know decorated properties
    @cached_property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    @computed_field  # type: ignore[prop-decorator]  # as above
    @property
    def size(self) -> int:
        return len(self.content)
