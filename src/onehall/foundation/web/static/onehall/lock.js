// A counter nobody touches locks (SEC-03): the server answers nothing more, the page goes out of sight with what was typed
// kept in it, and the password of the person at the counter brings it back. Seconds stand in <meta name="lock">.

const after = Number(document.querySelector("meta[name=lock]")?.content) * 1000;
const cover = document.getElementById("lock");
const warning = 20000;
let touched = Date.now();

const said = () => document.getElementById("lock-soon");
const calm = () => {
  touched = Date.now();
  said().hidden = true;
};

const lock = async () => {
  document.body.classList.add("locked");
  cover.showModal();
  const form = cover.querySelector("form");
  await fetch("/lock", { method: "POST", body: new FormData(form), headers: { "X-Live": "1" } }).catch(() => null);
};

const unlock = async (event) => {
  event.preventDefault();
  const form = event.target;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } }).catch(() => null);
  form.elements.password.value = "";
  if (answer?.status === 204) {
    document.body.classList.remove("locked");
    cover.close();
    calm();
    return;
  }
  if (!answer || answer.headers.get("HX-Redirect")) location.assign("/unlock");
  else cover.querySelector("[data-refused]").innerHTML = new DOMParser().parseFromString(await answer.text(), "text/html").body.innerHTML;
  form.elements.password.focus();
};

const look = () => {
  if (cover.open) return;
  const idle = Date.now() - touched;
  if (idle >= after) lock();
  else said().hidden = idle < after - warning;
};

if (after && cover) {
  for (const hand of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) addEventListener(hand, () => { if (!cover.open) calm(); }, { passive: true, capture: true });
  cover.addEventListener("cancel", (event) => event.preventDefault());
  cover.addEventListener("keydown", (event) => event.stopPropagation());
  cover.querySelector("form").addEventListener("submit", unlock);
  addEventListener("visibilitychange", look);
  setInterval(look, 1000);
}
