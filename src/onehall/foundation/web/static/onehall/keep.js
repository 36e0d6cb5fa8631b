// What was typed stays when one steps back and comes again, or when another part of the page is sent: form[data-typed="name"].
// It is kept in the memory of this window only, and forgotten when the form has been sent or the service ends ([data-forget]).

const kept = new Map();

const typed = (field) => field.name && field.matches("input:not([type=hidden]):not([type=password]), textarea, select");
const fields = (form) => [...form.elements].filter(typed);
const marked = (field) => field.type === "radio" || field.type === "checkbox";

const remember = (form) => {
  kept.set(form.dataset.typed, fields(form).map((field) => [field.name, field.value, marked(field) ? field.checked : null]));
};

const recall = (form) => {
  const before = kept.get(form.dataset.typed) ?? [];
  for (const [name, value, checked] of before) {
    const field = fields(form).find((one) => one.name === name && (checked === null || one.value === value));
    if (!field || (checked === null ? field.value === value : field.checked === checked)) continue;
    if (checked === null) field.value = value;
    else field.checked = checked;
    field.closest("details")?.setAttribute("open", "");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

document.addEventListener("input", (event) => {
  if (event.target.form?.dataset.typed) remember(event.target.form);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.requestConfig.elt;
  if (event.detail.successful && form.dataset?.typed) kept.delete(form.dataset.typed);
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-forget]")) kept.clear();
});

document.addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll?.("form[data-typed]").forEach(recall));
