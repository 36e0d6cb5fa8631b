"""What this room refuses as a whole; a single row's faults are verdicts (`Fault`), not refusals."""

from onehall.foundation.refusals import NotFound, Refusal


class MissingColumns(Refusal):
    code = "registers.missing_columns"
    rule = "API-03"
    status = 400
    zh = "表头缺少这些列：{columns}。"
    en = "The heading lacks these columns: {columns}."
    alternative_zh = "请核对是不是“{format}”，列名须与手册一致；多出的列不影响。"
    alternative_en = (
        "Check that it is the {format_en}; headings must be the manual's, further columns do no harm."
    )


class NoHeading(Refusal):
    code = "registers.no_heading"
    rule = "API-03"
    status = 400
    zh = "前 {looked} 行里没有找到“{format}”的表头。"
    en = "No heading of the {format_en} was found in the first {looked} rows."
    alternative_zh = "表头应有：{columns}。"
    alternative_en = "The heading should hold: {columns}."


class ColumnTwice(Refusal):
    code = "registers.column_twice"
    rule = "API-03"
    status = 400
    zh = "表头里“{column}”出现了不止一次。"
    en = "The heading holds {column} more than once."
    alternative_zh = "请删去多余的一列，再导入。"
    alternative_en = "Delete the extra column and import again."


class NoRows(Refusal):
    code = "registers.no_rows"
    rule = "API-03"
    status = 400
    zh = "表里只有表头，没有一行数据。"
    en = "The sheet has a heading and not one row of data."
    alternative_zh = "请检查是否选对了文件和工作表。"
    alternative_en = "Check that it is the right file and the right sheet."


class AlreadyImported(Refusal):
    code = "registers.already_imported"
    rule = "API-03"
    zh = "这个文件已于 {at} 导入过（第 {number} 次导入），不会导入两次。"
    en = "This file was imported at {at} (import {number}); it is not imported twice."
    alternative_zh = "要重新导入，请先撤销那一次。"
    alternative_en = "To import it again, undo that import first."


class RowsRefused(Refusal):
    code = "registers.rows_refused"
    rule = "API-03"
    zh = "有 {refused} 行不能接受，整张表都没有导入。"
    en = "{refused} rows cannot be accepted; nothing of the sheet was imported."
    alternative_zh = "请按报告改正后再导入，或选择跳过这些行。"
    alternative_en = "Correct them by the report and import again, or choose to skip them."


class ChangedMeanwhile(Refusal):
    code = "registers.changed_meanwhile"
    rule = "ADR-07"
    zh = "导入期间，表里的账号、流水号或证件被别人登记了，什么都没有导入。"
    en = "While it was being imported somebody registered a number, serial or document of the sheet; nothing was imported."
    alternative_zh = "请再导入一次：被占用的行会列在报告里。"
    alternative_en = "Import once more: the report will list the rows concerned."


class NotStored(Refusal):
    code = "registers.not_stored"
    rule = "LED-03"
    status = 503
    zh = "数据库没有存下来（磁盘可能已满或连接中断），什么都没有导入。"
    en = "The database could not store it (the disk may be full, or the connection broke); nothing was imported."
    alternative_zh = "请管理员用 onehall doctor 检查后再导入一次。"
    alternative_en = "Let the administrator run `onehall doctor`, then import once more."


class ImportUnderWay(Refusal):
    code = "registers.import_under_way"
    rule = "API-03"
    zh = "您选的文件正在导入。"
    en = "The file that you chose is being imported."
    alternative_zh = "请等它结束，页面上看得到进度。"
    alternative_en = "Wait until it has ended; its page shows how far it is."


class UploadDone(Refusal):
    code = "registers.upload_done"
    rule = "API-03"
    zh = "这个文件已经导入，原文件不再保留，不会导入两次。"
    en = "This file is imported and no longer kept; it is not imported twice."
    alternative_zh = "撤销之后要再导入，请重新选文件。"
    alternative_en = "To import it again after an undo, choose the file again."


class AlreadyUndone(Refusal):
    code = "registers.already_undone"
    rule = "API-03"
    zh = "这次导入已于 {at} 撤销。"
    en = "This import was undone at {at}."
    alternative_zh = "无须再撤销。"
    alternative_en = "Nothing is left to undo."


class StillReferred(Refusal):
    code = "registers.still_referred"
    rule = "API-03"
    zh = "不能撤销：导入的资料已被使用——{what}。"
    en = "It cannot be undone: what was imported is in use: {what_en}."
    alternative_zh = "先作废引用它的业务（如续费），仍有引用时逐户办理更正。"
    alternative_en = "Void what refers to it first (a renewal, say); otherwise correct customer by customer."


class ImportNotFound(NotFound):
    code = "registers.import_not_found"
    rule = "API-03"

    def __init__(self, *, field: str | None = None) -> None:
        super().__init__(what="这次导入", what_en="This import", field=field)
