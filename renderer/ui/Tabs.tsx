/** Tabs that are places: each has an address, so that reloading and going back work. */
import { Link, useLocation } from 'wouter';

export interface Tab {
  readonly to: string;
  readonly label: string;
}

export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const [location] = useLocation();
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ to, label: name }) => (
        <Link key={to} href={to} className="tab" aria-current={location === to ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
