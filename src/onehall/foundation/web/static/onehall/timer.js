// Clocks and service timers. Counted against the server's clock, so that a wrong machine clock changes nothing.

const skew = new Map();
const server = (element, said) => {
  if (!skew.has(element)) skew.set(element, new Date(said).getTime() - Date.now());
  return Date.now() + skew.get(element);
};

const two = (number) => String(number).padStart(2, "0");

const clock = (element) => {
  const said = element.dataset.clock;
  const zone = /([+-])(\d\d):(\d\d)$/.exec(said);
  const shift = zone ? Number(`${zone[1]}1`) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
  const local = new Date(server(element, said) + shift * 60000);
  element.textContent = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
};

const timer = (element) => {
  const { timer: since, now, amber, red, amberWord, redWord } = element.dataset;
  const gone = Math.max(0, Math.trunc((server(element, now) - new Date(since).getTime()) / 1000));
  const late = Number(red) && gone >= Number(red);
  const long = !late && Number(amber) && gone >= Number(amber);
  const hours = Math.trunc(gone / 3600);
  const text = `${hours ? `${hours}:${two(Math.trunc(gone / 60) % 60)}` : Math.trunc(gone / 60)}:${two(gone % 60)}`;
  element.textContent = late ? `✕ ${text} ${redWord}` : long ? `! ${text} ${amberWord}` : text;
  element.classList.toggle("amber", Boolean(long));
  element.classList.toggle("red", Boolean(late));
};

const tick = () => {
  document.querySelectorAll("[data-clock]").forEach(clock);
  document.querySelectorAll("[data-timer]").forEach(timer);
  for (const element of skew.keys()) if (!element.isConnected) skew.delete(element);
};

tick();
document.addEventListener("htmx:load", tick);
setInterval(tick, 1000);
