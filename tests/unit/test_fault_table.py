from tools import fault_table


def test_readme_is_up_to_date() -> None:
    """README says what the fault matrix holds; ``python -m tools.fault_table`` writes it."""
    readme = (fault_table.ROOT / "README.md").read_text("utf-8")

    assert readme == fault_table.with_section(readme)
