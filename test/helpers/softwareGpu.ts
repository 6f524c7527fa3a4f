/** A graphics card in software: the driver that Chromium brings along, SwiftShader, for processes that start with this. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];
const DRIVER = 'vk_swiftshader_icd.json';

/** Environment under which Vulkan lists SwiftShader only; undefined where Chromium is not installed. */
export function softwareGpu(): NodeJS.ProcessEnv | undefined {
  const folder = FOLDERS.find(
    (path) => existsSync(join(path, DRIVER)) && existsSync(join(path, 'libvulkan.so.1')),
  );
  if (folder === undefined || process.platform !== 'linux') return undefined;
  const { LD_LIBRARY_PATH: others } = process.env;
  return {
    ...process.env,
    LD_LIBRARY_PATH: others === undefined ? folder : `${folder}:${others}`,
    VK_ICD_FILENAMES: join(folder, DRIVER),
  };
}
