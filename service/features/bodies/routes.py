"""Where bodies are served."""

from fastapi import APIRouter

from service.core.http.mount import mount
from service.features.bodies.abolish_internal_body import AbolishInternalBody
from service.features.bodies.add_nameplate import AddNameplate
from service.features.bodies.change_body_details import ChangeBodyDetails
from service.features.bodies.change_internal_body import ChangeInternalBody
from service.features.bodies.correct_body_version import CorrectBodyVersion
from service.features.bodies.count_bodies import CountBodies
from service.features.bodies.end_reform import EndReform
from service.features.bodies.list_bodies import ListBodies
from service.features.bodies.list_body_functions import ListBodyFunctions
from service.features.bodies.list_body_versions import ListBodyVersions
from service.features.bodies.list_internal_bodies import ListInternalBodies
from service.features.bodies.re_rank_body import ReRankBody
from service.features.bodies.re_subordinate_body import ReSubordinateBody
from service.features.bodies.read_body import ReadBody
from service.features.bodies.read_body_tree import ReadBodyTree
from service.features.bodies.register_body import RegisterBody
from service.features.bodies.remove_nameplate import RemoveNameplate
from service.features.bodies.rename_body import RenameBody
from service.features.bodies.set_functions import SetFunctions
from service.features.bodies.set_up_internal_body import SetUpInternalBody
from service.features.bodies.start_reform import StartReform

router = APIRouter()

mount(router, "GET", "/bodies", ListBodies)
mount(router, "POST", "/bodies", RegisterBody)
mount(router, "GET", "/bodies/count", CountBodies)
mount(router, "GET", "/bodies/{body_id}", ReadBody)
mount(router, "GET", "/bodies/{body_id}/tree", ReadBodyTree)
mount(router, "GET", "/bodies/{body_id}/versions", ListBodyVersions)
mount(router, "POST", "/bodies/{body_id}/versions/{version_id}/correct", CorrectBodyVersion)
mount(router, "POST", "/bodies/{body_id}/rename", RenameBody)
mount(router, "POST", "/bodies/{body_id}/add-nameplate", AddNameplate)
mount(router, "POST", "/bodies/{body_id}/remove-nameplate", RemoveNameplate)
mount(router, "POST", "/bodies/{body_id}/re-rank", ReRankBody)
mount(router, "POST", "/bodies/{body_id}/re-subordinate", ReSubordinateBody)
mount(router, "POST", "/bodies/{body_id}/change-details", ChangeBodyDetails)
mount(router, "POST", "/bodies/{body_id}/start-reform", StartReform)
mount(router, "POST", "/bodies/{body_id}/end-reform", EndReform)
mount(router, "GET", "/bodies/{body_id}/functions", ListBodyFunctions)
mount(router, "POST", "/bodies/{body_id}/functions", SetFunctions)
mount(router, "GET", "/bodies/{body_id}/internal-bodies", ListInternalBodies)
mount(router, "POST", "/bodies/{body_id}/internal-bodies", SetUpInternalBody)
mount(router, "POST", "/internal-bodies/{internal_body_id}/change", ChangeInternalBody)
mount(router, "POST", "/internal-bodies/{internal_body_id}/abolish", AbolishInternalBody)
