// Checks while one types, in words that a clerk would say. The server decides; this only saves a round.

const english = document.documentElement.lang.startsWith("en");
const say = (zh, en) => (english ? en : zh);
const half = (typed) => typed.normalize("NFKC").replace(/\s/g, "");
const good = (text) => ({ text, good: true });
const bad = (text) => ({ text, good: false });
const soFar = (text) => ({ text, good: null });

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

// GB 11643: six digits of place, eight of birth, three of order (odd: male), one check digit by ISO 7064 MOD 11-2.
const idcard = (typed) => {
  const number = half(typed).toUpperCase();
  if (/[^\dX]/.test(number) || /X(?!$)/.test(number)) return bad(say("身份证号只有数字，末位可以是 X。", "Digits only; the last may be X."));
  if (number.length < 18) return soFar(say(`还差 ${18 - number.length} 位`, `${18 - number.length} more digits`));
  if (number.length > 18) return bad(say(`多了 ${number.length - 18} 位。`, `${number.length - 18} digits too many.`));
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
  const birth = new Date(Date.UTC(year, month - 1, day));
  if (birth.getUTCMonth() !== month - 1 || birth.getUTCDate() !== Number(day) || birth > new Date() || year < 1900) {
    return bad(say(`出生日期 ${year}-${month}-${day} 不对，请核对第7到14位。`, `The birth date ${year}-${month}-${day} cannot be: check digits 7 to 14.`));
  }
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(number[place]), 0);
  if ("10X98765432"[sum % 11] !== number[17]) return bad(say("校验位不对，可能有一位输错了。", "The check digit does not fit: one digit may be wrong."));
  const sex = Number(number[16]) % 2 ? say("男", "male") : say("女", "female");
  return good(`✓ ${sex} · ${year}-${month}-${day}`);
};

const phone = (typed) => {
  const number = half(typed).replace(/-/g, "");
  if (/\D/.test(number)) return bad(say("电话只有数字。", "Digits only."));
  if (number.startsWith("1")) {
    if (number.length < 11) return soFar(say(`还差 ${11 - number.length} 位`, `${11 - number.length} more digits`));
    return /^1[3-9]\d{9}$/.test(number) ? good(say("✓ 手机", "✓ mobile")) : bad(say("手机号是 11 位，以 13–19 开头。", "A mobile number has 11 digits and starts with 13–19."));
  }
  if (number.startsWith("0")) return number.length < 10 ? soFar(say("区号加号码", "area code and number")) : number.length < 13 ? good(say("✓ 固话", "✓ landline")) : bad(say("号码太长。", "Too long."));
  return number.length < 7 ? soFar(say("7 到 8 位固话", "7 or 8 digits")) : number.length < 9 ? good(say("✓ 固话", "✓ landline")) : bad(say("号码太长。", "Too long."));
};

const money = (typed) => (/^-?\d{1,11}(\.\d{0,2})?$/.test(half(typed).replace(/,/g, "")) ? good("") : bad(say("金额是数字，最多两位小数。", "Digits with at most two decimals.")));

const CODES = "0123456789ABCDEFGHJKLMNPQRTUWXY";

// GB 32100: eighteen signs, the last by ISO 7064 MOD 31-3.
const uscc = (typed) => {
  const code = half(typed).toUpperCase();
  if ([...code].some((sign) => !CODES.includes(sign))) return bad(say("统一社会信用代码没有 I、O、S、V、Z。", "The code has no I, O, S, V or Z."));
  if (code.length !== 18) return code.length < 18 ? soFar(say(`还差 ${18 - code.length} 位`, `${18 - code.length} more`)) : bad(say("多了几位。", "Too long."));
  const sum = [...code.slice(0, 17)].reduce((total, sign, place) => total + CODES.indexOf(sign) * (3 ** place % 31), 0);
  return CODES[(31 - (sum % 31)) % 31] === code[17] ? good("✓") : bad(say("校验位不对，可能有一位输错了。", "The check digit does not fit."));
};

