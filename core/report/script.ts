/** The page's own script: reading values off charts, and the epoch of the heat maps. Without it the page is complete. */

/**
 * SHA-256 of PAGE_SCRIPT in base64, so that the page's content policy lets this script run and no other.
 * A test computes it anew.
 */
export const PAGE_SCRIPT_HASH = 'sha256-Np5lT6quR4DSi553/0wbLlAjFNXIJjMkAbqjd7yYrgE=';

export const PAGE_SCRIPT = `'use strict';
(() => {
  const dataOf = (figure, name) => {
    const holder = figure.querySelector('script[data-name="' + name + '"]');
    return holder ? JSON.parse(holder.textContent) : undefined;
  };
  const trim = (v, digits) => String(Number(v.toPrecision(digits)));
  const asText = (v, unit) => {
    const s = v < 0 ? '\\u2212' : '';
    const a = Math.abs(v);
    if (unit === 'percent') return s + (a * 100).toFixed(1) + '\\u202f%';
    if (unit === 'count') {
      const scale = [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']].find(([size]) => a >= size * 0.9995);
      return s + (scale ? (a / scale[0]).toPrecision(3) + '\\u202f' + scale[1] : trim(a, 3));
    }
    return s + (a !== 0 && a < 1e-4 ? a.toExponential(2) : trim(a, 4));
  };
  const nearest = (xs, x) => {
    let low = 0;
    let high = xs.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (xs[middle] < x) low = middle;
      else high = middle;
    }
    return x - xs[low] <= xs[high] - x ? low : high;
  };

  for (const figure of document.querySelectorAll('figure.chart')) {
    const data = dataOf(figure, 'chart');
    const plot = figure.querySelector('.plot');
    const svg = plot.querySelector('svg');
    const cross = svg.querySelector('.cross');
    const readout = plot.querySelector('.readout');
    const samples = [...figure.querySelectorAll('.legend .sample')];
    const longest = data.lines.reduce((a, b) => (b.x.length > a.x.length ? b : a));
    let at = -1;
    const show = (x) => {
      const px = data.left + ((x - data.low) / (data.high - data.low)) * data.width;
      cross.setAttribute('x1', px);
      cross.setAttribute('x2', px);
      cross.setAttribute('visibility', 'visible');
      readout.hidden = false;
      readout.replaceChildren();
      const head = document.createElement('b');
      head.textContent = data.xName + ' ' + trim(x, 4);
      readout.append(head);
      data.lines.forEach((line, i) => {
        const k = nearest(line.x, x);
        const row = document.createElement('span');
        row.append(samples[i].cloneNode(true), line.name + ' ');
        const value = document.createElement('b');
        value.textContent = asText(line.y[k], data.unit);
        row.append(value);
        readout.append(row);
      });
      const share = px / data.total;
      readout.style.left = share < 0.5 ? 'calc(' + share * 100 + '% + 12px)' : 'auto';
      readout.style.right = share < 0.5 ? 'auto' : 'calc(' + (1 - share) * 100 + '% + 12px)';
    };
    const hide = () => {
      cross.setAttribute('visibility', 'hidden');
      readout.hidden = true;
      at = -1;
    };
    plot.addEventListener('pointermove', (event) => {
      const box = svg.getBoundingClientRect();
      const px = ((event.clientX - box.left) / box.width) * data.total;
      const x = data.low + ((px - data.left) / data.width) * (data.high - data.low);
      at = nearest(longest.x, Math.min(data.high, Math.max(data.low, x)));
      show(longest.x[at]);
    });
    plot.addEventListener('pointerleave', hide);
    plot.addEventListener('blur', hide);
    plot.addEventListener('keydown', (event) => {
      const last = longest.x.length - 1;
      const move = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -last, End: last }[event.key];
      if (event.key === 'Escape') hide();
      if (move === undefined) return;
      event.preventDefault();
      at = Math.min(last, Math.max(0, (at < 0 ? (move < 0 ? last + 1 : -1) : at) + move));
      show(longest.x[at]);
    });
  }

  for (const box of document.querySelectorAll('.epochs')) {
    const data = dataOf(box, 'epochs');
    const slider = box.querySelector('input');
    const said = box.querySelector('output');
    const control = box.querySelector('.control');
    if (data.epochs.length < 2) continue;
    control.hidden = false;
    slider.max = data.epochs.length - 1;
    slider.value = slider.max;
    slider.addEventListener('input', () => {
      const k = Number(slider.value);
      said.textContent = data.epochs[k];
      slider.setAttribute('aria-valuetext', 'epoch ' + data.epochs[k]);
      for (const [kind, epochs] of Object.entries(data.weights)) {
        const figure = box.querySelector('#alphas-' + kind);
        const scale = data.scales[kind];
        const caption = figure.querySelector('figcaption');
        caption.textContent = caption.textContent.replace(/\\d+$/, data.epochs[k]);
        figure.querySelector('desc').textContent = 'Rows: edges. Columns: operations. Values of epoch ' + data.epochs[k] + '.';
        figure.querySelectorAll('.kept').forEach((mark) => mark.setAttribute('visibility', k === data.epochs.length - 1 ? 'visible' : 'hidden'));
        figure.querySelectorAll('.cellfield').forEach((field, i) => {
          const value = epochs[k][i];
          const depth = Math.min(1, value / scale);
          field.querySelector('.field').setAttribute('fill-opacity', depth);
          const text = field.querySelector('text');
          text.textContent = value.toFixed(2);
          text.setAttribute('class', depth <= 0.54 ? 'lo' : depth <= 0.78 ? 'mid' : 'hi');
          const title = field.querySelector('title');
          title.textContent = title.textContent.replace(/: [^:]*$/, ': ' + asText(value, 'percent'));
        });
      }
    });
  }

  // Printing shows everything that is folded.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open])')];
    folded.forEach((one) => (one.open = true));
  });
  addEventListener('afterprint', () => folded.forEach((one) => (one.open = false)));
})();
`;
