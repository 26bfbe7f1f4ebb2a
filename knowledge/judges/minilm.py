"""The packaged MiniLM, changed by what a judge has learned."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import normalize
from transformers import AutoTokenizer, BertModel, PreTrainedTokenizerBase
from transformers.utils import logging

from knowledge.embedding import Vectors, packaged_minilm

BATCH = 32
Text = str | tuple[str, str]
"""What is encoded: a text, or two that are read together."""


class MiniLM(nn.Module):
    """A copy of all-MiniLM-L6-v2 whose layers may be changed; the word embeddings are shared between copies."""

    def __init__(self) -> None:
        super().__init__()
        self.tokenizer, whole = _published()
        self.bert = BertModel(whole.config, add_pooling_layer=False)
        self.bert.load_state_dict(whole.state_dict(), strict=False)
        self.bert.embeddings = whole.embeddings
        self.eval()

    def forward(self, texts: Sequence[Text], longest: int) -> tuple[Tensor, Tensor]:
        """Return the last states, shape (texts, tokens, 384), and where there is a token, shape (texts, tokens)."""
        first = [text if isinstance(text, str) else text[0] for text in texts]
        second = [text[1] for text in texts if not isinstance(text, str)]
        given = self.tokenizer(
            first, second or None, truncation=True, max_length=longest, padding=True, return_tensors="pt"
        )
        return self.bert(**given).last_hidden_state, given["attention_mask"].bool()


def means(states: Tensor, mask: Tensor) -> Tensor:
    """Return the mean state of each text's tokens, shape (texts, 384)."""
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1)


def units(model: MiniLM, texts: Sequence[Text], longest: int) -> Tensor:
    """Return one unit vector a text, shape (texts, 384)."""
    return normalize(means(*model(texts, longest)), dim=-1)


@cache
def _published() -> tuple[PreTrainedTokenizerBase, BertModel]:
    folder = packaged_minilm()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return AutoTokenizer.from_pretrained(folder), BertModel.from_pretrained(folder).requires_grad_(False)


def layers(model: MiniLM) -> Iterator[tuple[str, nn.Parameter]]:
    """Return the parameters that judges change, by name: those of the layers, not of the word embeddings."""
    yield from model.bert.encoder.named_parameters()


def merge(model: MiniLM, learned: Mapping[str, Vectors]) -> None:
    """Add what was learned to the model: to a matrix the product of ``<name>.up`` and ``<name>.down``.

    ``<name>.sizes``, where there is one, is what each of the directions between the two is multiplied by.
    """
    with torch.no_grad():
        for name, parameter in layers(model):
            if f"{name}.up" in learned:
                up = learned[f"{name}.up"] * learned.get(f"{name}.sizes", np.float32(1))
                parameter.add_(torch.from_numpy(up @ learned[f"{name}.down"]))
            else:
                parameter.add_(torch.from_numpy(learned[name]))


def batches(texts: Sequence[Text], size: int = BATCH) -> Iterator[list[int]]:
    """Return the rows of the texts in batches of like length, so that little is padded."""
    rows = sorted(range(len(texts)), key=lambda row: len("".join(texts[row])))
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
