"""What a Python that a test starts runs of the program is measured too; then all is as without."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[3]

try:
    import coverage
except ImportError:  # another program, of another environment
    pass
else:
    coverage.Coverage(config_file=_ROOT / "pyproject.toml", data_file=_ROOT / ".coverage", data_suffix=True,
                      auto_data=True).start()

usual = importlib.util.spec_from_file_location("sitecustomize", Path(__file__).parents[1] / "sitecustomize.py")
if usual is not None and usual.loader is not None:
    usual.loader.exec_module(importlib.util.module_from_spec(usual))
