// The keyboard first. Elements name their keys in data-key ("F9", "Ctrl+K", "1", "Esc F10"); a key presses or focuses them.
// Columns and panels marked data-keys keep their keys together: where two elements ask for one key, the one near the focus wins.

const TYPING = "input:not([type=radio]):not([type=checkbox]):not([type=button]), textarea, select, [contenteditable]";
const SKIPPED = "input[type=hidden], [disabled], [readonly], [tabindex='-1']";

const named = (event) => {
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${key}`;
};

// While the next page is on its way keys lead nowhere: they were meant for a screen that is not there yet.
const ON_ITS_WAY = "form[data-sent], #main a.htmx-request";

// Where an amount is typed, letters and signs are no part of it: there they are keys.
const commands = (event) => event.target.inputMode === "decimal" && !/[\d.,，。¥]/.test(event.key);

const usable = (element) => !element.matches("[disabled], [aria-disabled]") && element.checkVisibility();

const holder = (key) => {
  const all = [...document.querySelectorAll(`[data-key~="${CSS.escape(key)}"]`)].filter(usable);
  const near = document.activeElement?.closest("[data-keys]");
  return all.findLast((element) => near?.contains(element)) ?? all.at(-1);
};

const press = (element) => {
  if (element.matches(TYPING)) {
    element.focus();
    element.select?.();
  } else {
    element.focus({ preventScroll: true });
    element.click();
    if (element.matches("summary.quiet") && element.parentElement.open) element.parentElement.querySelector(TYPING)?.focus();
  }
};

const nextField = (field) => {
  const all = [...field.form.elements].filter((one) => !one.matches(SKIPPED) && !one.matches("fieldset, output") && usable(one));
  const later = all.slice(all.indexOf(field) + 1);
  return later.find((one) => one.matches(TYPING) || (one.type === "radio" && one.checked)) ?? later.find((one) => one.type === "submit");
};

// Enter goes to the next field. The last field's Enter reaches the button; it sends only where the button's own key is Enter.
const enter = (event) => {
  const field = event.target;
  if (!field.form || field.matches("textarea, button, [role=combobox]") || field.form.hasAttribute("data-enter-sends")) return;
  const next = nextField(field);
  event.preventDefault();
  next?.focus();
  if (next?.dataset.key === "Enter") next.click();
};

const along = (event) => {
  const list = event.target.closest?.(".acts");
  if (!list) return;
  const all = [...list.querySelectorAll(".act")];
  const place = all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  event.preventDefault();
  all.at(place % all.length)?.focus();
};

// One step back: an open menu, then what names Esc, then out of the field. What was typed stays.
const back = (event) => {
  const menu = document.querySelector("details.menu[open]");
  const way = holder("Escape") ?? holder("Esc");
  event.preventDefault();
  if (menu) menu.open = false;
  else if (document.querySelector("#refusal > *")) document.getElementById("refusal").replaceChildren();
  else if (event.target.matches?.(TYPING)) event.target.blur();
  else way?.click();
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (event.key === "Escape") return back(event);
  if (event.key === "Enter" && !event.ctrlKey) return enter(event);
  const typing = event.target.matches?.(TYPING);
  if (["ArrowDown", "ArrowUp"].includes(event.key) && !typing) return along(event);
  const key = named(event);
  if (typing && key.length === 1 && !commands(event)) return;
  const element = holder(key) ?? (/^Alt\+.$/.test(key) ? holder(key.at(-1)) : undefined);
  if (!element) return;
  event.preventDefault();
  if (!event.repeat && !document.querySelector(ON_ITS_WAY)) press(element);
});

document.addEventListener("click", (event) => {
  const way = event.target.closest?.("[data-back]");
  if (way && history.length > 1) {
    event.preventDefault();
    history.back();
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
