"""Makes pillow_blur.json beside it (made with Pillow 9.4.0): small pictures, and what ImageFilter.GaussianBlur makes of them.

Bytes are RGB, row-major, as base64. Sizes on both sides of the box's width (29 pixels for radius 14), and radii with and without a fraction.
"""
import base64
import json
import random
from pathlib import Path

from PIL import Image, ImageFilter

CASES = [(40, 33, 14), (60, 9, 14), (5, 7, 14), (1, 1, 14), (24, 18, 2.5), (16, 12, 0.4), (15, 21, 5)]


def picture(width, height, seed):
    """A gradient with hard edges and extremes, so that rounding and borders show."""
    rnd = random.Random(seed)
    return Image.frombytes("RGB", (width, height), bytes(
        rnd.choice((0, 255)) if (x // 7 + y // 5) % 3 == 0 else (x * 5 + y * 3 + 80 * channel) % 256
        for y in range(height) for x in range(width) for channel in range(3)))


def case(width, height, radius):
    source = picture(width, height, width * 1000 + height)
    blurred = source.filter(ImageFilter.GaussianBlur(radius))
    return {
        "width": width,
        "height": height,
        "radius": radius,
        "rgb": base64.b64encode(source.tobytes()).decode(),
        "blurred": base64.b64encode(blurred.tobytes()).decode(),
    }


Path(__file__).with_name("pillow_blur.json").write_text(json.dumps([case(*sizes) for sizes in CASES], indent=1) + "\n")
