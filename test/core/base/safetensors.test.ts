import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellsmithError } from '../../../core/base/errors.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../core/base/safetensors.ts';
import type { StoredTensor } from '../../../core/base/safetensors.ts';

const floats = (shape: number[], ...values: number[]): StoredTensor => ({
  shape,
  dtype: 'float32',
  data: new Float32Array(values),
});
const ints = (shape: number[], ...values: number[]): StoredTensor => ({
  shape,
  dtype: 'int32',
  data: new Int32Array(values),
});

/** A file from any header text and data. */
function file(header: string, data: number[] = [], length?: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setUint32(0, length ?? text.length, true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const dims = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
const tensor = fc.tuple(dims, fc.boolean()).chain(([shape, isFloat]) => {
  const n = shape.reduce((a, b) => a * b, 1);
  return isFloat
    ? fc
        .float32Array({ minLength: n, maxLength: n })
        .map((data): StoredTensor => ({ shape, dtype: 'float32', data }))
    : fc
        .int32Array({ minLength: n, maxLength: n })
        .map((data): StoredTensor => ({ shape, dtype: 'int32', data }));
});
const name = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', 'constructor', '1', '"'));
const tensors = fc
  .uniqueArray(
    fc.tuple(
      name.filter((n) => n !== '__metadata__'),
      tensor,
    ),
    { selector: ([n]) => n, maxLength: 6 },
  )
  .map((entries) => Object.fromEntries(entries));

describe('safetensors', () => {
  it('gives back what was written, bit for bit', () => {
    fc.assert(
      fc.property(tensors, fc.dictionary(name, fc.string()), (named, metadata) => {
        const bytes = encodeSafetensors(named, metadata);
        const headerLength = new DataView(bytes.buffer).getUint32(0, true);
        expect(headerLength % 8).toBe(0);
        const back = decodeSafetensors(bytes, 'a.safetensors');
        expect(Object.entries(back.tensors)).toEqual(Object.entries(named));
        expect({ ...back.metadata }).toEqual({ ...metadata });
        expect(encodeSafetensors(back.tensors, metadata)).toEqual(bytes);
      }),
      { seed: 1 },
    );
  });

  it('reads bytes at any offset and shares no memory with them', () => {
    const bytes = encodeSafetensors({ a: floats([2], 1, 2) });
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const back = decodeSafetensors(shifted.subarray(3), 'a');
    shifted.fill(0);
    expect(back.tensors).toEqual({ a: floats([2], 1, 2) });
  });

  it('writes and reads the same bytes as the Python package', () => {
    // safetensors 0.8.0: safetensors.numpy.save({'w': float32 [[1, -2.5]], 'n': int32 [7]}, metadata={'by': 'python'})
    const golden = Buffer.from(
      'kAAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJieSI6InB5dGhvbiJ9LCJ3Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsxLDJdLCJkYXRhX29mZnNldHMiOlswLDhdfSwibiI6eyJkdHlwZSI6IkkzMiIsInNoYXBlIjpbMV0sImRhdGFfb2Zmc2V0cyI6WzgsMTJdfX0gICAAAIA/AAAgwAcAAAA=',
      'base64',
    );
    const { tensors: read, metadata } = decodeSafetensors(new Uint8Array(golden), 'golden');
    expect(read).toEqual({ n: ints([1], 7), w: floats([1, 2], 1, -2.5) });
    expect(metadata).toEqual({ by: 'python' });
    expect(Buffer.from(encodeSafetensors(read, metadata)).equals(golden)).toBe(true);
  });

  const span = (offsets: string, shape = '[1]', dtype = 'F32') =>
    `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;
  it.each([
    ['no bytes at all', new Uint8Array(0), '0 bytes'],
    ['a header longer than the file', file('{}', [], 99), 'header should take 99 bytes'],
    ['a header length beyond 2^53', new Uint8Array(16).fill(255), 'only 8 follow'],
    ['a header that is not JSON', file('{"a":'), 'not JSON'],
    ['a header that is not UTF-8', file('{"a":', [0xff, 0xff], 7), 'not JSON'],
    ['a header that is a list', file('[]'), 'not a JSON object'],
    ['very deep nesting', file('['.repeat(1e6)), 'not JSON'],
    ['deep nesting that closes', file(`{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`), "tensor 'a' lacks"],
    [
      'a name given twice',
      file(`{"a":${span('[0,4]')},"\\u0061":${span('[4,8]')}}`, [0, 0, 0, 0, 0, 0, 0, 0]),
      "'a' twice",
    ],
    [
      'a key given twice in an entry',
      file('{"a":{"dtype":"F32","dtype":"I32","shape":[0],"data_offsets":[0,0]}}'),
      "'dtype' twice",
    ],
    ['an entry without offsets', file('{"a":{"dtype":"F32","shape":[1]}}'), "tensor 'a' lacks"],
    [
      'a type it does not know',
      file(`{"a":${span('[0,4]', '[1]', 'BF16')}}`, [0, 0, 0, 0]),
      "tensor 'a' has type BF16",
    ],
    ['offsets outside the data', file(`{"a":${span('[0,4]')}}`, [0]), "tensor 'a' lies at 0 … 4"],
    ['negative offsets', file(`{"a":${span('[-4,0]')}}`), "tensor 'a' lacks"],
    ['offsets backwards', file(`{"a":${span('[4,0]')}}`, [0, 0, 0, 0]), 'does not fill'],
    [
      'overlapping tensors',
      file(`{"a":${span('[0,4]')},"b":${span('[0,4]')}}`, [0, 0, 0, 0]),
      "tensor 'b' lies at 0 … 4 and overlaps",
    ],
    ['a gap', file(`{"a":${span('[4,8]')}}`, [0, 0, 0, 0, 0, 0, 0, 0]), 'leaves a gap at 0'],
    ['bytes at the end', file('{}', [1]), '1 bytes at its end'],
    [
      'a shape that does not fit',
      file(`{"a":${span('[0,4]', '[2]')}}`, [0, 0, 0, 0]),
      'shape [2] does not fill',
    ],
    [
      'a shape whose product overflows',
      file(`{"a":${span('[0,4]', `[${Array(40).fill(9e15).join()},0]`)}}`, [0, 0, 0, 0]),
      'does not fill',
    ],
    ['metadata that are not strings', file('{"__metadata__":{"a":1}}'), '__metadata__'],
  ])('refuses %s and says where', (_, bytes, message) => {
    let error: unknown;
    try {
      decodeSafetensors(bytes, 'weights.safetensors');
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(CellsmithError);
    expect(String(error)).toContain('weights.safetensors');
    expect(String(error)).toContain(message);
  });

  it('meets any damage with an error of its own or a file no larger than the bytes', () => {
    const whole = encodeSafetensors(
      { a: floats([2, 2], 1, 2, 3, 4), b: ints([3], 1, 2, 3), c: floats([0]) },
      { k: 'v' },
    );
    const damage = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(whole.length).map((length) => whole.slice(0, length)),
      fc
        .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
        .map((edits) => {
          const bytes = whole.slice();
          for (const [at, value] of edits) bytes[at] = value;
          return bytes;
        }),
      fc.json().map((header) => file(header, [0, 0, 0, 0])),
      fc.tuple(fc.integer(), fc.integer(), fc.array(fc.integer())).map(([begin, end, shape]) => {
        return file(`{"a":${span(`[${begin},${end}]`, JSON.stringify(shape))}}`, [0, 0, 0, 0]);
      }),
    );
    fc.assert(
      fc.property(damage, (bytes) => {
        try {
          const back = decodeSafetensors(bytes, 'x');
          const size = Object.values(back.tensors).reduce((sum, { data }) => sum + data.byteLength, 0);
          expect(size).toBeLessThan(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(CellsmithError);
        }
      }),
      { seed: 2, numRuns: 3000 },
    );
  });

  it('refuses to write what does not fit its shape', () => {
    expect(() => encodeSafetensors({ a: floats([3], 1) })).toThrow("'a' has shape [3] but 1 values");
    expect(() => encodeSafetensors({ a: { ...floats([1], 1), dtype: 'int32' } })).toThrow("'a' says int32");
  });
});
