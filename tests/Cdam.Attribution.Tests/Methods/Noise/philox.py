"""Philox4x32-10 written straight from Salmon et al. 2011; prints the values in PhiloxTests.cs. Needs Python alone."""


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(p1 >> 32) ^ c[1] ^ k[0], p1 & 0xFFFFFFFF, (p0 >> 32) ^ c[3] ^ k[1], p0 & 0xFFFFFFFF]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


def show(words):
    return " ".join(f"{word:08x}" for word in words)


def layout(counter, key):
    """A 64-bit counter in the lower two words, the upper two 0; a 64-bit key, lower word first."""
    return philox([counter & 0xFFFFFFFF, counter >> 32, 0, 0], [key & 0xFFFFFFFF, key >> 32])


# The three known answers that Random123 publishes (tests/kat_vectors).
F, PI = 0xFFFFFFFF, [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0]
assert show(philox([0] * 4, [0] * 2)) == "6627e8d5 e169c58d bc57ac4c 9b00dbd8"
assert show(philox([F] * 4, [F] * 2)) == "408f276d 41c83b0e a20bc7c6 6d5451fd"
assert show(philox(PI[:4], PI[4:])) == "d16cfe09 94fdcceb 5001e420 24126ea1"

ALL = 0xFFFFFFFFFFFFFFFF
for counter, key in [(0, 0), (ALL, ALL), (1, 0), (0, 1), (1 << 32, 0), (0, 1 << 32), (0x85A308D3243F6A88, 0x299F31D0A4093822)]:
    print(f"{counter:016x} {key:016x} -> {show(layout(counter, key))}")
