"""Dates as lists write them."""

import pytest

from fedkg.read.dates import parse_date, take_apart


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-07", "2024-07"),
        ("2024.7", "2024-07"),
        ("2024年7月", "2024-07"),
        ("Dec 2024 NeurIPS Workshop", "2024-12"),
        ("22nd September 2023", "2023-09"),
        ("Mon 2024", "2024"),
        ("Sep 23 KDD", "2023-09"),
        ("2025-13--19 Jul", "2025-07"),
        ("ICLR'24", "2024"),
        ("AAAI‚24", "None"),
        ("EACL ’ 24", "2024"),
        ("ICML23", "2023"),
        ("AAAI-19", "2019"),
        ("NeurIPS2022", "2022"),
        ("arXiv:2012.15486", "None"),
        ("GPT-20b", "None"),
        ("12345", "None"),
        ("May I ask", "None"),
        ("", "None"),
        ("2024 " * 200, "None"),
    ],
)
def test_a_date_is_read(text, date):
    """A year, with the month where the text names one; anything else is no date."""
    assert str(parse_date(text)) == date


@pytest.mark.parametrize(
    ("text", "date_words", "rest", "bare"),
    [
        ("Dec 2024 NeurIPS Workshop", "Dec 2024", "NeurIPS Workshop", "NeurIPS Workshop"),
        ("Mon 2024", "Mon 2024", None, None),
        ("NEURIPS 2024", None, "NEURIPS 2024", "NEURIPS"),
        ("2024", "2024", None, None),
        ("In Proc. of KDD 2024", None, "In Proc. of KDD 2024", "Proc. of KDD"),
        ("CACM, vol. 3, pp. 1-7, 2024", None, "CACM, vol. 3, pp. 1-7, 2024", "CACM"),
        ("Nat. Med. (Comment) 2024", None, "Nat. Med. (Comment) 2024", "Nat. Med. (Comment)"),
        ("TMLR (2024)", None, "TMLR (2024)", "TMLR"),
    ],
)  # fmt: skip
def test_a_note_is_taken_apart(text, date_words, rest, bare):
    """What states a date and what names a venue are told apart, both verbatim and bare."""
    taken = take_apart(text)
    assert (taken.date_words, taken.rest, taken.bare) == (date_words, rest, bare)
