// A form marked data-passkey (create or get) asks the device first: the options are in data-options as JSON, the answer goes into
// its field `passkey`, then the form is sent. Bytes travel as base64url.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const asked = (options) => {
  const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  const user = options.user && { ...options.user, id: bytes(options.user.id) };
  return { ...options, challenge: bytes(options.challenge), ...(user && { user }), excludeCredentials: known(options.excludeCredentials), allowCredentials: known(options.allowCredentials) };
};

const answered = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: credential.getClientExtensionResults() });
};

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-passkey]");
  if (!form || form.elements.passkey.value) return;
  event.preventDefault();
  try {
    const publicKey = asked(JSON.parse(form.dataset.options));
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.passkey.value = answered(credential);
    form.submit();
  } catch {
    form.querySelector("[data-passkey-lost]").hidden = false;
  }
});
