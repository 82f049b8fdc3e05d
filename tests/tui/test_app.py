"""The application around the screens: the lazy seam, copying, where errors end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest

from data.clock import fixed
from data.errors import StoreError
from data.protocols import Casework, Reads
from data.settings import Settings
from screens.inbox import InboxScreen
from screens.workplace import Workplace
from tests.screens.shop import ME, NOW, Shop, case_row
from tui import app as app_module
from tui.app import AmendsApp, CaseworkSeam


def application(shop: Shop, load: Callable[[], Any]) -> AmendsApp:
    def furnish(seam: CaseworkSeam, copy: Callable[[str], bool]) -> Workplace:
        return Workplace(cast(Reads, shop), seam, fixed(NOW), Settings(), ME, copy)

    return AmendsApp(InboxScreen, furnish, load, driver=None)


async def test_casework_is_loaded_once_and_only_when_it_is_asked_for() -> None:
    loads: list[int] = []

    def load() -> Casework:
        loads.append(1)
        return cast(Casework, "casework")

    seam = CaseworkSeam(load)
    assert not loads
    first, second = await asyncio.gather(seam(), seam())
    assert first is second
    assert len(loads) == 1


async def test_loading_that_failed_is_tried_again() -> None:
    outcomes: list[Any] = [StoreError("locked", "somebody writes"), "casework"]

    def load() -> Any:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    seam = CaseworkSeam(load)
    with pytest.raises(StoreError):
        await seam()
    loaded: Any = await seam()
    assert loaded == "casework"


async def test_the_first_screen_is_the_only_one() -> None:
    shop = Shop([case_row(1)])
    app = application(shop, lambda: shop)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, InboxScreen)
        assert len(app.screen_stack) == 1
        await pilot.press("space")
        await pilot.pause()
        assert shop.done[0][0] == "claim"


async def test_a_store_that_cannot_be_read_ends_the_application_with_its_sentence_kept() -> None:
    class Broken(Shop):
        def page(self, *_what: Any, **_where: Any) -> Any:
            raise StoreError("damaged", "the database is damaged")

    shop = Broken([])
    app = application(shop, lambda: shop)
    with pytest.raises(StoreError):
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
    assert isinstance(app.unexpected, StoreError)
    assert app.return_code == 1


async def claim_in(app: AmendsApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("space")
        await pilot.pause()


async def test_an_unexpected_error_is_kept_without_a_traceback_on_the_screen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Broken(Shop):
        def claim(self, case_id: int) -> Any:
            raise ZeroDivisionError(case_id)

    shop = Broken([case_row(1)])
    app = application(shop, lambda: shop)
    with pytest.raises(ZeroDivisionError):
        await claim_in(app)
    assert isinstance(app.unexpected, ZeroDivisionError)
    assert "Traceback" not in capsys.readouterr().err


async def test_a_desk_left_open_goes_on_looking_for_missed_promises_and_trouble_does_not_end_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app_module, "CATCH_UP_EVERY", 0.01)
    rounds = asyncio.Semaphore(0)
    loop = asyncio.get_running_loop()

    class Locked(Shop):
        def catch_up(self) -> int:
            loop.call_soon_threadsafe(rounds.release)
            raise StoreError("locked", "somebody writes")

    shop = Locked([case_row(1)])
    app = application(shop, lambda: shop)
    async with app.run_test(size=(100, 30)) as pilot:
        for _round in range(3):
            await rounds.acquire()
        await pilot.pause()
        assert isinstance(app.screen, InboxScreen)
    assert app.unexpected is None
