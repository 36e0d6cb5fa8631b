// A region that changes even when nothing happens (a display that clears itself): asked for again every so many seconds, and
// as soon as one of its topics is announced. What somebody is doing in it stays (data-keep, by its id) while it is still asked.

const kept = (parent) => parent.querySelector("[data-keep]")?.id ?? "";

const ask = async (region) => {
  if (region.querySelector("form[data-sent]")) return;
  const answer = await fetch(region.dataset.tickSrc, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  if (region.querySelector("form[data-sent]") || (kept(region) && kept(region) === kept(holder.content))) return;
  region.replaceChildren(holder.content);
  document.getElementById("refusal")?.replaceChildren();
  window.htmx?.process(region);
  region.dispatchEvent(new CustomEvent("live:refreshed", { bubbles: true }));
};

for (const region of document.querySelectorAll("[data-tick]")) {
  setInterval(() => ask(region), Number(region.dataset.tick) * 1000);
  document.addEventListener("live:event", (event) => { if (region.dataset.live?.split(" ").includes(event.detail.topic)) ask(region); });
}
