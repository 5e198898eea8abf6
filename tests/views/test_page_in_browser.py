"""The page in a real browser: no errors, no requests, no sideways scroll, filters, jumps, the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from making import make_empty_pair, make_pair, make_rows

from detente.views.page import write_page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "pair.html"
    pair = make_pair()
    write_page(pair, path, make_rows(pair))
    return path


class Visit:
    """A page opened, with everything it complained of and asked for."""

    def __init__(self, browser: Any, path: Path, width: int, **context: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 800}, **context)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 768, 380, 360, 320])
def test_it_opens_from_disk_in_silence_and_never_scrolls_sideways(
    browser: Any, page_file: Path, width: int, scheme: str
) -> None:
    with Visit(browser, page_file, width, color_scheme=scheme) as visit:
        for details in visit.page.query_selector_all("details"):
            details.evaluate("d => { d.open = true }")
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        assert visit.complaints == []
        assert visit.requests == [page_file.as_uri()]


def test_a_filter_hides_acts_and_takes_them_out_of_the_data(browser: Any, page_file: Path) -> None:
    with Visit(browser, page_file, 1280) as visit:
        page = visit.page
        total = page.locator("li.act").count()
        page.select_option("select[name=type]", "SANCTION")
        shown = page.locator("li.act:visible").count()
        assert 0 < shown < total
        assert page.inner_text("#shown") == f"{shown} of {total} shown"
        with page.expect_download() as waiting:
            page.click("#data")
        lines = Path(waiting.value.path()).read_text("utf-8").splitlines()
        assert len(lines) == shown + 1
        assert all("SANCTION" in line for line in lines[1:])


def test_a_mark_in_the_chart_leads_to_its_act_by_mouse_and_by_key(browser: Any, page_file: Path) -> None:
    with Visit(browser, page_file, 1280) as visit:
        page = visit.page
        mark = page.locator(".wide svg.course a.act").first
        mark.click()
        target = mark.get_attribute("href")
        assert page.evaluate("'#' + document.activeElement.id") == target
        last = page.locator(".wide svg.course a.act").last
        last.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("h => '#' + document.activeElement.id === h", arg=last.get_attribute("href"))


def test_a_jump_to_a_filtered_act_shows_it_first(browser: Any, page_file: Path) -> None:
    with Visit(browser, page_file, 1280) as visit:
        page = visit.page
        hidden = page.locator('li.act[data-type="CONSULT"]').first
        page.select_option("select[name=type]", "SANCTION")
        assert not hidden.is_visible()
        page.evaluate("id => { location.hash = id }", hidden.get_attribute("id"))
        hidden.wait_for(state="visible")


def test_without_script_everything_is_there_and_no_dead_control_shows(browser: Any, page_file: Path) -> None:
    with Visit(browser, page_file, 1280, java_script_enabled=False) as visit:
        assert visit.page.locator("li.act:visible").count() == len(make_pair().acts)
        assert not visit.page.locator("#filters").is_visible()


def test_the_first_tab_offers_to_skip_the_chart(browser: Any, page_file: Path) -> None:
    with Visit(browser, page_file, 1280) as visit:
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.textContent") == "Skip to the acts"


def test_every_control_and_link_has_a_name(browser: Any, page_file: Path) -> None:
    with Visit(browser, page_file, 1280) as visit:
        for control in visit.page.query_selector_all("a, input, select, summary, [tabindex='0']"):
            name = control.evaluate(
                "e => e.getAttribute('aria-label') || e.textContent || (e.labels && e.labels[0].textContent)"
            )
            assert name.strip(), control.evaluate("e => e.outerHTML")


def test_an_empty_pair_opens_as_well(browser: Any, tmp_path: Path) -> None:
    write_page(make_empty_pair(), tmp_path / "empty.html")
    with Visit(browser, tmp_path / "empty.html", 360) as visit:
        assert visit.complaints == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360
