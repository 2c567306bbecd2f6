"""Where deliveries may go: hosts that the operator lists, at addresses that are public.

A host is resolved once for each attempt and the connection goes to that very address, so that
a name cannot mean something else between the check and the connection. Host header, TLS server
name and certificate check keep using the name.
"""

import asyncio
import socket
import ssl
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Self
from urllib.parse import SplitResult, urlsplit

import httpx

from service.features.events.rules import TargetForbidden
from service.settings import Settings

_PORTS = {"http": 80, "https": 443}
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Targets:
    """Which targets are allowed: the settings `webhook_allowed_hosts`, `webhook_private_hosts`."""

    allowed: frozenset[str]
    private: frozenset[str]

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            frozenset(host.lower() for host in settings.webhook_allowed_hosts),
            frozenset(host.lower() for host in settings.webhook_private_hosts),
        )

    def require(self, url: str) -> None:
        """Refuse a URL that no delivery may go to.

        Raises:
            TargetForbidden: It is not http(s), carries a user, its host is not listed, or it
                is without TLS and its host is not listed as private.
        """
        parts, port = _parts(url)
        if not self._lists(self.allowed, parts, port):
            raise TargetForbidden(
                f"Expected one of the hosts that the operator allows, but it is {parts.netloc}.",
                f"推送目标应当是已允许的主机，但为{parts.netloc}。",
                host=parts.netloc,
            )
        if parts.scheme == "http" and not self.may_be_private(url):
            raise TargetForbidden(
                "Expected https for a host outside the private network, but it is http.",
                "专网以外的主机应当使用 https，但为 http。",
            )

    def may_be_private(self, url: str) -> bool:
        """Whether the host of a URL may lie at a private address."""
        return self._lists(self.private, *_parts(url))

    @staticmethod
    def _lists(hosts: frozenset[str], parts: SplitResult, port: int) -> bool:
        host = parts.hostname or ""
        host = f"[{host}]" if ":" in host else host
        return f"{host}:{port}" in hosts or (port == _PORTS[parts.scheme] and host in hosts)


def _parts(url: str) -> tuple[SplitResult, int]:
    """A URL taken apart, with its port."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.password:
        raise TargetForbidden(
            "Expected an http or https URL without a user, but it is none.",
            "推送目标应当是不含用户信息的 http 或 https 地址，但并非如此。",
        )
    return parts, port or _PORTS[parts.scheme]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it wraps another one."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip in _NAT64:
            ip = IPv4Address(ip.packed[-4:])
        else:
            ip = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1]) or ip
    return ip.is_global and not ip.is_multicast


def is_unicast(address: str) -> bool:
    """Whether an address can be that of one machine at all."""
    ip = ip_address(address.partition("%")[0])
    return not (ip.is_multicast or ip.is_unspecified)


@dataclass(slots=True)
class PinnedTransport(httpx.AsyncBaseTransport):
    """Connects to the address that was checked, whatever the name means a moment later."""

    targets: Targets
    tls: ssl.SSLContext
    _connections: httpx.AsyncHTTPTransport = field(init=False)

    def __post_init__(self) -> None:
        self._connections = httpx.AsyncHTTPTransport(verify=self.tls, trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        self.targets.require(url)
        host, port = request.url.host, request.url.port or _PORTS[request.url.scheme]
        *spare, last = await self._addresses(host, port, self.targets.may_be_private(url))
        for address in spare:
            try:
                return await self._at(address, request)
            except httpx.ConnectError:
                continue
        return await self._at(last, request)

    async def _at(self, address: str, request: httpx.Request) -> httpx.Response:
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,  # Host stands there already
            stream=request.stream,
            extensions=request.extensions | {"sni_hostname": request.url.host},
        )
        return await self._connections.handle_async_request(pinned)

    async def _addresses(self, host: str, port: int, may_be_private: bool) -> list[str]:
        """The addresses of a host, at least one.

        Raises:
            TargetForbidden: One of its addresses is not allowed: such a name is not to be trusted.
            OSError: It has none.
        """
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        is_allowed = is_unicast if may_be_private else is_public
        if not all(map(is_allowed, addresses)):
            raise TargetForbidden(
                f"Expected {host} to have public addresses only, but it has another one.",
                f"{host} 应当只有公网地址，但解析到其他地址。",
            )
        return addresses

    async def aclose(self) -> None:
        await self._connections.aclose()
