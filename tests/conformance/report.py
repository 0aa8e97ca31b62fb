"""Run the whole suite and write docs/conformance.md: `make conformance`."""

import os
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT / "tests"))

from conformance.manifest import absent, directories, suite_of  # noqa: E402
from conformance.page import page  # noqa: E402
from conformance.run import run, server_for  # noqa: E402


def main() -> None:
    """Write the page, and say how many tests failed."""
    shared = (CHECKOUT / (os.environ.get("FEDKG_SHARED") or "../shared")).resolve()
    suite = suite_of(shared)
    if not suite.is_dir():
        sys.exit(f"The suite is not at {suite}: set FEDKG_SHARED to the folder above w3c.")
    with server_for(suite, directories(suite)) as (server, cases):
        done = [run(suite, case, server) for case in cases]
    target = CHECKOUT / "docs" / "conformance.md"
    target.write_text(page(done, absent(suite)), encoding="utf-8")
    failures = sum(one.outcome.verdict == "fail" for one in done)
    print(f"{target.relative_to(CHECKOUT)}: {len(done)} tests, {failures} fail")


if __name__ == "__main__":
    main()
