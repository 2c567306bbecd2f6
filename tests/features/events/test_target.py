"""Where deliveries may go: what is refused beforehand, at sending, and how long it may take."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from service.features.events.rules import TargetForbidden
from service.features.events.send import Attempt, Sender
from service.features.events.signature import new_secret
from service.features.events.tables import Failure
from service.features.events.target import Targets, is_public
from service.settings import Settings
from tests.features.events.receiver import Received, Receiver

TARGETS = Targets(
    allowed=frozenset({"hr.example.org", "hr.example.org:8443", "bus.internal:9000", "[::1]:9000"}),
    private=frozenset({"bus.internal:9000"}),
)


@pytest.mark.parametrize(
    "url",
    [
        "https://hr.example.org/events",
        "https://HR.example.org:443/events",
        "https://hr.example.org:8443/",
        "http://bus.internal:9000/x?y=z",
    ],
)
def test_a_listed_host_may_be_told(url: str) -> None:
    TARGETS.require(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/",
        "https://hr.example.org.evil.test/",
        "https://hr.example.org:9/",
        "https://hr.example.org@evil.test/",
        "https://evil.test#@hr.example.org/",
        "https://evil.test\\@hr.example.org/",
        "http://hr.example.org:443/",
        "http://hr.example.org/",
        "http://[::1]:9000/",
        "ftp://hr.example.org/",
        "https://user:word@hr.example.org/",
        "https://hr.example.org:99999/",
        "https:///events",
        "//hr.example.org/",
    ],
)
def test_any_other_target_is_refused(url: str) -> None:
    with pytest.raises(TargetForbidden):
        TARGETS.require(url)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fd00:ec2::254",
    ],
)
def test_an_address_of_a_machine_or_a_private_network_is_not(address: str) -> None:
    assert not is_public(address)


async def attempt(url: str, settings: Settings) -> Attempt:
    sender = Sender.to(url, (new_secret(),), settings, ssl.create_default_context())
    async with sender.client:
        return await sender.send("0", b"{}")


async def test_a_name_that_resolves_to_a_private_address_is_not_connected_to(
    settings: Settings, receiver: Receiver
) -> None:
    trusting = settings.model_copy(
        update={"webhook_allowed_hosts": (f"localhost:{receiver.port}",)}
    )
    url = f"https://localhost:{receiver.port}/"
    assert await attempt(url, trusting) == Attempt(failure=Failure.FORBIDDEN)
    assert receiver.received == []


async def test_the_name_is_kept_while_the_connection_goes_to_the_checked_address(
    settings: Settings, receiver: Receiver
) -> None:
    host = f"localhost:{receiver.port}"
    listed = settings.model_copy(
        update={"webhook_allowed_hosts": (host,), "webhook_private_hosts": (host,)}
    )
    assert await attempt(f"http://{host}/hook", listed) == Attempt(204)
    assert receiver.received[0].headers["host"] == host


@pytest.mark.parametrize(
    ("certified", "expected"),
    [("localhost", Attempt(204)), ("other.test", Attempt(failure=Failure.UNREACHABLE))],
)
async def test_the_certificate_must_be_that_of_the_name_though_an_address_is_connected_to(
    settings: Settings, tmp_path: Path, certified: str, expected: Attempt
) -> None:
    own, receiver = certificate(certified, tmp_path), Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=own)
    host = f"localhost:{server.sockets[0].getsockname()[1]}"
    listed = settings.model_copy(
        update={"webhook_allowed_hosts": (host,), "webhook_private_hosts": (host,)}
    )
    trusting = ssl.create_default_context(cafile=tmp_path / "certificate.pem")
    sender = Sender.to(f"https://{host}/hook", (new_secret(),), listed, trusting)
    async with sender.client:
        assert await sender.send("0", b"{}") == expected
    server.close()


def certificate(name: str, folder: Path) -> ssl.SSLContext:
    """A server's side of TLS with a certificate of its own for one name."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    unsealed = serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, unsealed)
    (folder / "certificate.pem").write_bytes(made.public_bytes(pem))
    (folder / "key.pem").write_bytes(private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


async def test_a_host_that_is_allowed_no_longer_is_not_told(
    settings: Settings, receiver: Receiver
) -> None:
    none = settings.model_copy(update={"webhook_allowed_hosts": ()})
    assert (await attempt(receiver.url, none)).failure is Failure.FORBIDDEN


async def test_a_redirect_is_a_failure_and_not_followed(
    settings: Settings, receiver: Receiver
) -> None:
    async def redirect(request: Received) -> bytes:
        place = f"location: http://{receiver.host}/other"
        return f"HTTP/1.1 307 .\r\n{place}\r\ncontent-length: 0\r\n\r\n".encode()

    receiver.behaviour = redirect
    assert await attempt(receiver.url, settings) == Attempt(307, Failure.STATUS)
    assert len(receiver.received) == 1


async def test_a_receiver_that_does_not_answer_is_cut_off(
    settings: Settings, receiver: Receiver
) -> None:
    async def sleep(request: Received) -> int:
        await asyncio.sleep(30)
        return 200

    receiver.behaviour = sleep
    async with asyncio.timeout(settings.webhook_timeout_s + 1):
        assert await attempt(receiver.url, settings) == Attempt(failure=Failure.TIMEOUT)


async def test_an_answer_that_drips_is_cut_off_too(settings: Settings) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                writer.write(b"HTTP/1.1 200 .\r\ncontent-length: 100000\r\n\r\n")
                await writer.drain()
                await asyncio.sleep(0.05)
        except ConnectionError:
            writer.close()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    host = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    listed = settings.model_copy(
        update={"webhook_allowed_hosts": (host,), "webhook_private_hosts": (host,)}
    )
    async with asyncio.timeout(settings.webhook_timeout_s + 1):
        assert (await attempt(f"http://{host}/", listed)).failure is Failure.TIMEOUT
    server.close()


async def test_of_a_long_answer_only_the_beginning_is_read(
    settings: Settings, receiver: Receiver
) -> None:
    async def endless(request: Received) -> bytes:
        return b"HTTP/1.1 200 .\r\ncontent-length: 100000000\r\n\r\n" + b"x" * 2_000_000

    receiver.behaviour = endless
    async with asyncio.timeout(settings.webhook_timeout_s + 1):
        assert await attempt(receiver.url, settings) == Attempt(200)


@pytest.fixture
async def closed_port() -> int:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    return port


async def test_a_receiver_that_is_away_is_unreachable(settings: Settings, closed_port: int) -> None:
    host = f"127.0.0.1:{closed_port}"
    listed = settings.model_copy(
        update={"webhook_allowed_hosts": (host,), "webhook_private_hosts": (host,)}
    )
    assert await attempt(f"http://{host}/", listed) == Attempt(failure=Failure.UNREACHABLE)
