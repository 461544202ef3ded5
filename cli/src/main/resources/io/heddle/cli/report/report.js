(() => {
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const runs = data.runs;
const page = document.getElementById('report');
page.replaceChildren();

// ---- Small helpers.

const SVG = 'http://www.w3.org/2000/svg';
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.flat());
  return made;
}
function shape(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.flat());
  return made;
}
const colour = i => getComputedStyle(document.documentElement).getPropertyValue(`--c${i % 8}`).trim();
const tone = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const count = n => n.toLocaleString('en');
const three = n => Number(n.toPrecision(3)).toLocaleString('en', {maximumFractionDigits: 3});
function micros(us) {
  if (us === null || us === undefined) return '–';
  return us < 1000 ? `${three(us)} µs` : us < 1e6 ? `${three(us / 1e3)} ms`
      : us < 6e8 ? `${three(us / 1e6)} s` : `${three(us / 6e7)} min`;
}
function millis(ms) {
  return ms < 1000 ? `${three(ms)} ms` : ms < 6e5 ? `${three(ms / 1e3)} s` : `${three(ms / 6e4)} min`;
}
const plural = (n, word) => `${count(n)} ${word}${n === 1 ? '' : 's'}`;
function table(heads, rows, numbers = []) {
  const kind = i => numbers.includes(i) ? {class: 'n'} : {};
  return element('div', {class: 'scroll'}, element('table', {},
      element('thead', {}, element('tr', {}, heads.map((head, i) => element('th', {scope: 'col', ...kind(i)}, head)))),
      element('tbody', {}, rows.map(row => element('tr', {}, row.map((cell, i) =>
          element('td', cell && cell.className ? {class: `${kind(i).class ?? ''} ${cell.className}`.trim()} : kind(i),
              cell && cell.text !== undefined ? cell.text : String(cell))))))));
}
const asTable = (heads, rows, numbers) =>
    element('details', {}, element('summary', {}, 'As a table'), table(heads, rows, numbers));
function section(id, title, ...children) {
  const made = element('section', {id, 'aria-labelledby': `${id}-title`},
      element('h2', {id: `${id}-title`}, title), ...children);
  page.append(made);
  return made;
}

// ---- Charts of numbers: one drawing library, one legend that a keyboard reaches.

const drawn = [];
function chart(parent, {label, series, x, xLog, yLog, xFormat, yFormat, shades = [], xName}) {
  const holder = element('div', {role: 'img', 'aria-label': label});
  const legend = element('div', {class: 'legend', role: 'group', 'aria-label': 'Lines of this chart'});
  const shown = series.map(() => true);
  let plot = null;
  function draw() {
    if (plot) plot.destroy();
    const axis = {stroke: tone('quiet'), grid: {stroke: tone('line'), width: 1}, ticks: {stroke: tone('line')}};
    plot = new uPlot({
      width: Math.max(320, holder.clientWidth || 900), height: 280,
      cursor: {drag: {x: true, y: false}},
      scales: {x: {time: false, distr: xLog ? 3 : 1}, y: {distr: yLog ? 3 : 1}},
      axes: [
        {...axis, values: (u, splits) => splits.map(v => v === null ? '' : xFormat(v)), label: xName, labelSize: 18},
        {...axis, size: 80, values: (u, splits) => splits.map(v => v === null ? '' : yFormat(v))},
      ],
      series: [{}, ...series.map((line, i) => ({
        label: line.name, stroke: colour(line.colour ?? i), width: 2, show: shown[i], dash: line.dash,
        spanGaps: line.spanGaps ?? false, points: {show: x.length < 3},
      }))],
      hooks: {drawClear: [u => {
        // What is beyond the edge is not drawn; the last span begins at it, and ends behind it.
        const {min, max} = u.scales.x;
        const last = x[x.length - 1];
        const end = max < last || x.length < 2 ? max : last + (x[1] - x[0]);
        const inside = v => u.valToPos(Math.min(Math.max(v, min), max), 'x', true);
        for (const shade of shades) {
          if (shade.from > end || shade.to < min) continue;
          const from = inside(shade.from);
          const to = inside(shade.to);
          u.ctx.fillStyle = shade.line ? tone('quiet') : tone('shade');
          u.ctx.fillRect(from, u.bbox.top, Math.max(shade.line ? 1 : 2, to - from), u.bbox.height);
        }
      }]},
    }, [x, ...series.map(line => line.values)], holder);
  }
  series.forEach((line, i) => {
    const button = element('button', {type: 'button', 'aria-pressed': 'true'},
        element('i', {style: `background: var(--c${(line.colour ?? i) % 8})`}), line.name);
    button.addEventListener('click', () => {
      shown[i] = !shown[i];
      button.setAttribute('aria-pressed', String(shown[i]));
      plot.setSeries(i + 1, {show: shown[i]});
    });
    legend.append(button);
  });
  parent.append(legend, holder);
  draw();
  drawn.push(draw);
}
let redrawing = 0;
function redrawSoon() {
  cancelAnimationFrame(redrawing);
  redrawing = requestAnimationFrame(() => drawn.forEach(draw => draw()));
}
addEventListener('resize', redrawSoon);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawSoon);
// At once: what is printed is what is there by then.
matchMedia('print').addEventListener('change', () => drawn.forEach(draw => draw()));

