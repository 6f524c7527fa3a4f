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
preloadPage(location.hash.slice(1));
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
preloadNext();
