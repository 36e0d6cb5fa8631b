// A region that changes even when nothing happens (a display that clears itself) is asked for again every so many seconds.

const ask = async (region) => {
  const answer = await fetch(region.dataset.liveSrc, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.ok) region.innerHTML = await answer.text();
};

for (const region of document.querySelectorAll("[data-live-tick]")) {
  setInterval(() => ask(region), Number(region.dataset.liveTick) * 1000);
}
