// Makes pages smoother where scripts run; every page works without it.
import { initAll } from "./govuk/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// The staff page brings its counts up to date by itself.
const counts = document.querySelector("[data-refresh-seconds]");

async function refresh(region) {
  const response = await fetch(location.href, { credentials: "same-origin" });
  if (!response.ok) {
    location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const troubles = document.getElementById("troubles");
  const told = page.getElementById("troubles");
  if (troubles && told && told.innerHTML !== troubles.innerHTML) troubles.innerHTML = told.innerHTML;
  const fresh = page.getElementById(region.id);
  if (fresh && fresh.innerHTML !== region.innerHTML && !region.contains(document.activeElement)) {
    region.innerHTML = fresh.innerHTML;
    const news = document.getElementById("counts-news");
    if (news) news.textContent = region.dataset.news || "Counts updated";
  }
}

if (counts) {
  setInterval(() => {
    if (!document.hidden) refresh(counts).catch(() => {});
  }, Number(counts.dataset.refreshSeconds) * 1000);
}

// While a round is sent, its page is told how it goes.
const progress = document.querySelector("[data-progress]");

if (progress) {
  const source = new EventSource(progress.dataset.progress);
  source.onmessage = (event) => { progress.textContent = event.data; };
  source.addEventListener("done", () => { source.close(); location.reload(); });
}
