"""Where people, duties, keys and the audit are served."""

from fastapi import APIRouter

from service.core.http.mount import mount
from service.features.access.assign_duty import AssignDuty
from service.features.access.create_api_key import CreateApiKey
from service.features.access.deactivate_actor import DeactivateActor
from service.features.access.end_duty import EndDuty
from service.features.access.list_actors import CountActors, ListActors
from service.features.access.list_api_keys import CountApiKeys, ListApiKeys
from service.features.access.list_audit_entries import CountAuditEntries, ListAuditEntries
from service.features.access.name_substitute import NameSubstitute
from service.features.access.reactivate_actor import ReactivateActor
from service.features.access.read_actor import ReadActor
from service.features.access.read_self import ReadSelf
from service.features.access.register_actor import RegisterActor
from service.features.access.revoke_api_key import RevokeApiKey

router = APIRouter()

mount(router, "GET", "/me", ReadSelf)
mount(router, "GET", "/actors", ListActors)
mount(router, "GET", "/actors/count", CountActors)
mount(router, "POST", "/actors", RegisterActor)
mount(router, "GET", "/actors/{actor_id}", ReadActor)
mount(router, "POST", "/actors/{actor_id}/deactivate", DeactivateActor)
mount(router, "POST", "/actors/{actor_id}/reactivate", ReactivateActor)
mount(router, "POST", "/actors/{actor_id}/duties", AssignDuty)
mount(router, "POST", "/actors/{actor_id}/duties/{duty_id}/end", EndDuty)
mount(router, "POST", "/actors/{actor_id}/duties/{duty_id}/name-substitute", NameSubstitute)
mount(router, "POST", "/actors/{actor_id}/api-keys", CreateApiKey)
mount(router, "GET", "/api-keys", ListApiKeys)
mount(router, "GET", "/api-keys/count", CountApiKeys)
mount(router, "POST", "/api-keys/{api_key_id}/revoke", RevokeApiKey)
mount(router, "GET", "/audit", ListAuditEntries)
mount(router, "GET", "/audit/count", CountAuditEntries)