// ---- What happened.

const run = runs[0];
const result = run.result;

function head() {
  const passed = result.verdict === 'passed';
  page.append(element('header', {},
      element('h1', {}, element('span', {class: passed && run.interrupted ? 'doubt' : result.verdict}, !passed ? 'FAILED' : run.interrupted ? 'INTERRUPTED' : 'PASSED'),
          ` ${result.scenario}, seed ${result.seed}`),
      element('p', {class: 'quiet'}, `on ${result.kafka === 'simulated' ? 'the simulated Kafka' : result.kafka}; heddle ${data.version}`)));
  const tiles = [
    ['records', count(result.records)],
    [result.kafka === 'simulated' ? 'scenario time' : 'time', millis(result.virtualMillis)],
    ['response p50', micros(result.latency.response.p50)],
    ['response p99', micros(result.latency.response.p99)],
    ['faults fired', count(result.faults.reduce((sum, fault) => sum + fault.fired, 0))],
    ['invariants broken', count(new Set(result.violations.map(each => each.invariant)).size)],
  ];
  page.append(element('ul', {class: 'tiles'}, tiles.map(([name, value]) =>
      element('li', {}, element('b', {}, value), element('span', {class: 'quiet'}, name)))));
}

function verdicts() {
  const made = section('invariants', 'Invariants');
  const body = violation => element('div', {},
      element('p', {}, element('strong', {class: 'failed'}, violation.invariant), ` at ${millis(violation.atMillis)}: ${violation.message}`),
      violation.timeline.length ? [element('pre', {tabindex: '0'}, violation.timeline.join('\n'))] : []);
  const [first, ...others] = result.violations;
  if (first) made.append(body(first));
  for (const name of new Set(others.map(each => each.invariant))) {
    const same = others.filter(each => each.invariant === name);
    made.append(element('details', {}, element('summary', {},
        name === first.invariant ? `${count(same.length)} more of ${name}` : `also broken: ${name} (${count(same.length)})`), same.map(body)));
  }
  made.append(table(['invariant', 'verdict', 'facts judged', 'note'], result.invariants.map(each =>
      [each.name, {text: each.verdict, className: each.verdict}, count(each.facts), each.note ?? '']), [2]));
}

