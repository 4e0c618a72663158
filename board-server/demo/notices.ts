import type { NoticeFields } from '../../shared/records/notice.ts';
import type { Days } from './days.ts';
import { noticesForBusiness } from './notices-business.ts';
import { noticesForDailyLife } from './notices-daily-life.ts';
import { PHONE } from './writing.ts';

/** Notices of an invented county, dated from the day the hall was made. */
export function demonstrationNotices(days: Days): NoticeFields[] {
  return [...noticesForDailyLife(days), ...noticesForBusiness(days)].map((notice) => ({
    phone: PHONE,
    summary: '',
    docNo: '',
    madeOn: days.iso(0),
    validFrom: null,
    carriers: ['touch', 'board'],
    ...notice,
  }));
}
