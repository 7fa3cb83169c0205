"""Makes the reference pictures beside it with Pillow (made with 9.4.0): reference/decode/* and reference/resize/*.

decode/NAME.EXT with decode/NAME.EXT.ppm: a picture file, and the upright 8-bit RGB that Pillow reads from it.
resize/NAME.ppm with resize/NAME_WIDTHxHEIGHT_KERNEL.ppm: a picture, and Pillow's resampling of it.
"""
import random
import shutil
import struct
import zlib
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent / "reference"
ORIENTATION = 274
KERNELS = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}

FLIP = Image.Transpose
TURNS = {1: None, 2: FLIP.FLIP_LEFT_RIGHT, 3: FLIP.ROTATE_180, 4: FLIP.FLIP_TOP_BOTTOM,
         5: FLIP.TRANSPOSE, 6: FLIP.ROTATE_270, 7: FLIP.TRANSVERSE, 8: FLIP.ROTATE_90}


def scene(width, height, seed):
    """Gradients, a hard-edged box, a little noise: no symmetry, so that a wrong orientation shows."""
    rnd = random.Random(seed)
    picture = Image.new("RGB", (width, height))
    for y in range(height):
        for x in range(width):
            pixel = (x * 255 // width, y * 255 // height, (x * 3 + y * 7) % 256)
            if 5 <= x < 15 and 4 <= y < 10:
                pixel = (250, 20, 60)
            picture.putpixel((x, y), tuple(min(255, max(0, v + rnd.randint(-6, 6))) for v in pixel))
    return picture


def extremes(width, height, seed):
    """Only 0 and 255: bicubic overshoots on both sides."""
    rnd = random.Random(seed)
    return Image.frombytes("RGB", (width, height), bytes(rnd.choice((0, 255)) for _ in range(width * height * 3)))


def png16(path, width, height, colour_type, rows):
    """Pillow writes no 16-bit colour PNG."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b""))


def make_resize(folder):
    sources = {
        "scene": (scene(61, 43, 1), [(30, 21), (122, 86), (61, 20), (17, 43), (1, 1), (90, 3), (7, 97), (60, 44), (5, 4)]),
        "extremes": (extremes(40, 33, 2), [(24, 19), (67, 50), (3, 3)]),
        "pixel": (Image.new("RGB", (1, 1), (3, 200, 77)), [(5, 4)]),
        "line": (scene(1, 50, 3), [(3, 7), (2, 90)]),
    }
    for name, (source, sizes) in sources.items():
        source.save(folder / f"{name}.ppm")
        for width, height in sizes:
            for kernel, filter_ in KERNELS.items():
                source.resize((width, height), filter_).save(folder / f"{name}_{width}x{height}_{kernel}.ppm")


def make_files(folder):
    rgb = scene(40, 28, 4)
    grey = rgb.convert("L")
    alpha = rgb.copy()
    alpha.putalpha(Image.frombytes("L", rgb.size, bytes((x * 9) % 256 for x in range(40 * 28))))
    palette = rgb.quantize(16)
    cmyk = rgb.convert("CMYK")

    rgb.save(folder / "rgb.png")
    alpha.save(folder / "alpha.png")
    grey.save(folder / "grey.png")
    grey.convert("1").save(folder / "bilevel.png")
    Image.merge("LA", (grey, alpha.getchannel("A"))).save(folder / "grey-alpha.png")
    palette.save(folder / "palette.png")
    palette.save(folder / "palette-transparent.png", transparency=bytes(range(0, 160, 10)))
    rgb.save(folder / "keyed.png", transparency=rgb.getpixel((8, 6)))

    rgb.save(folder / "rgb.jpg", quality=90)
    rgb.save(folder / "full-chroma.jpg", quality=90, subsampling=0)
    rgb.save(folder / "progressive.jpg", quality=90, progressive=True)
    grey.save(folder / "grey.jpg", quality=90)
    cmyk.save(folder / "cmyk.jpg", quality=90)

    rgb.save(folder / "lossless.webp", lossless=True)
    rgb.save(folder / "lossy.webp", quality=90)
    alpha.save(folder / "alpha.webp", lossless=True, exact=True)
    rgb.save(folder / "animated.webp", lossless=True, save_all=True, append_images=[scene(40, 28, 7)])

    rgb.save(folder / "rgb.bmp")
    grey.save(folder / "grey.bmp")
    palette.save(folder / "palette.bmp")
    grey.convert("1").save(folder / "bilevel.bmp")
    alpha.save(folder / "alpha.bmp")

    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        rgb.save(folder / f"{compression.replace('_', '-')}.tiff", compression=compression)
    rgb.save(folder / "jpeg.tiff", compression="jpeg", quality=90)
    alpha.save(folder / "alpha.tiff")
    rgb.save(folder / "pages.tiff", compression="tiff_lzw", save_all=True, append_images=[grey])
    grey.save(folder / "grey.tiff")
    grey.convert("1").save(folder / "bilevel-group4.tiff", compression="group4")
    palette.save(folder / "palette.tiff")
    cmyk.save(folder / "cmyk.tiff")

    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        rgb.save(folder / f"orientation{orientation}.jpg", quality=90, exif=exif)
        rgb.save(folder / f"orientation{orientation}.webp", lossless=True, exif=exif)
        rgb.save(folder / f"orientation{orientation}.tiff", compression="tiff_lzw", tiffinfo={ORIENTATION: orientation})


def make_16_bit(folder):
    """Low bytes are noise that must not matter; the expected picture is the high bytes, which Pillow's own modes would not give."""
    rnd = random.Random(5)
    rgb = scene(40, 28, 6)
    grey = rgb.convert("L")

    def widen(data, big_endian):
        return b"".join(bytes((v, rnd.randrange(256)) if big_endian else (rnd.randrange(256), v)) for v in data)

    alpha = rgb.copy()
    alpha.putalpha(grey)
    for name, picture, colour_type in (("rgb16.png", rgb, 2), ("grey16.png", grey, 0), ("alpha16.png", alpha, 6)):
        stride = 40 * len(picture.getbands())
        data = picture.tobytes()
        png16(folder / name, 40, 28, colour_type, [widen(data[i:i + stride], True) for i in range(0, len(data), stride)])
        picture.convert("RGB").save(folder / f"{name}.ppm")
    Image.frombytes("I;16", (40, 28), widen(grey.tobytes(), False)).save(folder / "grey16.tiff")
    grey.convert("RGB").save(folder / "grey16.tiff.ppm")


def main():
    shutil.rmtree(ROOT, ignore_errors=True)
    decode, resize = ROOT / "decode", ROOT / "resize"
    decode.mkdir(parents=True)
    resize.mkdir()
    make_resize(resize)
    make_files(decode)
    for file in sorted(decode.iterdir()):
        # Turned by hand from orientation 1: this version turns a TIFF once when loading and again in exif_transpose.
        turned = file.stem.startswith("orientation")
        picture = Image.open(file.with_stem("orientation1") if turned else file).convert("RGB")
        turn = TURNS[int(file.stem[-1])] if turned else None
        (picture if turn is None else picture.transpose(turn)).save(f"{file}.ppm")
    make_16_bit(decode)


main()
