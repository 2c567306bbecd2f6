"""Where findings and the items of the rectification ledger are served."""

from fastapi import APIRouter

from service.core.http.files import mount_download
from service.core.http.mount import mount
from service.features.rectification.acknowledge_notice import AcknowledgeNotice
from service.features.rectification.add_progress import AddProgress
from service.features.rectification.change_owner import ChangeOwner
from service.features.rectification.dispute_finding import DisputeFinding
from service.features.rectification.judge_target import JudgeTarget
from service.features.rectification.list_campaigns import ListCampaigns
from service.features.rectification.list_item_lights import ListItemLights
from service.features.rectification.list_items import CountItems, ListItems
from service.features.rectification.list_look_backs import ListLookBacks
from service.features.rectification.list_quarter_reports import ListQuarterReports
from service.features.rectification.list_reconciliations import ListReconciliations
from service.features.rectification.list_standings import ListStandings
from service.features.rectification.mark_long_term import MarkLongTerm
from service.features.rectification.reach_milestone import ReachMilestone
from service.features.rectification.read_campaign import ReadCampaign
from service.features.rectification.read_gate import ReadGate
from service.features.rectification.read_item import ReadItem
from service.features.rectification.read_ledger import ExportLedger, ReadLedger
from service.features.rectification.read_look_back import ReadLookBack
from service.features.rectification.read_quarter_report import ReadQuarterReport
from service.features.rectification.read_reconciliation import ReadReconciliation
from service.features.rectification.read_wall_chart import ExportWallChart, ReadWallChart
from service.features.rectification.record_referral_result import RecordReferralResult
from service.features.rectification.register_finding import RegisterFinding
from service.features.rectification.request_extension import RequestExtension
from service.features.rectification.set_standing import SetStanding
from service.features.rectification.take_back_close import TakeBackClose
from service.features.rectification.void_item import VoidItem

router = APIRouter()

mount(router, "POST", "/findings", RegisterFinding)
mount(router, "GET", "/rectifications", ListItems)
mount(router, "GET", "/rectifications/count", CountItems)
mount(router, "GET", "/rectifications/ledger", ReadLedger)
mount_download(router, "/rectifications/ledger.xlsx", ExportLedger)
mount(router, "GET", "/rectifications/wall-chart", ReadWallChart)
mount_download(router, "/rectifications/wall-chart.xlsx", ExportWallChart)
mount(router, "GET", "/rectifications/look-back-rounds", ListLookBacks)
mount(router, "GET", "/rectifications/look-back-rounds/{look_back_id}", ReadLookBack)
mount(router, "GET", "/rectifications/reconciliations", ListReconciliations)
mount(router, "GET", "/rectifications/reconciliations/{reconciliation_id}", ReadReconciliation)
mount(router, "GET", "/rectifications/quarter-reports", ListQuarterReports)
mount(router, "GET", "/rectifications/quarter-reports/{report_id}", ReadQuarterReport)
mount(router, "GET", "/rectifications/campaigns", ListCampaigns)
mount(router, "GET", "/rectifications/campaigns/{campaign_id}", ReadCampaign)
mount(router, "GET", "/rectifications/{item_id}", ReadItem)
mount(router, "GET", "/rectifications/{item_id}/lights", ListItemLights)
mount(router, "POST", "/rectifications/{item_id}/acknowledge", AcknowledgeNotice)
mount(router, "POST", "/rectifications/{item_id}/dispute", DisputeFinding)
mount(router, "POST", "/rectifications/{item_id}/progress", AddProgress)
mount(router, "POST", "/rectifications/{item_id}/milestones/{place}/reach", ReachMilestone)
mount(router, "POST", "/rectifications/{item_id}/extensions", RequestExtension)
mount(router, "POST", "/rectifications/{item_id}/referral-result", RecordReferralResult)
mount(router, "POST", "/rectifications/{item_id}/take-back-close", TakeBackClose)
mount(router, "POST", "/rectifications/{item_id}/void", VoidItem)
mount(router, "POST", "/rectifications/{item_id}/owner", ChangeOwner)
mount(router, "POST", "/rectifications/{item_id}/long-term", MarkLongTerm)
mount(router, "POST", "/rectifications/{item_id}/targets/{place}/judge", JudgeTarget)
mount(router, "GET", "/bodies/{body_id}/gate", ReadGate)
mount(router, "GET", "/bodies/{body_id}/standings", ListStandings)
mount(router, "POST", "/bodies/{body_id}/standings", SetStanding)
