"""benches/run as a module: its name has no ending, so it is loaded by its path."""
import importlib.machinery
import importlib.util
import os

_path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "run")
_loader = importlib.machinery.SourceFileLoader("run", _path)
run = importlib.util.module_from_spec(importlib.util.spec_from_loader("run", _loader))
_loader.exec_module(run)
