"""Where the ledger is served."""

from fastapi import APIRouter

from service.core.http.mount import mount
from service.features.quota.read_balances import ReadBalances
from service.features.quota.reserve_posts import ReservePosts

router = APIRouter()

mount(router, "GET", "/bodies/{body_id}/balances", ReadBalances)
mount(router, "POST", "/bodies/{body_id}/reservations", ReservePosts)
