"""Where releases and instances are served."""

from fastapi import APIRouter

from service.core.http.mount import mount
from service.features.processes.activate_jobs import WAITING, ActivateJobs
from service.features.processes.approve_release import ApproveRelease
from service.features.processes.broadcast_signal import BroadcastSignal
from service.features.processes.cancel_instance import CancelInstance
from service.features.processes.check_release import CheckRelease
from service.features.processes.complete_job import CompleteJob
from service.features.processes.contents import REQUEST_MAX
from service.features.processes.extend_deadline import ExtendDeadline
from service.features.processes.extend_job import ExtendJob
from service.features.processes.fail_job import FailJob
from service.features.processes.force_release import ForceRelease
from service.features.processes.list_incidents import CountIncidents, ListIncidents, ReadIncident
from service.features.processes.list_instances import CountInstances, ListInstances
from service.features.processes.list_jobs import CountJobs, ListJobs
from service.features.processes.list_releases import CountReleases, ListReleases
from service.features.processes.propose_release import ProposeRelease
from service.features.processes.publish_message import PublishMessage
from service.features.processes.read_deadlines import ReadDeadlines
from service.features.processes.read_diagram import ReadDiagram
from service.features.processes.read_history import ReadHistory
from service.features.processes.read_instance import ReadInstance
from service.features.processes.read_release import ReadRelease
from service.features.processes.read_release_file import ReadReleaseFile
from service.features.processes.reject_release import RejectRelease
from service.features.processes.resume_clock import ResumeClock
from service.features.processes.retry_incident import RetryIncident
from service.features.processes.set_variables import SetVariables
from service.features.processes.start_instance import StartInstance
from service.features.processes.stop_clock import StopClock
from service.features.processes.throw_job_error import ThrowJobError

router = APIRouter()

mount(router, "POST", "/flows/{flow}/check-release", CheckRelease, bytes_max=REQUEST_MAX)
mount(router, "POST", "/flows/{flow}/releases", ProposeRelease, bytes_max=REQUEST_MAX)
mount(router, "POST", "/flows/{flow}/force-release", ForceRelease, bytes_max=REQUEST_MAX)
mount(router, "GET", "/releases", ListReleases)
mount(router, "GET", "/releases/count", CountReleases)
mount(router, "GET", "/releases/{release_id}", ReadRelease)
mount(router, "GET", "/releases/{release_id}/file", ReadReleaseFile)
mount(router, "POST", "/releases/{release_id}/approve", ApproveRelease)
mount(router, "POST", "/releases/{release_id}/reject", RejectRelease)
mount(router, "POST", "/processes/{process}/instances", StartInstance)
mount(router, "GET", "/instances", ListInstances)
mount(router, "GET", "/instances/count", CountInstances)
mount(router, "GET", "/instances/{instance_id}", ReadInstance)
mount(router, "GET", "/instances/{instance_id}/history", ReadHistory)
mount(router, "GET", "/instances/{instance_id}/diagram", ReadDiagram)
mount(router, "GET", "/jobs", ListJobs)
mount(router, "GET", "/jobs/count", CountJobs)
mount(router, "POST", "/jobs/activate", ActivateJobs, WAITING)
mount(router, "POST", "/jobs/{job_id}/extend", ExtendJob)
mount(router, "POST", "/jobs/{job_id}/complete", CompleteJob)
mount(router, "POST", "/jobs/{job_id}/fail", FailJob)
mount(router, "POST", "/jobs/{job_id}/throw-error", ThrowJobError)
mount(router, "POST", "/instances/{instance_id}/cancel", CancelInstance)
mount(router, "POST", "/instances/{instance_id}/set-variables", SetVariables)
mount(router, "POST", "/messages", PublishMessage)
mount(router, "POST", "/signals", BroadcastSignal)
mount(router, "GET", "/incidents", ListIncidents)
mount(router, "GET", "/incidents/count", CountIncidents)
mount(router, "GET", "/incidents/{incident_id}", ReadIncident)
mount(router, "POST", "/incidents/{incident_id}/retry", RetryIncident)
mount(router, "GET", "/instances/{instance_id}/deadlines", ReadDeadlines)
mount(router, "POST", "/instances/{instance_id}/stop-clock", StopClock)
mount(router, "POST", "/instances/{instance_id}/resume-clock", ResumeClock)
mount(router, "POST", "/instances/{instance_id}/extend-deadline", ExtendDeadline)
