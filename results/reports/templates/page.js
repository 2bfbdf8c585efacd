(() => {
  "use strict";
  const open = (box) => { if (box) box.open = true; };
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const part = id && document.getElementById(id);
    if (part) { open(part.querySelector("details")); part.scrollIntoView(); }
  };
  addEventListener("hashchange", follow);
  follow();
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach(open);
  });
  addEventListener("afterprint", () => opened.forEach((box) => { box.open = false; }));
  const value = (row, column) => {
    const cell = row.cells[column];
    const order = cell.dataset.order;
    return order === undefined ? cell.textContent.trim() : order === "" ? null : Number(order);
  };
  const compare = (a, b) => typeof a === "number" && typeof b === "number"
    ? a - b : String(a).localeCompare(String(b), document.documentElement.lang);
  document.querySelectorAll("table.sorts").forEach((table) => {
    const body = table.tBodies[0];
    const first = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = table.dataset.sort;
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort");
        const now = was === "descending" ? "ascending" : was === "ascending" ? "" : "descending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        let rows = first;
        if (now) {
          head.setAttribute("aria-sort", now);
          const sign = now === "ascending" ? 1 : -1;
          const known = first.filter((row) => value(row, column) !== null);
          known.sort((a, b) => sign * compare(value(a, column), value(b, column)));
          rows = [...known, ...first.filter((row) => value(row, column) === null)];
        }
        body.append(...rows);
      });
    });
  });
})();
