"""A single review typed in by hand, for what no export has yet."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from data.language import N_, _
from data.protocols import NewReview
from data.rows import Done
from data.vocabulary import DraftKind, Grade
from data.wording import grade_label, platform_label
from screens.base import DeskScreen
from screens.choose import Choose, Option
from screens.form import Field, Form
from screens.workplace import Workplace
from widgets import look


class AddReviewScreen(DeskScreen[Done | None]):
    """Asks for the shop where there is more than one, for the grade, and for the rest; gives what was done."""

    PURPOSE = N_("A single review typed in by hand, for what no export has yet.")
    AUTO_FOCUS = ""

    def heading(self) -> str:
        return _("Add a review")

    def on_mount(self) -> None:
        shops = self.place.reads.shops()
        if not shops:
            self.say(_("Say first which shop this is: the first screen's “Shop and agent”."), look.SOON)
        elif len(shops) == 1:
            self._shop_picked(shops[0].id)
        else:
            options = [Option(shop.id, shop.name, platform_label(shop.platform)) for shop in shops]
            self.app.push_screen(Choose(self.place, _("Which shop?"), options), self._shop_picked)

    def _shop_picked(self, shop_id: int | None) -> None:
        if shop_id is None:
            self.dismiss(None)
            return

        def graded(grade: Grade | None) -> None:
            if grade is None:
                self.dismiss(None)
            else:
                self.app.push_screen(_form(self.place), lambda values: self._typed(shop_id, grade, values))

        options = [Option(grade, grade_label(grade)) for grade in (Grade.BAD, Grade.NEUTRAL, Grade.GOOD)]
        self.app.push_screen(Choose(self.place, _("Grade"), options), graded)

    async def _typed(self, shop_id: int, grade: Grade, values: dict[str, str] | None) -> None:
        if values is None:
            self.dismiss(None)
            return
        review = NewReview(
            shop_id=shop_id,
            grade=grade,
            text=values["text"],
            product=values["product"],
            order_id=values["order"] or None,
            nick=values["nick"],
        )
        done = await self.write(lambda casework: casework.add_review(review))
        if done is not None:
            self.dismiss(done)


def _form(place: Workplace) -> Screen[Any]:
    fields = (
        Field("text", _("Review"), _("the buyer's words")),
        Field("product", _("Product"), _("as the shop calls it")),
        Field("order", _("Order number"), _("digits, where known"), optional=True),
        Field("nick", _("Buyer's nick"), _("as the platform shows it"), optional=True),
    )
    return Form(place, _("Add a review"), fields, draft=(DraftKind.REVIEW, 0))
