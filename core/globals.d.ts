/** The few globals that every host (Node, Electron, browser) has; core may use no others. */
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(name: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(name: 'abort', listener: () => void): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
declare const performance: { now(): number };
declare const crypto: {
  readonly subtle: { digest(algorithm: 'SHA-256', data: Uint8Array): Promise<ArrayBuffer> };
};
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes: Uint8Array): string;
}
declare function setTimeout(callback: () => void, ms: number): unknown;
