// A count of notes and coins: what each heap comes to, the whole sum and how far it is from what should be there, in whole fen.
// Without it the form works as before: the sum is the server's. A blind count (data-count="") has a sum and no verdict.

const english = document.documentElement.lang.startsWith("en");

const shown = (fen) => {
  const yuan = Math.trunc(fen / 100).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `¥${yuan}.${String(fen % 100).padStart(2, "0")}`;
};

// Empty is none; what is no whole number makes the sum unknown.
const pieces = (typed) => {
  const plain = typed.normalize("NFKC").trim();
  return plain === "" ? 0 : /^\d{1,5}$/.test(plain) ? Number(plain) : null;
};

const verdict = (sum, expected) => {
  if (sum === null) return ["bad", english ? "! not a number" : "！有一格不是数字"];
  if (sum === expected) return ["good", english ? "✓ as it should be" : "✓ 相符"];
  const over = sum > expected;
  const gap = shown(Math.abs(sum - expected));
  return ["warn", english ? `${gap} ${over ? "over" : "short"}` : `${over ? "多" : "少"} ${gap}`];
};

const count = (form) => {
  let sum = 0;
  for (const input of form.querySelectorAll("[data-piece]")) {
    const number = pieces(input.value);
    const worth = number === null ? null : number * Number(input.dataset.piece);
    sum = sum === null || worth === null ? null : sum + worth;
    input.setAttribute("aria-invalid", String(number === null));
    input.parentElement.querySelector("output").textContent = number ? shown(worth) : "";
  }
  const box = form.querySelector("[data-counted]");
  const [kind, words] = verdict(sum, Number(form.dataset.count));
  box.hidden = false;
  box.querySelector("[data-sum]").textContent = sum === null ? "—" : shown(sum);
  const tag = box.querySelector("[data-verdict]");
  tag.hidden = form.dataset.count === "" && sum !== null;
  tag.className = `tag ${kind}`;
  tag.textContent = words;
};

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("[data-count]");
  if (form) count(form);
});
document.querySelectorAll("[data-count]").forEach(count);
