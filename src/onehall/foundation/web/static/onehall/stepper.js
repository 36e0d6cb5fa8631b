// − and + beside a number, for thumbs. The number keeps its own limits; the button that leads nowhere rests.

const buttons = (box) => [...box.querySelectorAll("[data-by]")];

const settle = (box) => {
  const field = box.querySelector("input");
  const [value, least, most] = [field.valueAsNumber || 0, Number(field.min), Number(field.max)];
  for (const button of buttons(box)) button.disabled = Number(button.dataset.by) < 0 ? value <= least : value >= most;
  box.classList.toggle("some", value > 0);
};

// What was counted, in one line, where the customer reads before signing.
const tell = () => {
  const some = [...document.querySelectorAll("[data-stepper][data-words].some")];
  const lines = some.map((box) => `${box.dataset.words} ${box.querySelector("input").value} ${box.dataset.unit}`);
  for (const place of document.querySelectorAll("[data-tally]")) place.textContent = lines.join(" · ") || "—";
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-stepper] [data-by]");
  if (!button) return;
  const field = button.parentElement.querySelector("input");
  const wanted = (field.valueAsNumber || 0) + Number(button.dataset.by);
  field.value = Math.min(Math.max(wanted, Number(field.min)), Number(field.max));
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("input", (event) => {
  const box = event.target.closest?.("[data-stepper]");
  if (!box) return;
  settle(box);
  tell();
});

document.querySelectorAll("[data-stepper]").forEach(settle);
tell();
