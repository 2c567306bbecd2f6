"""A matter as one page shows it whole."""

from datetime import date

from service.features.matters.clock import MatterClock
from service.features.matters.view import MatterView
from service.features.tasks.course import LastStep, OpenStep, StoppedClock


class MatterWhole(MatterView):
    """A matter with its clock, and where its case stands: who has it, what is next and why."""

    clock: MatterClock
    #: The tasks that it waits for: who has each by when, its light, and what may come next.
    tasks: list[OpenStep]
    #: What was done last, and so why it stands where it stands.
    last_step: LastStep | None
    stopped_clocks: list[StoppedClock]
    #: When the effect of the decision is to be evaluated.
    evaluations_on: list[date]
