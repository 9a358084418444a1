"""The strategy as data, and the view of it: its measures beside figures and survey results."""

from analysis.strategy.building import build_view
from analysis.strategy.loading import load_strategy
from analysis.strategy.model import Strategy
from analysis.strategy.view_model import StrategyView

__all__ = ["Strategy", "StrategyView", "build_view", "load_strategy"]
