// Received → change at once, in whole fen: no fraction is ever computed. Works again after each swap of the basket.

const english = document.documentElement.lang.startsWith("en");
const DIGITS = "零一二三四五六七八九";
const PLACES = ["", "十", "百", "千"];

const fen = (typed) => {
  const plain = typed.normalize("NFKC").replace(/[,，\s¥]/g, "").replace("。", ".");
  const found = /^(\d{1,11})(?:\.(\d{0,2}))?$/.exec(plain);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
};

const shown = (amount) => {
  const yuan = Math.trunc(amount / 100).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `¥${yuan}.${String(amount % 100).padStart(2, "0")}`;
};

const four = (number) => {
  let said = "";
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.trunc(number / 10 ** place) % 10;
    if (digit === 0) gap = gap || said !== "";
    else {
      said += (gap ? "零" : "") + DIGITS[digit] + PLACES[place];
      gap = false;
    }
  }
  return said.replace(/^一十/, "十");
};

// As it is said over the counter: 一千零五十元五角. Beyond ten million the figures are read from the screen.
const spoken = (amount) => {
  const yuan = Math.trunc(amount / 100);
  if (yuan >= 1e8) return shown(amount);
  const high = Math.trunc(yuan / 1e4);
  const low = yuan % 1e4;
  const joint = high && low && low < 1000 ? "零" : "";
  const coins = [[Math.trunc(amount / 10) % 10, "角"], [amount % 10, "分"]].map(([n, unit]) => (n ? DIGITS[n] + unit : "")).join("");
  const whole = yuan ? `${high ? `${four(high)}万` : ""}${joint}${four(low)}元` : "";
  return whole + coins || "零元";
};

const line = (received, change) => {
  if (english) return change ? `“I received ${shown(received)}; here is ${shown(change)} change, please count it.”` : `“I received ${shown(received)}, thank you.”`;
  return change ? `“收您${spoken(received)}，找您${spoken(change)}，请核对。”` : `“收您${spoken(received)}，正好。”`;
};

const work = (box) => {
  const input = box.querySelector("[data-received]");
  const output = box.querySelector("[data-change]");
  const word = box.querySelector("[data-change-word]");
  const script = box.querySelector("[data-change-script]");
  const due = Number(box.dataset.due);
  const counted = (box.querySelector("[name=means]:checked")?.value ?? box.dataset.cash) === box.dataset.cash;
  const received = fen(input.value);
  const missing = counted && input.value.trim() !== "" && (received === null || received < due);
  const change = counted && received !== null ? Math.abs(received - due) : 0;
  input.readOnly = !counted;
  if (!counted) input.value = (due / 100).toFixed(2);
  word.textContent = missing ? (english ? "! Still due" : "! 还差") : english ? "Change" : "找零";
  output.textContent = received === null && missing ? "—" : input.value.trim() === "" ? "¥0.00" : shown(change);
  output.classList.toggle("short", missing);
  input.setAttribute("aria-invalid", String(missing));
  script.hidden = !counted || missing || received === null;
  if (!script.hidden) script.textContent = line(received, change);
};

const boxes = (root) => root.querySelectorAll?.("[data-tender]").forEach(work);

document.addEventListener("input", (event) => {
  const box = event.target.closest?.("[data-tender]");
  if (!box) return;
  if (event.target.name === "means") box.querySelector("[data-received]").value = "";
  work(box);
});
document.addEventListener("click", (event) => {
  const sum = event.target.closest?.("[data-give]");
  const input = sum?.closest("[data-tender]").querySelector("[data-received]");
  if (!input || input.readOnly) return;
  input.value = sum.dataset.give.replace(/,/g, "");
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
});
document.addEventListener("htmx:load", (event) => boxes(event.detail.elt));
boxes(document);
