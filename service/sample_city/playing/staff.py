"""Who of the sample city may do what: by duty and body, in the order in which one would ask."""

from dataclasses import dataclass

from service.core.auth.actor import Reach
from service.sample_city.city import sample_city
from service.sample_city.model import SampleCity
from service.sample_city.playing.people import People


@dataclass(frozen=True, slots=True)
class Staff:
    """The city's people, with the ids under which the service knows their bodies.

    Attributes:
        bodies: Ids of bodies by their numbers in the city's table, "01" to "31".
    """

    city: SampleCity
    bodies: dict[str, str]
    _codes: dict[str, str]
    _competent: dict[str, str | None]

    @classmethod
    async def of(cls, people: People, asker: str = "office-06") -> "Staff":
        """Learn the ids of the bodies from the service itself."""
        city = sample_city()
        listed = (await people.done(asker, "GET", "/bodies?limit=200"))["items"]
        ids = {each["body_code"]: str(each["id"]) for each in listed}
        return cls(
            city=city,
            bodies={body.no: ids[body.body_code] for body in city.bodies},
            _codes={ids[body.body_code]: body.body_code for body in city.bodies},
            _competent={body.body_code: body.competent_body for body in city.bodies},
        )

    def named(self, name: str) -> str:
        """The subject of somebody by name."""
        return next(each.subject for each in self.city.cast if each.name == name)

    def name_of(self, subject: str) -> str:
        """The name of somebody by subject."""
        return next(each.name for each in self.city.cast if each.subject == subject)

    def holders(self, duty: str, body_id: str | None) -> list[str]:
        """Who holds a duty over a body: its own people first, then those above, then the city's."""
        found: dict[Reach, list[str]] = {reach: [] for reach in Reach}
        code = self._codes.get(body_id or "")
        chain = self._chain(code)
        for member in self.city.cast:
            for held in member.assignments:
                if held.duty != duty:
                    continue
                is_over = (
                    held.reach is Reach.CITY
                    or held.body == code
                    or (held.reach is Reach.SUBTREE and held.body in chain)
                )
                if is_over:
                    found[held.reach].append(member.subject)
        return [*found[Reach.BODY], *found[Reach.SUBTREE], *found[Reach.CITY]]

    def _chain(self, code: str | None) -> set[str]:
        """A body with those that it stands below."""
        chain: set[str] = set()
        while code is not None and code not in chain:
            chain.add(code)
            code = self._competent.get(code)
        return chain
