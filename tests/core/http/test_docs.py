"""The page on which the API is read and tried: everything it needs comes from us."""

import re

from fastapi import FastAPI

from tests.conftest import open_client

_ADDRESS = re.compile(r"""(?:src|href)=["']([^"']+)|url:\s*["']([^"']+)""")


async def test_the_page_and_all_that_it_loads_come_from_this_service(app: FastAPI) -> None:
    async with open_client(app) as client:
        page = await client.get("/docs")
        loaded = [first or second for first, second in _ADDRESS.findall(page.text)]
        answers = {address: await client.get(address) for address in loaded}
        style = (await client.get("/docs/files/swagger-ui.css")).text
    assert page.status_code == 200
    assert len(loaded) >= 4
    assert "/openapi.json" in loaded
    assert all(address.startswith("/") and address[:2] != "//" for address in loaded)
    assert {got.status_code for got in answers.values()} == {200}
    assert {found[:5] for found in re.findall(r"url\(['\"]?([^)'\"]*)", style)} <= {"data:"}
    assert "@import" not in style


async def test_the_browser_is_told_to_ask_nobody_else(app: FastAPI) -> None:
    async with open_client(app) as client:
        page = await client.get("/docs")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "http" not in policy
    assert '"validatorUrl": null' in page.text  # a badge made by an outside service otherwise
