// A press on [data-copy] puts the value of the field it names on the clipboard; where there is none, the field is left selected.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  const done = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
  const said = button.parentElement.querySelector("[data-copied]");
  if (done && said) said.hidden = false;
});
