import numpy as np
import pytest
import torch

from knowledge.embedding import SentenceEncoder, Vectors
from knowledge.judges.minilm import MiniLM, layers, merge, units
from knowledge.judges.training.compact import compact
from knowledge.judges.training.panel import rounded

TEXTS = ["Trams are back.", "Fuel is dear, and it will be dearer still when winter comes to the city."]


def vectors(model: MiniLM) -> Vectors:
    with torch.inference_mode():
        return np.asarray(units(model, TEXTS, 64).numpy())


def test_before_anything_is_learned_it_encodes_as_the_published_model_does() -> None:
    assert np.allclose(vectors(MiniLM()), SentenceEncoder(threads=1).encode(TEXTS), atol=1e-4)


@pytest.fixture(scope="module")
def taught() -> MiniLM:
    model = MiniLM()
    torch.manual_seed(0)
    with torch.no_grad():
        for _, parameter in layers(model):
            rows, columns = (*parameter.shape, 1)[:2]
            change = torch.randn(rows, 4) @ torch.randn(4, columns) * 0.01
            parameter.add_(change.reshape(parameter.shape))
    return model


def test_what_training_changed_is_the_same_once_merged(taught: MiniLM) -> None:
    merged = MiniLM()
    merge(merged, {name: tensor.float().numpy() for name, tensor in compact(taught, 4).items()})
    assert np.allclose(vectors(taught), vectors(merged), atol=2e-3)
    assert not np.allclose(vectors(taught), vectors(MiniLM()), atol=2e-2)


def test_what_training_changed_is_nearly_the_same_as_bytes(taught: MiniLM) -> None:
    merged = MiniLM()
    learned = rounded({name: tensor.numpy() for name, tensor in compact(taught, 4).items()})
    merge(merged, {name: array.astype(np.float32) for name, array in learned.items()})
    assert np.allclose(vectors(taught), vectors(merged), atol=1e-2)
