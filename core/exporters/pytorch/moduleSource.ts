/** Writes model.py: one self-contained Python module with just the operations that a genotype uses. */
import type { CellGenotype, PrimitiveId } from '../../searchSpace/genotype.ts';
import { PRIMITIVES } from '../../searchSpace/genotype.ts';
import { cellPlan } from '../../searchSpace/topology.ts';
import type { ExportInput } from '../exporter.ts';
import { NETWORK } from './network.ts';
import { CLASSES, OPERATIONS } from './operations.ts';

/** The module's text. It needs PyTorch 1.13 or later and nothing else. */
export function moduleSource(input: ExportInput): string {
  const used = usedOperations(input);
  return `${[
    `${heading(input)}${constants(input)}`,
    ...usedClasses(used).map((name) => CLASSES[name]),
    `OPERATIONS = {\n${used.map(operation).join('')}}\n`,
    NETWORK,
  ].join('\n\n')}`;
}

function heading({ skeleton }: ExportInput): string {
  const { imageSize, imageChannels } = skeleton;
  return `"""Image classifier, written by Cellsmith. Needs PyTorch 1.13 or later.

    from model import CLASSES, load

    model = load()
    logits = model(images)  # images: [batch, ${imageChannels}, ${imageSize}, ${imageSize}] float32 in [0, 1]
    names = [CLASSES[index] for index in logits.argmax(dim=1)]
"""
import json
import os
import struct

import torch
import torch.nn.functional as F
from torch import nn
`;
}

function constants({ name, genotype, skeleton, pixels, classes }: ExportInput): string {
  const { normal, reduce } = genotype;
  const plan = cellPlan(skeleton, { normal: normal.concat.length, reduce: reduce.concat.length });
  const reductions = plan.filter(({ kind }) => kind === 'reduce').map(({ index }) => index);
  return `
NAME = ${text(name)}
CLASSES = [
${classes.map((label) => `    ${text(label)},\n`).join('')}]
# Mean and standard deviation per image channel; the network normalises its input itself.
MEAN = [${pixels.mean.join(', ')}]
STD = [${pixels.std.join(', ')}]
# The cells: an operation and the state it reads, two to a node.
NORMAL = ${cell(normal)}
REDUCE = ${cell(reduce)}
CELLS = ${skeleton.cells}
REDUCTIONS = [${reductions.join(', ')}]
CHANNELS = ${skeleton.channels}
`;
}

function operation(op: PrimitiveId): string {
  const { make } = OPERATIONS[op];
  const line = `    "${op}": lambda channels, stride: ${make},\n`;
  return line.length <= 100 ? line : line.replace(`${make},`, `(\n        ${make}\n    ),`);
}

function cell({ edges, concat }: CellGenotype): string {
  const lines = edges.map(({ op, from }) => `        ("${op}", ${from}),\n`).join('');
  return `{\n    "edges": [\n${lines}    ],\n    "concat": [${concat.join(', ')}],\n}`;
}

function usedOperations({ genotype }: ExportInput): PrimitiveId[] {
  const named = new Set([...genotype.normal.edges, ...genotype.reduce.edges].map(({ op }) => op));
  return PRIMITIVES.filter((op) => named.has(op));
}

function usedClasses(operations: readonly PrimitiveId[]): (keyof typeof CLASSES)[] {
  const needed = new Set([
    'ReluConvNorm',
    'FactorizedReduce',
    ...operations.flatMap((op) => OPERATIONS[op].classes),
  ]);
  return (Object.keys(CLASSES) as (keyof typeof CLASSES)[]).filter((name) => needed.has(name));
}

/** A string literal: JSON's form of one means the same in Python. */
function text(value: string): string {
  return JSON.stringify(value);
}
