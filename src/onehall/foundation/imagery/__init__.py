"""Pictures that come from outside (LAW-06): looked at before they are opened, drawn anew, stamped; nothing else of the file is kept."""

from onehall.foundation.imagery.cleaning import Limits, Stamp, clean_scan
from onehall.foundation.imagery.refusals import NotAPicture, PictureBroken, PictureTooLarge

__all__ = ["Limits", "NotAPicture", "PictureBroken", "PictureTooLarge", "Stamp", "clean_scan"]
