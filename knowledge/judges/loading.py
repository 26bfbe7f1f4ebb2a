"""The learned weights that ship with the judges."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from knowledge.embedding import Vectors, check_weights

FOLDER = Path(__file__).parent / "weights"
SHA256: Mapping[str, str] = {
    "counter": "67fe7219e7ab79d0d42caf50b5f9839a41590dd596868444eeeda636fbf82fe9",
    "keypoints": "5a3f67804429230d1cc2109977413b463c232921878ac7c778011e86959d67d4",
    "stance": "712377eaeaa5fce67381b8e9281e915397c38c2233fd97a22d56f0d29a034739",
    "strength": "44cd567045cbb0ea0cb2f5eb252137fc7e7006d0279060aee2d332deac44cf59",
}


def weights(name: str) -> Mapping[str, Vectors]:
    """Return a judge's arrays as float32; ModelError when the file is not the one that ships."""
    path = FOLDER / f"{name}.safetensors"
    check_weights(path, SHA256[name])
    return {key: array.astype(np.float32) for key, array in load_file(path).items()}
