"""The steps of a fine-tuning."""

from collections.abc import Sequence

from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LambdaLR

WARM = 0.08
"""Share of the steps in which the rate grows to its height; in all it falls to nothing."""


def warmed(rates: Optimizer, steps: int) -> LambdaLR:
    """Return what lets the rate grow at first and fall over so many steps."""
    return LambdaLR(rates, lambda at: min((at + 1) / (WARM * steps), 1 - at / steps))


def step(loss: Tensor, rates: Optimizer, ramp: LambdaLR, clipped: Sequence[nn.Parameter]) -> float:
    """Change the parameters by the loss, the gradients of those clipped to length 1; return the loss."""
    rates.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(clipped, 1.0)
    rates.step()
    ramp.step()
    return loss.item()
