"""What axe-core, a checker of accessibility, says of an open page."""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page as Tab

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def broken_rules(tab: Tab, *, colours: bool = True) -> str:
    """Return a report of the rules that a page breaks, "" where it breaks none.

    The rule of contrast takes as long as all others, and asks nothing but colours.
    """
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    rules = {} if colours else {"color-contrast": {"enabled": False}}
    options = {"runOnly": RULES, "rules": rules, "resultTypes": ["violations"]}
    found = AxeResults(tab.evaluate("options => axe.run(options)", options))
    return found.generate_report() if found.violations_count else ""
