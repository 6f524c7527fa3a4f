/** Copies a text and says so. */
import { common } from '../texts/common.ts';
import { showFailure, useToasts } from './toasts.ts';

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    useToasts.getState().show({ tone: 'good', title: common.copied });
  } catch (error) {
    showFailure(error);
  }
}
