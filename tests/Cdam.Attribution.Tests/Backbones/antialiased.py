"""Antialiased bicubic weights along one axis as PyTorch makes them; prints the rows in CubicKernelTests.cs. Needs Python alone.

Kernel a = -0.5; when shrinking it is widened by the scale; the support is cut at the edges and renormalised.
Exact fractions, so that nothing is shared with the code under test but the definition.
"""
from fractions import Fraction as Q
from math import floor


def cubic(x):
    x = abs(x)
    if x < 1:
        return Q(3, 2) * x**3 - Q(5, 2) * x**2 + 1
    if x < 2:
        return -Q(1, 2) * x**3 + Q(5, 2) * x**2 - 4 * x + 2
    return Q(0)


def row(i, old, new):
    scale = Q(old, new)
    widening = max(scale, Q(1))
    center = (i + Q(1, 2)) * scale
    first = max(floor(center - 2 * widening + Q(1, 2)), 0)
    last = min(floor(center + 2 * widening + Q(1, 2)), old)
    weights = [Q(0)] * old
    for k in range(first, last):
        weights[k] = cubic((k + Q(1, 2) - center) / widening)
    total = sum(weights)
    return [float(w / total) for w in weights]


for old, new in [(4, 6), (6, 4), (8, 3), (2, 5)]:
    print(f"({old}, {new}):")
    for i in range(new):
        print("   ", ", ".join(f"{w:.9f}" for w in row(i, old, new)))
