"""Where the calendar is served."""

from fastapi import APIRouter

from service.core.http.mount import mount
from service.features.calendar.count_working_days import AddWorkingDays, CountWorkingDays
from service.features.calendar.load_calendar import LoadCalendar
from service.features.calendar.read_calendar import ReadCalendar
from service.features.calendar.set_clock import SetClock

router = APIRouter()

mount(router, "GET", "/calendar/working-days/add", AddWorkingDays)
mount(router, "GET", "/calendar/working-days/count", CountWorkingDays)
mount(router, "GET", "/calendar/{year}", ReadCalendar)
mount(router, "POST", "/calendar/{year}/load", LoadCalendar)
mount(router, "POST", "/clock/set", SetClock)
