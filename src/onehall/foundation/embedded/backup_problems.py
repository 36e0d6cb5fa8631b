"""What can go wrong with a backup or a restore, in words an administrator can act on (CON-09)."""

from onehall.foundation.refusals import Refusal


class BackupProblem(Refusal):
    """A backup was not made, or does not do."""

    code = "backup.failed"
    rule = "CON-09"
    status = 503
    zh = "备份没有做成：{why}"
    en = "The backup was not made: {why}"
    alternative_zh = "没有留下半份备份；原有备份不受影响。"
    alternative_en = "No half backup was left; earlier ones are as they were."


class NoRoom(BackupProblem):
    """The disk would not hold it."""

    code = "backup.no_room"
    zh = "{place} 只剩 {free}，需要 {needed}。"
    en = "{place} has {free} left, {needed} are needed."
    alternative_zh = "换一块盘，或减少保留份数（政策 retention.backups_days）。"
    alternative_en = "Take another disk, or keep fewer (policy retention.backups_days)."


class AlreadyUnderWay(BackupProblem):
    """Another process writes to that place."""

    code = "backup.under_way"
    zh = "{place} 正在做另一份备份。"
    en = "Another backup is being written to {place}."
    alternative_zh = "等它做完。"
    alternative_en = "Wait until it is done."


class NoBackup(BackupProblem):
    """Nothing there to restore."""

    code = "backup.none"
    zh = "{place} 没有可用的备份{when}。"
    en = "{place} holds no usable backup{when}."
    alternative_zh = "onehall backup --list 列出现有备份。"
    alternative_en = "`onehall backup --list` shows what there is."


class Damaged(BackupProblem):
    """A file is not as it was written."""

    code = "backup.damaged"
    zh = "备份 {backup} 已损坏：{files}"
    en = "The backup {backup} is damaged: {files}"
    alternative_zh = "现有数据没有改动。改用更早的备份：onehall restore 目录。"
    alternative_en = "The present data were not touched. Take an earlier one: `onehall restore DIR`."


class LogBroken(BackupProblem):
    """The log that was kept cannot be read to its end, so what came later would be lost silently."""

    code = "backup.log_broken"
    zh = "日志 {file} 缺失或损坏，其后的业务无法恢复。"
    en = "The log {file} is missing or damaged: what came after it cannot be restored."
    alternative_zh = "现有数据没有改动。可恢复到约 {until}：onehall restore --to {until}。"
    alternative_en = (
        "The present data were not touched. About {until} can be reached: `onehall restore --to {until}`."
    )


class NotReached(BackupProblem):
    """The log ends before the moment asked for."""

    code = "backup.not_reached"
    zh = "日志到不了 {target}。{why}"
    en = "The log does not reach {target}. {why}"
    alternative_zh = "现有数据没有改动。取早一些的时间，或 onehall restore latest。"
    alternative_en = "The present data were not touched. Take an earlier time, or `onehall restore latest`."


class WouldLose(BackupProblem):
    """What is there now is newer than what would replace it."""

    code = "backup.would_lose"
    status = 409
    zh = "现有数据比要恢复的更新（最后写入约 {present}，恢复到 {restored}），恢复会丢掉其间的业务。"
    en = "The present data are newer (last written about {present}) than what would be restored ({restored}): business would be lost."
    alternative_zh = "确实要这样时加 --discard-newer；现有数据会留在旁边。"
    alternative_en = "If that is what you want, add --discard-newer; the present data are kept aside."


class StillRunning(BackupProblem):
    """The database serves."""

    code = "backup.still_running"
    status = 409
    zh = "数据库正在运行。"
    en = "The database is running."
    alternative_zh = "先 onehall stop。"
    alternative_en = "`onehall stop` first."


class KeysMissing(BackupProblem):
    """The backup opens only with keys that are not here."""

    code = "backup.keys_missing"
    zh = "备份 {backup} 需要密钥 {keys}，本机密钥文件里没有。"
    en = "The backup {backup} needs the keys {keys}, which the key file here lacks."
    alternative_zh = "放回当时的 keys.toml，或用 --passphrase-file 打开备份内的密钥。"
    alternative_en = "Put back the keys.toml of that time, or open the backup's own with --passphrase-file."


class WrongPassphrase(BackupProblem):
    """The sealed keys do not open."""

    code = "backup.passphrase"
    zh = "口令打不开备份里的密钥，或密钥文件已损坏。"
    en = "The passphrase does not open the keys of the backup, or they are damaged."
    alternative_zh = "检查口令文件。"
    alternative_en = "Check the file with the passphrase."
