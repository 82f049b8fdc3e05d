"""What comes from the platform: products, orders, reviews and what changed in them."""

from sqlmodel import Field, SQLModel


class Product(SQLModel, table=True):
    """A product; `key` is the platform's id, or its title where the platform gives none."""

    __tablename__ = "product"
    id: int | None = Field(default=None, primary_key=True)
    shop_id: int
    key: str
    external_id: str | None = None
    title: str
    main_product: int = 0


class Purchase(SQLModel, table=True):
    """An order. Reversed ids serve the search for last digits."""

    __tablename__ = "purchase"
    id: int | None = Field(default=None, primary_key=True)
    shop_id: int
    external_id: str
    external_id_reversed: str
    buyer_id: int
    product_id: int | None = None
    variant: str | None = None
    amount_minor: int | None = None
    currency: str = "CNY"
    paid_at: int | None = None
    sent_at: int | None = None
    expected_at: int | None = None
    signed_at: int | None = None
    carrier: str | None = None
    tracking: str | None = None
    tracking_reversed: str | None = None
    status: str | None = None
    batch_id: int | None = None


class ImportBatch(SQLModel, table=True):
    """One file that was read. Always read = new + changed + same + refused."""

    __tablename__ = "import_batch"
    id: int | None = Field(default=None, primary_key=True)
    file: str
    source: str
    shop_id: int | None = None
    agent_id: int | None = None
    started_at: int
    finished_at: int | None = None
    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    undone_at: int | None = None


class Review(SQLModel, table=True):
    """A review as last seen; what it was before is in its revisions. The raw rating and its scale are kept.

    `batch_id` is the import that brought it. One that was taken back with its import (`withdrawn_at`) keeps its number
    for the log, and neither id nor text.
    """

    __tablename__ = "review"
    id: int | None = Field(default=None, primary_key=True)
    shop_id: int
    external_id: str
    purchase_id: int | None = None
    order_external_id: str | None = None
    product_id: int | None = None
    buyer_id: int
    grade: str
    rating: int
    raw_rating: str
    raw_scale: str
    text: str
    appended_text: str | None = None
    appended_at: int | None = None
    reply_text: str | None = None
    pictures: int = 0
    created_at: int
    seen_at: int
    removed_at: int | None = None
    withdrawn_at: int | None = None
    batch_id: int | None = None


class Revision(SQLModel, table=True):
    """What an import saw to have changed in a review, before and after.

    `event_id` is its entry in the log. `before` is what taking the import back needs besides: other columns of the
    review, and the case as it was. One that was taken back (`undone_at`) is kept for the log.
    """

    __tablename__ = "revision"
    id: int | None = Field(default=None, primary_key=True)
    review_id: int
    kind: str
    seen_at: int
    written_at: int | None = None
    grade_before: str | None = None
    grade_after: str | None = None
    rating_before: int | None = None
    rating_after: int | None = None
    text_before: str | None = None
    text_after: str | None = None
    batch_id: int | None = None
    event_id: int | None = None
    before: str | None = None
    undone_at: int | None = None
