/** Where the parts of a cell's drawing lie: layers from left to right, long edges led through the layers between. */
import type { CellGenotype } from '../../searchSpace/genotype.ts';

/** A place in a layer: the box of a state, or a gap through which a state's lines pass. */
export interface Slot {
  readonly kind: 'box' | 'pass';
  /** OUTPUT for the cell's output. */
  readonly state: number;
  readonly height: number;
}

export interface Placed extends Slot {
  readonly layer: number;
  /** Of the middle. */
  readonly y: number;
}

export interface OperationPlace {
  /** Its place in the genotype. */
  readonly edge: number;
  readonly op: string;
  readonly from: number;
  readonly node: number;
  /** Top left of the label. */
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface CellLayout {
  readonly width: number;
  readonly height: number;
  /** States with their middles; nodes with their circle's. */
  readonly states: readonly { readonly state: number; readonly at: Point }[];
  readonly operations: readonly OperationPlace[];
  /** By layer, from top to bottom: every drawing of this cell keeps to this order. */
  readonly order: readonly (readonly Slot[])[];
  /** From a state through the gaps it passes, in order, each with the two ends of its straight piece. */
  readonly trunks: readonly { readonly state: number; readonly points: readonly Point[] }[];
  /** The last point of a state's trunk before a layer: where a line into that layer begins. */
  startInto(state: number, layer: number): Point;
  layerOf(state: number): number;
  readonly output: Point;
}

export const OUTPUT = -1;
export const SIZES = {
  input: 76,
  label: 112,
  labelHeight: 26,
  labelGap: 6,
  circle: 15,
  gap: 58,
  output: 66,
  box: 34,
} as const;

const BLOCK = SIZES.label + 26 + SIZES.circle * 2;
const BLOCK_HEIGHT = SIZES.labelHeight * 2 + SIZES.labelGap;
const MARGIN = 8;

/** Lays a cell out. */
export function layoutCell(cell: CellGenotype): CellLayout {
  const layers = layersOf(cell);
  const last = Math.max(...layers) + 1;
  const layerOf = (state: number): number => (state === OUTPUT ? last : layers[state]);
  const slots = slotsOf(cell, layers, last);
  const links = linksOf(cell, layerOf);
  const ordered = orderLayers(slots, links);
  const height = Math.max(...ordered.map(stackHeight)) + MARGIN * 2;
  const placed = ordered.flatMap((layer, l) => stack(layer, l, height));
  const left = (layer: number): number =>
    layer === 0 ? MARGIN : MARGIN + SIZES.input + SIZES.gap + (layer - 1) * (BLOCK + SIZES.gap);
  const find = (state: number, layer: number): Placed | undefined =>
    placed.find((p) => p.state === state && p.layer === layer);
  const right = (layer: number): number =>
    left(layer) + (layer === 0 ? SIZES.input : layer === last ? SIZES.output : BLOCK);

  const startInto = (state: number, layer: number): Point => {
    for (let l = layer - 1; l > layerOf(state); l--) {
      const pass = find(state, l);
      if (pass !== undefined) return { x: right(l), y: pass.y };
    }
    return { x: right(layerOf(state)), y: find(state, layerOf(state))?.y ?? 0 };
  };

  const operations = layers.slice(2).flatMap((layer, node) => {
    const middle = find(node + 2, layer)?.y ?? 0;
    const pair = [2 * node, 2 * node + 1].map((edge) => ({ edge, ...cell.edges[edge] }));
    const upperFirst = pair.toSorted((a, b) => startInto(a.from, layer).y - startInto(b.from, layer).y);
    return upperFirst.map(({ edge, op, from }, i) => ({
      edge,
      op,
      from,
      node,
      x: left(layer),
      y: middle - BLOCK_HEIGHT / 2 + i * (SIZES.labelHeight + SIZES.labelGap),
    }));
  });

  return {
    width: right(last) + MARGIN,
    height,
    layerOf,
    order: ordered,
    startInto,
    operations,
    output: { x: left(last), y: find(OUTPUT, last)?.y ?? 0 },
    states: layers.map((layer, state) => ({
      state,
      at: {
        x: state < 2 ? left(0) + SIZES.input / 2 : right(layer) - SIZES.circle,
        y: find(state, layer)?.y ?? 0,
      },
    })),
    trunks: layers.flatMap((layer, state) => {
      const points = placed
        .filter((p) => p.kind === 'pass' && p.state === state)
        .toSorted((a, b) => a.layer - b.layer)
        .flatMap((p) => [
          { x: left(p.layer), y: p.y },
          { x: right(p.layer), y: p.y },
        ]);
      return points.length === 0 ? [] : [{ state, points: [startInto(state, layer + 1), ...points] }];
    }),
  };
}

/** A node lies one layer behind the later of its inputs. */
function layersOf(cell: CellGenotype): readonly number[] {
  const layers = [0, 0];
  for (let i = 0; i + 1 < cell.edges.length; i += 2) {
    layers.push(1 + Math.max(layers[cell.edges[i].from], layers[cell.edges[i + 1].from]));
  }
  return layers;
}

type Link = { readonly from: number; readonly to: number };

/** Who leads to whom: operations' inputs and what is concatenated. */
function linksOf(
  cell: CellGenotype,
  layerOf: (state: number) => number,
): readonly (Link & { readonly layer: number })[] {
  const operations = cell.edges.map(({ from }, i) => ({ from, to: Math.floor(i / 2) + 2 }));
  const outputs = cell.concat.map((from) => ({ from, to: OUTPUT }));
  return [...operations, ...outputs].map((link) => ({ ...link, layer: layerOf(link.to) }));
}

function slotsOf(cell: CellGenotype, layers: readonly number[], last: number): readonly (readonly Slot[])[] {
  const slots: Slot[][] = Array.from({ length: last + 1 }, () => []);
  const links = linksOf(cell, (state) => (state === OUTPUT ? last : layers[state]));
  layers.forEach((layer, state) => {
    slots[layer].push({ kind: 'box', state, height: layer === 0 ? SIZES.box : BLOCK_HEIGHT });
    const furthest = Math.max(0, ...links.filter(({ from }) => from === state).map((link) => link.layer));
    for (let l = layer + 1; l < furthest; l++) slots[l].push({ kind: 'pass', state, height: 6 });
  });
  slots[last].push({ kind: 'box', state: OUTPUT, height: SIZES.box });
  return slots;
}

/** A few sweeps that move each slot to the mean height of its neighbours, forwards and back. */
function orderLayers(
  slots: readonly (readonly Slot[])[],
  links: readonly (Link & { readonly layer: number })[],
): readonly (readonly Slot[])[] {
  let layers = slots.map((layer) => [...layer]);
  for (let sweep = 0; sweep < 6; sweep++) {
    const forwards = sweep % 2 === 0;
    const heights = new Map(
      layers.flatMap((layer, l) =>
        layer.map((slot, i) => [`${l}:${slot.state}`, (i + 0.5) / layer.length] as const),
      ),
    );
    const order = forwards ? layers.keys() : [...layers.keys()].toReversed();
    for (const l of order) {
      const neighbour = forwards ? l - 1 : l + 1;
      const wish = (slot: Slot, i: number): number => {
        const through = heights.get(`${neighbour}:${slot.state}`);
        const linked = links.flatMap(({ from, to, layer }) => {
          if (forwards && slot.kind === 'box' && to === slot.state && layer === l)
            return [heights.get(`${neighbour}:${from}`)];
          return !forwards && from === slot.state && layer === neighbour
            ? [heights.get(`${neighbour}:${to}`)]
            : [];
        });
        const known = [through, ...linked].filter((h) => h !== undefined);
        return known.length === 0
          ? (i + 0.5) / layers[l].length
          : known.reduce((a, b) => a + b, 0) / known.length;
      };
      const wishes = new Map(layers[l].map((slot, i) => [slot, wish(slot, i)]));
      const sorted = layers[l].toSorted((a, b) => (wishes.get(a) ?? 0) - (wishes.get(b) ?? 0));
      layers = layers.with(l, sorted);
      sorted.forEach((slot, i) => heights.set(`${l}:${slot.state}`, (i + 0.5) / sorted.length));
    }
  }
  return layers;
}

const SPACING = 18;

function stackHeight(layer: readonly Slot[]): number {
  return layer.reduce((sum, { height }) => sum + height, 0) + SPACING * (layer.length - 1);
}

function stack(layer: readonly Slot[], index: number, height: number): readonly Placed[] {
  let y = (height - stackHeight(layer)) / 2;
  return layer.map((slot) => {
    const placed = { ...slot, layer: index, y: y + slot.height / 2 };
    y += slot.height + SPACING;
    return placed;
  });
}
