"""Why a file is not taken as a scan."""

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.text import Text


class NotAPicture(Refusal):
    """Neither JPEG nor PNG, or not what its name says."""

    code = "imagery.not_a_picture"
    rule = "LAW-06"
    status = 400
    zh = "这个文件不能作为扫描件：{why}。"
    en = "This file cannot be kept as a scan: {why_en}."
    alternative_zh = "请用扫描仪或手机拍成 JPG 或 PNG 图片再上传。"
    alternative_en = "Scan or photograph the paper as JPG or PNG and upload that."

    @classmethod
    def because(cls, why: Text) -> "NotAPicture":
        """With the reason in both languages."""
        return cls(field="file", why=why.zh, why_en=why.en)


class PictureTooLarge(Refusal):
    """More bytes or more points than the policy allows."""

    code = "imagery.too_large"
    rule = "LAW-06"
    status = 413
    zh = "图片太大：{what}，最多 {most}。"
    en = "The picture is too large: {what_en}, at most {most}."
    alternative_zh = "请把扫描分辨率调到 300 dpi 以下，或拍照时选较小的尺寸，再上传。"
    alternative_en = "Scan with 300 dpi or less, or choose a smaller size for the photograph."


class PictureBroken(Refusal):
    """It begins like a picture and is none to the end."""

    code = "imagery.broken"
    rule = "LAW-06"
    status = 400
    zh = "图片打不开：文件不完整或已损坏。"
    en = "The picture cannot be opened: the file is incomplete or damaged."
    alternative_zh = "请重新扫描或拍照，再上传。"
    alternative_en = "Scan or photograph the paper again."
