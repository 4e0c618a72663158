import { showBoard } from '../../board/main.ts';
import { showInFrame } from './show-in-frame.ts';

showInFrame('main', showBoard);
