import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { onInterrupt } from '../../../local/command/interrupt.ts';
import { fakeClock } from '../fakes/fake-clock.ts';

function listen() {
  const [signals, clock, calls] = [new EventEmitter(), fakeClock(), [] as string[]];
  const off = onInterrupt(signals, clock, { stop: () => calls.push('stop'), kill: () => calls.push('kill') });
  return { signals, clock, calls, off };
}

describe('onInterrupt', () => {
  it('stops at the first signal of any kind', () => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      const { signals, calls } = listen();
      signals.emit(signal);
      expect(calls).toEqual(['stop']);
    }
  });

  it('takes the echo of a Ctrl-C that npm passes on for the same Ctrl-C', () => {
    const { signals, clock, calls } = listen();
    signals.emit('SIGINT');
    clock.advance(10);
    signals.emit('SIGINT');
    expect(calls).toEqual(['stop']);
  });

  it('kills at the second one', () => {
    const { signals, clock, calls } = listen();
    signals.emit('SIGINT');
    clock.advance(1000);
    signals.emit('SIGINT');
    expect(calls).toEqual(['stop', 'kill']);
  });

  it('listens no longer than asked', () => {
    const { signals, calls, off } = listen();
    off();
    signals.emit('SIGINT');
    expect(calls).toEqual([]);
    expect(signals.listenerCount('SIGINT')).toBe(0);
  });
});
