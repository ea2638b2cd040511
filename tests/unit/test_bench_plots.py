from pathlib import Path

from tools.bench.plots import draw
from tools.bench.results import Case, Measured, Results, Row


def drawn(folder: Path) -> dict[str, bytes]:
    """The plots of two sizes without latency, and one with."""
    one = Measured("create", 1.0, 1, 1000, 2**26)
    results = Results({"cores": 2}, 8)
    results.add(Row(case, one, one, 1) for case in (Case(1), Case(100), Case(100, 300)))
    folder.mkdir()
    draw(results, folder)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_same_data_same_bytes(tmp_path: Path) -> None:
    """A plot changes in the repository only when what it shows does."""
    one, two = drawn(tmp_path / "one"), drawn(tmp_path / "two")

    assert one == two
    assert one.keys() == {f"performance-{name}.svg" for name in ("size", "latency", "memory")}
