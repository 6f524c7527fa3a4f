import { describe, expect, it } from 'vitest';
import { allCards } from '../../../../renderer/pages/machine/allCards.ts';

describe('the graphics cards of two sources', () => {
  it('are told once each, as the system tells them where both do', () => {
    const system = [{ name: 'NVIDIA GeForce RTX 4070', driver: 'NVIDIA 570', totalBytes: 12 }];
    const desktop = [
      { name: 'ANGLE (NVIDIA, NVIDIA GeForce RTX 4070/PCIe/SSE2, OpenGL 4.5)', driver: 'Nvidia 570' },
      { name: 'Mesa Intel(R) UHD Graphics 770 (ADL-S GT1)' },
    ];
    expect(allCards(system, desktop)).toEqual([system[0], desktop[1]]);
  });

  it('are those of one where the other tells none, and two of one maker stay two', () => {
    const cards = [{ name: 'AMD Radeon 780M' }];
    expect(allCards([], cards)).toEqual(cards);
    expect(allCards(cards, [])).toEqual(cards);
    expect(allCards([{ name: 'NVIDIA GeForce 4070' }], [{ name: 'NVIDIA GeForce 3060' }])).toHaveLength(2);
  });
});
