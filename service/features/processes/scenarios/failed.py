"""Why a case fails."""


class Failed(Exception):
    """What a case expected and did not find, or met without expecting it.

    Attributes:
        message, message_zh: One sentence each, naming the place.
        element: The id of the place in the diagram; "" where there is none.
    """

    def __init__(self, message: str, message_zh: str, element: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.message_zh = message_zh
        self.element = element
