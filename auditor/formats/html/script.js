"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
  const written = new Date(document.body.dataset.written);
  const language = document.documentElement.lang;
  const days = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "medium" });

  // What was ticked, and when. A browser may refuse to keep it, as for a file in a private window.
  const ticks = (() => {
    const PREFIX = "account-closure-audit:";
    const here = new Map();
    let kept = true;
    const attempt = (work) => {
      try {
        return work(localStorage);
      } catch {
        kept = false;
        return null;
      }
    };
    attempt((storage) => {
      storage.setItem(`${PREFIX}kept`, "");
      storage.removeItem(`${PREFIX}kept`);
    });
    return {
      kept: () => kept,
      get: (key) => here.get(key) ?? attempt((storage) => storage.getItem(PREFIX + key)),
      set: (key, time) => {
        here.set(key, time);
        attempt((storage) => storage.setItem(PREFIX + key, time));
      },
      remove: (key) => {
        here.delete(key);
        attempt((storage) => storage.removeItem(PREFIX + key));
      },
      forget: () => here.clear(),
    };
  })();

  const boxes = all("[data-tick]");
  const keysOf = (box) => box.dataset.tick.split(" ");
  const plan = document.querySelector("[data-plan]");
  const list = document.querySelector(".plan");
  const findings = document.querySelector("[data-findings]");
  const groups = findings ? all(".group", findings) : [];
  const filters = document.querySelector("[data-filters]");
  const planTools = document.querySelector("[data-plan-tools]");
  const hideDone = document.querySelector("[data-hide-done]");
  const itemsOf = (root) => all(".items > li", root);
  const rowOf = (item) => document.getElementById(item.id.replace("item", "finding"));

  // The earliest time at which all of a box's things were ticked, null if one was not.
  const tickedAt = (box) => {
    const times = keysOf(box).map(ticks.get);
    return times.every(Boolean) ? times.reduce((one, other) => (one > other ? one : other)) : null;
  };

  const note = (item, time) => {
    item.querySelector(".note")?.remove();
    if (!time) return;
    const text = document.createElement("span");
    text.className = "note";
    text.textContent = filled(list.dataset.again, { day: days.format(new Date(time)) });
    item.append(text);
  };

  const markItem = (item) => {
    const box = item.querySelector("[data-tick]");
    const time = tickedAt(box);
    const again = box.checked && time !== null && rowOf(item) && new Date(time) < written;
    note(item, again ? time : null);
    for (const each of [item, rowOf(item)]) {
      each?.classList.toggle("done", box.checked);
      each?.classList.toggle("again", again);
    }
  };

  const isDone = (element) => element.classList.contains("done") && !element.classList.contains("again");
  const isPutAway = (element) => hideDone?.checked && isDone(element);

  const markStep = (step) => {
    const items = itemsOf(step);
    const done = items.filter(isDone).length;
    step.classList.toggle("done", items.length > 0 && done === items.length);
    const text = step.querySelector(".sums > span");
    text.dataset.words ??= text.textContent;
    text.textContent = done ? filled(list.dataset.progress, { done, all: items.length }) : text.dataset.words;
  };

  const showPlan = () => {
    const option = planTools.account?.selectedOptions[0];
    for (const step of all(".step", plan)) {
      const elsewhere = option?.value && option.dataset.exchange !== step.dataset.exchange;
      const items = itemsOf(step);
      for (const item of items) {
        const other = option?.value && item.dataset.account && item.dataset.account !== option.value;
        item.hidden = Boolean(elsewhere || other || isPutAway(item));
      }
      step.hidden = items.length ? items.every((item) => item.hidden) : Boolean(elsewhere);
    }
  };

  const isWanted = (row, group, wanted) =>
    !isPutAway(row) &&
    (!wanted.step || wanted.step === group.dataset.step) &&
    ["severity", "area", "account"].every((key) => !wanted[key] || row.dataset[key] === wanted[key]) &&
    row.textContent.toLocaleLowerCase().includes(wanted.text);

  // Which groups were open before a filter opened those with a match.
  let openBefore = null;
  const unfold = (filtered) => {
    if (filtered) openBefore ??= new Set(groups.filter((group) => group.open));
    for (const group of groups) {
      if (filtered) group.open = !group.hidden;
      else if (openBefore) group.open = openBefore.has(group);
    }
    if (!filtered) openBefore = null;
  };

  const showFindings = (changed) => {
    const wanted = Object.fromEntries(new FormData(filters));
    wanted.text = wanted.text.trim().toLocaleLowerCase();
    const count = { shown: 0, all: 0 };
    for (const group of groups) {
      for (const row of group.tBody.rows) {
        row.hidden = !isWanted(row, group, wanted);
        count.all += Number(row.dataset.count ?? 1);
        count.shown += row.hidden ? 0 : Number(row.dataset.count ?? 1);
      }
      group.hidden = [...group.tBody.rows].every((row) => row.hidden);
    }
    if (changed) unfold(Object.values(wanted).some(Boolean));
    const output = filters.querySelector("output");
    output.textContent = filled(output.dataset.words, count);
    findings.querySelector("[data-nothing]").hidden = count.shown > 0;
  };

  const refresh = () => {
    for (const box of boxes) box.checked = box.disabled || tickedAt(box) !== null;
    if (plan) {
      itemsOf(plan).forEach(markItem);
      all(".step", plan).forEach(markStep);
      const items = itemsOf(plan);
      const done = items.filter(isDone).length;
      const output = planTools.querySelector("output");
      output.textContent = filled(output.dataset.words, { done, all: items.length });
      plan.querySelector("[data-all-done]").hidden = !items.length || done < items.length;
      plan.querySelector("[data-not-kept]").hidden = ticks.kept();
      showPlan();
    }
    if (findings) showFindings(false);
  };

  const tick = (box) => {
    const time = new Date().toISOString();
    for (const key of keysOf(box)) box.checked ? ticks.set(key, time) : ticks.remove(key);
    refresh();
  };

  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };

  const compare = (one, other) => {
    if (one === other) return 0;
    if (one === "") return 1;
    if (other === "") return -1;
    const difference = Number(one) - Number(other);
    return Number.isNaN(difference) ? one.localeCompare(other) : difference;
  };

  // All tables have the same columns, so they are sorted alike.
  const sort = (header) => {
    const column = header.cellIndex;
    const descending = header.getAttribute("aria-sort") === "ascending";
    for (const group of groups) {
      for (const cell of group.querySelector("table").tHead.rows[0].cells) {
        cell.removeAttribute("aria-sort");
        if (cell.cellIndex === column) cell.setAttribute("aria-sort", descending ? "descending" : "ascending");
      }
      const pairs = [...group.tBody.rows].map((row) => [value(row, column), row]);
      // What has no value stays at the end, whichever way the rest is sorted.
      pairs.sort(([one], [other]) => (descending && one !== "" && other !== "" ? compare(other, one) : compare(one, other)));
      group.tBody.append(...pairs.map(([, row]) => row));
    }
  };

  // Shown as cards, a table would no longer count as one.
  const addRoles = (table) => {
    table.setAttribute("role", "table");
    for (const part of all("thead, tbody", table)) part.setAttribute("role", "rowgroup");
    for (const row of table.rows) row.setAttribute("role", "row");
    for (const cell of all("td", table)) cell.setAttribute("role", "cell");
    for (const cell of all("th", table)) cell.setAttribute("role", cell.scope === "row" ? "rowheader" : "columnheader");
  };

  const addSortButtons = (table) => {
    for (const header of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = header.textContent;
      button.title = filled(findings.dataset.sortWords, { column: header.textContent });
      button.addEventListener("click", () => sort(header));
      header.replaceChildren(button);
    }
  };

  // The account is the same for the plan and the findings.
  const chooseAccount = (name) => {
    for (const form of [planTools, filters]) if (form?.account) form.account.value = name;
  };

  const update = (event) => {
    if (event.target.name === "account") chooseAccount(event.target.value);
    if (plan) showPlan();
    if (findings) showFindings(true);
  };

  for (const form of all("form")) form.addEventListener("submit", (event) => event.preventDefault());
  all(".cards").forEach(addRoles);
  for (const form of [planTools, filters].filter(Boolean)) {
    form.addEventListener("input", update);
    form.hidden = false;
  }
  for (const group of groups) {
    group.tBody = group.querySelector("tbody");
    addSortButtons(group.querySelector("table"));
  }
  filters?.addEventListener("reset", () => {
    if (hideDone) hideDone.checked = false;
    chooseAccount("");
    // The fields are empty only after this event.
    setTimeout(() => update({ target: filters }));
  });
  filters?.querySelector("[data-unfold]").addEventListener("click", (event) => {
    const open = groups.some((group) => !group.hidden && !group.open);
    for (const group of groups) group.open = open;
    const words = event.target.dataset.foldWords;
    event.target.dataset.foldWords = event.target.textContent;
    event.target.textContent = words;
  });
  for (const box of boxes) box.addEventListener("change", () => tick(box));
  addEventListener("storage", () => {
    ticks.forget();
    refresh();
  });

  // A link into a folded part opens it.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    target.querySelector("details")?.setAttribute("open", "");
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    // The same link again changes no hash.
    if (event.target.closest?.("a")?.hash === location.hash && location.hash) reveal();
  });

  // On paper the plan cannot be opened; everything else is printed as its reader left it.
  let openedForPaper = [];
  addEventListener("beforeprint", () => {
    openedForPaper = all(".step:not([hidden]) > details:not([open])");
    for (const step of openedForPaper) step.open = true;
  });
  addEventListener("afterprint", () => {
    for (const step of openedForPaper) step.open = false;
  });

  for (const button of all("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      const message = document.querySelector("[data-copied]");
      try {
        await navigator.clipboard.writeText(source.value);
        message.textContent = button.dataset.done;
      } catch {
        source.closest("details").open = true;
        source.focus();
        source.select();
        message.textContent = button.dataset.failed;
      }
    });
  }
  refresh();
  reveal();
})();
