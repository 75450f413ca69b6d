// Asks the browser for a passkey when a form that needs one is sent, and sends the answer with the form.
(() => {
  "use strict";

  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), letter => letter.charCodeAt(0));
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const withBytes = list => (list ?? []).map(one => ({ ...one, id: bytes(one.id) }));

  const creation = options => ({
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: withBytes(options.excludeCredentials),
  });

  const request = options => ({ ...options, challenge: bytes(options.challenge), allowCredentials: withBytes(options.allowCredentials) });

  const answer = credential => {
    const { response } = credential;
    const common = { clientDataJSON: text(response.clientDataJSON) };
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: response.attestationObject
        ? { ...common, attestationObject: text(response.attestationObject), transports: response.getTransports?.() ?? [] }
        : {
            ...common,
            authenticatorData: text(response.authenticatorData),
            signature: text(response.signature),
            userHandle: response.userHandle ? text(response.userHandle) : null,
          },
    });
  };

  const ask = async form => {
    const options = JSON.parse(form.dataset.options);
    const credential = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: creation(options) })
      : await navigator.credentials.get({ publicKey: request(options) });
    form.elements.credential.value = answer(credential);
    form.submit();
  };

  if (!window.PublicKeyCredential) {
    return;
  }
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", event => {
      event.preventDefault();
      const fault = form.querySelector("[data-passkey-fault]");
      fault.hidden = true;
      ask(form).catch(() => { fault.hidden = false; });
    });
  }
})();
