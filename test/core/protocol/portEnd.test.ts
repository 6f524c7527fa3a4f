import { describe, expect, it, vi } from 'vitest';
import { portEnd } from '../../../core/protocol/portEnd.ts';

describe('the end of a port', () => {
  it('keeps what came before somebody listened, in order', () => {
    const end = portEnd(vi.fn(), vi.fn());
    end.receive(1);
    end.receive(2);
    const heard: unknown[] = [];
    end.port.listen((message) => heard.push(message));
    end.receive(3);
    expect(heard).toEqual([1, 2, 3]);
  });

  it('tells once that it closed, also to those who ask later, and lets nothing through any more', () => {
    const send = vi.fn();
    const close = vi.fn();
    const { port, receive, closed } = portEnd(send, close);
    const told = vi.fn();
    const heard = vi.fn();
    port.listen(heard);
    port.onClose(told);
    port.post('a');
    port.close();
    port.close();
    closed();
    port.post('b');
    receive('c');
    expect(send.mock.calls).toEqual([['a']]);
    expect(close).toHaveBeenCalledOnce();
    expect(told).toHaveBeenCalledOnce();
    expect(heard).not.toHaveBeenCalled();
    const late = vi.fn();
    port.onClose(late);
    expect(late).toHaveBeenCalledOnce();
  });

  it('does not close a wire that went by itself', () => {
    const close = vi.fn();
    const { port, closed } = portEnd(vi.fn(), close);
    closed();
    port.close();
    expect(close).not.toHaveBeenCalled();
  });
});