const name = (typed) => (/[\d<>@#]/.test(half(typed)) ? bad(say("姓名里有数字或符号，请核对证件。", "There are digits or signs in the name: check the document.")) : good(""));

const CHECKS = { idcard, phone, money, uscc, name };

const look = (input, left) => {
  const box = input.closest(".field");
  const check = CHECKS[input.dataset.check];
  const [hint, error] = [box?.querySelector(".hint"), box?.querySelector(".error")];
  if (!check || !hint || !error) return;
  const typed = input.value.trim();
  const found = typed ? check(typed) : soFar("");
  const wrong = found.good === false || (left && found.good === null && typed !== "");
  box.classList.toggle("wrong", wrong);
  box.classList.toggle("right", found.good === true && found.text !== "");
  input.setAttribute("aria-invalid", String(wrong));
  error.textContent = wrong ? found.text : "";
  hint.textContent = wrong ? "" : found.text || hint.dataset.hint || "";
};

document.addEventListener("input", (event) => {
  const input = event.target;
  if (event.isComposing) return;
  if (input.dataset?.check) look(input, false);
  else if (input.getAttribute?.("aria-invalid") === "true" && !input.matches("[data-received]")) input.removeAttribute("aria-invalid");
});
document.addEventListener("focusout", (event) => { if (event.target.dataset?.check) look(event.target, true); });

// What is missing or wrong is said beside the field in the page's language, not in a bubble in the browser's (API-06).
const labelled = (input) => {
  const label = input.labels?.[0]?.cloneNode(true);
  label?.querySelectorAll(".must, kbd").forEach((mark) => mark.remove());
  return (label?.textContent ?? "").trim() || input.getAttribute("aria-label") || input.placeholder || "";
};

const wrong = (input) => {
  const [state, named] = [input.validity, labelled(input)];
  if (state.valueMissing && input.matches("select, [type=radio]")) return say(`请选择“${named}”。`, `Please choose “${named}”.`);
  if (state.valueMissing && input.type === "checkbox") return say(`请勾选“${named}”。`, `Please tick “${named}”.`);
  if (state.valueMissing && input.type === "file") return say(`请选择文件“${named}”。`, `Please choose a file for “${named}”.`);
  if (state.valueMissing) return say(`请填写“${named}”。`, `Please fill in “${named}”.`);
  if (state.rangeUnderflow || state.rangeOverflow) return say(`“${named}”应在 ${input.min || "…"} 到 ${input.max || "…"} 之间。`, `“${named}” lies between ${input.min || "…"} and ${input.max || "…"}.`);
  if (state.tooShort) return say(`“${named}”至少 ${input.minLength} 个字。`, `“${named}” needs ${input.minLength} characters or more.`);
  return say(`请核对“${named}”的格式。`, `Please check the form of “${named}”.`);
};

document.addEventListener("invalid", (event) => {
  const input = event.target;
  const error = input.closest(".field")?.querySelector(".error") ?? document.getElementById(`${input.id}-error`);
  const first = [...(input.form?.elements ?? [input])].find((one) => one.willValidate && !one.validity.valid);
  if (!error) {
    input.setCustomValidity(wrong(input));
    return;
  }
  event.preventDefault();
  error.textContent = wrong(input);
  input.closest(".field")?.classList.add("wrong");
  input.setAttribute("aria-invalid", "true");
  if (first === input) input.focus();
}, true);

document.addEventListener("input", (event) => {
  const input = event.target;
  if (!input.willValidate) return;
  input.setCustomValidity("");
  if (input.dataset.check || !input.validity.valid) return;
  const box = input.closest(".field.wrong");
  if (box) {
    box.classList.remove("wrong");
    box.querySelector(".error")?.replaceChildren();
    input.removeAttribute("aria-invalid");
  }
});
