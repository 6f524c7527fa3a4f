/** Graphics cards as Chromium tells of them: it promises no shape, so what is not there is left out. */
import { z } from 'zod';
import type { Card } from '../../core/protocol/machine.ts';

const Info = z.object({
  gpuDevice: z
    .array(
      z.object({
        active: z.boolean().optional(),
        vendorId: z.number().optional(),
        deviceId: z.number().optional(),
        deviceString: z.string().optional(),
        driverVendor: z.string().optional(),
        driverVersion: z.string().optional(),
      }),
    )
    .default([]),
  auxAttributes: z.object({ glRenderer: z.string().optional() }).default({}),
});

/** @param info of `app.getGPUInfo('complete')` */
export function cardsOf(info: unknown): Card[] {
  const parsed = Info.safeParse(info);
  if (!parsed.success) return [];
  const { gpuDevice, auxAttributes } = parsed.data;
  return gpuDevice.map(
    ({ active, vendorId, deviceId, deviceString = '', driverVendor = '', driverVersion = '' }) => {
      // The renderer that is named is the one that draws the window.
      const drawn = active === true ? auxAttributes.glRenderer : undefined;
      const driver = `${driverVendor} ${driverVersion}`.trim();
      const name = deviceString === '' ? (drawn ?? `device ${hex(vendorId)}:${hex(deviceId)}`) : deviceString;
      return { name, ...(driver === '' ? {} : { driver }) };
    },
  );
}

function hex(id: number | undefined): string {
  return id === undefined ? '?' : id.toString(16).padStart(4, '0');
}
