"use strict";
(() => {
  const table = document.querySelector("[data-findings]");
  const form = document.querySelector("[data-filters]");

  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };

  const compare = (kind) => (one, other) => {
    if (one === other) return 0;
    if (one === "") return 1;
    if (other === "") return -1;
    return kind === "number" ? Number(one) - Number(other) : one.localeCompare(other);
  };

  const sort = (header) => {
    const column = header.cellIndex;
    const descending = header.getAttribute("aria-sort") === "ascending";
    for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const order = compare(header.dataset.kind);
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [value(row, column), row]);
    // What has no value stays at the end, whichever way the rest is sorted.
    rows.sort(([one], [other]) => (descending && one !== "" && other !== "" ? order(other, one) : order(one, other)));
    body.append(...rows.map(([, row]) => row));
  };

  const filter = () => {
    const wanted = new FormData(form);
    const text = wanted.get("text").trim().toLocaleLowerCase();
    let shown = 0;
    for (const row of table.tBodies[0].rows) {
      const same = ["severity", "area", "account"].every((key) => !wanted.get(key) || row.dataset[key] === wanted.get(key));
      row.hidden = !(same && row.textContent.toLocaleLowerCase().includes(text));
      shown += row.hidden ? 0 : 1;
    }
    const said = form.querySelector("output");
    said.textContent = said.dataset.words.replace("{shown}", shown).replace("{all}", table.tBodies[0].rows.length);
  };

  if (table && form) {
    for (const header of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = header.textContent;
      button.title = table.dataset.sortWords.replace("{column}", header.textContent);
      button.addEventListener("click", () => sort(header));
      header.replaceChildren(button);
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", filter);
    form.hidden = false;
    filter();
  }

  // On paper nothing can be opened.
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details:not(.csv)")) each.open = true;
  });

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      const said = document.querySelector("[data-copied]");
      try {
        await navigator.clipboard.writeText(source.value);
        said.textContent = button.dataset.done;
      } catch {
        source.closest("details").open = true;
        source.focus();
        source.select();
        said.textContent = button.dataset.failed;
      }
    });
  }
})();
