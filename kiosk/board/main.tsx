import { render } from 'preact';

const place = document.getElementById('root');
if (place === null) throw new Error('broken assumption: index.html has no #root');
render(<h1>政务公开屏</h1>, place);
