"""What a build read, resolved and found: a few printed lines, `report.json`, `report.html`.

figures → facts (report.json) → page (report.html)
"""

from fedkg.report.facts import Lines, write_report
from fedkg.report.figures import figures, summary
from fedkg.report.page import write_page

__all__ = ["Lines", "figures", "summary", "write_page", "write_report"]
