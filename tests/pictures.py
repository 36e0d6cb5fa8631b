"""Pictures for tests: white papers with a black bar, as JPEG or PNG."""

import io

from PIL import Image, ImageDraw


def picture(kind: str = "PNG", size: tuple[int, int] = (240, 160), **given: object) -> bytes:
    """One as a scanner would send it; `given` goes to the encoder."""
    drawn = Image.new("RGB", size, "white")
    ImageDraw.Draw(drawn).rectangle((10, 10, size[0] // 2, 20), fill="black")
    made = io.BytesIO()
    drawn.save(made, kind, **given)
    return made.getvalue()
