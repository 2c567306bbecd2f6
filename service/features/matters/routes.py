"""Where matters are served. What only diagrams order has no address."""

from fastapi import APIRouter

from service.core.http.mount import mount
from service.features.matters.change_matter import ChangeMatter
from service.features.matters.end_implementation import EndImplementation
from service.features.matters.file_objection import FileObjection
from service.features.matters.initiate_matter import InitiateMatter
from service.features.matters.list_asked_bodies import ListAskedBodies
from service.features.matters.list_matter_deltas import ListMatterDeltas
from service.features.matters.list_matter_opinions import ListMatterOpinions
from service.features.matters.list_matter_records import ListMatterRecords
from service.features.matters.list_matters import CountMatters, ListMatters
from service.features.matters.list_objections import ListObjections
from service.features.matters.name_complex import NameComplex
from service.features.matters.name_major import NameMajor
from service.features.matters.preview_matter import PreviewMatter
from service.features.matters.read_matter import ReadMatter
from service.features.matters.read_matter_clock import ReadMatterClock
from service.features.matters.read_matter_timeline import ReadMatterTimeline
from service.features.matters.read_standards import ReadStandards
from service.features.matters.recall_upward_request import RecallUpwardRequest
from service.features.matters.record_superior_reply import RecordSuperiorReply
from service.features.matters.reopen_matter import ReopenMatter
from service.features.matters.set_asked_bodies import SetAskedBodies
from service.features.matters.set_body_limit import SetBodyLimit
from service.features.matters.set_post_standard import SetPostStandard
from service.features.matters.shorten_deadlines import ShortenDeadlines
from service.features.matters.start_matter import StartMatter
from service.features.matters.withdraw_matter import WithdrawMatter

router = APIRouter()

mount(router, "POST", "/matters", StartMatter)
mount(router, "POST", "/matters/initiate", InitiateMatter)
mount(router, "POST", "/matters/preview", PreviewMatter)
mount(router, "GET", "/matters", ListMatters)
mount(router, "GET", "/matters/count", CountMatters)
mount(router, "GET", "/matter-standards", ReadStandards)
mount(router, "POST", "/matter-standards/posts/{rank}", SetPostStandard)
mount(router, "POST", "/matter-standards/bodies/{body_type}", SetBodyLimit)
mount(router, "GET", "/matters/{matter_id}", ReadMatter)
mount(router, "GET", "/matters/{matter_id}/deltas", ListMatterDeltas)
mount(router, "GET", "/matters/{matter_id}/clock", ReadMatterClock)
mount(router, "GET", "/matters/{matter_id}/timeline", ReadMatterTimeline)
mount(router, "GET", "/matters/{matter_id}/records", ListMatterRecords)
mount(router, "GET", "/matters/{matter_id}/opinions", ListMatterOpinions)
mount(router, "PATCH", "/matters/{matter_id}", ChangeMatter)
mount(router, "POST", "/matters/{matter_id}/superior-reply", RecordSuperiorReply)
mount(router, "POST", "/matters/{matter_id}/end-implementation", EndImplementation)
mount(router, "POST", "/matters/{matter_id}/name-major", NameMajor)
mount(router, "POST", "/matters/{matter_id}/name-complex", NameComplex)
mount(router, "POST", "/matters/{matter_id}/withdraw", WithdrawMatter)
mount(router, "POST", "/matters/{matter_id}/objections", FileObjection)
mount(router, "GET", "/matters/{matter_id}/objections", ListObjections)
mount(router, "POST", "/matters/{matter_id}/reopen", ReopenMatter)
mount(router, "POST", "/matters/{matter_id}/recall", RecallUpwardRequest)
mount(router, "GET", "/opinion-roles", ListAskedBodies)
mount(router, "PUT", "/opinion-roles/{role}", SetAskedBodies)
mount(router, "POST", "/matters/{matter_id}/shorten-deadlines", ShortenDeadlines)
