"""Where guides are served: to the public, and to those who write them."""

from fastapi import APIRouter

from service.core.http.files import mount_download, mount_upload
from service.core.http.mount import mount
from service.features.guides.approve_guide import ApproveGuide
from service.features.guides.download_guide_file import DownloadGuideFile, PreviewGuideFile
from service.features.guides.file_forms import MEDIA_TYPES, SIZE_MAX
from service.features.guides.list_guide_versions import CountGuideVersions, ListGuideVersions
from service.features.guides.list_guides import ListGuides
from service.features.guides.publish_guide import PublishGuide
from service.features.guides.read_guide import ReadGuide
from service.features.guides.read_guide_version import ReadGuideVersion
from service.features.guides.reject_guide import RejectGuide
from service.features.guides.upload_guide_file import UploadGuideFile

router = APIRouter()
_TYPES = tuple(MEDIA_TYPES.values())

mount(router, "GET", "/guides", ListGuides)
mount(router, "GET", "/guides/{code}", ReadGuide)
mount_download(router, "/guide-files/{file_id}", DownloadGuideFile, media_types=_TYPES)

mount(router, "GET", "/guide-versions", ListGuideVersions)
mount(router, "GET", "/guide-versions/count", CountGuideVersions)
mount(router, "POST", "/guide-versions", PublishGuide)
mount(router, "GET", "/guide-versions/{guide_id}", ReadGuideVersion)
mount(router, "POST", "/guide-versions/{guide_id}/approve", ApproveGuide)
mount(router, "POST", "/guide-versions/{guide_id}/reject", RejectGuide)
mount_upload(
    router, "/guide-files", UploadGuideFile, field="upload", media_types=_TYPES, bytes_max=SIZE_MAX
)
mount_download(router, "/guide-files/{file_id}/preview", PreviewGuideFile, media_types=_TYPES)
