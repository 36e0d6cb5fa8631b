// What one screen changes every other screen shows. A region names its topics (data-live="payments orders") and the address
// of its own content (data-live-src), or of a page that holds it; when a topic is announced the region is asked for again and
// laid over the old one: only what differs is touched, so focus, scroll, selection and what somebody is typing stay.

const GATHER = 60;
const EVERYTHING = "refresh";
const waiting = new Set();
let timer = 0;
let stream = null;
let pause = 500;
let broken = false;

// A form on its way, or whose answer was lost, must stay as it is: its intent is all that is known of it.
const UNSETTLED = "form[data-sent], form[data-lost]";

const key = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset.row || "" : "");
const same = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && key(a) === key(b);
const dirty = (field) =>
  field === document.activeElement || (field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : "defaultValue" in field && field.value !== field.defaultValue);

const attributes = (old, fresh) => {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !name.startsWith("aria-selected")) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
};

const lay = (old, fresh) => {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
  } else if (old.matches("input, textarea, select")) {
    if (!dirty(old)) {
      attributes(old, fresh);
      if (old.value !== fresh.value) old.value = fresh.value;
    }
  } else if (!old.matches(`[data-timer], [data-clock], [data-keep], ${UNSETTLED}`)) {
    const open = old.localName === "details" && old.open;
    attributes(old, fresh);
    if (open) old.open = true;
    children(old, fresh);
  }
};

const needed = (node) =>
  node.nodeType === Node.ELEMENT_NODE && (node.matches(UNSETTLED) || node.querySelector(UNSETTLED) || (node.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")));

// What stood before a node and is wanted no more goes, so that the node itself need not move and keeps its focus.
const cleared = (from, to, keys) => {
  const between = [];
  for (let node = from; node !== to; node = node.nextSibling) between.push(node);
  if (between.some((node) => (key(node) && keys.has(key(node))) || needed(node))) return from;
  between.forEach((node) => node.remove());
  return to;
};

const children = (old, fresh) => {
  let here = old.firstChild;
  const keys = new Set([...fresh.childNodes].map(key));
  for (const wanted of [...fresh.childNodes]) {
    let found = here;
    while (found && !same(found, wanted)) found = key(wanted) ? found.nextSibling : null;
    if (found) {
      here = cleared(here, found, keys);
      if (found !== here) old.insertBefore(found, here);
      else here = here.nextSibling;
      lay(found, wanted);
    } else {
      const added = document.importNode(wanted, true);
      old.insertBefore(added, here);
      if (added.nodeType === Node.ELEMENT_NODE) {
        if (key(added)) added.classList.add("fresh");
        window.htmx?.process(added);
      }
    }
  }
  while (here) {
    const next = here.nextSibling;
    if (!needed(here)) here.remove();
    here = next;
  }
};

const refresh = async (region) => {
  if (region.asking) {
    region.again = true;
    return;
  }
  region.asking = true;
  try {
    const answer = await fetch(region.dataset.liveSrc, { headers: { "HX-Request": "true", "X-Live": "1" } });
    if (answer.ok && region.isConnected) {
      const parsed = new DOMParser().parseFromString(`<template>${await answer.text()}</template>`, "text/html");
      const fresh = parsed.querySelector("template").content;
      children(region, (region.id && fresh.getElementById(region.id)) || fresh);
      region.dispatchEvent(new CustomEvent("live:refreshed", { bubbles: true }));
    }
  } catch {
    // The stream's own reconnection refreshes every region.
  }
  region.asking = false;
  if (region.again) {
    region.again = false;
    refresh(region);
  }
};

const topicsOf = (region) => region.dataset.live.split(/\s+/).filter(Boolean);

const flush = () => {
  if (document.hidden) return;
  // What this screen has itself sent comes back with its own answer: that one goes first.
  if (document.querySelector("[data-live] form[data-sent]")) {
    timer = setTimeout(flush, 5 * GATHER);
    return;
  }
  const topics = new Set(waiting);
  waiting.clear();
  for (const region of document.querySelectorAll("[data-live][data-live-src]")) {
    if (topics.has(EVERYTHING) || topicsOf(region).some((topic) => topics.has(topic))) refresh(region);
  }
};

const announce = (topic) => {
  waiting.add(topic);
  clearTimeout(timer);
  timer = setTimeout(flush, GATHER);
};

const hear = (event) => {
  const said = JSON.parse(event.data);
  document.dispatchEvent(new CustomEvent("live:event", { detail: { topic: event.type, ...said } }));
  announce(event.type);
};

// The stream names its events; every topic that a region of the page asks for is listened to, once.
const listen = () => {
  if (!stream) return;
  const wanted = [...document.querySelectorAll("[data-live]")].flatMap(topicsOf);
  for (const topic of new Set([EVERYTHING, ...wanted])) {
    if (stream.heard.has(topic)) continue;
    stream.heard.add(topic);
    stream.addEventListener(topic, hear);
  }
};

const show = (lost) => document.querySelectorAll("[data-live-state]").forEach((element) => { element.hidden = !lost; });

const connect = (address) => {
  stream = new EventSource(address);
  stream.heard = new Set();
  listen();
  stream.onopen = () => {
    if (broken) announce(EVERYTHING);
    broken = false;
    pause = 500;
    show(false);
  };
  stream.onerror = () => {
    broken = true;
    setTimeout(() => show(broken), 3000);
    if (stream.readyState === EventSource.CLOSED) again();
  };
};

// A ticket is short-lived: when the stream no longer takes it, a new one is asked for.
const again = () => setTimeout(async () => {
  pause = Math.min(pause * 2, 15000);
  const answer = await fetch("/live-ticket", { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.ok) connect((await answer.text()).trim());
  else again();
}, pause * (0.5 + Math.random() / 2));

document.addEventListener("htmx:load", listen);
document.addEventListener("visibilitychange", () => { if (!document.hidden) announce(EVERYTHING); });
addEventListener("pagehide", () => stream?.close());
addEventListener("pageshow", (event) => { if (event.persisted && stream) { announce(EVERYTHING); connect(stream.url); } });

const first = document.querySelector("meta[name=live]")?.content;
if (first) connect(first);
