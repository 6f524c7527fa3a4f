/** Files that the window itself makes: handed to the browser, which asks or saves as it is set to. */

export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun when the click returns, but some browsers read the address a little later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A name that every file system takes. */
export function fileName(...parts: readonly string[]): string {
  const plain = parts.join('-').replaceAll(/[^\p{L}\p{N}_-]+/gu, '-');
  return plain.replaceAll(/-{2,}/g, '-').replaceAll(/^-|-$/g, '').slice(0, 80) || 'cell';
}
