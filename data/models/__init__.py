"""The tables as SQLModel classes, one module a noun family. Only casework writes through them.

Table models do not validate: casework does, and CHECK constraints in the schema guard every closed vocabulary.
"""

from __future__ import annotations

from data.models.contacts import Call, Contact, Message, PlaybookText
from data.models.log import Event, EventText
from data.models.people import Agent, Buyer, Personal, Shop
from data.models.replies import Reply
from data.models.reviews import ImportBatch, Product, Purchase, Review, Revision
from data.models.tasks import Document, Task
from data.models.views import SavedView
from data.models.work import Case, FollowUp, Note, Promise, Remedy

__all__ = [
    "Agent",
    "Buyer",
    "Call",
    "Case",
    "Contact",
    "Document",
    "Event",
    "EventText",
    "FollowUp",
    "ImportBatch",
    "Message",
    "Note",
    "Personal",
    "PlaybookText",
    "Product",
    "Promise",
    "Purchase",
    "Remedy",
    "Reply",
    "Review",
    "Revision",
    "SavedView",
    "Shop",
    "Task",
]
