/** That memory ran out: known by the words of any runtime, told with figures. */
import { bytesText } from './bytesText.ts';
import { CellsmithError } from './errors.ts';

/** How ONNX Runtime, CUDA and its libraries, DirectX, Vulkan, WebGPU, V8, WebAssembly, TensorFlow, the C++ library and the system say it. */
const WORDS: readonly RegExp[] = [
  /out of memory/i,
  /\bOOM\b/,
  /ALLOC(ATION)?_FAILED\b|OUT_?OF_?(DEVICE_|HOST_)?MEMORY|\b0x8007000E\b/i,
  /failed to allocate memory/i,
  /bad_alloc/,
  /BFCArena/,
  /array buffer allocation failed/i,
  /invalid (typed )?array (buffer )?length/i,
  /memory access out of bounds/i,
  /(cannot|could not|couldn't|unable to) (allocate|grow|commit)/i,
  /\bENOMEM\b|not enough memory/i,
  /\bdevice\b.*\blost\b/i,
];

export function isOutOfMemory(words: string): boolean {
  return WORDS.some((pattern) => pattern.test(words));
}

/** What memory there is and who has it, as near to the failure as somebody looked. Bytes. */
export interface MemoryNow {
  /** Looked at right after the failure, when some is free again, or the last time before it. */
  readonly seen: 'after' | 'before';
  /** Resident memory of the process that computes, and the most so far. */
  readonly processBytes?: number;
  readonly peakBytes?: number;
  /** What there is in all, and of whom: the computer, a control group, or a limit of the process itself. */
  readonly limitBytes: number;
  readonly limitOf: 'computer' | 'group' | 'process';
  readonly freeBytes?: number;
  /** The heap of JavaScript, which has a limit of its own. */
  readonly heap?: { readonly usedBytes: number; readonly limitBytes: number };
  /** Of the graphics card that computes. */
  readonly card?: { readonly name: string; readonly totalBytes: number; readonly freeBytes?: number };
}

export interface Circumstances {
  /** `at step 13 of the search`, `while the data were read`. */
  readonly place?: string;
  /** `the program 'x' was compiled on ONNX Runtime, CPU`. */
  readonly doing?: string;
  /** What was said or seen of it. */
  readonly reason?: string;
  /** Nobody said that it was the memory; figures speak for it. */
  readonly isInferred?: boolean;
  readonly memory?: MemoryNow;
  /** What a forecast had found, or what steps before took. */
  readonly expected?: string;
  /** In place of the usual remedy. */
  readonly remedy?: string;
}

const REMEDY =
  'Take smaller batches, fewer channels or another executor in a new experiment. What was done up to the last checkpoint is saved: where other programs took the memory, close them and resume.';

/** `out-of-memory`, with what is known of how it came about. */
export class OutOfMemory extends CellsmithError {
  readonly circumstances: Circumstances;

  constructor(circumstances: Circumstances) {
    const { code, message, hint } = outOfMemory(circumstances);
    super(code, message, hint);
    this.circumstances = circumstances;
  }
}

export function outOfMemory(circumstances: Circumstances): { code: string; message: string; hint: string } {
  const { place, doing, reason, isInferred = false, memory, expected, remedy = REMEDY } = circumstances;
  const when = [
    ...(place === undefined ? [] : [` ${place}`]),
    ...(doing === undefined ? [] : [`${place === undefined ? '' : ','} while ${doing}`]),
  ].join('');
  const head = `${isInferred ? 'Memory probably ran out' : 'Memory ran out'}${when}`;
  const sentences = [
    reason === undefined || reason === '' ? `${head}.` : `${head}: ${ended(reason)}`,
    ...(memory === undefined ? [] : figures(memory)),
    ...(expected === undefined ? [] : [ended(expected)]),
  ];
  return { code: 'out-of-memory', message: sentences.join(' '), hint: remedy };
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

const WHOSE = {
  computer: 'this computer has',
  group: 'its control group may take',
  process: 'by its limits the process may take',
} as const;

const SEEN = {
  after: { held: 'right after', free: 'are free after it' },
  before: { held: 'when last seen', free: 'were free then' },
} as const;

function figures(memory: MemoryNow): readonly string[] {
  const { seen, heap, card } = memory;
  return [
    [heldText(memory), roomText(memory)].filter((part) => part !== '').join('; '),
    ...(heap === undefined
      ? []
      : [
          `The heap of JavaScript holds ${bytesText(heap.usedBytes)} of at most ${bytesText(heap.limitBytes)}`,
        ]),
    ...(card === undefined
      ? []
      : [
          `The card ${card.name} has ${bytesText(card.totalBytes)}${
            card.freeBytes === undefined ? '' : `, of which ${bytesText(card.freeBytes)} ${SEEN[seen].free}`
          }`,
        ]),
  ].map((sentence) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`);
}

function heldText({ seen, processBytes, peakBytes }: MemoryNow): string {
  const last = processBytes === undefined ? '' : `${bytesText(processBytes)} ${SEEN[seen].held}`;
  if (peakBytes === undefined) return last === '' ? '' : `the process held ${last}`;
  return `the process held at most ${bytesText(peakBytes)}${last === '' ? '' : ` (${last})`}`;
}

function roomText({ seen, limitBytes, limitOf, freeBytes }: MemoryNow): string {
  const free = freeBytes === undefined ? '' : `, of which ${bytesText(freeBytes)} ${SEEN[seen].free}`;
  return `${WHOSE[limitOf]} ${bytesText(limitBytes)}${free}`;
}
