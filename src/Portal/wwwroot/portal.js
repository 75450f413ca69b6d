"use strict";
// Everything here is a convenience: each page works without it.
(() => {
  const session = document.getElementById("session");
  if (session) {
    const warning = 300;
    const started = performance.now();
    let seconds = Number(session.dataset.seconds);
    let since = started;
    const tick = () => { session.hidden = seconds - (performance.now() - since) / 1000 > warning; };
    const form = session.querySelector("form");
    form.addEventListener("submit", async event => {
      event.preventDefault();
      try {
        const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error" });
        if (!answer.ok) { throw new Error("ended"); }
        seconds = (await answer.json()).seconds;
        since = performance.now();
        tick();
      } catch {
        form.submit();
      }
    });
    setInterval(tick, 5000);
    tick();
  }

  // A document whose code is in the address after "#": that part is never sent to a server.
  const code = document.querySelector("[data-fragment]");
  if (code && location.hash.length > 1) {
    code.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }

  // A page that is shown once asks before it goes, unless the person says that they have what they need.
  if (document.querySelector("[data-once]")) {
    const warn = event => event.preventDefault();
    addEventListener("beforeunload", warn);
    for (const link of document.querySelectorAll("[data-leave]")) {
      link.addEventListener("click", () => removeEventListener("beforeunload", warn));
    }
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText((source.value || source.textContent).trim());
      button.textContent = button.dataset.done;
    });
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // A code that waits to be scanned: the page is loaded anew as soon as it has been.
  const waiting = document.querySelector("[data-poll]");
  if (waiting) {
    const timer = setInterval(async () => {
      try {
        const answer = await fetch(location.href);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const state = page.querySelector("[data-state]");
        if (answer.ok && state && state.dataset.state === waiting.dataset.state) { return; }
        clearInterval(timer);
        location.reload();
      } catch {
        // No network for a moment; the next time tells.
      }
    }, Number(waiting.dataset.poll) * 1000);
  }

  if ("serviceWorker" in navigator && window.isSecureContext) {
    navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  }
})();
