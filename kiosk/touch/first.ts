import { present } from '../../shared/kit/assert.ts';
import { isScreenId } from '../../shared/kit/ids.ts';
import { databaseName } from '../device/database.ts';
import { missingFeatures } from '../device/floor.ts';
import { openGround } from '../device/ground.ts';
import { openBrowserScreen } from '../device/screen.ts';
import { invite } from './invitation.ts';
import './style/index.css';

/**
 * The first of the touch page's program, before all else is there: the invitation of `index.html`
 * stands and is heard while the screen opens what it holds. It says nothing that anybody publishes.
 */
const id = new URLSearchParams(location.search).get('screen') ?? '';
const canBe = isScreenId(id) && missingFeatures(window).length === 0;
// A slow box opens its store while it draws.
const ground = canBe ? openGround(databaseName(id)) : undefined;
const place = present(document.getElementById('root'), 'root');
const { wanted, takeBack } = invite(place);

import('./main.tsx').then(
  ({ showTouch }) =>
    showTouch(place, (options) => openBrowserScreen({ ...options, ground }), wanted),
  (error: unknown) => {
    takeBack();
    reportError(error);
  },
);
