(() => {
  const faults = [], width = document.documentElement.clientWidth;
  const shown = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility === "visible";
  const wide = () => document.documentElement.scrollWidth;
  if (wide() > width) faults.push(`${wide()} pixels wide, the screen ${width}`);

  const figures = [...document.querySelectorAll("main > section")];
  for (const s of figures) {
    if (!shown(s) || s.getBoundingClientRect().height < 100) faults.push(`${s.id} is not shown`);
  }
  let pictures = 0;
  for (const f of document.querySelectorAll(".frame")) {
    const visible = [...f.querySelectorAll("svg")].filter(shown);
    if (visible.length !== 1) faults.push(`${visible.length} pictures for one`);
    pictures += visible.length;
    for (const svg of visible) {
      const card = svg.closest("section").getBoundingClientRect();
      for (const e of svg.querySelectorAll("text, path")) {
        const r = e.getBoundingClientRect();
        if (r.left < card.left || r.right > card.right || r.top < card.top || r.bottom > card.bottom)
          faults.push(`${e.textContent || e.tagName} of ${svg.getAttribute("aria-label")} is outside of its card`);
      }
      const said = [...svg.querySelectorAll("text")].map(e => ({ e, r: e.getBoundingClientRect() }));
      for (const a of said) for (const b of said) {
        const x = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left);
        const y = Math.min(a.r.bottom, b.r.bottom) - Math.max(a.r.top, b.r.top);
        if (a !== b && x > 1 && y > a.r.height / 2) faults.push(`${a.e.textContent} is written over ${b.e.textContent}`);
      }
    }
  }

  for (const d of document.querySelectorAll("details")) d.open = true;
  if (wide() > width) faults.push(`${wide()} pixels wide with all details open, the screen ${width}`);
  for (const table of document.querySelectorAll("table")) {
    if (!shown(table)) faults.push(`a table is not shown: ${table.caption.textContent}`);
  }

  let smallest = Infinity, texts = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const e = n.parentElement;
    if (!n.data.trim() || !shown(e)) continue;
    let size = parseFloat(getComputedStyle(e).fontSize);
    if (e instanceof SVGElement) size *= Math.abs(e.getScreenCTM().a);
    texts++;
    smallest = Math.min(smallest, size);
  }
  for (const d of document.querySelectorAll("details")) d.open = false;
  return { Faults: [...new Set(faults)], Figures: figures.map(s => s.id), Pictures: pictures, Texts: texts, Smallest: smallest,
    Page: getComputedStyle(document.body).backgroundColor };
})()
