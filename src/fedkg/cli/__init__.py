"""The command line: commands and their help, no logic.

One module a group of commands. What a command needs beyond its options is imported when it runs:
`fedkg lint` in a hook must not wait for the libraries of a server.
"""

from fedkg.cli.asking import explain, query, stats, why
from fedkg.cli.building import build, validate
from fedkg.cli.enriching import enrich
from fedkg.cli.exporting import export
from fedkg.cli.linting import lint
from fedkg.cli.networking import network
from fedkg.cli.program import main
from fedkg.cli.serving import serve
from fedkg.cli.settings import config
from fedkg.cli.wikidata import wikidata

__all__ = ["main"]

for _command in (
    build,
    serve,
    query,
    why,
    explain,
    validate,
    lint,
    export,
    network,
    enrich,
    wikidata,
    stats,
    config,
):
    main.add_command(_command)