function load() {
  const load = run.load;
  if (!load) return;
  const rate = value => value === null ? '–' : `${three(value)}/s`;
  const made = section('load', 'Load', element('p', {},
      (load.closedLoop ? `${rate(load.achievedRate)} with ${plural(load.closedLoop, 'record')} under way at once.`
          : `${rate(load.achievedRate)} of the ${rate(load.targetRate)} that were asked for.`)
      + ' Ramp and warm-up are not part of the result.'
      + (load.interrupted ? ' Somebody ended the run before its time: this is what was measured until then.' : '')
      + (load.failedSends ? ` ${plural(load.failedSends, 'record')} could not be sent.` : '')
      + (load.uncommitted
        ? ` ${plural(load.uncommitted, 'record')} sent in transactions that were not committed.` : '')
      + (load.checked ? ` Judging the invariants took ${millis(load.checkMillis)} of a core's time.` : ' The invariants of the scenario were not judged.')));
  const values = latency => latency.count ? [latency.p50, latency.p90, latency.p99, latency.p999, latency.max].map(micros) : Array(5).fill('–');
  const heads = ['p50', 'p90', 'p99', 'p99.9', 'max'];
  made.append(element('h3', {}, 'Response time by phase'), table(['phase', 'for', 'asked', 'achieved', ...heads], load.phases.map(each =>
      [each.name, millis(each.seconds * 1000), rate(each.targetRate), rate(each.achievedRate), ...values(each.response)]), [1, 2, 3, 4, 5, 6, 7, 8]));
  const meaning = {late: 'due, and not sent yet', send: 'until the log had it', open: 'until its transaction was committed', wait: 'until the work began', work: 'the work',
    finish: 'until it was complete', commit: 'until that was committed'};
  made.append(element('h3', {}, 'Stages of a record'), table(['stage', '', ...heads], Object.entries(load.stages).map(([name, latency]) =>
      [name, meaning[name] ?? '', ...values(latency)]), [2, 3, 4, 5, 6]));
  if (load.partitions.length > 1) made.append(element('h3', {}, 'Response time by partition'),
      table(['partition', 'records', ...heads], load.partitions.map(each => [each.partition, count(each.response.count), ...values(each.response)]), [1, 2, 3, 4, 5, 6]));
}

function command() {
  const text = run.command;
  const button = element('button', {type: 'button', class: 'copy'}, 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch (refused) {
      button.textContent = 'Select the line to copy it';
    }
  });
  section('replay', 'Run it again', element('pre', {tabindex: '0'}, text), button,
      element('p', {class: 'quiet'}, result.traceHash ? `The trace of this run has the hash ${result.traceHash}.` : 'On a real Kafka no two runs are alike.'));
}

function percentiles() {
  const made = section('percentiles', 'Latency by percentile',
      element('p', {}, 'Service time is from the start of the work on a record to its end; response time from when the record was due to be sent until it was complete. The scale is logarithmic towards the slow end: every step to the right leaves a tenth of the records.'
          + (runs.some(each => each.load) ? ' Whatever was worked on counts here, ramp, warm-up and repetitions too; the figures of the load above do not have these.' : '')));
  const lines = [];
  runs.forEach((each, r) => ['response', 'service'].forEach((kind, k) => {
    const points = each.curves[kind];
    if (points.length) lines.push({name: runs.length > 1 ? `${kind}, ${each.name}` : kind, points, colour: r * 2 + k});
  }));
  if (!lines.length) {
    made.append(element('p', {}, 'No record was worked on.'));
    return;
  }
  const most = Math.max(...lines.map(line => line.points[line.points.length - 1][2]));
  const at = point => 1 / Math.max(1 / most, 1 - point[0] / 100);
  const xs = [...new Set(lines.flatMap(line => line.points.map(at)))].sort((a, b) => a - b);
  chart(made, {
    label: lines.map(line => `${line.name}: median ${micros(quantile(line.points, 50))}, 99th percentile ${micros(quantile(line.points, 99))}`).join('; '),
    x: xs, xLog: true, yLog: true, xName: 'percentile',
    xFormat: v => `${Number((100 * (1 - 1 / v)).toFixed(5))} %`, yFormat: micros,
    series: lines.map(line => {
      const known = new Map(line.points.map(point => [at(point), Math.max(1, point[1])]));
      return {name: line.name, colour: line.colour, spanGaps: true, values: xs.map(x => known.get(x) ?? null)};
    }),
  });
  const shares = [50, 90, 99, 99.9, 99.99, 100];
  made.append(table(['', ...shares.map(share => share === 100 ? 'max' : `p${share}`), 'records'],
      lines.map(line => [line.name, ...shares.map(share => micros(quantile(line.points, share))),
        count(line.points[line.points.length - 1][2])]), [1, 2, 3, 4, 5, 6, 7]));
}
function quantile(points, share) {
  for (const point of points) if (point[0] >= share) return point[1];
  return points.length ? points[points.length - 1][1] : null;
}

