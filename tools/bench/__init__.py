"""Measure the package on the real CLI: ``make bench``, or ``python -m tools.bench --help``.

A stack of so many projects goes through its life beside as many resources that do nothing and have
the same inputs and outputs: those are the floor, what Pulumi itself takes. The results go to
``docs/performance.json``; the page and its plots are made from that file alone.
"""
