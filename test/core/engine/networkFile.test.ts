import { describe, expect, it } from 'vitest';
import { encodeSafetensors } from '../../../core/base/safetensors.ts';
import { readNetwork } from '../../../core/engine/networkFile.ts';
import { memoryFiles } from '../../helpers/memoryFiles.ts';

const path = 'networks/found.safetensors';

describe('the file of a trained network', () => {
  it.each([
    ['that is gone', undefined, /^\S+networks\/found\.safetensors is gone\.$/],
    [
      'that is cut short',
      encodeSafetensors({}, { network: 'x'.repeat(500) }).slice(0, 300),
      /^\S+networks\/found\.safetensors is not a whole safetensors file: [^.]+\.$/,
    ],
    ['of something else', encodeSafetensors({}, {}), /does not say which network it holds\.$/],
    ['of another network', encodeSafetensors({}, { network: '{}' }), /does not describe a network\.$/],
  ])('is named where it is one %s', async (_what, bytes, message) => {
    const files = memoryFiles();
    if (bytes !== undefined) await files.write(path, bytes);
    await expect(readNetwork(files, path)).rejects.toMatchObject({
      code: 'network-damaged',
      message: expect.stringMatching(message),
    });
  });
});
