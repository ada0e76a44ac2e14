"""What dbt calls the columns that it writes beside the rows of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass

from platform_cli.project.resources import Snapshot


@dataclass(frozen=True, slots=True)
class SnapshotColumns:
    """The names, and what ends a version that is open: an SQL expression, NULL when empty."""

    scd_id: str
    updated_at: str
    valid_from: str
    valid_to: str
    is_deleted: str
    open_until: str

    @classmethod
    def of(cls, snapshot: Snapshot) -> SnapshotColumns:
        """As the snapshot's config has them."""
        said = snapshot.config.get("snapshot_meta_column_names") or {}

        def named(name: str) -> str:
            return str(said.get(name) or name)

        return cls(
            scd_id=named("dbt_scd_id"),
            updated_at=named("dbt_updated_at"),
            valid_from=named("dbt_valid_from"),
            valid_to=named("dbt_valid_to"),
            is_deleted=named("dbt_is_deleted"),
            open_until=str(snapshot.config.get("dbt_valid_to_current") or ""),
        )

    @property
    def every(self) -> frozenset[str]:
        """All of them."""
        return frozenset(
            {self.scd_id, self.updated_at, self.valid_from, self.valid_to, self.is_deleted}
        )

    def is_open(self, prefix: str = "") -> str:
        """The condition for a version that nothing followed."""
        if self.open_until:
            return f"{prefix}{self.valid_to} = {self.open_until}"
        return f"{prefix}{self.valid_to} is null"
