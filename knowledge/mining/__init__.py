"""What can be told of a reading nobody has annotated: which side each passage helps, its role, its arguments."""

from knowledge.mining.cutting import cut
from knowledge.mining.miner import Mined, claims, drafted_id, mine, texts

__all__ = ["Mined", "claims", "cut", "drafted_id", "mine", "texts"]
