// A phone forgets pages. What is typed into form[data-draft] is kept in this tab until it has been sent, with the intent it is
// sent under: after a reload the same form goes on, and what went through before is not done twice. Signatures are not kept.

const kept = (field) => field.name && field.name !== "csrfmiddlewaretoken" && !field.closest("[data-sign]") && field.type !== "submit" && field.type !== "button";
const place = (form) => `draft:${form.dataset.draft}`;
const fields = (form) => [...form.elements].filter(kept);
const marked = (field) => field.type === "radio" || field.type === "checkbox";

const keep = (form) => {
  const typed = fields(form).filter((field) => !marked(field) || field.checked).map((field) => [field.name, field.value]);
  sessionStorage.setItem(place(form), JSON.stringify(typed));
};

const restore = (form) => {
  const typed = JSON.parse(sessionStorage.getItem(place(form)) ?? "[]");
  for (const [name, value] of typed) {
    for (const field of fields(form).filter((one) => one.name === name)) {
      if (marked(field)) field.checked = field.value === value;
      else field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
};

document.addEventListener("input", (event) => {
  const { form, dataset, value } = event.target;
  if (dataset?.fills && form) form.elements.namedItem(dataset.fills).value = value;
  if (form?.dataset.draft) keep(form);
});

// A retry is pressed elsewhere: what the button that first sent the form says goes along again.
document.addEventListener("htmx:configRequest", (event) => {
  const form = event.detail.elt;
  if (form.dataset?.draft && form.sender?.name) event.detail.parameters[form.sender.name] = form.sender.value;
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.dataset?.draft) keep(event.detail.elt);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (!form.dataset?.draft) return;
  if (event.detail.successful) sessionStorage.removeItem(place(form));
  else setTimeout(() => keep(form));
});

document.querySelectorAll("form[data-draft]").forEach(restore);
