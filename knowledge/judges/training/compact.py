"""What training changed in MiniLM, in few numbers."""

from collections.abc import Iterator, Mapping

import torch
from torch import Tensor

from knowledge.judges.minilm import MiniLM, layers


def compact(model: MiniLM, rank: int) -> Mapping[str, Tensor]:
    """Return the changes to the published weights as half floats, named as ``minilm.merge`` reads them.

    Of the change to a matrix only its largest ``rank`` directions are kept, as two matrices (as LoRA has them:
    Hu et al., 2022).
    """
    return {name: tensor.half().contiguous() for name, tensor in _changes(model, rank)}


def _changes(model: MiniLM, rank: int) -> Iterator[tuple[str, Tensor]]:
    published = dict(layers(MiniLM()))
    for name, parameter in layers(model):
        change = (parameter - published[name]).detach()
        if change.dim() < 2:
            yield name, change
            continue
        left, sizes, right = torch.linalg.svd(change, full_matrices=False)
        root = sizes[:rank].sqrt()
        yield f"{name}.up", left[:, :rank] * root
        yield f"{name}.down", root[:, None] * right[:rank]
