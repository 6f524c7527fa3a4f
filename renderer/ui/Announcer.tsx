/** One live region for screen readers: what happens meanwhile is said politely, at most every few seconds. */
import { create } from 'zustand';

const useAnnouncement = create<{ readonly text: string }>()(() => ({ text: '' }));

/** Says a sentence; the same one twice is said once. */
export function announce(text: string): void {
  useAnnouncement.setState({ text });
}

export function Announcer() {
  const text = useAnnouncement((state) => state.text);
  return (
    <div className="unseen" role="status" aria-live="polite">
      {text}
    </div>
  );
}
