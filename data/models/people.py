"""Shops, agents and buyers, and the one place where personal data lies."""

from sqlmodel import Field, SQLModel


class Shop(SQLModel, table=True):
    """A shop on a platform. `zone` is the time zone in which its times are shown."""

    __tablename__ = "shop"
    id: int | None = Field(default=None, primary_key=True)
    platform: str
    name: str
    zone: str = "Asia/Shanghai"
    language: str = "zh"
    external_id: str | None = None
    created_at: int


class Agent(SQLModel, table=True):
    """Somebody who works cases. `name` and `title` are what is said on a call, never the login."""

    __tablename__ = "agent"
    id: int | None = Field(default=None, primary_key=True)
    login: str
    name: str | None = None
    role: str = "agent"
    title: str | None = None
    created_at: int


class Buyer(SQLModel, table=True):
    """A buyer as the platform names them. A masked nick identifies nobody; then `key` is the order's.

    What the buyer prefers is in their own words: hours as minutes of the day, days of the week as ISO digits (67 is
    the weekend), and the zone they live in where it is not the shop's.
    """

    __tablename__ = "buyer"
    id: int | None = Field(default=None, primary_key=True)
    platform: str
    key: str
    nick: str = ""
    level: str | None = None
    do_not_contact_at: int | None = None
    refused_at: int | None = None
    preferred_channel: str | None = None
    preferred_from: int | None = None
    preferred_until: int | None = None
    preferred_days: str | None = None
    zone: str | None = None


class Personal(SQLModel, table=True):
    """One piece of personal data: masking, access logging, retention and erasure act here and only here."""

    __tablename__ = "personal"
    id: int | None = Field(default=None, primary_key=True)
    buyer_id: int
    purchase_id: int | None = None
    kind: str
    value: str
    extension: str | None = None
    virtual: int = 0
    expires_at: int | None = None
    added_at: int
    batch_id: int | None = None
