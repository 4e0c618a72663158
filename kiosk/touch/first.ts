import { present } from '../../shared/kit/assert.ts';
import { invite } from './invitation.ts';
import './style/index.css';

/**
 * The first of the touch page's program, before all else is there: the invitation of `index.html`
 * stands and is heard while the screen opens what it holds. It says nothing that anybody publishes.
 */
const place = present(document.getElementById('root'), 'root');
const { wasPressed, takeBack } = invite(place);

import('./main.tsx').then(
  ({ showTouch }) => showTouch(place, undefined, wasPressed),
  (error: unknown) => {
    takeBack();
    reportError(error);
  },
);
