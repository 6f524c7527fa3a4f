import { describe, expect, it } from 'vitest';
import { cardsOf } from '../../../electron/main/graphics.ts';

describe('graphics cards as Chromium tells of them', () => {
  it('have a name, that of the renderer where they draw, and a driver where there is one', () => {
    const info = {
      auxAttributes: { glRenderer: 'ANGLE (AMD, Radeon 780M)', passthroughCmdDecoder: true },
      gpuDevice: [
        { active: true, vendorId: 4098, deviceId: 5567, driverVendor: 'Mesa', driverVersion: '24.2' },
        { active: false, vendorId: 4318, deviceId: 10114, driverVersion: '' },
        { vendorId: 32902, deviceId: 1, deviceString: 'Intel UHD' },
      ],
    };
    expect(cardsOf(info)).toEqual([
      { name: 'ANGLE (AMD, Radeon 780M)', driver: 'Mesa 24.2' },
      { name: 'device 10de:2782' },
      { name: 'Intel UHD' },
    ]);
  });

  it('are none where it says nothing that can be read', () => {
    for (const info of [undefined, {}, { gpuDevice: 'none' }]) expect(cardsOf(info)).toEqual([]);
  });
});
