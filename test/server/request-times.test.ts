import { expect, test } from 'vitest';
import { createRequestTimes } from '../../board-server/metrics/request-times.ts';

test('[OP1] times of answers add up in buckets, one series for each route, method and class of status', () => {
  const times = createRequestTimes();
  const object = { route: 'object', method: 'GET', status: 200 };
  for (const milliseconds of [0, 5, 6, 25.5, 2500, 10_001]) times.observe(object, milliseconds);
  times.observe({ ...object, status: 206 }, 1);
  times.observe({ ...object, status: 404 }, 30);
  const name = 'openhall_http_request_seconds';
  const found = 'route="object",method="GET",status="2xx"';
  const missing = 'route="object",method="GET",status="4xx"';
  expect(times.text().split('\n')).toEqual([
    `# HELP ${name} Answered requests by route and class of status`,
    `# TYPE ${name} histogram`,
    `${name}_bucket{le="0.005",${found}} 3`,
    `${name}_bucket{le="0.025",${found}} 4`,
    `${name}_bucket{le="0.1",${found}} 5`,
    `${name}_bucket{le="0.5",${found}} 5`,
    `${name}_bucket{le="2.5",${found}} 6`,
    `${name}_bucket{le="10",${found}} 6`,
    `${name}_bucket{le="+Inf",${found}} 7`,
    `${name}_sum{${found}} 12.5385`,
    `${name}_count{${found}} 7`,
    `${name}_bucket{le="0.005",${missing}} 0`,
    `${name}_bucket{le="0.025",${missing}} 0`,
    `${name}_bucket{le="0.1",${missing}} 1`,
    `${name}_bucket{le="0.5",${missing}} 1`,
    `${name}_bucket{le="2.5",${missing}} 1`,
    `${name}_bucket{le="10",${missing}} 1`,
    `${name}_bucket{le="+Inf",${missing}} 1`,
    `${name}_sum{${missing}} 0.03`,
    `${name}_count{${missing}} 1`,
  ]);
});
