/** Lets a Python process load an exported module and classify the sample. */
import type { ExportCheck, Finding, WrittenExport } from '../exporter.ts';
import { compareLogits } from '../verify/compare.ts';
import { toNchw } from '../verify/layout.ts';

export const NO_PYTHON = 'not verified: no Python with PyTorch was found (set CELLSMITH_PYTHON)';

/** Reads images [N, C, H, W] as raw floats, writes logits likewise. Arguments: folder, C, H, W. */
const SCRIPT = `
import importlib.util, os, struct, sys
import torch
folder, shape = sys.argv[1], [int(size) for size in sys.argv[2:]]
spec = importlib.util.spec_from_file_location("exported_model", os.path.join(folder, "model.py"))
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
model = module.load(os.path.join(folder, "model.safetensors"))
images = torch.frombuffer(bytearray(sys.stdin.buffer.read()), dtype=torch.float32).reshape([-1] + shape)
with torch.no_grad():
    # One image alone, then batches: both must work.
    for batch in [images[:1], *torch.split(images[1:], 50)]:
        logits = model(batch).flatten().tolist()
        sys.stdout.buffer.write(struct.pack("<%df" % len(logits), *logits))
`;

export async function verifyPytorch(written: WrittenExport, check: ExportCheck): Promise<Finding> {
  const python = await check.host.findPython();
  if (python === undefined) return { verified: false, verdict: NO_PYTHON };
  const { sample, input } = check;
  const { imageSize, imageChannels } = input.skeleton;
  const images = toNchw(sample.images, [sample.count, imageSize, imageSize, imageChannels]);
  const sizes = [imageChannels, imageSize, imageSize].map(String);
  const { code, stdout, stderr } = await python.run(
    SCRIPT,
    [written.root, ...sizes],
    new Uint8Array(images.buffer),
  );
  if (code !== 0) {
    const reason = stderr.trim().split('\n').at(-1) ?? '';
    return { verified: false, verdict: `failed: ${python.runtime} could not run the module: ${reason}` };
  }
  const values = Math.floor(stdout.byteLength / Float32Array.BYTES_PER_ELEMENT);
  const logits = new Float32Array(stdout.slice(0, values * Float32Array.BYTES_PER_ELEMENT).buffer);
  let next = 0;
  return compareLogits(check, python.runtime, async (_, count) => {
    const from = next;
    next += count * input.skeleton.classes;
    return logits.slice(from, next);
  });
}
