// A pad to sign on: strokes of x, y, milliseconds since the first touch, and pressure, sent as JSON in a hidden field.

const english = document.documentElement.lang.startsWith("en");

const prepare = (box) => {
  if (box.pad) return;
  box.pad = true;
  const canvas = box.querySelector("canvas");
  const field = box.querySelector("input[type=hidden]");
  const state = box.querySelector("[data-signed]");
  const pen = canvas.getContext("2d");
  const strokes = [];
  let stroke = null;
  let started = 0;

  const draw = (points) => {
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.strokeStyle = pen.fillStyle = "#10233a";
    points.forEach(([x, y, , pressure], place) => {
      pen.lineWidth = 1.2 + pressure * 2.4;
      pen.beginPath();
      const [fromX, fromY] = points[place - 1] ?? [x - 0.1, y];
      pen.moveTo(fromX, fromY);
      pen.lineTo(x, y);
      pen.stroke();
    });
  };

  const redraw = () => {
    const scale = devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * scale;
    canvas.height = canvas.clientHeight * scale;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    strokes.forEach(draw);
  };

  const keep = () => {
    field.value = strokes.length ? JSON.stringify({ width: canvas.clientWidth, height: canvas.clientHeight, strokes }) : "";
    state.textContent = strokes.length ? (english ? "✓ signed" : "✓ 已签") : english ? "not signed" : "未签";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const point = (event) => {
    const edge = canvas.getBoundingClientRect();
    const round = (number) => Math.round(number * 10) / 10;
    return [round(event.clientX - edge.left), round(event.clientY - edge.top), Math.round(event.timeStamp - started), round((event.pressure || 0.5) * 10) / 10];
  };

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    if (!strokes.length) started = event.timeStamp;
    canvas.setPointerCapture(event.pointerId);
    stroke = [point(event)];
    strokes.push(stroke);
    draw(stroke);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    const seen = event.getCoalescedEvents?.() ?? [];
    for (const each of seen.length ? seen : [event]) stroke.push(point(each));
    redraw();
  });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => { stroke = null; keep(); });
  box.querySelector("[data-undo]").addEventListener("click", () => { strokes.pop(); redraw(); keep(); });
  box.querySelector("[data-clear]").addEventListener("click", () => { strokes.length = 0; redraw(); keep(); });
  new ResizeObserver(redraw).observe(canvas);
};

const prepareAll = (root) => root.querySelectorAll("[data-sign]").forEach(prepare);

// A form whose signature is required does not leave without one; heard before anything else hears it.
addEventListener("submit", (event) => {
  const missing = [...event.target.querySelectorAll("[data-sign][data-required]")].find((box) => !box.querySelector("input").value);
  if (!missing || event.submitter?.hasAttribute("formnovalidate")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const state = missing.querySelector("[data-signed]");
  state.textContent = english ? "! please sign first" : "！请先签名";
  missing.scrollIntoView({ block: "center" });
}, { capture: true });

document.addEventListener("htmx:load", (event) => prepareAll(event.detail.elt.parentNode ?? document));
prepareAll(document);
document.addEventListener("live:refreshed", (event) => prepareAll(event.target));
