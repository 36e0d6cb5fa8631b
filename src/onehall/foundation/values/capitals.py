"""人民币大写: an amount in the formal numerals that receipts and bank papers carry (RCP-06).

Sources: 支付结算办法 (1997), annex 1 “正确填写票据和结算凭证的基本规定”, articles 1 and 2; 会计基础工作规范, article 52.
Where they leave a choice, one form is kept everywhere:

- 整 follows 元 and 角 and never 分 (article 52 demands it after 角, annex 1 allows it);
- a zero in the place of 元 before a 角 is written (壹仟陆佰捌拾元零叁角贰分), which leaves no gap to write into;
- a zero in the place of 万 or 亿 before a full group of thousands is not (壹拾万柒仟元整).
"""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ((10**8, "亿"), (10**4, "万"))


def capitals(fen: int) -> str:
    """The amount of `fen` in formal numerals: 128600 is 壹仟贰佰捌拾陆元整, 0 is 零元整, a negative begins with 负."""
    sign = "负" if fen < 0 else ""
    yuan, cents = divmod(abs(fen), 100)
    whole = f"{_integer(yuan)}元" if yuan or not cents else ""
    return sign + whole + _cents(yuan, *divmod(cents, 10))


def _cents(yuan: int, jiao: int, fen: int) -> str:
    """What follows 元: 角 and 分, the 零 between, and the closing 整."""
    if not jiao and not fen:
        return "整"
    gap = "零" if yuan and (not jiao or yuan % 10 == 0) else ""
    tenths = f"{_DIGITS[jiao]}角" if jiao else ""
    return gap + tenths + (f"{_DIGITS[fen]}分" if fen else "整")


def _integer(number: int) -> str:
    """A whole number: groups of 万 and 亿, each group read like the last."""
    for unit, name in _GROUPS:
        if number >= unit:
            high, low = divmod(number, unit)
            gap = "零" if 0 < low < unit // 10 else ""
            return f"{_integer(high)}{name}{gap}{_integer(low) if low else ''}"
    return _below_ten_thousand(number)


def _below_ten_thousand(number: int) -> str:
    """One group of four places: 1001 is 壹仟零壹, 10 is 壹拾, 0 is 零."""
    if number == 0:
        return _DIGITS[0]
    digits = [int(digit) for digit in reversed(str(number))]
    written, gap = "", False
    for place, digit in reversed(list(enumerate(digits))):
        if digit:
            written += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return written
