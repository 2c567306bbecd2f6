"""The command line: `dingbian run | demo | serve | worker | migrate | appoint | check | keys | …`.

A command that cannot do its work prints one sentence and ends with exit code 1.
"""

import asyncio
import multiprocessing
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import uvicorn
from pydantic import ValidationError

from service.core.auth.key_ring import ring_source
from service.core.start import CannotStart, end_with
from service.migrate import migrate as migrate_database
from service.migrate import owner_url
from service.settings import Settings
from service.supervisor import require_free_port

if TYPE_CHECKING:
    from fastapi import FastAPI

app = typer.Typer(
    help="定编 Dingbian: the workflow service of the 编办.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

_LAST_REQUESTS_S = 15


@contextmanager
def _settings() -> Iterator[Settings]:
    """The settings of this process, and one sentence where a command cannot go on."""
    try:
        yield Settings()
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0])
            name = name if name.isupper() else f"DINGBIAN_{name.upper()}"
            typer.echo(f"Expected a valid {name}, but: {problem['msg']}.", err=True)
        raise typer.Exit(1) from error
    except CannotStart as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from refusal
    except KeyboardInterrupt as stop:
        raise typer.Exit(130) from stop


def _say(text: str) -> None:
    with suppress(OSError):  # a closed terminal must not keep anything from ending in order
        typer.echo(f"dingbian: {text}")


@app.command()
def run() -> None:
    """Start everything: database, schema, API and a worker, until Ctrl-C."""
    from service.run import run as run_everything
    from service.sample_city.load import load

    with _settings() as settings:
        load_city = (
            partial(load, report=_say, has_history=settings.demo_year) if settings.is_demo else None
        )
        run_everything(settings, _say, load_city=load_city)


@app.command()
def demo(
    url: Annotated[
        str | None, typer.Option(help="A demo server that runs; else one is started for it.")
    ] = None,
) -> None:
    """Play what is planted in the sample city, by its people, and compare it with the expected.

    Exit code 1 where anything differs. A server that runs is changed by it, and its clock set.
    """
    from service.demo.play import play
    from service.demo.scratch import scratch_server

    with _settings(), scratch_server(_say) if url is None else nullcontext(url) as address:
        if not asyncio.run(play(address.rstrip("/"), typer.echo)):
            raise typer.Exit(1)


@app.command()
def serve(
    workers: Annotated[int, typer.Option(min=1, help="Processes that serve the API.")] = 1,
) -> None:
    """Serve the API on the database of DATABASE_URL; first, release the flows that come along."""
    from service.release_flows import release_flows

    with _settings() as settings:
        owner_url(settings)
        ring_source(settings).ring()  # a bad one is told in one sentence, before uvicorn starts
        require_free_port(settings.host, settings.port)
        asyncio.run(release_flows(settings, _say))
        with _counting_together(workers):
            uvicorn.run(
                "service.cli:served_app",
                factory=True,
                host=settings.host,
                port=settings.port,
                workers=workers,
                log_level=settings.log_level.lower(),
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_LAST_REQUESTS_S,
            )


@contextmanager
def _counting_together(processes: int) -> Iterator[None]:
    """Give several processes one folder in which prometheus_client adds up their metrics."""
    if processes == 1:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="dingbian-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


def served_app() -> "FastAPI":
    """The application. One of several processes of uvicorn must not outlive the first."""
    from service.main import create_app

    if multiprocessing.parent_process() is not None:
        end_with(os.getppid(), signal.SIGTERM)
    return create_app()


@app.command()
def worker() -> None:
    """Run jobs and timers and deliver events, on the database of DATABASE_URL."""
    from service.worker import main

    async def until_stopped(settings: Settings) -> None:
        work = asyncio.create_task(main(settings))
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, work.cancel)
        with suppress(asyncio.CancelledError):
            await work

    with _settings() as settings:
        owner_url(settings)
        ring_source(settings).ring()
        asyncio.run(until_stopped(settings))


@app.command()
def migrate() -> None:
    """Bring the database of MIGRATION_DATABASE_URL or DATABASE_URL to this version's schema."""
    with _settings() as settings:
        migrate_database(settings, _say)
        _say("the schema is up to date")


@app.command()
def appoint(
    subject: Annotated[str, typer.Argument(help="The `sub` of the person's tokens.")],
    name: Annotated[str, typer.Argument(help="The person's name.")],
) -> None:
    """Appoint the first security administrator, who then registers everybody else over the API."""
    from service.appoint import appoint as appoint_administrator

    with _settings() as settings:
        owner_url(settings)
        asyncio.run(appoint_administrator(settings, subject, name))
        _say(f"{name} ({subject}) is security administrator")


@app.command()
def check(
    path: Annotated[
        Path | None, typer.Argument(help="A file or folder of flows, checked without a database.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="All findings as JSON.")] = False,
) -> None:
    """Prove the rules on the database of DATABASE_URL, or check the files of flows at PATH.

    Exit code 1 where a rule does not hold, or where a release of the files would be refused.
    """
    if path is not None:
        _check_files(path, as_json=as_json)
        return
    from service.check import check as check_database
    from service.check import page

    with _settings() as settings:
        owner_url(settings)
        report = asyncio.run(check_database(settings))
        typer.echo(report.model_dump_json(indent=2) if as_json else page(report))
        if not report.is_sound:
            raise typer.Exit(1)


def _check_files(path: Path, *, as_json: bool) -> None:
    from service.check_files import check_files

    with _settings():
        report = check_files(path)
        typer.echo(report.as_json() if as_json else report.page())
        if not report.is_sound:
            raise typer.Exit(1)


keys = typer.Typer(help="The keys of sealed personal data.", no_args_is_help=True)
app.add_typer(keys, name="keys")


@keys.command("show")
def show_keys() -> None:
    """Show the names of the keys and how many stored values name each."""
    import service.tables  # noqa: F401  # knows which columns are sealed
    from service.core.auth.key_commands import show_keys as show

    with _settings() as settings:
        show(settings, _say)


@keys.command("rotate")
def rotate_keys() -> None:
    """Seal everything under a new key, and end the old one. May be interrupted and run again."""
    import service.tables  # noqa: F401  # knows which columns are sealed
    from service.core.auth.key_commands import rotate_keys as rotate

    with _settings() as settings:
        rotate(settings, _say)


@keys.command("new-ring")
def new_ring() -> None:
    """Print a first ring for DINGBIAN_KEYS. It is secret: pipe it into your secret store."""
    from service.core.auth.key_commands import new_ring as ring

    typer.echo(ring())


@keys.command("next-ring")
def next_ring() -> None:
    """Print the ring of DINGBIAN_KEYS with a newer key. Secret, as `new-ring`."""
    from service.core.auth.key_commands import next_ring as ring

    with _settings() as settings:
        typer.echo(ring(settings))


@app.command("export-contract")
def export_contract(folder: Annotated[Path, typer.Argument()] = Path("api_specs")) -> None:
    """Write the API, its errors and its events as files for those who build on them."""
    from service.contract import export

    for path in export(folder):
        _say(f"wrote {path}")


@app.command("export-templates")
def export_templates(
    path: Annotated[Path, typer.Argument()] = Path("docs/element-templates.json"),
) -> None:
    """Write element templates of our commands, duties and forms for Camunda Modeler."""
    from service.element_templates import export

    _say(f"wrote {export(path)}")


if __name__ == "__main__":
    app()
