/**
 * What the page does when it is touched, all of it: the theme, the threshold explorer, tables that sort. Every text that it
 * shows was written when the page was: it looks up and computes nothing, but for what errors cost at a price that is typed in.
 */
export const PAGE_SCRIPT = `
'use strict';
(() => {
  const root = document.documentElement;
  root.classList.add('live');
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  const theme = document.getElementById('theme');
  const dark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
  const named = () => { theme.textContent = dark() ? 'Light' : 'Dark'; };
  theme.addEventListener('click', () => { root.dataset.theme = dark() ? 'light' : 'dark'; named(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', named);
  named();

  const data = document.getElementById('operating-points');
  if (data) {
    const { fields, points } = JSON.parse(data.textContent);
    const slider = document.getElementById('threshold');
    const news = document.getElementById('threshold-news');
    const price = document.getElementById('miss-cost');
    const rows = (text) => Number(text.replaceAll(',', ''));
    const tell = (point) => {
      const each = price.valueAsNumber;
      const cost = rows(point.falsePositives) + each * rows(point.falseNegatives);
      document.getElementById('cost').textContent =
        each >= 0 ? cost.toLocaleString('en-US', { maximumFractionDigits: 1 }) : '–';
    };
    let announce;
    const show = () => {
      const index = Number(slider.value);
      const point = Object.fromEntries(fields.map((field, i) => [field, points[index][i]]));
      for (const place of all('[data-point]')) place.textContent = point[place.dataset.point];
      for (const bar of all('[data-bar]')) bar.setAttribute('width', point[bar.dataset.bar]);
      for (const cursor of all('.cursor')) {
        const x = (cursor.dataset.width * index) / Math.max(1, points.length - 1);
        cursor.setAttribute('transform', 'translate(' + (x - cursor.dataset.start) + ',0)');
      }
      for (const rule of all('[data-jump]')) rule.setAttribute('aria-pressed', String(rule.dataset.jump === slider.value));
      slider.setAttribute('aria-valuetext', 'threshold ' + point.threshold);
      if (price) tell(point);
      clearTimeout(announce);
      announce = setTimeout(() => {
        news.textContent = 'Threshold ' + point.threshold + ': ' + point.truePositives + ' found, ' + point.falsePositives +
          ' false alarms, precision ' + point.precision + ', recall ' + point.recall + '.';
      }, 400);
    };
    slider.addEventListener('input', show);
    for (const rule of all('[data-jump]')) {
      rule.addEventListener('click', () => { slider.value = rule.dataset.jump; show(); });
    }
    price?.addEventListener('input', show);
    slider.value = slider.getAttribute('value');
    show();
    clearTimeout(announce);
  }

  for (const table of all('table.sortable')) {
    const heads = all('thead th', table);
    const body = table.tBodies[0];
    const key = (row, column) => {
      const cell = row.cells[column];
      const number = cell.querySelector('data');
      return number ? Number(number.value) : cell.querySelector('[data-field]') ? NaN : cell.textContent.trim();
    };
    const compare = (a, b) => {
      if (typeof a === 'string') return a.localeCompare(b);
      if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
      return a - b;
    };
    for (const head of heads) {
      const button = head.querySelector('button');
      if (!button) continue;
      button.addEventListener('click', () => {
        const falling = head.getAttribute('aria-sort') !== 'descending';
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
        const undefinedLast = (a, b) => typeof a === 'number' && (Number.isNaN(a) || Number.isNaN(b));
        const rows = [...body.rows].map((row) => [key(row, head.cellIndex), row]);
        rows.sort(([a], [b]) => (undefinedLast(a, b) || !falling ? compare(a, b) : compare(b, a)));
        body.append(...rows.map(([, row]) => row));
      });
    }
  }
})();
`;