function overTime() {
  const time = run.time;
  const xs = time.completed.map((_, i) => i * time.widthMillis / 1000);
  const widthSeconds = time.widthMillis / 1000;
  const shades = run.strikes.map(([, at, lasts]) => ({from: at / 1000, to: (at + lasts) / 1000}));
  if (run.healedMillis !== null) shades.push({from: run.healedMillis / 1000, to: run.healedMillis / 1000, line: true});
  const drawsHealed = run.healedMillis !== null && run.healedMillis / 1000 <= xs.length * widthSeconds;
  const seconds = v => `${three(v)} s`;
  const made = section('time', 'Latency over time',
      element('p', {}, `Downsampled to ${plural(xs.length, 'span')} of ${millis(time.widthMillis)}, ${three(result.records / Math.max(1, xs.length))} records each on average; a point's percentiles are those of all records of its span.`
          + (run.strikes.length ? ' Shaded: while a fault had its effect.' : '')
          + (drawsHealed ? ` The line at ${millis(run.healedMillis)}: faults stop, and everything has to finish.` : '')));
  const floor = values => values.map(value => value === null ? null : Math.max(1, value));
  chart(made, {
    label: `Response and service times over ${seconds(xs.length * widthSeconds)}`, x: xs, yLog: true, shades,
    xFormat: seconds, yFormat: micros, series: [
      {name: 'response p50', values: floor(time.response.p50), colour: 0},
      {name: 'response p99', values: floor(time.response.p99), colour: 1},
      {name: 'response max', values: floor(time.response.max), colour: 4, dash: [4, 4]},
      {name: 'service p50', values: floor(time.service.p50), colour: 2},
      {name: 'service p99', values: floor(time.service.p99), colour: 3},
    ],
  });
  made.append(asTable(['from', 'response p50', 'response p99', 'response max', 'service p50', 'service p99'],
      thin(xs.map((x, i) => [seconds(x), micros(time.response.p50[i]), micros(time.response.p99[i]), micros(time.response.max[i]), micros(time.service.p50[i]), micros(time.service.p99[i])])), [0, 1, 2, 3, 4, 5]));
  const flow = section('throughput', 'Throughput');
  // Fewer and wider spans, since counts of a few records say nothing about a rate.
  const several = Math.max(1, Math.ceil(xs.length / 80));
  const sums = values => xs.filter((_, i) => i % several === 0).map((_, i) =>
      values.slice(i * several, (i + 1) * several).reduce((sum, value) => sum + value, 0));
  const starts = xs.filter((_, i) => i % several === 0);
  const rate = values => sums(values).map(value => value / (widthSeconds * several));
  chart(flow, {
    label: 'Records appended and completed per second', x: starts, shades, xFormat: seconds, yFormat: v => `${count(Math.round(v))}/s`,
    series: [{name: 'appended', values: rate(time.appended), colour: 0}, {name: 'completed', values: rate(time.completed), colour: 1}],
  });
  const appended = sums(time.appended), completed = sums(time.completed);
  flow.append(asTable(['from', 'appended', 'completed'], starts.map((x, i) => [seconds(x), count(appended[i]), count(completed[i])]), [0, 1, 2]));
  if (time.lag.length > 1) {
    flow.append(element('h3', {}, 'By partition'));
    if (time.partitionsLeftOut) flow.append(element('p', {class: 'quiet'}, `${plural(time.partitionsLeftOut, 'partition')} with little lag are left out.`));
    chart(flow, {
      label: `Records completed per second by partition: ${time.lag.map(each => `${each.partition} ${count(each.completed.reduce((sum, value) => sum + value, 0))} in all`).join(', ')}`,
      x: starts, shades, xFormat: seconds, yFormat: v => `${count(Math.round(v))}/s`,
      series: time.lag.map((each, i) => ({name: each.partition, values: rate(each.completed), colour: i})),
    });
  }
  const lag = section('lag', 'Lag of the commit by partition');
  if (time.partitionsLeftOut) lag.append(element('p', {class: 'quiet'}, `The partitions with the largest lag; ${plural(time.partitionsLeftOut, 'other')} are left out.`));
  if (!time.lag.length) {
    lag.append(element('p', {}, 'Nothing was appended.'));
    return;
  }
  chart(lag, {
    label: `Records between the committed offset and the end: ${time.lag.map(each => `${each.partition} at most ${Math.max(...each.values)}`).join(', ')}`,
    x: xs, shades, xFormat: seconds, yFormat: v => count(Math.round(v)),
    series: time.lag.map((each, i) => ({name: each.partition, values: each.values, colour: i})),
  });
  lag.append(asTable(['partition', 'largest', 'at the end'], time.lag.map(each => [each.partition, count(Math.max(...each.values)), count(each.values[each.values.length - 1])]), [1, 2]));
}
/** At most 60 rows, evenly. */
function thin(rows) {
  const step = Math.ceil(rows.length / 60);
  return rows.filter((_, i) => i % step === 0);
}

