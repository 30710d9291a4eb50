// Tests the window of observations under way: files wait, a live source keeps only the newest.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Handed, Outlet, WINDOW } from '../../src/sensor/outlet.ts';

describe('Outlet', () => {
  it('sends at once while the window has room', () => {
    const { outlet, sent } = outletOf(true);
    fill(outlet, WINDOW - 1);
    expect(sent).toEqual(range(WINDOW - 1));
    expect(outlet.isFull).toBe(false);
  });

  it('keeps the newest of a live source and sends it when one is acknowledged', () => {
    const { outlet, sent } = outletOf(true);
    fill(outlet, WINDOW + 3);
    expect(sent).toEqual(range(WINDOW));
    outlet.acknowledge(0);
    expect(sent).toEqual([...range(WINDOW), WINDOW + 2]);
    outlet.acknowledge(1);
    expect(sent).toHaveLength(WINDOW + 1);
  });

  it('never makes a live source wait', async () => {
    const { outlet } = outletOf(true);
    fill(outlet, WINDOW + 1);
    await outlet.room();
    expect(outlet.isFull).toBe(true);
  });

  it('makes a file wait for an acknowledgment', async () => {
    const { outlet, sent } = outletOf(false);
    fill(outlet, WINDOW);
    let isThere = false;
    const room = outlet.room().then(() => {
      isThere = true;
    });
    await Promise.resolve();
    expect(isThere).toBe(false);
    outlet.acknowledge(5);
    await room;
    outlet.hand(handed(WINDOW));
    expect(sent).toEqual(range(WINDOW + 1));
  });

  it('is emptied when the last waiting observation went out', async () => {
    const { outlet, sent } = outletOf(true);
    fill(outlet, WINDOW + 1);
    const emptied = outlet.emptied();
    outlet.acknowledge(0);
    await emptied;
    expect(sent.at(-1)).toBe(WINDOW);
  });

  it('ignores acknowledgments of what is not under way', () => {
    const { outlet, sent } = outletOf(true);
    outlet.acknowledge(77);
    fill(outlet, WINDOW + 1);
    outlet.acknowledge(-1);
    expect(sent).toHaveLength(WINDOW);
  });

  it('never has more than the window under way, keeps the order, and loses nothing but what was replaced', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 300 }), (steps) => {
        const { outlet, sent } = outletOf(true);
        const acknowledged: number[] = [];
        let seq = 0;
        for (const isFrame of steps) {
          const oldest = sent[acknowledged.length];
          if (isFrame) outlet.hand(handed(seq++));
          else if (oldest !== undefined) {
            acknowledged.push(oldest);
            outlet.acknowledge(oldest);
          }
          expect(sent.length - acknowledged.length).toBeLessThanOrEqual(WINDOW);
        }
        expect(sent).toEqual(sent.toSorted((a, b) => a - b));
      }),
    );
  });
});

function outletOf(live: boolean) {
  const sent: number[] = [];
  return { outlet: new Outlet(live, ({ observation }) => sent.push(observation.seq)), sent };
}

function fill(outlet: Outlet, count: number): void {
  for (const seq of range(count)) outlet.hand(handed(seq));
}

function handed(seq: number): Handed {
  const camera = { state: 'ok', notices: [], luma: 100, lumaDeviation: 40, sharpness: 5, framesDropped: 0 } as const;
  return {
    observation: { at: seq * 100, seq, detected: true, faces: [], looks: [], camera },
    stages: { capture: 0, gate: 0, detect: 0, zoom: 0, track: 0, look: 0 },
  };
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
