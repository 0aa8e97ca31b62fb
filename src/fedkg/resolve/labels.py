"""What a label such as "HetLoRA" or "Recovering Private Text" tells of a title."""

import re
from collections.abc import Iterable

from fedkg.resolve.names import SMALL_WORDS, spells
from fedkg.resolve.units import Unit

FIELD_WORDS = frozenset(
    [
        "federated",
        "learning",
        "privacy",
        "preserving",
        "private",
        "deep",
        "large",
        "language",
        "model",
        "models",
        "foundation",
        "data",
        "training",
        "tuning",
        "fine",
        "finetuning",
        "personalized",
        "robust",
        "efficient",
        "communication",
        "adaptive",
        "neural",
        "networks",
        "network",
        "graph",
        "knowledge",
        "distillation",
        "reinforcement",
        "transfer",
        "multi",
        "task",
        "decentralized",
        "distributed",
        "secure",
        "aggregation",
        "optimization",
        "survey",
        "systems",
        "framework",
    ]
)
"""Words so common in the field that a label made of them alone names no work."""

_GENERIC = re.compile(
    r"p?f(?:ed|l|edl)?(?:lora|qlora|prompt|peft|pet|adapters?|bert|gpt|llms?|vlm|clip|vit|moe|rlhf"
    r"|dpo|kd|distil|distill|rag|it|ft|pt|tuning|fm|avg|sgd|opt)(?:fl)?"
)


def is_telling(label: Unit) -> bool:
    """Whether a label is a coined name, or mostly words that are not of the field at large.

    "Recovering Private Text" tells a work from others, "One-Shot Federated Learning" does not.
    """
    words = label.name.sequence
    telling = [word for word in words if word not in FIELD_WORDS and word not in SMALL_WORDS]
    return label.name.is_coined or len(words) == 1 or 2 * len(telling) > len(words)


def is_generic(names: Iterable[str]) -> bool:
    """Whether names (folded) are "Fed" and a common technique: several works are called FedLoRA."""
    return all(_GENERIC.fullmatch(name) for name in names)


def abbreviates(label: Unit, work: Unit) -> bool:
    """Whether a label is made of the beginnings of words of the title: HetLoRA, FedIT.

    "Fed" and one word more say nothing in this field: at least three words, or another beginning
    of the title, must be spelled.
    """
    words = () if work.name.is_label else work.name.sequence
    spaced = () if work.name.is_label else work.name.spaced
    parts = label.name.parts if len(label.name.sequence) <= 2 else ()
    for part in parts:
        if max(spells(part, words), spells(part, spaced)) >= 3:
            return True
        is_start = len(words) > 1 and part[:3] == words[0][:3] != "fed"
        if (
            is_start
            and part[3:]
            and part.endswith(words[1])
            and words[0].startswith(part.removesuffix(words[1]))
        ):
            return True
    return False


def begins(label: Unit, work: Unit) -> bool:
    """Whether a label of three words or more, some not of the field at large, begins the title."""
    is_long = len(label.name.sequence) >= 3
    return is_long and is_telling(label) and work.name.full.startswith(label.name.full)


def is_unlike(label: Unit, work: Unit) -> bool:
    """Whether a label of plain words has none in common with the title."""
    if label.name.is_coined:
        return False
    plain = set(label.name.sequence) - FIELD_WORDS - SMALL_WORDS
    return bool(plain) and not plain & set(work.name.sequence)
