"""Settings: environment ``COUNTERPOINT_*``, then ``.env``, then ``counterpoint.toml``, then the defaults."""

from __future__ import annotations

import hashlib
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from corpus.encoder import DEFAULT_MODEL
from corpus.index import IndexSettings
from corpus.inference import inference_fingerprint
from guardrails.types import Detail


class Settings(BaseSettings):
    """What a deployment may choose; every name is also an environment variable with COUNTERPOINT_ before it."""

    model_config = SettingsConfigDict(
        env_prefix="COUNTERPOINT_", env_file=".env", toml_file="counterpoint.toml", extra="ignore", frozen=True
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("counterpoint"),
        description="data folder: index, records, the clinic's own library",
    )
    encoder: str = Field(default=DEFAULT_MODEL, description="sentence-transformers model, by name or path")
    detail: Detail = Field(default=Detail.BRIEF, description="brief or full answers by default")
    nli_model: str | None = Field(
        default=None, description="NLI cross-encoder on this machine, by path or name, asked about free sentences"
    )
    database_url: str | None = Field(default=None, description="records elsewhere than in the data folder")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the TOML file after the environment and ``.env``."""
        return init_settings, env_settings, dotenv_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def index(self) -> IndexSettings:
        """What the index is made from and where it lies."""
        return IndexSettings(home=self.home.expanduser().absolute(), encoder=self.encoder)

    def fingerprint(self, detail: Detail) -> str:
        """Return a fingerprint of all that changes an answer."""
        inference = f"|{inference_fingerprint(self.nli_model)}" if self.nli_model else ""
        return "sha256:" + hashlib.sha256(f"{self.encoder}|{detail}|extractive/1{inference}".encode()).hexdigest()
