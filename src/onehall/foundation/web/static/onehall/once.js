// Sent once. While a form is on its way its buttons rest; a second press goes nowhere. If the answer is lost, nobody knows
// whether it went through: the form is kept as it was and sent again with the same intent, so that it cannot happen twice.

const place = () => document.getElementById("refusal");
const buttons = (form) => [...form.elements].filter((one) => one.type === "submit");

const hold = (form) => {
  form.setAttribute("aria-busy", "true");
  setTimeout(() => buttons(form).forEach((button) => { if (!button.disabled) { button.disabled = true; button.dataset.resting = ""; } }));
};

const free = (form) => {
  form.removeAttribute("aria-busy");
  setTimeout(() => buttons(form).forEach((button) => { if ("resting" in button.dataset) { button.disabled = false; delete button.dataset.resting; } }));
};

const newIntent = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [[0, 8], [8, 12], [12, 16], [16, 20], [20]].map(([from, to]) => hex.slice(from, to)).join("-");
};

const lost = (form) => {
  const notice = document.getElementById("lost").content.cloneNode(true);
  const retry = notice.querySelector("[data-retry]");
  form.inert = true;
  form.dataset.lost = "";
  retry.addEventListener("click", () => {
    place().replaceChildren();
    form.inert = false;
    delete form.dataset.lost;
    if (form.sender?.isConnected) form.sender.click();
    else form.requestSubmit();
  });
  place().replaceChildren(notice);
  retry.focus();
};

const byHtmx = (form) => form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]");
const sends = (form) => form.getAttribute("method")?.toLowerCase() === "post" || byHtmx(form);
const leave = (form) => {
  form.dataset.sent = "";
  hold(form);
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!sends(form)) return;
  if ("sent" in form.dataset) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.sender = event.submitter;
  if (!byHtmx(form)) leave(form);
  if (form.target === "_blank") setTimeout(() => settled(form), 1000); // a paper opens beside; this page stays
}, true);

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.verb === "get") return;
  place()?.replaceChildren();
  if (event.detail.elt instanceof HTMLFormElement) leave(event.detail.elt);
});

const settled = (form) => {
  delete form.dataset.sent;
  form.inert = false;
  free(form);
};

// A clear no means that nothing happened: the next attempt is a new intent. A broken answer leaves it open: the same intent stays.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (!(form instanceof HTMLFormElement)) return;
  const status = event.detail.xhr?.status ?? 0;
  settled(form);
  const intent = form.elements.namedItem("intent");
  if (status >= 400 && status < 500 && intent) intent.value = newIntent();
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const form = event.detail.elt;
    if (!(form instanceof HTMLFormElement)) return;
    setTimeout(() => lost(form));
  });
}

addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(settled));

// A refusal points at the field it is about; a short word in the corner goes away by itself.
document.addEventListener("htmx:afterSwap", () => {
  const name = place()?.querySelector("[data-field]")?.dataset.field;
  const field = name && document.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
  if (field) {
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }
});

new MutationObserver(() => {
  for (const toast of document.querySelectorAll("[data-toast]:not([data-leaving])")) {
    toast.dataset.leaving = "";
    setTimeout(() => toast.remove(), 6000);
  }
}).observe(document.getElementById("toasts"), { childList: true });
