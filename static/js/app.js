/* Leeway's own behaviour, in small parts. Everything here only helps: each page works without it.
   Nothing is kept in web storage, nothing is evaluated, words on screen come from the page. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const done = new Map();
  const on = (target, type, act, options) => target.addEventListener(type, act, options);
  const phone = matchMedia("(max-width: 47.99rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  root.classList.add("has-js");

  /* Those not met before: pages grow by swapped parts, and nothing may be bound twice. */
  function fresh(selector, within) {
    const met = done.get(selector) ?? done.set(selector, new WeakSet()).get(selector);
    const found = within.matches?.(selector) ? [within, ...all(selector, within)] : all(selector, within);
    return found.filter((element) => !met.has(element) && met.add(element));
  }

  /* Leaving at once: cover, end the session by a beacon, replace this page in the history.
     The end of the session comes back on the stream; nothing may then overtake the way out. */
  function leave() {
    const link = one("a[data-exit]");
    if (!link) return;
    root.classList.add("is-left");
    navigator.sendBeacon(link.dataset.exit);
    location.replace(link.href);
  }

  const askAgain = () => root.classList.contains("is-left") || location.reload();

  function watchExit() {
    let presses = [];
    on(document, "click", (event) => {
      if (!event.target.closest?.("a[data-exit]")) return;
      event.preventDefault();
      leave();
    });
    on(document, "keydown", (event) => {
      if (event.key !== "Shift") presses = [];
      else if (!event.repeat) {
        presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
        if (presses.length === 3) leave();
      }
    });
  }

  /* A private page brought back by Back or Forward is never shown as it was: it asks the server again. */
  function guardHistory() {
    on(window, "pageshow", (event) => {
      const left = root.classList.contains("is-left");
      if (!left && !(event.persisted && "private" in document.body.dataset)) return;
      root.classList.add("is-left");
      location.reload();
    });
  }

  function guessZone(within) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    for (const input of all("[data-timezone]", within)) if (zone && !input.value) input.value = zone;
  }

  /* A way to begin: put into its field, with the first gap marked for one's own words. */
  function insertStems(within) {
    for (const stem of fresh("[data-insert]", within)) {
      on(stem, "click", () => {
        const field = document.getElementById(stem.dataset.insert);
        const before = field.value.trimEnd();
        field.value = before ? `${before} ${stem.textContent}` : stem.textContent;
        const gap = field.value.indexOf("…", before.length);
        field.focus();
        if (gap >= 0) field.setSelectionRange(gap, gap + 1);
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
  }

  /* The drawing of a body: a place touched is its box ticked. The list stays the form. */
  function touchBody(within) {
    for (const body of fresh("[data-body]", within)) {
      const box = (place) => one(`input[value="${place.dataset.region}"]`, body);
      for (const place of all("[data-region]", body)) on(place, "click", () => box(place)?.click());
    }
  }

  /* Many words, few wanted: typing shows those that begin like it, each in its open group. */
  function findWords(within) {
    for (const shelf of fresh("[data-find]", within)) {
      const box = one("[data-find-words]", shelf);
      const groups = all("details", shelf);
      const opened = groups.map((group) => group.open);
      on(box, "keydown", (event) => event.key === "Enter" && event.preventDefault());
      on(box, "input", (event) => {
        event.stopPropagation();
        const sought = box.value.trim().toLowerCase();
        groups.forEach((group, index) => {
          const chips = all("label", group);
          for (const chip of chips) chip.hidden = !chip.textContent.trim().toLowerCase().startsWith(sought);
          const found = chips.some((chip) => !chip.hidden);
          group.hidden = !found;
          group.open = sought ? found : opened[index] || !!one(":checked", group);
        });
      });
    }
  }

  /* Drafts keep themselves: one quiet save after the last key, and one when the page is left. */
  function keepDrafts(within) {
    for (const form of fresh("form[data-autosave]", within)) {
      const state = one("[data-save-state]", form) || one("[data-save-state]");
      let timer = 0;
      let dirty = false;
      let busy = false;
      let going = null;
      const say = (word) => {
        if (state) state.textContent = state.dataset[word] || "";
      };
      const save = async (last = false) => {
        clearTimeout(timer);
        if (!dirty || busy) return;
        dirty = false;
        busy = true;
        say("saving");
        const word = await sendDraft(form, last);
        say(word);
        busy = false;
        if (going) return form.requestSubmit(going.submitter);
        const failed = word === "failed";
        dirty ||= failed;
        if (dirty) timer = setTimeout(save, failed ? 10000 : 900);
      };
      on(form, "input", () => {
        dirty = true;
        clearTimeout(timer);
        timer = setTimeout(save, 900);
      });
      /* A save under way ends first: the same words sent from two sides would look like two windows. */
      on(form, "submit", (event) => {
        dirty = false;
        clearTimeout(timer);
        if (!busy) return;
        event.preventDefault();
        going = event;
      });
      on(document, "visibilitychange", () => document.hidden && save(true));
    }
  }

  async function sendDraft(form, keepalive) {
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        keepalive,
      });
      if (answer.redirected) return "failed";
      if (answer.status === 409) return await goOnBeside(form, answer);
      if (!answer.ok) return "failed";
      const revision = answer.headers.get("X-Revision") ?? (await revisionIn(answer));
      const held = one('input[name="revision"]', form);
      if (held && revision != null) held.value = revision;
      return "saved";
    } catch {
      return "failed";
    }
  }

  /* Another window went on: what is typed here has a draft of its own now, and is saved there from here on. */
  async function goOnBeside(form, answer) {
    const { save, address, revision } = await answer.json();
    if (!save) return "conflict";
    form.dataset.autosave = save;
    form.action = address;
    const held = one('input[name="revision"]', form);
    if (held) held.value = revision;
    history.replaceState(null, "", address);
    return "conflict";
  }

  async function revisionIn(answer) {
    const json = (answer.headers.get("Content-Type") || "").includes("json");
    return json ? (await answer.json()).revision : null;
  }

  /* Copy and share show themselves only where the browser can. */
  function offerSharing(within) {
    for (const button of fresh("[data-copy]", within)) {
      button.hidden = !navigator.clipboard;
      on(button, "click", async () => {
        const source = one(button.dataset.copy);
        await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
        const words = one("[data-copy-words]", button) || button;
        words.textContent = button.dataset.copied || words.textContent;
      });
    }
    for (const button of fresh("[data-share]", within)) {
      button.hidden = !navigator.share;
      on(button, "click", () => navigator.share({ url: button.dataset.share }).catch(() => {}));
    }
  }

  /* Something new: content-free events, else a gentle question now and then while the page is seen. */
  function watchLive() {
    const banner = one("[data-live]");
    if (!banner) return;
    const link = one("a", banner);
    let shown = banner.dataset.liveMark;
    let url = banner.dataset.live;
    let stream = null;
    let timer = 0;
    let refused = 0;

    /* A mark has no order: news is any other than the one that is shown, and may go away again. */
    const heard = (mark) => {
      link.hidden = mark === shown || refreshParts();
      if (link.hidden) shown = mark;
    };
    /* A part that could not be fetched stays as it was; a page that is not there any more says so itself. */
    const missed = (event) => {
      const { sourceElement, response } = event.detail.ctx;
      if (!sourceElement.matches("[data-live-refresh]") || response?.status < 400) return;
      event.preventDefault();
      if (response?.status === 404) return askAgain();
      shown = "";
      link.hidden = false;
    };
    const stop = () => {
      stream?.close();
      stream = null;
      clearTimeout(timer);
    };
    const ask = async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(banner.dataset.livePoll, { headers: { Accept: "application/json" } });
        if (answer.redirected || [401, 403, 410].includes(answer.status)) return askAgain();
        const news = await answer.json();
        heard(news.mark);
        url = news.stream ?? url;
        if (url) return listen();
      } catch {
        refused += 1; /* offline for a moment: the next question will tell */
      }
      later();
    };
    const later = () => {
      const wait = Math.min(30000, 2000 * 2 ** refused);
      timer = setTimeout(ask, wait + Math.random() * wait);
    };
    const listen = () => {
      stop();
      if (!url || !window.EventSource) return later();
      stream = new EventSource(url);
      const read = (event) => heard(event.data);
      on(stream, "message", read);
      on(stream, "changed", read);
      on(stream, "ended", askAgain);
      on(stream, "error", () => {
        if (stream?.readyState !== EventSource.CLOSED) return;
        stop();
        refused += 1;
        later();
      });
      on(stream, "open", () => {
        refused = 0;
      });
    };
    on(document, "htmx:before:response", missed);
    on(document, "htmx:error", missed);
    on(document, "visibilitychange", () => (document.hidden ? stop() : listen()));
    on(window, "pagehide", stop);
    listen();
  }

  /* Fetches marked parts anew, unless someone is writing: then the quiet link is enough. */
  function refreshParts() {
    const parts = all("[data-live-refresh]");
    const writing = document.activeElement?.matches("textarea, input, select");
    if (!parts.length || !window.htmx || writing) return false;
    for (const part of parts) window.htmx.trigger(part, "live");
    return true;
  }

  /* A guided form: one screen at a time on a phone, the whole page on a laptop. */
  function walkSteps(within) {
    for (const form of fresh("[data-steps]", within)) {
      const steps = all(".step", form);
      const wrong = steps.findIndex((step) => one(".field__error", step));
      let at = Math.max(wrong, 0);
      const show = (move) => {
        form.classList.toggle("steps--one", phone.matches);
        steps.forEach((step, index) => step.classList.toggle("is-shown", index === at));
        if (!move || !phone.matches) return;
        const title = one("h2", steps[at]);
        title?.setAttribute("tabindex", "-1");
        title?.focus({ preventScroll: true });
        scrollTo({ top: 0, behavior: "instant" });
      };
      on(form, "click", (event) => {
        const step = event.target.closest("[data-step-next], [data-step-back]");
        if (!step || !phone.matches) return;
        event.preventDefault();
        at = Math.min(Math.max(at + ("stepNext" in step.dataset ? 1 : -1), 0), steps.length - 1);
        show(true);
      });
      on(form, "keydown", (event) => {
        const line = event.key === "Enter" && event.target.matches('input:not([type="checkbox"], [type="radio"])');
        const next = line && phone.matches && one("[data-step-next]", steps[at]);
        if (!next) return;
        event.preventDefault();
        next.click();
      });
      on(phone, "change", () => show(false));
      show(false);
    }
  }

  /* The session ring follows the server's deadline; the phone's own clock only measures what has passed. */
  function moveRings(within) {
    for (const ring of fresh("[data-ring]", within)) {
      const { deadline, now, total } = ring.dataset;
      const arc = one("[data-ring-arc]", ring);
      const clock = one("[data-ring-clock]", ring);
      const ends = performance.now() + (Number(deadline) - Number(now)) * 1000;
      const tick = () => {
        if (!ring.isConnected) return;
        const left = Math.max(0, (ends - performance.now()) / 1000);
        const whole = Math.ceil(left);
        arc.setAttribute("stroke-dasharray", `${still.matches ? whole : left.toFixed(1)} ${total}`);
        clock.textContent = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
        if (left > 0) return setTimeout(tick, still.matches ? 1000 : 250);
        for (const over of all("[data-ring-over]")) over.hidden = false;
        ring.dispatchEvent(new CustomEvent("ringover", { bubbles: true }));
      };
      tick();
    }
  }

  function start(within) {
    guessZone(within);
    touchBody(within);
    findWords(within);
    keepDrafts(within);
    offerSharing(within);
    walkSteps(within);
    moveRings(within);
  }

  watchExit();
  guardHistory();
  watchLive();
  start(document);
  on(document, "htmx:after:process", (event) => start(event.target));
})();
