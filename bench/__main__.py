"""`python -m bench`: measure, print tables, write bench/results.json.

The rules first, in this process: FEEL beside Python's `eval`, and tables; then the service.

pgbench and the service, on one and on two workers, are measured in turns, so that what the
machine does meanwhile hits all of them. The database is durable: every commit is on the disk.
"""

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import cases, city, dmn, feel, library
from bench.cpu import burnt_s
from bench.scenarios import SCENARIOS, Scenario
from bench.serving import served
from bench.statements import STRIDE, Script, captured, script_of
from service.core.auth.dev_issuer import DevIssuer
from service.core.store.embedded import APP_ROLE, OWNER_ROLE, EmbeddedPostgres
from service.core.store.postgres_place import Binaries, ServerUser
from service.migrate import migrate
from service.settings import Settings

RESULTS = Path(__file__).with_name("results.json")
CONNECTIONS = STRIDE
_TEMPLATE = "bench_template"
_SERIALS = 10_000_000
"""Serial numbers of one measurement: no two share a key or an id."""
_CASES_PER_S = 4_000


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement: requests (or transactions) a second and CPU µs of each."""

    per_s: float
    app_us: float
    postgres_us: float
    client_us: float
    p50_ms: float = 0.0
    p99_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything a measurement needs: the server, a database for each side, the scripts."""

    server: EmbeddedPostgres
    folder: Path
    binaries: Binaries
    scripts: dict[str, Script]
    token: str
    seconds: float

    def pgbench(self, scenario: Scenario, turn: int) -> Measured:
        """Run the captured statements by pgbench."""
        script = self.scripts[scenario.name]
        path = self.folder / f"{scenario.name}.sql"
        path.write_text(script.text)
        variables = script.variables | {"round": str(turn * _SERIALS // STRIDE)}
        self._copy(scenario, "bench_pgbench", turn)
        command = [
            str(self.binaries.folder / "pgbench"),
            *("--protocol=prepared", "--no-vacuum", f"--client={CONNECTIONS}", "--jobs=2"),
            *(f"--time={max(1, round(self.seconds))}", f"--file={path}"),
            *(f"--define={name}={value}" for name, value in variables.items()),
            self.server.url(APP_ROLE, "bench_pgbench"),
        ]
        before, of_client = burnt_s(self.server.pid), os.times()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        postgres, client = burnt_s(self.server.pid) - before, os.times()
        if done.returncode != 0:
            sys.exit(f"Expected pgbench to run {path.name}, but: {done.stderr[-2000:]}")
        told = dict(line.split(" = ")[:2] for line in done.stdout.splitlines() if " = " in line)
        count = int(
            next(x for x in done.stdout.splitlines() if "actually processed" in x)
            .rpartition(": ")[2]
            .partition("/")[0]
        )
        burnt = (
            client.children_user
            + client.children_system
            - of_client.children_user
            - of_client.children_system
        )
        return Measured(
            per_s=float(told["tps"].split()[0]),
            app_us=0.0,
            postgres_us=postgres / count * 1e6,
            client_us=burnt / count * 1e6,
            p50_ms=float(told["latency average"].split()[0]),
        )

    def _copy(self, scenario: Scenario, database: str, turn: int) -> None:
        """Make the cases that a measurement uses up; more than it can."""
        if scenario.is_own:
            url = self.server.url(OWNER_ROLE, database)
            count = round(_CASES_PER_S * (self.seconds + 2))
            asyncio.run(cases.copy(url, city.FIRST + turn * _SERIALS, count))

    def service(self, scenario: Scenario, turn: int, port: int, pid: int) -> Measured:
        """Load the service at a port, whose first process is `pid`."""
        self._copy(scenario, "bench_service", turn)
        arguments = [scenario.name, port, CONNECTIONS, self.seconds, city.FIRST + turn * _SERIALS]
        with subprocess.Popen(
            [sys.executable, "-m", "bench.load", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as load:
            assert load.stdin is not None
            assert load.stdout is not None
            load.stdin.write(self.token + "\n")
            load.stdin.flush()
            load.stdout.readline()  # warm
            app, postgres = burnt_s(pid), burnt_s(self.server.pid)
            load.stdout.readline()  # over
            app, postgres = burnt_s(pid) - app, burnt_s(self.server.pid) - postgres
            told = json.loads(load.stdout.read())
        if told["unexpected"]:
            sys.exit(f"Expected {scenario.expected} every time, but: {told['unexpected'][0]}")
        count = told["requests"]
        return Measured(
            per_s=count / told["seconds"],
            app_us=app / count * 1e6,
            postgres_us=postgres / count * 1e6,
            client_us=told["client_cpu_s"] / count * 1e6,
            p50_ms=told["p50_ms"],
            p99_ms=told["p99_ms"],
        )


def _prepared(server: EmbeddedPostgres, folder: Path) -> None:
    """One database for each side, of the same content."""
    asyncio.run(server.create_database(_TEMPLATE))
    owner = server.url(OWNER_ROLE, _TEMPLATE)
    migrate(
        Settings(database_url=server.url(APP_ROLE, _TEMPLATE), migration_database_url=owner),
        lambda _: None,
    )
    asyncio.run(city.build(owner))
    asyncio.run(cases.release(owner))
    template = server.url(APP_ROLE, _TEMPLATE)
    asyncio.run(
        cases.start_prototype(Settings(data_dir=folder, database_url=template, is_demo=True))
    )
    for name in ("bench_pgbench", "bench_service", "bench_capture"):
        asyncio.run(server.create_database(name, template=_TEMPLATE))
    asyncio.run(cases.copy(server.url(OWNER_ROLE, "bench_capture"), city.FIRST, 64))


def measure(
    asked: list[Scenario], rounds: int, seconds: float, first_port: int
) -> tuple[dict[str, dict[str, list[Measured]]], dict[str, int]]:
    """All measurements, by scenario and by who was measured, a round after the other; and how many
    statements each kind of request sends, BEGIN and COMMIT among them."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dingbian-bench-")))
        folder.chmod(0o711)  # the server's user passes through
        server = stack.enter_context(EmbeddedPostgres(folder))
        _prepared(server, folder)
        settings = Settings(
            data_dir=folder, database_url=server.url(APP_ROLE, "bench_capture"), is_demo=True
        )
        scripts = {
            each.name: script_of(asyncio.run(captured(settings, each)), is_own=each.is_own)
            for each in asked
        }
        bench = Bench(
            server,
            folder,
            Binaries.found(settings.pg_bin, folder, ServerUser.of_this_process()),
            scripts,
            DevIssuer.of(folder, settings.oidc_audience).token(city.SUBJECT),
            seconds,
        )
        settings = settings.model_copy(
            update={"database_url": server.url(APP_ROLE, "bench_service")}
        )
        processes = {
            workers: stack.enter_context(served(settings, workers, first_port + workers))
            for workers in (1, 2)
        }
        found: dict[str, dict[str, list[Measured]]] = {}
        turn = 0
        for number in range(rounds):
            for scenario in asked:
                sides = found.setdefault(scenario.name, {})
                turn += 1
                sides.setdefault("pgbench", []).append(bench.pgbench(scenario, turn))
                for workers, pid in processes.items():
                    turn += 1
                    sides.setdefault(f"workers_{workers}", []).append(
                        bench.service(scenario, turn, first_port + workers, pid)
                    )
            print(f"round {number + 1} of {rounds} done", file=sys.stderr)
        return found, {name: script.statements for name, script in scripts.items()}


def measured_rules() -> dict[str, float]:
    """Medians of FEEL and DMN, warm: microseconds of a condition, milliseconds of a table."""
    alone, shared, by_eval = feel.condition()
    return {
        "condition_feel_us": round(alone, 2),
        "condition_feel_shared_run_us": round(shared, 2),
        "condition_python_eval_us": round(by_eval, 2),
        "condition_ratio": round(alone / by_eval, 3),
        "condition_compile_us": round(feel.compiling(), 1),
        "table_literal_cells_ms": round(dmn.warm_ms(dmn.indexed()), 4),
        "table_evaluated_cells_ms": round(dmn.warm_ms(dmn.evaluated()), 4),
        "table_compile_ms": round(dmn.compiling_ms(), 1),
    }


def summary(found: dict[str, dict[str, list[Measured]]]) -> dict[str, dict[str, dict[str, float]]]:
    """Medians over the rounds; `ratio` is the median of each round's ratio to its pgbench."""
    result: dict[str, dict[str, dict[str, float]]] = {}
    for name, sides in found.items():
        for side, values in sides.items():
            row = {
                field: round(median(getattr(value, field) for value in values), 1)
                for field in Measured.__dataclass_fields__
            }
            pairs = zip(values, sides["pgbench"], strict=True)
            ratios = [mine.per_s / theirs.per_s for mine, theirs in pairs]
            row["ratio"] = round(median(ratios), 3)
            row["ratio_lowest"], row["ratio_highest"] = round(min(ratios), 3), round(max(ratios), 3)
            result.setdefault(name, {})[side] = row
    return result


def table(result: dict[str, dict[str, dict[str, float]]]) -> str:
    """The summary as text."""
    heads = ("a second", "ratio", "app µs", "PG µs", "client µs", "p50 ms", "p99 ms")
    fields = ("per_s", "ratio", "app_us", "postgres_us", "client_us", "p50_ms", "p99_ms")
    lines = [f"{'':15}{'':11}" + "".join(f"{head:>11}" for head in heads)]
    for name, sides in result.items():
        for side, row in sides.items():
            lines.append(f"{name:15}{side:11}" + "".join(f"{row[field]:>11}" for field in fields))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each measurement")
    parser.add_argument("--port", type=int, default=8790, help="the two ports after it are used")
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--only", nargs="+", choices=SCENARIOS, default=list(SCENARIOS))
    asked = parser.parse_args()
    is_whole = len(asked.only) == len(SCENARIOS)
    rules = (measured_rules() if is_whole else {}) | library.measured()
    print("\n".join(f"{name:32}{value:>11}" for name, value in rules.items()))
    wanted = [SCENARIOS[name] for name in asked.only]
    found, statements = measure(wanted, asked.rounds, asked.seconds, asked.port)
    result = summary(found)
    print(table(result))
    print("statements of a request:", statements)
    if not is_whole:
        return
    how = {
        "rounds": asked.rounds,
        "seconds": asked.seconds,
        "connections": CONNECTIONS,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }
    asked.out.write_text(
        json.dumps(
            {"how": how, "rules": rules, "statements": statements, "medians": result}, indent=2
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
