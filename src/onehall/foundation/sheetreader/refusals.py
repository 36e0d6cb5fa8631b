"""Why a file is not read, each with what can be done about it."""

from onehall.foundation.refusals import Refusal


class FileTooLarge(Refusal):
    code = "sheet.too_large"
    rule = "API-03"
    status = 413
    zh = "文件有 {size} MB，超过上限 {limit} MB，没有读取。"
    en = "The file has {size} MB, the limit is {limit} MB; it was not read."
    alternative_zh = "请把登记表拆成几份，分别导入。"
    alternative_en = "Split the register into several files and import them one by one."


class EmptyFile(Refusal):
    code = "sheet.empty"
    rule = "API-03"
    status = 400
    zh = "文件是空的，没有任何一行。"
    en = "The file is empty: it has no row at all."
    alternative_zh = "请检查是否选错了文件，或文件没有保存完。"
    alternative_en = "Check whether it is the right file and was saved to its end."


class ProtectedWorkbook(Refusal):
    code = "sheet.protected"
    rule = "API-03"
    status = 400
    zh = "这个 Excel 文件设有打开密码，读不了。"
    en = "This Excel file is protected by a password and cannot be read."
    alternative_zh = "请在 Excel 中去掉打开密码，另存后再导入。"
    alternative_en = "Remove the password in Excel, save the file and import it again."


class OldWorkbook(Refusal):
    code = "sheet.old_format"
    rule = "API-03"
    status = 400
    zh = "这是旧格式（.xls）的 Excel 文件。"
    en = "This is an Excel file of the old format (.xls)."
    alternative_zh = "请在 Excel 中另存为 .xlsx 或 CSV 后再导入。"
    alternative_en = "Save it as .xlsx or CSV in Excel and import that."


class NotASheet(Refusal):
    code = "sheet.not_a_sheet"
    rule = "API-03"
    status = 400
    zh = "这不是 Excel（.xlsx、.xlsm）或 CSV 文件。"
    en = "This is neither an Excel file (.xlsx, .xlsm) nor CSV."
    alternative_zh = "请选择登记表本身，或另存为 .xlsx 后再导入。"
    alternative_en = "Choose the register itself, or save it as .xlsx first."


class DamagedFile(Refusal):
    code = "sheet.damaged"
    rule = "API-03"
    status = 400
    zh = "文件不完整或已损坏，读不出来。"
    en = "The file is cut off or damaged and cannot be read."
    alternative_zh = "请在 Excel 中打开确认，重新保存或重新传送后再导入。"
    alternative_en = "Open it in Excel, save or transfer it again, then import it."


class PackedTooTight(Refusal):
    code = "sheet.packed_too_tight"
    rule = "API-03"
    status = 400
    zh = "文件展开后有 {size} MB（压缩 {ratio} 倍），超过上限 {limit} MB 或 {most_ratio} 倍，没有打开。"
    en = "Unpacked the file has {size} MB ({ratio} times its size); the limit is {limit} MB or {most_ratio} times. It was not opened."
    alternative_zh = "登记表不会压得这么紧：请检查来源，必要时另存为 CSV。"
    alternative_en = "No register packs that tightly: check where it comes from, or save it as CSV."


class TooManyCells(Refusal):
    code = "sheet.too_many_cells"
    rule = "API-03"
    status = 400
    zh = "表格有 {rows} 行 {columns} 列，超过上限 {most_rows} 行 {most_columns} 列。"
    en = "The sheet has {rows} rows and {columns} columns; the limits are {most_rows} and {most_columns}."
    alternative_zh = "请删去数据以外的行列（在 Excel 中按 Ctrl+End 可看到末尾），或拆成几份。"
    alternative_en = (
        "Delete rows and columns beyond the data (Ctrl+End shows the end in Excel), or split the file."
    )


class UnreadableText(Refusal):
    code = "sheet.unreadable_text"
    rule = "API-03"
    status = 400
    zh = "CSV 文件的编码既不是 UTF-8，也不是 GB18030（GBK）。"
    en = "The CSV file is encoded neither in UTF-8 nor in GB18030 (GBK)."
    alternative_zh = "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后再导入。"
    alternative_en = "Save it in Excel as “CSV UTF-8 (comma delimited)” and import that."
