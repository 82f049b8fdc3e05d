"""The saved views of an inbox, one's own and the shop's: opened by digit, saved, renamed, deleted, shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from data.clock import SECOND
from data.errors import QueryError
from data.language import _
from data.rows import Filter, SavedView, View
from screens.base import DeskScreen, not_built_in
from screens.choose import Choose, Option
from widgets import look
from widgets.lines import line
from widgets.views_line import ceiled

_STALE = 60 * SECOND
_CHANGE: Final = "change"


class SavedViews:
    """What an inbox does with saved views. `look_at` shows a list, `shown` is the one that stands, `changed` hears
    of every change of names and counts."""

    def __init__(
        self,
        screen: DeskScreen[Any],
        *,
        look_at: Callable[[View, Filter], None],
        shown: Callable[[], tuple[View, Filter]],
        changed: Callable[[], None],
    ) -> None:
        self._screen = screen
        self._look_at = look_at
        self._shown = shown
        self._changed = changed
        self._shop = screen.place.settings.views
        self._counts: dict[str, int] = {}
        self._counted_at = 0
        self._loaded = False
        self.views: tuple[SavedView, ...] = ()
        self.current: SavedView | None = None
        """The view that is open; what else narrows the list came after it."""

    # What stands in the line of views

    def tabs(self) -> list[tuple[str, str]]:
        """The names and counts of all saved views, in the order of their digits."""
        return [(view.name, self._count_of(view)) for view in self.views]

    @property
    def name(self) -> str:
        """What the open one is called; empty when none is."""
        return self.current.name if self.current is not None else ""

    @property
    def at(self) -> int | None:
        """Which one is open, counted from 0."""
        return self.views.index(self.current) if self.current in self.views else None

    def _count_of(self, view: SavedView) -> str:
        count = self._counts.get(view.query)
        return "" if count is None else ceiled(count)

    async def refresh(self) -> None:
        """Read them again, and count those whose numbers are old; behind the screen, once the rows stand."""
        place = self._screen.place
        if not await self._load() or not self.views:
            return
        moment = place.now()
        if moment - self._counted_at > _STALE:
            self._counts.clear()
            self._counted_at = moment
        for view in self.views:
            if view.query not in self._counts and await self._count(view, moment):
                self._changed()

    async def _load(self) -> bool:
        place = self._screen.place
        own = await self._screen.read(lambda: place.reads.saved_views(place.agent_id))
        if own is None:
            return False
        known = {(view.name, view.query) for view in own}
        shops = (view for view in self._of_shop() if (view.name, view.query) not in known)
        before, self.views = self.views, (*own, *shops)
        self._loaded = True
        if self.views != before:
            self._changed()
        return True

    async def _count(self, view: SavedView, now: int) -> bool:
        from data.query.views import opened

        reads, agent_id = self._screen.place.reads, self._screen.place.agent_id

        def count() -> int | None:
            try:
                base, query = opened(view.query)
                return reads.count(base, Filter(query=query), agent_id=agent_id, now=now)
            except QueryError:
                return None  # somebody it names is gone; opening it says so

        found = await self._screen.read(count)
        if found is not None:
            self._counts[view.query] = found
        return found is not None

    def _of_shop(self) -> tuple[SavedView, ...]:
        if not self._shop:
            return ()
        from data.shop_views import views_of

        return views_of(self._shop)

    # Opening

    async def on_digit(self, at: int) -> None:
        """Show the view on that place, or say that there is none."""
        if not self._loaded:
            await self._load()
        if at < len(self.views):
            self.open(at)
        else:
            told = _("No view is saved here yet: search or filter, then save the list as a view.")
            self._screen.say(told, look.SOON)

    def open(self, at: int) -> None:
        """Show the view on that place."""
        from data.query.views import opened

        self.current = self.views[at]
        base, query = opened(self.current.query)
        self._look_at(base, Filter(query=query))

    def leave(self) -> None:
        """Another view is opened."""
        self.current = None

    def wider(self, view: View, narrowed: Filter) -> tuple[View, Filter]:
        """The list with search and filter taken away: at first what came after the saved view, then that itself."""
        bare = Filter(query=narrowed.query)
        if self.current is not None and narrowed != bare:
            return view, bare
        if self.current is not None:
            view = View.ALL
        self.leave()
        return view, Filter()

    def why_not(self, act: str) -> str:
        """Why an act on saved views is not possible now; empty when it is."""
        view, narrowed = self._shown()
        if act == "inbox.save_view" and view is View.ALL and not narrowed:
            return _("Nothing narrows the list: search or filter first.")
        return ""

    async def ask(self) -> None:
        """The list of all of them, each with what it asks and how many cases it has."""
        if not self._loaded:
            await self._load()
        options: list[Option[int | str]] = [Option(at, *self._told(view)) for at, view in enumerate(self.views)]
        own = [view for view in self.views if view.id is not None]
        options.append(
            Option(_CHANGE, _("Rename, delete or share one"), "", "" if own else _("You have saved none yet."))
        )
        self._push(Choose(self._screen.place, _("Saved views"), options), self._picked)

    def _told(self, view: SavedView) -> tuple[str, str]:
        from screens.typed_query import in_words

        whose = "" if view.id is not None else _("(shop)")
        count = self._count_of(view)
        return "  ".join(each for each in (view.name, whose, count) if each), in_words(view.query)

    def _picked(self, value: int | str | None) -> None:
        if isinstance(value, int):
            self.open(value)
        elif value == _CHANGE:
            own = [view for view in self.views if view.id is not None]
            options = [Option(view, *self._told(view)) for view in own]
            self._push(Choose(self._screen.place, _("Which view?"), options), self._change)

    # Saving and changing

    def save(self) -> None:
        """Ask for a name, and keep the list that stands as a view of one's own. Raises QueryError."""
        from data.query import Known
        from data.query.views import composed
        from screens.typed import TypeText
        from screens.typed_query import in_words

        place = self._screen.place
        view, narrowed = self._shown()
        query = composed(view, narrowed, place.agent_id, Known(place.reads.agents(), place.reads.shops()))
        asked = TypeText(
            place,
            _("Save this as a view"),
            _("Name of the view"),
            hint=_("a short name, such as Urgent"),
            intro=[line(" ", (in_words(query), look.SAY))],
        )

        async def named(name: str | None) -> None:
            if name and await self._do(lambda casework: casework.save_view(name, query)):
                saved = next((at for at, each in enumerate(self.views) if each.id and each.query == query), None)
                if saved is not None:
                    self.open(saved)

        self._push(asked, named)

    def _change(self, view: SavedView | None) -> None:
        if view is None:
            return
        no_file = "" if self._screen.place.config is not None else not_built_in()
        options = [
            Option("rename", _("Rename it")),
            Option("delete", _("Delete it")),
            Option("share", _("Give it to the whole shop"), _("writes it to the settings file"), no_file),
        ]

        def chosen(act: str | None) -> None:
            if act is not None:
                {"rename": self._rename, "delete": self._delete, "share": self._share}[act](view)

        self._push(Choose(self._screen.place, view.name, options), chosen)

    def _rename(self, view: SavedView) -> None:
        from screens.typed import TypeText

        async def named(name: str | None) -> None:
            if name:
                await self._do(lambda casework: casework.rename_view(view.id or 0, name))

        self._push(TypeText(self._screen.place, _("Rename the view"), _("Name of the view"), text=view.name), named)

    def _delete(self, view: SavedView) -> None:
        options = [Option(False, _("Keep it")), Option(True, _("Delete it"), _("this cannot be undone"))]

        async def chosen(sure: bool | None) -> None:
            if sure and await self._do(lambda casework: casework.delete_view(view.id or 0)) and self.current == view:
                self.leave()
                self._look_at(View.ALL, Filter())

        self._push(Choose(self._screen.place, _("Delete {name}?").format(name=view.name), options), chosen)

    def _share(self, view: SavedView) -> None:
        config = self._screen.place.config
        assert config is not None

        async def write() -> None:
            from data.shop_views import add_view

            place = self._screen.place

            def share() -> Mapping[str, str]:
                return add_view(config, view.name, view.query, place.reads.agent(place.agent_id).role)

            views = await self._screen.read(share)
            if views is not None:
                self._shop = views
                told = _("{name} is in the settings file for the whole shop").format(name=view.name)
                self._screen.say(f"{look.CHECK} {told}", look.GOOD)
                await self.refresh()

        self._screen.behind(write, group="sharing")

    async def _do(self, verb: Callable[[Any], Any]) -> bool:
        done = await self._screen.write(verb)
        if done is None:
            return False
        self._screen.say(f"{look.CHECK} {done.said}", look.GOOD)
        await self.refresh()
        return True

    def _push(self, screen: Any, then: Callable[[Any], Any]) -> None:
        self._screen.app.push_screen(screen, then)
