"""Take the screenshots of docs/screenshots: each type of page, phone and desktop, light and dark.

The pages are those of the lists that ship; a browser (Chromium) must be there.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
PAGES = {
    "home": "",
    "browse": "browse?technique=lora&code=yes",
    "matrix": "matrix",
    "search": "search?q=federated+tun",
    "paper": "paper/arxiv-2312.06353.html",
    "why": "why/arxiv-2312.06353?property=fkg:venue&value=venue/icml",
    "person": "person/yaliang-li.html",
    "dataset": "dataset/gsm8k.html",
    "model": "model/llama-7b.html",
    "family": "family/llama.html",
    "technique": "technique/parameter-efficient-fine-tuning.html",
    "venue": "venue/iclr.html",
    "edition": "edition/icml-2024.html",
    "repository": "repository/github-com-alibaba-federatedscope.html",
    "list": "list/fm-fl.html",
    "entry": "entry/fedllm/edcd229672ca.html",
    "ontology": "ontology.html",
    "sparql": "sparql?example=users-of-a-dataset",
    "not-found": "paper/nothing",
}
COLOURS = 48
"""Colours of a screenshot: pages have few, and their files are a third as large."""


def main() -> None:
    """Write all screenshots, in place of those that are there."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with _served() as address, sync_playwright() as player:
        program = next(filter(None, map(shutil.which, BROWSERS)))
        browser = player.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for size in SIZES:
            for scheme in SCHEMES:
                _take_all(browser, address, size, scheme)
        browser.close()
    largest = max(FOLDER.glob("*.png"), key=lambda file: file.stat().st_size)
    print(f"the largest is {largest.name}, {largest.stat().st_size:,} bytes")


@contextmanager
def _served() -> Iterator[str]:
    """Build the lists that ship, and serve them; give the address."""
    with tempfile.TemporaryDirectory() as folder:
        fedkg = [sys.executable, "-m", "fedkg"]
        subprocess.run([*fedkg, "build", "--dir", folder], check=True, capture_output=True)  # noqa: S603
        command = [*fedkg, "serve", "--dir", folder, "--port", "0"]
        with subprocess.Popen(  # noqa: S603 - this very program
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as server:
            assert server.stdout is not None
            yield server.stdout.readline().split()[2]
            server.terminate()


def _take_all(browser: Browser, address: str, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    tab = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    for name, path in PAGES.items():
        tab.goto(address + path, wait_until="networkidle")
        _keep(tab, FOLDER / f"{name}-{size}-{scheme}.png")
    tab.close()


def _keep(tab: Page, file: Path) -> None:
    picture = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
