// The command box: asks while one types, the first hit is chosen already, Enter opens it.

const WAIT = 90;

for (const form of document.querySelectorAll("[data-search]")) {
  const input = form.querySelector("input");
  const list = form.querySelector("[role=listbox]");
  let timer = 0;
  let asking = null;
  let shown = "";

  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => list.querySelector("[aria-selected=true]");

  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    list.replaceChildren();
    shown = "";
    input.setAttribute("aria-expanded", "false");
    choose(null);
  };

  const ask = async () => {
    const words = input.value.trim();
    if (!words) return close();
    if (words === shown) return;
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.search}?q=${encodeURIComponent(words)}`, {
        headers: { "HX-Request": "true" }, signal: asking.signal,
      });
      if (!answer.ok) return;
      list.innerHTML = await answer.text();
    } catch (problem) {
      if (problem.name !== "AbortError") close();
      return;
    }
    shown = words;
    options().forEach((option, place) => { option.id = `hit-${place}`; });
    window.htmx?.process(list);
    input.setAttribute("aria-expanded", "true");
    choose(options()[0]);
  };

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", ask);
  input.addEventListener("focus", () => { if (input.value) { shown = ""; ask(); } });

  input.addEventListener("keydown", async (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = options();
      event.preventDefault();
      if (all.length) choose(all.at((all.indexOf(chosen()) + (event.key === "ArrowDown" ? 1 : -1)) % all.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(timer);
      await ask();
      chosen()?.click();
    } else if (event.key === "Escape" && list.childElementCount) {
      event.preventDefault();
      close();
    }
  });

  list.addEventListener("pointermove", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && option !== chosen()) choose(option);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("pointerdown", (event) => { if (!form.contains(event.target)) close(); });
}
