import { describe, expect, it } from 'vitest';
import { CellsmithError } from '../../../core/base/errors.ts';
import { isOutOfMemory, OutOfMemory, outOfMemory } from '../../../core/base/outOfMemory.ts';

const GIB = 2 ** 30;

describe('the words for memory that ran out', () => {
  it.each([
    ['ONNX Runtime', 'Failed to allocate memory for requested buffer of size 1207959552'],
    ['ONNX Runtime, of the C++ library', "running Add node. Name:'Add_22' Status Message: std::bad_alloc"],
    ['CUDA', 'CUDA failure 2: out of memory ; GPU=0'],
    ['cuBLAS', 'CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0'],
    ['cuDNN', 'CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED'],
    ['DirectX', 'Exception during initialization: E_OUTOFMEMORY'],
    ['DirectX, by its number', 'DmlCommittedResourceAllocator.cpp: Exception(1) 8007000E 0x8007000E'],
    ['Vulkan', 'vkAllocateMemory failed with VK_ERROR_OUT_OF_DEVICE_MEMORY'],
    ['its arena', 'bfc_arena.cc:376 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool)'],
    ['WebGPU', 'WebGPU device lost (2): Device was destroyed.'],
    ['Node, of buffers', 'Array buffer allocation failed'],
    ['Node, of arrays', 'Invalid typed array length: 9007199254740991'],
    ['V8', 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'],
    ['WebAssembly', 'memory access out of bounds'],
    ['Emscripten', 'Aborted(OOM)'],
    ['TensorFlow', 'OOM when allocating tensor with shape[64,256,32,32]'],
    ['the C library', 'cannot allocate memory for thread-local data: ABORT'],
    ['the system', 'spawn ENOMEM'],
  ])('of %s are known', (_who, words) => {
    expect(isOutOfMemory(words)).toBe(true);
  });

  it.each([
    'no kernel image is available for execution on the device',
    'Input shape mismatch: got 3, expected 4',
    'index out of bounds for axis 0',
    'CUBLAS_STATUS_EXECUTION_FAILED',
    'the connection to the device was closed',
    'memory pattern is disabled',
  ])('are not seen in: %s', (words) => {
    expect(isOutOfMemory(words)).toBe(false);
  });
});

describe('the account of it', () => {
  it('gives place, deed, reason, figures and what was expected', () => {
    const error = new OutOfMemory({
      place: 'at step 13 of the search',
      doing: "the program 'x' ran on ONNX Runtime, CPU",
      reason: 'std::bad_alloc',
      memory: {
        seen: 'after',
        processBytes: GIB,
        peakBytes: 3 * GIB,
        limitBytes: 4 * GIB,
        limitOf: 'group',
        freeBytes: GIB / 2,
        heap: { usedBytes: 2 * GIB, limitBytes: 2.25 * GIB },
        card: { name: 'H', totalBytes: 8 * GIB, freeBytes: GIB },
      },
      expected: 'Steps of it before this took up to 2.0 GiB',
      remedy: 'Take less.',
    });
    expect(error).toBeInstanceOf(CellsmithError);
    expect({ ...error, message: error.message }).toMatchObject({
      code: 'out-of-memory',
      message:
        "Memory ran out at step 13 of the search, while the program 'x' ran on ONNX Runtime, CPU: std::bad_alloc. " +
        'The process held at most 3.0 GiB (1.0 GiB right after); its control group may take 4.0 GiB, of which 512 MiB are free after it. ' +
        'The heap of JavaScript holds 2.0 GiB of at most 2.3 GiB. The card H has 8.0 GiB, of which 1.0 GiB are free after it. ' +
        'Steps of it before this took up to 2.0 GiB.',
      hint: 'Take less.',
    });
  });

  it('says where it is inferred, and what was seen last before', () => {
    const memory = { seen: 'before', limitBytes: 2 * GIB, limitOf: 'computer', freeBytes: 0 } as const;
    expect(outOfMemory({ isInferred: true, reason: 'the process was killed', memory }).message).toBe(
      'Memory probably ran out: the process was killed. This computer has 2.0 GiB, of which 0 bytes were free then.',
    );
    expect(outOfMemory({ doing: 'it ran' })).toEqual({
      code: 'out-of-memory',
      message: 'Memory ran out while it ran.',
      hint: expect.stringContaining('last checkpoint') as string,
    });
  });
});