// ---- Time lines of members, partitions and keys.

const WIDTH = 1140, LEFT = 130, ROW = 22;
function timeAxis(svg, from, to, height) {
  const scale = ms => LEFT + (ms - from) / Math.max(1e-9, to - from) * (WIDTH - LEFT - 10);
  for (let i = 0; i <= 6; i++) {
    const ms = from + (to - from) * i / 6;
    svg.append(shape('line', {class: 'grid', x1: scale(ms), x2: scale(ms), y1: 0, y2: height}),
        shape('text', {class: 'quiet', x: scale(ms), y: height + 15, 'text-anchor': i === 0 ? 'start' : i === 6 ? 'end' : 'middle'}, millis(ms)));
  }
  return scale;
}
function memberLegend(members) {
  return element('div', {class: 'legend'}, members.map((member, i) =>
      element('span', {}, element('i', {style: `background: var(--c${i % 8})`}), member)));
}
const order = (a, b) => a.localeCompare(b, 'en', {numeric: true});

function assignment() {
  const made = section('assignment', 'Who owned what');
  if (!run.tenures.length) {
    made.append(element('p', {}, 'No partition was assigned.'));
    return;
  }
  const MOST = 64;
  const members = [...new Set(run.tenures.map(each => each[0]))].sort(order);
  const partitions = [...new Set(run.tenures.map(each => each[1]))].sort(order);
  const rows = partitions.slice(0, MOST);
  const end = Math.max(...run.tenures.map(each => each[4]), 1);
  const height = rows.length * ROW;
  const svg = shape('svg', {viewBox: `0 0 ${WIDTH} ${height + 22}`, role: 'img',
    'aria-label': `${plural(run.tenures.length, 'tenure')} of ${plural(partitions.length, 'partition')} by ${members.join(', ')}; the table below has them all`});
  const scale = timeAxis(svg, 0, end, height);
  rows.forEach((partition, i) => svg.append(shape('text', {x: LEFT - 8, y: i * ROW + 15, 'text-anchor': 'end'}, shorten(partition, 18))));
  for (const [member, partition, generation, from, to, how] of run.tenures) {
    const row = rows.indexOf(partition);
    if (row < 0) continue;
    const width = Math.max(1.5, scale(to) - scale(from) - 1);
    svg.append(shape('rect', {x: scale(from), y: row * ROW + 3, width, height: ROW - 6, rx: 2, fill: `var(--c${members.indexOf(member) % 8})`, 'fill-opacity': how.startsWith('lost') || how === 'crashed' ? .55 : 1},
        shape('title', {}, `${member} owned ${partition} (generation ${generation}) from ${millis(from)} to ${millis(to)}: ${how}`)));
  }
  const left = run.tenuresLeftOut + (partitions.length - rows.length);
  made.append(memberLegend(members), element('figure', {tabindex: '0'}, svg, element('figcaption', {},
      'Paler where it was lost or the member crashed.'
      + (partitions.length > rows.length ? ` ${plural(partitions.length - rows.length, 'partition')} are left out of the drawing.` : '')
      + (run.tenuresLeftOut ? ` ${plural(run.tenuresLeftOut, 'later tenure')} are left out.` : ''))));
  made.append(asTable(['partition', 'member', 'generation', 'from', 'to', 'ended'],
      run.tenures.map(each => [each[1], each[0], each[2], millis(each[3]), millis(each[4]), each[5]]), [2, 3, 4]));
}
const shorten = (text, most) => text.length <= most ? text : `…${text.slice(text.length - most + 1)}`;

