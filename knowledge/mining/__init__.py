"""What can be told of a reading nobody has annotated: which side each passage helps, its role, its arguments."""

from knowledge.mining.cutting import cut
from knowledge.mining.miner import Mined, mine, texts

__all__ = ["Mined", "cut", "mine", "texts"]
