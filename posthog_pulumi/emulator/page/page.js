"use strict";

// Shows each second what has changed, as long as somebody looks.
async function refresh() {
  try {
    const response = await fetch("/", { signal: AbortSignal.timeout(5000) });
    if (!response.ok) throw new Error(response.statusText);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const shown of document.querySelectorAll("section")) {
      const now = fresh.getElementById(shown.id);
      if (now && now.innerHTML !== shown.innerHTML) shown.innerHTML = now.innerHTML;
    }
    document.getElementById("ended").hidden = true;
  } catch {
    document.getElementById("ended").hidden = false;
  }
}

async function keepOn() {
  if (!document.hidden) await refresh();
  setTimeout(keepOn, 1000);
}

setTimeout(keepOn, 1000);
