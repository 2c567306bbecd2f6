"""Where the ledger is served."""

from fastapi import APIRouter

from service.core.http.files import mount_download, mount_upload
from service.core.http.mount import mount
from service.features.quota.abolish_body import AbolishBody
from service.features.quota.change_quota_kind import ChangeQuotaKind
from service.features.quota.correct_entry import CorrectEntry
from service.features.quota.correct_opening import CorrectOpening
from service.features.quota.cut_leadership_posts import CutLeadershipPosts
from service.features.quota.cut_quota import CutQuota
from service.features.quota.enter_person import EnterPerson
from service.features.quota.exit_person import ExitPerson
from service.features.quota.expire_reservation import ExpireReservation
from service.features.quota.export_quota_lines import ExportQuotaLines
from service.features.quota.find_person import FindPerson
from service.features.quota.freeze_posts import FreezePosts
from service.features.quota.grant_leadership_posts import GrantLeadershipPosts
from service.features.quota.grant_quota import GrantQuota
from service.features.quota.import_quota_lines import ImportQuotaLines
from service.features.quota.list_entries import CountEntries, ListEntries
from service.features.quota.list_persons import CountPersons, ListPersons, ReadPerson
from service.features.quota.list_quota_lines import CountQuotaLines, ListQuotaLines, TotalQuotaLines
from service.features.quota.list_reservations import (
    CountReservations,
    ListReservations,
    ReadReservation,
)
from service.features.quota.merge_bodies import MergeBodies
from service.features.quota.move_person import MovePerson
from service.features.quota.open_balances import OpenBalances
from service.features.quota.open_persons import OpenPersons
from service.features.quota.preview_quota_line_import import PreviewQuotaLineImport
from service.features.quota.read_balances import ReadBalances, ReadCityLimits, ReadLeadershipPosts
from service.features.quota.release_freeze import ReleaseFreeze
from service.features.quota.release_reservation import ReleaseReservation
from service.features.quota.reserve_posts import ReservePosts
from service.features.quota.reveal_identity_number import RevealIdentityNumber
from service.features.quota.set_city_limit import SetCityLimit
from service.features.quota.transfer_leadership_posts import TransferLeadershipPosts
from service.features.quota.transfer_quota import TransferQuota
from service.features.quota.use_reservation import UseReservation

router = APIRouter()

mount(router, "GET", "/city-limits", ReadCityLimits)
mount(router, "POST", "/city-limits/{kind}/{funding}/set", SetCityLimit)

mount(router, "GET", "/quota/lines", ListQuotaLines)
mount(router, "GET", "/quota/lines/count", CountQuotaLines)
mount(router, "GET", "/quota/lines/totals", TotalQuotaLines)
mount_download(router, "/quota/lines/export", ExportQuotaLines)
mount_upload(router, "/quota/lines/import/preview", PreviewQuotaLineImport)
mount_upload(router, "/quota/lines/import", ImportQuotaLines)

mount(router, "POST", "/bodies/{body_id}/merge", MergeBodies)
mount(router, "POST", "/bodies/{body_id}/abolish", AbolishBody)

mount(router, "GET", "/bodies/{body_id}/balances", ReadBalances)
mount(router, "POST", "/bodies/{body_id}/balances/open", OpenBalances)
mount(router, "POST", "/bodies/{body_id}/quota/grant", GrantQuota)
mount(router, "POST", "/bodies/{body_id}/quota/cut", CutQuota)
mount(router, "POST", "/bodies/{body_id}/quota/transfer", TransferQuota)
mount(router, "POST", "/bodies/{body_id}/quota/change-kind", ChangeQuotaKind)
mount(router, "POST", "/bodies/{body_id}/quota/freeze", FreezePosts)
mount(router, "POST", "/bodies/{body_id}/quota/release-freeze", ReleaseFreeze)

mount(router, "GET", "/bodies/{body_id}/leadership-posts", ReadLeadershipPosts)
mount(router, "POST", "/bodies/{body_id}/leadership-posts/grant", GrantLeadershipPosts)
mount(router, "POST", "/bodies/{body_id}/leadership-posts/cut", CutLeadershipPosts)
mount(router, "POST", "/bodies/{body_id}/leadership-posts/transfer", TransferLeadershipPosts)

mount(router, "GET", "/bodies/{body_id}/entries", ListEntries)
mount(router, "GET", "/bodies/{body_id}/entries/count", CountEntries)
mount(router, "POST", "/entries/{entry_id}/correct", CorrectEntry)
mount(router, "POST", "/entries/{entry_id}/correct-opening", CorrectOpening)

mount(router, "POST", "/bodies/{body_id}/reservations", ReservePosts)
mount(router, "GET", "/reservations", ListReservations)
mount(router, "GET", "/reservations/count", CountReservations)
mount(router, "GET", "/reservations/{reservation_id}", ReadReservation)
mount(router, "POST", "/reservations/{reservation_id}/use", UseReservation)
mount(router, "POST", "/reservations/{reservation_id}/release", ReleaseReservation)
mount(router, "POST", "/reservations/{reservation_id}/expire", ExpireReservation)

mount(router, "POST", "/bodies/{body_id}/persons", EnterPerson)
mount(router, "POST", "/bodies/{body_id}/persons/open", OpenPersons)
mount(router, "GET", "/persons", ListPersons)
mount(router, "GET", "/persons/count", CountPersons)
mount(router, "POST", "/persons/find", FindPerson)
mount(router, "GET", "/persons/{person_id}", ReadPerson)
mount(router, "POST", "/persons/{person_id}/move", MovePerson)
mount(router, "POST", "/persons/{person_id}/exit", ExitPerson)
mount(router, "POST", "/persons/{person_id}/reveal-identity-number", RevealIdentityNumber)
