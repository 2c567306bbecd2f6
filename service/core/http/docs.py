"""`/docs`: the API to read and to try, without any request to the outside.

Only the files of Swagger UI are taken from fastapi-offline. The page's policy has the browser
refuse whatever is not ours, and the badge of an outside validator is switched off.
"""

from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

_FILES = "/docs/files"
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-ancestors 'none'"
)


def install(app: FastAPI) -> None:
    """Serve the page and its files."""
    app.mount(_FILES, StaticFiles(directory=_folder()), name="docs-files")

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        page = get_swagger_ui_html(
            openapi_url=app.openapi_url or "",
            title=f"{app.title} · 接口文档 API",
            swagger_js_url=f"{_FILES}/swagger-ui-bundle.js",
            swagger_css_url=f"{_FILES}/swagger-ui.css",
            swagger_favicon_url=f"{_FILES}/favicon.png",
            swagger_ui_parameters={"validatorUrl": None, "persistAuthorization": True},
        )
        page.headers["content-security-policy"] = _POLICY
        return page


def _folder() -> Path:
    """Where the package lies; it is not imported, for its own code is not needed."""
    spec = find_spec("fastapi_offline")
    assert spec is not None, "it is one of our dependencies"
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], "static")
