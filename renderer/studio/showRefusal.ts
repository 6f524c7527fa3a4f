/** Says why an edit was not made. */
import { useToasts } from '../store/toasts.ts';

export function showRefusal(reason: string): void {
  useToasts.getState().show({ tone: 'warn', title: reason });
}
