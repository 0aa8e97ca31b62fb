"""What axe-core, a checker of accessibility, says of an open page."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page as Tab

_COLOURS = ("color-contrast", "link-in-text-block")
ALL: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
}
LAYOUT = {**ALL, "rules": {name: {"enabled": False} for name in _COLOURS}}
"""All but the rules of colours, which take as long as all others."""
COLOURS = {"runOnly": {"type": "rule", "values": _COLOURS}}


def broken_rules(tab: Tab, rules: dict[str, Any] = ALL) -> str:
    """Return a report of the rules that a page breaks, "" where it breaks none."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    options = {**rules, "resultTypes": ["violations"]}
    found = AxeResults(tab.evaluate("options => axe.run(options)", options))
    return found.generate_report() if found.violations_count else ""
