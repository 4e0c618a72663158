import { showTouch } from '../../touch/main.tsx';
import { showInFrame } from './show-in-frame.ts';

showInFrame('div', showTouch);
