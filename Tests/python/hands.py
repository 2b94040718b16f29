"""Two pairs of hands for the dashboard: what a person does with a mouse, and the same by keyboard alone."""

from playwright.sync_api import expect

TABS_MAX = 400
BEFORE = """element =>
    Boolean(document.activeElement.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING)"""


class Mouse:
    """Points and clicks; only text is typed."""

    def __init__(self, page):
        self.page = page

    def press(self, target, key=None):
        """Presses a link or button; `key` is the shortcut of those who have no mouse."""
        target.click()

    def tick(self, box):
        box.click()

    def open_row(self, link):
        link.click()

    def write(self, field, text, key=None):
        """Writes into a field instead of what is in it."""
        field.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, field, title):
        field.select_option(label=title)

    def pick(self, box, option):
        """Takes one of what a search box found."""
        option.click()


class Keyboard:
    """Never touches the mouse: Tab goes to things, Enter presses them, shortcuts do what they say."""

    def __init__(self, page):
        self.page = page

    def press(self, target, key=None):
        if key is None or self._is_typing():
            self._reach(target)
            key = "Enter"
        else:
            expect(target.first).to_be_attached()
        for step in key.split():
            self.page.keyboard.press(step)

    def tick(self, box):
        self._reach(box)
        self.page.keyboard.press("Space")

    def open_row(self, link):
        """Goes down the list to the row of a link, and opens it."""
        row = link.locator("xpath=ancestor::tr[1]")
        expect(row).to_be_visible()
        self.page.keyboard.press("Enter")  # leaves the filter that found it
        expect(self.page.locator("input:focus, select:focus")).to_have_count(0)
        for _ in range(TABS_MAX):
            self.page.keyboard.press("j")
            if has_focus(row):
                return self.page.keyboard.press("Enter")
        raise AssertionError(f"j never came to {row}")

    def write(self, field, text, key=None):
        if key is None or self._is_typing():
            self._reach(field)
        else:
            expect(field).to_be_attached()
            self.page.keyboard.press(key)
            expect(field).to_be_focused()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, field, title):
        self._reach(field)
        titles = field.evaluate("select => [...select.options].map(one => one.text.trim())")
        assert title in titles, f"no '{title}' among {titles}"
        place, wanted = field.evaluate("select => select.selectedIndex"), titles.index(title)
        for at in range(place, wanted, 1 if wanted > place else -1):
            self.page.keyboard.press("ArrowDown" if wanted > place else "ArrowUp")
            expect(field).not_to_have_js_property("selectedIndex", at)
        expect(field).to_have_js_property("selectedIndex", wanted)

    def pick(self, box, option):
        expect(option).to_have_attribute("aria-selected", "true")
        self.page.keyboard.press("Enter")

    def _is_typing(self):
        """Shortcuts are text where one types or chooses."""
        return self.page.locator("input:focus, select:focus, textarea:focus").count() > 0

    def _reach(self, target):
        """Tabs to something; what is reached shows that it has the focus."""
        target = target.first
        expect(target).to_be_visible()
        expect(target).to_be_enabled()
        for _ in range(TABS_MAX):
            if has_focus(target):
                assert target.evaluate("element => element.matches(':focus-visible')"), f"no focus is seen on {target}"
                return
            self.page.keyboard.press("Shift+Tab" if target.evaluate(BEFORE) else "Tab")
        raise AssertionError(f"Tab never came to {target}")


def has_focus(target):
    return target.evaluate("element => element === document.activeElement")


BOTH = [Mouse, Keyboard]