function scene() {
  const scene = run.scene;
  if (!scene || !scene.partition) return;
  const work = [], open = new Map(), commits = [];
  for (const fact of scene.facts) {
    const id = `${fact.m}|${fact.o}`;
    if (fact.k === 'started') open.set(id, {member: fact.m, offset: fact.o, key: fact.key, from: fact.t, to: null});
    else if (fact.k === 'ended' && open.has(id)) {
      const each = open.get(id);
      each.to = fact.t;
      work.push(each);
      open.delete(id);
    } else if (fact.k === 'committed') commits.push(fact);
  }
  for (const each of open.values()) work.push(each);
  const made = section('failure', `Around the failure: ${scene.partition}`,
      element('p', {}, element('strong', {class: 'failed'}, scene.invariant), `: ${scene.message}`));
  if (!work.length) {
    made.append(element('p', {}, 'No work on this partition was seen near it.'));
    return;
  }
  const failing = new Set(scene.keys), offsets = new Set(scene.offsets);
  const last = Math.max(scene.atMillis, ...work.map(each => each.to ?? each.from));
  const concerned = work.filter(each => offsets.has(each.offset));
  let from = Math.min(scene.atMillis, ...concerned.map(each => each.from));
  const span = Math.max(scene.atMillis - from, 5);
  from = Math.max(0, from - span * .2);
  const to = Math.min(last, scene.atMillis + span * .25) || last;
  let seen = work.filter(each => (each.to ?? last) >= from && each.from <= to);
  const MOST_WORK = 600, MOST_LANES = 24;
  const dropped = Math.max(0, seen.length - MOST_WORK);
  if (dropped) seen = seen.sort((a, b) => near(a) - near(b)).slice(0, MOST_WORK);
  function near(each) { return offsets.has(each.offset) ? -1 : Math.abs(each.from - scene.atMillis); }
  const members = [...new Set(seen.map(each => each.member))].sort(order);
  const keys = [...new Set(seen.map(each => each.key))]
      .sort((a, b) => failing.has(b) - failing.has(a) || order(a, b)).slice(0, MOST_LANES);
  const shownCommits = commits.filter(each => each.t >= from && each.t <= to);

  // What overlaps within a key gets a line of its own: it must not hide behind the other.
  const THIN = 16;
  const lines = new Map(), tops = [];
  let height = 0;
  for (const key of keys) {
    const ends = [];
    for (const each of seen.filter(one => one.key === key).sort((a, b) => a.from - b.from)) {
      let line = ends.findIndex(end => end <= each.from);
      if (line < 0) line = ends.length;
      ends[line] = each.to ?? Infinity;
      lines.set(each, line);
    }
    tops.push(height);
    height += ends.length * THIN + 8;
  }
  tops.push(height);
  const lanes = shape('svg', {viewBox: `0 0 ${WIDTH} ${height + 40}`, role: 'img', 'data-lanes': String(keys.length),
    'aria-label': `Work on ${plural(keys.length, 'key')} from ${millis(from)} to ${millis(to)}; broken at ${millis(scene.atMillis)}: ${scene.message}`});
  const scale = timeAxis(lanes, from, to, height);
  keys.forEach((key, i) => {
    if (failing.has(key)) lanes.append(shape('rect', {class: 'lane-failing', 'data-key': key, x: 0, y: tops[i], width: WIDTH, height: tops[i + 1] - tops[i]}));
    else lanes.append(shape('line', {class: 'grid', x1: 0, x2: WIDTH, y1: tops[i], y2: tops[i]}));
    lanes.append(shape('text', {x: LEFT - 8, y: tops[i] + 16, 'text-anchor': 'end', 'font-weight': failing.has(key) ? 700 : 400}, shorten(key, 17)));
  });
  for (const each of seen) {
    const row = keys.indexOf(each.key);
    if (row < 0) continue;
    const x = Math.max(LEFT, scale(each.from)), end = Math.min(WIDTH, scale(each.to ?? to));
    const y = tops[row] + 4 + lines.get(each) * THIN;
    lanes.append(shape('rect', {x, y: y + 1, width: Math.max(2, end - x), height: THIN - 2, rx: 2,
      fill: `var(--c${members.indexOf(each.member) % 8})`, 'fill-opacity': each.to === null ? .45 : .85, stroke: offsets.has(each.offset) ? 'var(--bad)' : 'none', 'stroke-width': 2},
        shape('title', {}, `${each.member} worked on ${scene.partition}@${each.offset} (key ${each.key}) from ${millis(each.from)} ${each.to === null ? 'and had not ended' : `to ${millis(each.to)}`}`)));
    if (end - x > 34) lanes.append(shape('text', {x: x + 4, y: y + 12, class: 'offset'}, String(each.offset)));
  }
  let labelled = -Infinity;
  for (const commit of shownCommits) {
    const x = scale(commit.t);
    lanes.append(shape('line', {class: 'commit', x1: x, x2: x, y1: 0, y2: height},
        shape('title', {}, `${commit.m} committed ${commit.o} at ${millis(commit.t)}`)));
    if (x - labelled > 70) {
      lanes.append(shape('text', {x, y: height + 33, 'text-anchor': 'middle'}, `commit ${commit.o}`));
      labelled = x;
    }
  }
  lanes.append(shape('line', {class: 'breach', x1: scale(scene.atMillis), x2: scale(scene.atMillis), y1: 0, y2: height}));
  made.append(element('h3', {}, 'By key'), memberLegend(members), element('figure', {tabindex: '0'}, lanes, element('figcaption', {},
      'One lane a key, one line more where records of a key were worked on at once; the keys concerned are shaded, their records outlined. Solid lines across: commits. Dashed: where it showed.'
      + (dropped ? ` ${plural(dropped, 'piece')} of work further away are left out.` : '')
      + (scene.leftOut ? ` ${plural(scene.leftOut, 'earlier fact')} were not kept.` : ''))));
  byOffset(made, seen, shownCommits, commits, from, to, members, offsets);
  // Where less is seen of a drawing than there is, it begins with where it showed.
  for (const drawing of made.querySelectorAll('figure'))
    drawing.scrollLeft = drawing.scrollWidth * scale(scene.atMillis) / WIDTH - drawing.clientWidth / 2;
  made.append(asTable(['offset', 'key', 'member', 'started', 'ended'], seen.slice().sort((a, b) => a.from - b.from)
      .map(each => [each.offset, each.key, each.member, millis(each.from), each.to === null ? 'not' : millis(each.to)]), [0, 3, 4]));
}

