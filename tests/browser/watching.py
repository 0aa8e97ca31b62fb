"""What a browser notices while a page is open: errors, requests, what the policy stopped."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request
from playwright.sync_api import Page as Tab

_TELL = "tellViolation"
_LISTEN = f"""document.addEventListener('securitypolicyviolation', event =>
    window.{_TELL}(`${{event.violatedDirective}} stopped ${{event.blockedURI}}`))"""


@dataclass  # no slots: Playwright keeps a note at whom it calls back
class Watched:
    """A tab, and what went wrong in it. `asked` are the addresses of all its requests.

    What is `missing` is meant to be: addresses that get no answer, or that of an error.
    """

    tab: Tab
    origin: str
    troubles: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)

    def open(self, path: str, status: int = 200) -> Tab:
        """Open a path of the site; it answers with the status."""
        address = f"{self.origin}/{path}"
        if status >= 400:
            self.missing.add(address)
        response = self.tab.goto(address)
        assert response is not None
        assert response.status == status
        return self.tab

    def check(self) -> None:
        """Assert that nothing went wrong, and that nothing was asked of another host."""
        assert self.troubles == []
        assert [one for one in self.asked if not one.startswith(f"{self.origin}/")] == []

    def note_message(self, told: ConsoleMessage) -> None:
        """Keep what is written to the console, but for a page that is to be missing."""
        if told.type in {"error", "warning"} and told.location["url"] not in self.missing:
            self.troubles.append(f"console: {told.text}")

    def note_dialog(self, opened: Dialog) -> None:
        """Close a dialog: none is ours."""
        self.troubles.append(f"dialog: {opened.message}")
        opened.dismiss()

    def note_failure(self, request: Request) -> None:
        """Keep what could not be fetched, but for what the next page made unnecessary."""
        if request.failure == "net::ERR_ABORTED" or request.url in self.missing:
            return
        self.troubles.append(f"failed: {request.url}: {request.failure}")


def watched(context: BrowserContext, origin: str) -> Watched:
    """Open a tab, watched from its beginning."""
    found = Watched(context.new_page(), origin)
    tab = found.tab
    tab.on("console", found.note_message)
    tab.on("dialog", found.note_dialog)
    tab.on("requestfailed", found.note_failure)
    tab.on("request", lambda request: found.asked.append(request.url))
    tab.on("pageerror", lambda error: found.troubles.append(f"error: {error}"))
    tab.on("popup", lambda other: found.troubles.append(f"window: {other.url}"))
    tab.expose_function(_TELL, lambda told: found.troubles.append(f"policy: {told}"))
    tab.add_init_script(_LISTEN)
    return found
