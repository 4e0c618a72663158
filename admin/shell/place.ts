import { computed, signal } from '@preact/signals';

/** Where in the console a person is; kept in the address after `#`, so that the back key works. */
export type Place =
  | { readonly page: 'today' }
  | { readonly page: 'content' }
  | { readonly page: 'new'; readonly kind: 'notice' | 'policy-document' }
  | { readonly page: 'record'; readonly id: string; readonly editing: boolean }
  | { readonly page: 'programme' }
  | { readonly page: 'screens' }
  /** `about`: one thing whose history is wanted, as the log names it, such as `record:water-stop`. */
  | { readonly page: 'settings'; readonly tab: SettingsTab; readonly about?: string }
  | { readonly page: 'password' };

export const SETTINGS_TABS = ['people', 'hall', 'audit', 'keeping'] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

const hash = signal(location.hash);
window.addEventListener('hashchange', () => {
  hash.value = location.hash;
});

export const place = computed(() => placeOf(hash.value));

export function go(to: Place): void {
  location.hash = addressOf(to);
}

/** Goes there without leaving a step for the back key. */
export function replacePlace(to: Place): void {
  history.replaceState(null, '', addressOf(to));
  hash.value = addressOf(to);
}

export function addressOf(to: Place): string {
  switch (to.page) {
    case 'new':
      return `#/new/${to.kind}`;
    case 'record':
      return `#/content/${to.id}${to.editing ? '/edit' : ''}`;
    case 'settings':
      return `#/settings/${to.tab}${to.about === undefined ? '' : `/${to.about}`}`;
    case 'today':
    case 'content':
    case 'programme':
    case 'screens':
    case 'password':
      return `#/${to.page}`;
  }
}

/** Any address is some place; one that says nothing is 今天. */
export function placeOf(address: string): Place {
  const [page = '', second, third] = address.replace(/^#\/?/, '').split('/');
  if (page === 'new' && (second === 'notice' || second === 'policy-document')) {
    return { page, kind: second };
  }
  if (page === 'content' && second !== undefined && second !== '') {
    return { page: 'record', id: second, editing: third === 'edit' };
  }
  if (page === 'settings') {
    const tab = SETTINGS_TABS.find((each) => each === second) ?? 'people';
    return third === undefined || third === '' ? { page, tab } : { page, tab, about: third };
  }
  if (page === 'content' || page === 'programme' || page === 'screens' || page === 'password')
    return { page };
  return { page: 'today' };
}