/** Offsets upwards, time to the right: what lies below the commit line must be done. */
function byOffset(made, seen, shown, commits, from, to, members, offsets) {
  const before = commits.filter(each => each.t < from).pop();
  const marks = [...seen.map(each => each.offset), ...shown.map(each => each.o)];
  const low = Math.min(...marks), high = Math.max(...marks) + 1, height = 300;
  const svg = shape('svg', {viewBox: `0 0 ${WIDTH} ${height + 22}`, role: 'img', 'aria-label': `Work by offset from ${low} to ${high}, and the committed offset over time`});
  const x = timeAxis(svg, from, to, height);
  const y = offset => height - 6 - (offset - low) / Math.max(1, high - low) * (height - 12);
  for (let i = 0; i <= 4; i++) {
    const offset = Math.round(low + (high - low) * i / 4);
    svg.append(shape('text', {class: 'quiet', x: LEFT - 8, y: y(offset) + 4, 'text-anchor': 'end'}, count(offset)));
  }
  for (const each of seen) {
    const start = Math.max(LEFT, x(each.from)), end = Math.min(WIDTH, x(each.to ?? to));
    svg.append(shape('rect', {x: start, y: y(each.offset + 1), width: Math.max(2, end - start), height: Math.max(2, y(each.offset) - y(each.offset + 1) - 1),
      fill: offsets.has(each.offset) ? 'var(--bad)' : `var(--c${members.indexOf(each.member) % 8})`, 'fill-opacity': .85},
        shape('title', {}, `${each.member} worked on ${each.offset} (key ${each.key})`)));
  }
  const steps = [...(before ? [{...before, t: from}] : []), ...shown];
  if (steps.length) {
    let path = `M ${x(steps[0].t)} ${y(Math.max(low, steps[0].o))}`;
    for (const step of steps.slice(1)) path += ` H ${x(step.t)} V ${y(Math.max(low, step.o))}`;
    svg.append(shape('path', {class: 'commit', d: `${path} H ${x(to)}`}));
  }
  made.append(element('h3', {}, 'By offset'), element('figure', {tabindex: '0'}, svg, element('figcaption', {},
      'Each bar is the work on one record; the line is the committed offset: all below it should be complete. Red: the records concerned.')));
}

