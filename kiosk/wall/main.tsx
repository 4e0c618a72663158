import { render } from 'preact';
import { listenToFrames } from './wall-state.ts';
import { Wall } from './Wall.tsx';
import '../fonts/fonts.css';
import './wall.css';

const place = document.getElementById('wall');
if (place === null) throw new Error('broken assumption: index.html has no #wall');
listenToFrames();
render(<Wall />, place);
