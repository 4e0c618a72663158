import type { RecordId } from '../../../shared/kit/ids.ts';

/** A page that a citizen can be on. `number` is the page of a list, from 0. */
export type Route =
  | { readonly page: 'home' }
  /** 看政府公开 */
  | { readonly page: 'open' }
  | { readonly page: 'categories'; readonly kind: string; readonly number: number }
  | { readonly page: 'list'; readonly of: Selection; readonly number: number }
  /** 找哪个部门 */
  | { readonly page: 'issuers'; readonly letter: string | undefined; readonly number: number }
  | { readonly page: 'letters' }
  | { readonly page: 'document'; readonly record: RecordId; readonly opened: Opened }
  | { readonly page: 'search' }
  /** 找工作人员 */
  | { readonly page: 'desk' };

/** Which records a list shows. */
export type Selection =
  | { readonly by: 'kind'; readonly kind: string }
  | { readonly by: 'category'; readonly kind: string; readonly category: string }
  | { readonly by: 'issuer'; readonly issuer: string };

/** What was known of a record when it was opened, to say why it went. */
export interface Opened {
  readonly version: number;
  readonly title: string;
  readonly latestAt: number | null;
}
