import { describe, expect, test } from 'vitest';
import { requestOf } from '../../admin/client/request.ts';
import { id, isRecordId } from '../../shared/kit/ids.ts';

const record = id(isRecordId, 'water-stop');

describe('a call as HTTP', () => {
  test('a GET asks in its query and leaves out what is not asked', () => {
    expect(requestOf('records', { search: '停水 & 停电', state: 'draft' })).toEqual({
      method: 'GET',
      path: '/api/records?search=%E5%81%9C%E6%B0%B4+%26+%E5%81%9C%E7%94%B5&state=draft',
      body: null,
    });
    expect(requestOf('records', {}).path).toBe('/api/records');
  });

  test('names in the path are taken from the input, the rest is the body', () => {
    expect(requestOf('submitRecord', { id: record, revision: 3 })).toEqual({
      method: 'POST',
      path: '/api/records/water-stop/submission',
      body: '{"revision":3}',
    });
  });
});
