"""The SQLModel classes say what the schema says."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import SQLModel

import data.models
from tests.data.world import World


def test_every_model_has_the_columns_of_its_table(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    assert data.models.Case.__tablename__ == "review_case"
    for name, table in SQLModel.metadata.tables.items():
        in_schema = {row[1]: row for row in world.connection.execute(f"PRAGMA table_info({name})")}
        assert set(table.columns.keys()) == set(in_schema), name
        for column in table.columns:
            _id, _name, kind, not_null, _default, key = in_schema[column.name]
            assert bool(key) == column.primary_key, f"{name}.{column.name}"
            if not key:
                assert bool(not_null) != column.nullable, f"{name}.{column.name}"
            assert (kind == "INTEGER") == (column.type.python_type is int), f"{name}.{column.name}"
    world.connection.close()
