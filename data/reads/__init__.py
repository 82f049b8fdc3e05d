"""Reads: SQL on a DB-API connection, small frozen rows. This room writes nothing and loads no object mapper."""

from data.reads.sql_reads import SqlReads, statements

__all__ = ["SqlReads", "statements"]
