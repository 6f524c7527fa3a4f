/** Entry of the window: theme, connection, first render. */
import './api/zodSettings.ts';
import '@fontsource-variable/inter/index.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/ui.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startConnection } from './api/connection.ts';
import { App } from './App.tsx';
import { preloadNext, preloadPage } from './shell/Pages.tsx';
import { followTheme } from './store/theme.ts';

followTheme();
startConnection();
const preloadHere = (): void => preloadPage(location.hash.slice(1));
preloadHere();
// Before the pages hear of it: what they will ask for is on its way while they are drawn.
window.addEventListener('hashchange', preloadHere);
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
preloadNext();
