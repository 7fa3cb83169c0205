"""Draws still-life.jpg, the picture of `cdam demo`: a striped ball, a mug and a box on a wooden table. Needs Pillow and NumPy."""
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

W, H, S = 640, 480, 2  # drawn at twice the size, for smooth edges
rng = np.random.default_rng(7)


def noise(shape, blur):
    field = Image.fromarray((rng.random(shape) * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(blur))
    values = np.asarray(field, float)
    return (values - values.mean()) / (values.std() + 1e-6)


def wall_and_table():
    rows, columns = np.mgrid[0:H * S, 0:W * S]
    light = 1 - 0.35 * np.hypot(columns / (W * S) - 0.3, rows / (H * S) - 0.2)
    wall = np.stack([196 * light, 204 * light, 190 * light], -1) + 4 * noise((H * S, W * S), 3)[..., None]
    grain = np.sin(rows / 9 + 3 * noise((H * S, W * S), 40)) * 10 + noise((H * S, W * S), 2) * 5
    wood = np.stack([150 + grain, 104 + 0.8 * grain, 66 + 0.6 * grain], -1) * light[..., None]
    return np.where((rows > 0.58 * H * S)[..., None], wood, wall)


def shadow(canvas, box, strength):
    mask = Image.new("L", (W * S, H * S), 0)
    ImageDraw.Draw(mask).ellipse([S * v for v in box], fill=int(255 * strength))
    mask = np.asarray(mask.filter(ImageFilter.GaussianBlur(14 * S)), float)[..., None] / 255
    return canvas * (1 - mask)


def ball(canvas, x, y, r):
    rows, columns = np.mgrid[0:H * S, 0:W * S]
    u, v = (columns / S - x) / r, (rows / S - y) / r
    z = np.sqrt(np.clip(1 - u * u - v * v, 0, 1))
    inside = u * u + v * v < 1
    stripes = np.sin(9 * np.arctan2(u + 0.4 * v, z + 0.2)) > 0
    color = np.where(stripes[..., None], [206, 38, 46], [240, 236, 224])
    shade = np.clip(0.25 + 0.85 * (-0.5 * u - 0.6 * v + 0.62 * z), 0, 1.15)[..., None]
    gloss = 120 * np.clip(-0.45 * u - 0.55 * v + 0.7 * z, 0, 1)[..., None] ** 24
    return np.where(inside[..., None], color * shade + gloss, canvas)


def mug(canvas, x, y, w, h):
    rows, columns = np.mgrid[0:H * S, 0:W * S]
    u, v = (columns / S - x) / (w / 2), (rows / S - y) / h
    rim = 0.12 * np.sqrt(np.clip(1 - u * u, 0, 1))
    body = (abs(u) < 1) & (v > -rim) & (v < 1 + rim)
    opening = (u * u + (v / 0.12) ** 2) < 0.9
    handle = abs(np.hypot((u - 1.05) * 0.9, (v - 0.5) * 1.6) - 0.5) < 0.13
    shade = np.clip(1.05 - 0.5 * (u + 0.35) ** 2, 0.2, 1.1)[..., None]
    canvas = np.where((handle & (u > 0.9))[..., None], np.array([34, 92, 140]) * 0.8, canvas)
    canvas = np.where(body[..., None], np.array([46, 118, 176]) * shade, canvas)
    return np.where(opening[..., None], np.array([30, 34, 40]) * (1.2 + 0.3 * u[..., None]), canvas)


def box(canvas):
    image = Image.fromarray(np.clip(canvas, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    front = [(430, 250), (560, 268), (556, 392), (432, 372)]
    side = [(560, 268), (606, 244), (600, 356), (556, 392)]
    top = [(430, 250), (480, 230), (606, 244), (560, 268)]
    for face, color in ((front, (224, 178, 62)), (side, (150, 112, 30)), (top, (246, 210, 110))):
        draw.polygon([(S * a, S * b) for a, b in face], fill=color)
    for step in range(1, 5):
        a = np.array(front[0]) * (1 - step / 5) + np.array(front[3]) * step / 5
        b = np.array(front[1]) * (1 - step / 5) + np.array(front[2]) * step / 5
        draw.line([tuple(S * a), tuple(S * b)], fill=(120, 84, 20), width=3 * S)
    return np.asarray(image, float)


canvas = wall_and_table()
for spot in ((70, 350, 300, 430), (270, 350, 440, 410), (420, 340, 640, 420)):
    canvas = shadow(canvas, spot, 0.55)
canvas = ball(box(mug(canvas, 345, 225, 110, 150)), 175, 290, 102)
canvas += 3 * rng.standard_normal(canvas.shape)
picture = Image.fromarray(np.clip(canvas, 0, 255).astype(np.uint8)).resize((W, H), Image.LANCZOS)
picture.save("still-life.jpg", quality=88)