function gaps() {
  const made = section('blocked', 'What blocked the commit',
      element('p', {}, 'Records that were not complete while later ones of their partition were, longest first.'));
  made.append(run.gaps.length
      ? table(['record', 'key', 'for', 'from', 'complete behind it', ''], run.gaps.map(gap =>
          [`${gap.partition}@${gap.offset}`, gap.key, millis(gap.toMillis - gap.fromMillis), millis(gap.fromMillis), count(gap.behind), gap.ended ? '' : {text: 'never completed', className: 'failed'}]), [2, 3, 4])
      : element('p', {}, 'Nothing did.'));
}

function faults() {
  const made = section('faults', 'Faults');
  made.append(result.faults.length
      ? table(['fault', 'fired', 'at', 'note'], result.faults.map(fault => {
          const times = run.strikes.filter(strike => strike[0] === fault.name).map(strike => millis(strike[1]));
          return [fault.name, fault.applied ? (fault.fired ? count(fault.fired) : {text: '0', className: 'doubt'}) : {text: 'not applied', className: 'doubt'},
            times.slice(0, 8).join(', ') + (times.length > 8 ? ', …' : ''), fault.note ?? ''];
        }), [1])
      : element('p', {}, 'The scenario has none.'));
}

function marks() {
  section('marks', 'Marks', element('p', {}, 'Places that make a run worth while, and how often this one came by.'),
      table(['mark', 'reached'], Object.entries(result.marks).map(([name, hits]) => [name, hits ? count(hits) : {text: '0', className: 'doubt'}]), [1]));
}

function settings() {
  section('settings', 'The scenario', element('details', {}, element('summary', {}, 'As it was run, defaults included'), element('pre', {tabindex: '0'}, run.settings)));
}

function comparison() {
  if (runs.length < 2) return;
  const rows = [['achieved rate', each => each.load ? `${three(each.load.achievedRate)}/s` : '–'], ['records', each => count(each.result.records)], ['response p50', each => micros(each.result.latency.response.p50)],
    ['response p99', each => micros(each.result.latency.response.p99)], ['response max', each => micros(each.result.latency.response.max)],
    ['service p50', each => micros(each.result.latency.service.p50)], ['service p99', each => micros(each.result.latency.service.p99)], ['verdict', each => each.result.verdict]];
  section('comparison', 'Side by side', table(['', ...runs.map(each => each.name)], rows.map(([name, value]) => [name, ...runs.map(value)]), runs.map((_, i) => i + 1)));
}

head();
comparison();
verdicts();
load();
command();
scene();
percentiles();
overTime();
assignment();
gaps();
faults();
marks();
settings();
})();
