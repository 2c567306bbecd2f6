"""Where findings and the items of the rectification ledger are served."""

from fastapi import APIRouter

from service.core.http.mount import mount
from service.features.rectification.list_items import CountItems, ListItems
from service.features.rectification.read_item import ReadItem
from service.features.rectification.register_finding import RegisterFinding

router = APIRouter()

mount(router, "POST", "/findings", RegisterFinding)
mount(router, "GET", "/rectifications", ListItems)
mount(router, "GET", "/rectifications/count", CountItems)
mount(router, "GET", "/rectifications/{item_id}", ReadItem)
