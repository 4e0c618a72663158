import { render } from 'preact';
import { App } from './App.tsx';
import { presence } from './client/presence.ts';
import { Insecure } from './session/Insecure.tsx';
import { startSession } from './session/session.ts';
import './style/tokens.css';
import './style/base.css';
import './style/controls.css';
import './style/forms.css';
import './style/states.css';
import './style/keeping.css';
import './style/shell.css';
import './style/content.css';
import './style/editor.css';
import './style/preview.css';
import './style/programme.css';
import './style/screens.css';

const place = document.getElementById('root');
if (place === null) throw new Error('broken assumption: index.html has no #root');
place.replaceChildren();
if (window.isSecureContext) {
  render(<App />, place);
  presence.watch(window);
  void startSession();
} else render(<Insecure origin={location.origin} />, place);
